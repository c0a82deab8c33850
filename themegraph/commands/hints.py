"""What a reader may want to be told: that a body has no report, which files were passed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from themegraph.commands.console import counted
from themegraph.queries.emptiness import unread_bodies

if TYPE_CHECKING:
    from themegraph.graph.store import Store

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


def no_report(store: Store, authority: str | None) -> str:
    """A sentence that says so where the store holds no report about ``authority`` (its id, name or
    IRI), else "".

    Raises QueryError for a name that the store does not know.
    """
    from themegraph.queries import resolve

    if authority is None:
        return ""
    node = resolve(store, "authority", authority)
    return "".join(unread_bodies(store, {"authority": node}))
