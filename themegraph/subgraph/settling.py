"""Settling a piece: from the things that are wanted to all things it must have to be whole.

Names are held in memory, and what is said about them only while it is looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.graph.terms import TYPE, iri
from themegraph.subgraph.links import Links, read_links
from themegraph.subgraph.told import (
    CONCEPT,
    OURS,
    Told,
    chunks,
    parse,
    told_of,
    told_to,
    told_within,
)

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_THEME = iri(f"{ids.ONTOLOGY}assessedTheme")
_OF_CONCEPTS = (iri("http://www.w3.org/ns/dqv#computedOn"),)
_PASSAGES = (f"<{ids.ID}finding/", f"<{ids.ID}recommendation/")
_REPORT = iri(f"{ids.ONTOLOGY}Report")
_PROMPTED = iri(f"{ids.ONTOLOGY}promptedBy")
_HEADS = (iri(f"{ids.ONTOLOGY}assessmentOf"), iri(f"{ids.ONTOLOGY}followsUp"))


class There:
    """The names of the things in a piece, as they stand in N-Triples: one by one, each with the
    graphs that tell of it, and all those of ``whole`` reports (keys).
    """

    def __init__(self, whole: Iterable[str] = ()) -> None:
        self.whole = frozenset(whole)
        self.by_graph: dict[str, set[str]] = {}
        self.named: set[str] = set()
        #: The reports that were met one by one; and those of them of which nothing was left out.
        self.reports: set[str] = set()
        self.complete: set[str] = set()

    def __contains__(self, thing: object) -> bool:
        return thing in self.named or (bool(self.whole) and key_of(str(thing)) in self.whole)

    def add(self, graph: str, thing: str) -> None:
        """Note that ``graph`` tells of ``thing``."""
        self.by_graph.setdefault(graph, set()).add(thing)
        self.named.add(thing)


#: Kinds of things that several reports speak of: the second part of their names is no key; and what
#: is concluded, which is not in the graph of the report whose key it bears.
_UNKEYED = frozenset(
    ("authority", "organisation", "person", "graph", "change", "assessment", "follow-up", "quality")
)


def key_of(thing: str) -> str:
    """The key in a name like ``<…/id/KIND/KEY/…>``; "" where there is none."""
    start = f"<{ids.ID}"
    if not thing.startswith(start):
        return ""
    kind, _, rest = thing[len(start) : -1].partition("/")
    return "" if kind in _UNKEYED else rest.partition("#")[0].partition("/")[0]


class Settling:
    """A piece in the making. ``whole`` are graphs of reports that are taken as they are."""

    def __init__(self, store: Store, whole: Collection[str] = ()) -> None:
        self._store = store
        self._links = read_links()
        self.whole = frozenset(name for graph in whole for name in graphs_of_report(graph))
        start = ids.GRAPH_REPORT
        self.there = There(g.removeprefix(start) for g in whole if g.startswith(start))
        subjects: set[str] = set()
        needed: set[str] = set()
        for graph in sorted(self.whole):
            for subject, predicate, value in map(parse, store.lines(graph)):
                if subject not in self.there:
                    subjects.add(subject)
                if is_needed(subject, predicate, value, self._links):
                    needed.add(value)
        # What a report says of a body is not all: the register may say more.
        self.add(needed)
        self.there.named |= subjects

    def add(self, wanted: Iterable[str]) -> None:
        """Take the things ``wanted`` and all that they need; those that the store says nothing of
        are passed over.
        """
        waiting = {thing for thing in wanted if thing not in self.there}
        seen = set(waiting)
        while waiting:
            needed = set(self._take(waiting))
            # To a concept nearly everything leads, and little of that belongs to it.
            concepts = {thing for thing in waiting if thing.startswith(CONCEPT)}
            for things, links in (
                (concepts, _OF_CONCEPTS),
                (waiting - concepts, self._links.needed),
            ):
                needed.update(told.thing for told in told_to(self._store, things, links))
            waiting = {thing for thing in needed if thing not in self.there} - seen
            seen |= waiting

    def _take(self, things: Collection[str]) -> Iterator[str]:
        """Note ``things``, and give what they need.

        What several reports describe (a person, an inspectorate) is taken from the first of them.
        """
        for chunk in chunks(things):
            told = list(told_of(self._store, chunk))
            homes: dict[str, set[str]] = {}
            for one in told:
                homes.setdefault(one.thing, set()).add(one.graph)
            homes = {thing: self._without_others(graphs) for thing, graphs in homes.items()}
            for one in told:
                if one.graph in homes[one.thing] and one.graph not in self.whole:
                    self.there.add(one.graph, one.thing)
                    if (one.link, one.value) == (TYPE, _REPORT):
                        self.there.reports.add(one.thing)
                    if is_needed(one.thing, one.link, one.value, self._links) or (
                        one.graph.startswith(ids.GRAPH_ADDED) and _is_of_others(one, self._links)
                    ):
                        yield one.value

    def _without_others(self, graphs: set[str]) -> set[str]:
        """``graphs`` with no more than one of reports: those that are taken whole, or the first."""
        reports = {graph for graph in graphs if graph.startswith(ids.GRAPH_REPORT)}
        return graphs - reports | (reports & self.whole or set(sorted(reports)[:1]))

    def add_conclusions(
        self,
        bodies: Iterable[str],
        themes: Collection[str] = (),
        may_come: Collection[str] = (),
        *,
        of_silence: bool = True,
    ) -> None:
        """Take the assessments (of ``themes``, if any are named) and follow-ups about ``bodies``
        (ids) whose every ground is there; things in ``may_come`` are fetched for them. Those that
        rest on no passage, but on a report that says nothing, only where ``of_silence``.
        """
        graphs = {iri(ids.derived_graph(body)) for body in bodies}
        grounds: dict[str, set[str]] = {}
        heads: set[str] = set()
        for told in told_within(self._store, graphs, self._links.rests):
            grounds.setdefault(told.thing, set()).add(told.value)
            if told.link in _HEADS:
                heads.add(told.thing)
        if themes:
            of_theme = told_within(self._store, graphs, (_THEME,))
            heads -= {told.thing for told in of_theme if told.value not in themes}

        def holds(one: str) -> bool:
            return all(
                holds(ground) if ground in grounds else ground in self.there or ground in may_come
                for ground in grounds[one]
            )

        def is_told(one: str) -> bool:
            return of_silence or any(ground.startswith(_PASSAGES) for ground in grounds[one])

        self.add([one for one in sorted(heads) if holds(one) and is_told(one)])

    def graphs(self) -> list[str]:
        """The graphs that the piece has something of, sorted."""
        return sorted(self.whole.union(self.there.by_graph) & set(self._store.graphs()))


def is_needed(subject: str, predicate: str, value: str, links: Links) -> bool:
    """Whether what is said of ``subject`` needs the thing that is its ``value``: as links.csv has
    it, and a concept wherever a thing names one.
    """
    if predicate in links.needs:
        return value[:1] == "<"
    is_concept = value.startswith(CONCEPT)
    return is_concept and not subject.startswith(CONCEPT) and predicate not in links.apart


def _is_of_others(told: Told, links: Links) -> bool:
    """Whether what others tell in a graph of their own leads to what it cannot stand without: all
    but what is a step, or apart. Which of their things are concepts only they know.
    """
    steps = links.needed | links.apart | links.kept | {TYPE, _PROMPTED}
    return told.value.startswith("<") and not told.value.startswith(OURS) and told.link not in steps


def graphs_of_report(graph: str) -> tuple[str, ...]:
    """The graph of a report, and that of where it comes from."""
    if not graph.startswith(ids.GRAPH_REPORT):
        return (graph,)
    return graph, ids.provenance_graph(graph.removeprefix(ids.GRAPH_REPORT))


def is_lost(told: Told, there: There, links: Links) -> bool:
    """Whether what is told leads to a thing of ours that is not there."""
    return told.value.startswith(OURS) and told.link not in links.kept and told.value not in there
