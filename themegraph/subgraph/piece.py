"""A piece of the graph: its lines graph by graph, and what it is as a data set."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.counting import counted
from themegraph.graph.dataset import described
from themegraph.graph.terms import DERIVED_FROM, TG, TRUE, TYPE, Triple, iri, lines_of, string
from themegraph.subgraph.links import read_links
from themegraph.subgraph.selection import Selection
from themegraph.subgraph.settling import There, is_lost
from themegraph.subgraph.told import Told, told_of

if TYPE_CHECKING:
    from themegraph.graph.store import Store

#: What a CONSTRUCT query made stands in a graph of its own.
CONSTRUCTED = f"{ids.ID}graph/constructed"


@dataclass(frozen=True, repr=False)
class Piece:
    """A piece of what ``store`` holds, to be read while that is open.

    ``selection`` is what was asked for, ``meant`` the same with names as the graph has them.
    ``graphs`` are those it has something of; of ``whole`` ones all, of others what is said of what
    is ``there``. ``made`` are N-Quads of a CONSTRUCT query.
    """

    store: Store
    selection: Selection
    graphs: Sequence[str]
    whole: frozenset[str]
    there: There = field(default_factory=There)
    made: str = ""
    meant: Selection = field(default_factory=Selection)

    def __repr__(self) -> str:
        return f"<Piece {self.selection.words()!r}: {self.told()}>"

    def told(self) -> str:
        """Out of how many reports it is, in words."""
        whole = len(self.whole_reports()) + len(self.there.complete)
        in_part = len(self.reports_in_part())
        parts = [counted(whole, "report")] if whole or not in_part else []
        parts += [f"{counted(in_part, 'report')} in part"] if in_part else []
        return " and ".join(parts)

    def names(self) -> list[str]:
        """The graphs of the piece, that of its header left out, in order."""
        return sorted({*self.graphs, *([CONSTRUCTED] if self.made else [])})

    def lines(self, graph: str) -> Iterator[str]:
        """What the piece has of ``graph``, as sorted N-Quads lines.

        A link to a thing of ours that is not there is left out, and with it what it makes known. Of
        a graph it is told what it was made from: its digest would be of the whole.
        """
        if graph == CONSTRUCTED:
            yield from lines_of(self.made)
        elif graph in self.whole:
            yield from self.store.lines(graph)
        else:
            named = self.there.by_graph.get(graph, set())
            told = [one for one in told_of(self.store, named) if one.graph == graph]
            told += self._source_of(graph)
            yield from sorted(one.line for one in self._kept(told, self._elsewhere(told)))

    def _source_of(self, graph: str) -> list[Told]:
        """What is said of the graphs of a report in the graph of its provenance."""
        if not graph.startswith(ids.GRAPH_PROVENANCE):
            return []
        report = iri(ids.report_graph(graph.removeprefix(ids.GRAPH_PROVENANCE)))
        return [one for one in told_of(self.store, [report]) if one.link == DERIVED_FROM]

    def _elsewhere(self, told: Sequence[Told]) -> set[str]:
        """Things under names of others that the store tells of and that are not in the piece."""
        foreign = {one.value for one in told if one.graph.startswith(ids.GRAPH_ADDED)}
        unknown = {value for value in foreign if value not in self.there}
        found = told_of(self.store, unknown) if unknown else ()
        return {one.thing for one in found if one.graph.startswith(ids.GRAPH_ADDED)}

    def _kept(self, told: Sequence[Told], elsewhere: Container[str]) -> Iterator[Told]:
        links = read_links()

        def is_left_out(one: Told) -> bool:
            if one.link == TYPE:  # what a class is, is not needed to know that this is one
                return False
            return is_lost(one, self.there, links) or one.value in elsewhere

        lost = {(one.thing, one.link) for one in told if is_left_out(one)}
        undone = {(thing, by) for thing, link in lost for by in links.undoes.get(link, ())}
        for one in told:
            if (one.thing, one.link) not in undone and not is_left_out(one):
                yield one

    @cached_property
    def header(self) -> list[Triple]:
        """What the piece is as a data set: licence, sources, program, hash; what was asked for; and
        which reports are there in part.
        """
        told = described(self)
        dataset = told[0][0]
        if not self.selection.is_everything:
            told.append((dataset, TG["selection"], string(self.selection.words())))
        if self.selection.construct:
            told.append((dataset, TG["query"], string(self.selection.construct.strip())))
        told += ((report, TG["heldInPart"], TRUE) for report in self.reports_in_part())
        return told

    def reports(self) -> list[str]:
        """The keys of all reports of which something is there."""
        named = [ids.last_part(name.rstrip(">")) for name in self.reports_in_part()]
        return sorted({*self.whole_reports(), *named})

    def whole_reports(self) -> list[str]:
        """The keys of the reports that are there with all they say."""
        start = ids.GRAPH_REPORT
        return sorted(g.removeprefix(start) for g in self.whole if g.startswith(start))

    def reports_in_part(self) -> list[str]:
        """The reports (in angle brackets) of which not all is there."""
        return sorted(self.there.reports - self.there.complete)
