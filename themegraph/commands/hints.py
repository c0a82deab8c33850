"""Why a query gave no rows, where it can be told: a term or a body that the store has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themegraph.commands.asking import IS_EMPTY
from themegraph.queries.emptiness import unknown_terms, unread_bodies

if TYPE_CHECKING:
    from themegraph.graph.sparql import Bindings
    from themegraph.graph.store import Store


def why_empty(store: Store, query: str, bindings: Bindings) -> str:
    """What may be the reason that ``query`` gives nothing, in sentences; "" where none is seen."""
    if store.is_empty():
        return f"The {IS_EMPTY}"
    return " ".join((*unknown_terms(store, query), *unread_bodies(store, bindings)))


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
