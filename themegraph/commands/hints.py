"""What a reader of the loading commands may want to be told: which files were passed over."""

from __future__ import annotations

from collections.abc import Sequence

from themegraph.commands.console import counted

#: So many files are named.
NAMED = 3


def passed_over(paths: Sequence[str]) -> str:
    """A sentence on the files among ``paths`` that are of no kind that is read; "" where there are
    none.
    """
    from themegraph.graph.embedded import MARKER
    from themegraph.loaders import inputs
    from themegraph.ontology import own_bodies
    from themegraph.tagging import correction_tables

    names = inputs.passed_over(paths, (correction_tables.FILE, own_bodies.FILE), MARKER)
    if not names:
        return ""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return (
        f"Passed over: {counted(len(names), 'file')} of no kind that is read "
        f"({' '.join(inputs.SUFFIXES)}): {', '.join(names[:NAMED])}{more}."
    )
