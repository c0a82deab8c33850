"""Why a query may have given no rows: an empty store, a term that the ontology has not, a body
without a report.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.errors import StoreError
from themegraph.graph.places import store_option
from themegraph.graph.sparql import tokens

if TYPE_CHECKING:
    from themegraph.graph.sparql import Bindings
    from themegraph.graph.store import Store

IS_EMPTY = "The store is empty. Load reports first: themegraph load FOLDER"
_PREFIX = "tg:"


def why_empty(store: Store, query: str, bindings: Bindings) -> str:
    """What may be the reason that ``query`` gives nothing, in sentences; "" where none is seen."""
    return empty_store(store) or " ".join(
        (*unknown_terms(store, query), *unread_bodies(store, bindings))
    )


def empty_store(store: Store) -> str:
    """That ``store`` holds no report, and what to do; "" where it holds one."""
    return IS_EMPTY if store.is_empty() else ""


def refuse_empty(store: Store) -> None:
    """Raise StoreError for a store without a report, of which nothing can be told."""
    if told := empty_store(store):
        raise StoreError(f"{store.place}: {told}{store_option(store.place)}")


def unknown_terms(store: Store, query: str) -> Iterator[str]:
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


def unread_bodies(store: Store, bindings: Bindings) -> Iterator[str]:
    """Authorities asked for about which there is no report."""
    for term in bindings.values():
        if term.value.startswith(f"{ids.ID}authority/") and not store.query(
            f"ASK {{ ?inspection tg:inspects {term} }}"
        ):
            name = ids.last_part(term.value)
            yield f"The store holds no report about {name}."


def no_report(store: Store, authority: str | None) -> str:
    """A sentence that says so where the store holds no report about ``authority`` (its id, name or
    IRI), else "".

    Raises QueryError for a name that the store does not know.
    """
    from themegraph.queries.binding import resolve  # which imports this module

    if authority is None:
        return ""
    node = resolve(store, "authority", authority)
    return "".join(unread_bodies(store, {"authority": node}))
