"""What a reader may want to be told: why a query gave no rows, which files were passed over."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.commands.asking import IS_EMPTY
from themegraph.commands.console import counted
from themegraph.graph.sparql import tokens

if TYPE_CHECKING:
    from themegraph.graph.sparql import Bindings
    from themegraph.graph.store import Store

#: So many files are named.
NAMED = 3
_PREFIX = "tg:"


def why_empty(store: Store, query: str, bindings: Bindings) -> str:
    """What may be the reason that ``query`` gives nothing, in sentences; "" where none is seen."""
    if store.is_empty():
        return f"The {IS_EMPTY}"
    return " ".join((*_unknown_terms(store, query), *_unread_bodies(store, bindings)))


def passed_over(paths: Sequence[str]) -> str:
    """A sentence on the files among ``paths`` that are of no kind that is read; "" where there are
    none.
    """
    from themegraph.loaders import inputs
    from themegraph.ontology import own_bodies
    from themegraph.tagging import correction_tables

    names = inputs.passed_over(paths, (correction_tables.FILE, own_bodies.FILE))
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
    return "".join(_unread_bodies(store, {"authority": node}))


def _unknown_terms(store: Store, query: str) -> Iterator[str]:
    """Terms of the ontology's namespace that the ontology does not define."""
    names = (token.text for token in tokens(query) if token.sort == "name")
    used = {name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX)} - {""}
    if not used:
        return
    rows = store.rows(
        "SELECT ?term { ?term a ?kind "
        "FILTER(?kind IN (owl:Class, owl:ObjectProperty, owl:DatatypeProperty)) }"
    )
    known = {str(row["term"].value).removeprefix(ids.ONTOLOGY) for row in rows}
    for term in sorted(used - known):
        close = difflib.get_close_matches(term, known, n=1)
        guess = f" Did you mean {_PREFIX}{close[0]}?" if close else ""
        yield f"The ontology has no {_PREFIX}{term}.{guess}"


def _unread_bodies(store: Store, bindings: Bindings) -> Iterator[str]:
    """Authorities asked for about which there is no report."""
    for term in bindings.values():
        if term.value.startswith(f"{ids.ID}authority/") and not store.query(
            f"ASK {{ ?inspection tg:inspects {term} }}"
        ):
            name = ids.last_part(term.value)
            yield f"The store holds no report about {name}."
