"""Steps from things to what is tied to them, in either direction, by any link that is a step."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.graph.terms import TYPE
from themegraph.subgraph.links import Links, read_links
from themegraph.subgraph.told import CONCEPT, told_of, told_to

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_TERM = f"<{ids.ONTOLOGY}"


def reached(store: Store, things: Collection[str], depth: int) -> set[str]:
    """``things`` and all that is at most ``depth`` steps from them.

    Concepts are reached from concepts only: from each passage a theme would lead to nearly all
    others.
    """
    links = read_links()
    found = _with_same(store, things, links)
    edge = found
    for _ in range(depth):
        edge = _with_same(store, set(_neighbours(store, edge, links)) - found, links) - found
        found = found | edge
    return found


def _with_same(store: Store, things: Collection[str], links: Links) -> set[str]:
    """``things`` and what is reached with them: the report of an inspection, and the other way."""
    same = set(things)
    same |= {told.value for told in told_of(store, things) if told.link in links.same}
    return same | {told.thing for told in told_to(store, things, links.same)}


def _neighbours(store: Store, things: Collection[str], links: Links) -> Iterator[str]:
    """What is one step from ``things``: what comes along with them anyway is none."""
    aside = links.apart | links.kept | {TYPE}
    for told in told_of(store, things):
        from_concept = told.thing.startswith(CONCEPT)
        is_thing = told.value.startswith("<") and not told.value.startswith(_TERM)
        is_reached = from_concept or not told.value.startswith(CONCEPT)
        if told.link not in aside | links.needs and is_thing and is_reached:
            yield told.value
    for told in told_to(store, things):
        comes_along = told.link in links.needed and not told.value.startswith(CONCEPT)
        if told.link not in aside and not comes_along:
            yield told.thing
