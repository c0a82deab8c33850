"""What a piece says, thing by thing, as plain Python values: what every writer but RDF's reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from themegraph import ids
from themegraph.graph.pages import Pages, read_pages
from themegraph.graph.terms import lines_of
from themegraph.queries.answer import value_of

if TYPE_CHECKING:
    from themegraph.subgraph.piece import Piece

#: The properties that give things their names, the better first.
_NAMES = ("prefLabel", "label", "title", "heading")


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to a thing, by its IRI."""

    iri: str


@dataclass(slots=True)
class Things:
    """What some graphs say: ``said`` has by IRI the values of each property, by its local name.

    Kinds are the values of "type", by their local names. Values of a property come in order.
    """

    said: dict[str, dict[str, list[Any]]] = field(default_factory=dict)

    def __contains__(self, iri: object) -> bool:
        return iri in self.said

    def all(self, iri: str, name: str) -> list[Any]:
        """Every value of a property."""
        return self.said.get(iri, {}).get(name, [])

    def one(self, iri: str, name: str) -> Any:
        """The value of a property, the first where there are several; None where there is none."""
        return next(iter(self.all(iri, name)), None)

    def links(self, iri: str, name: str) -> list[str]:
        """The IRIs that a property leads to."""
        return [value.iri for value in self.all(iri, name) if isinstance(value, Ref)]

    def link(self, iri: str, name: str) -> str:
        """The IRI that a property leads to; "" where it leads nowhere."""
        return next(iter(self.links(iri, name)), "")

    def kinds(self, iri: str) -> list[str]:
        """The local names of a thing's classes."""
        return self.all(iri, "type")

    def of_kind(self, *kinds: str) -> list[str]:
        """The things of any of these classes, in order of their IRIs."""
        return sorted(iri for iri in self.said if not set(kinds).isdisjoint(self.kinds(iri)))


def read_things(lines: Iterable[str]) -> Things:
    """The things that N-Quads ``lines`` speak of."""
    things = Things()
    for quad in ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.subject, ox.NamedNode):
            name = local_name(quad.predicate.value)
            told = things.said.setdefault(quad.subject.value, {}).setdefault(name, [])
            told.append(_value(name, quad.object))
    return things


def _value(name: str, term: Any) -> Any:
    if not isinstance(term, ox.NamedNode):
        try:
            return value_of(term)
        except ValueError:  # a day or number that is none is told as it is written
            return term.value
    return local_name(term.value) if name == "type" else Ref(term.value)


def local_name(iri: str) -> str:
    """What stands behind the last stroke or hash of a term's IRI.

    >>> local_name("https://w3id.org/themegraph/ontology#hasFinding")
    'hasFinding'
    """
    return iri.replace("#", "/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Visit:
    """An inspection, as people name it: the bodies inspected and their regions, its day, its kind
    and framework, and the key of its report.
    """

    body: str
    region: str | None
    day: dt.date | None
    kind: str
    framework: str
    key: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation: the inspection it is of, its number, words and page."""

    inspection: str
    number: int | None
    text: str | None
    page: int | None


class Reading:
    """``piece`` read part by part: what all share first, and then report by report.

    ``shared`` has concepts and bodies.
    """

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        names = piece.names()
        self._derived = [n for n in names if n.startswith(ids.GRAPH_DERIVED)]
        apart = (ids.GRAPH_REPORT, ids.GRAPH_PROVENANCE, ids.GRAPH_DERIVED)
        self._shared = [n for n in names if not n.startswith((*apart, ids.GRAPH_ADDED))]
        self._reports = [n for n in names if n.startswith((ids.GRAPH_REPORT, ids.GRAPH_ADDED))]
        self._visits: dict[str, Visit] = {}
        self._asked: dict[str, Asked] = {}
        self.shared = read_things(line for name in self._shared for line in piece.lines(name))
        added = [name for name in self._reports if name.startswith(ids.GRAPH_ADDED)]
        #: What has names: what all share, and what is in graphs of others.
        self.words = self.shared
        if added:
            graphs = (*self._shared, *added)
            self.words = read_things(line for name in graphs for line in piece.lines(name))

    def reports(self) -> Iterator[Things]:
        """What each report's graphs say, where it comes from included."""
        for name in self._reports:
            own = name.removeprefix(ids.GRAPH_REPORT)
            graphs = (name, ids.provenance_graph(own)) if own != name else (name,)
            yield read_things(line for graph in graphs for line in self.piece.lines(graph))

    def conclusions(self) -> Iterator[Things]:
        """What follows from the reports on each body."""
        for name in self._derived:
            yield read_things(self.piece.lines(name))

    def visit(self, things: Things, inspection: str) -> Visit:
        """What is said of an inspection in the things of its report."""
        bodies = things.links(inspection, "inspects")
        report = things.link(inspection, "produced")
        regions = {str(told) for body in bodies if (told := self.words.one(body, "region"))}
        return Visit(
            "; ".join(sorted(self.name(body, things) for body in bodies)),
            "; ".join(sorted(regions)) or None,
            things.one(inspection, "inspectionDate"),
            self.name(things.link(report, "reportType"), things),
            self.name(things.link(inspection, "underFramework"), things),
            ids.last_part(report),
        )

    @cached_property
    def pages(self) -> Pages:
        """Where reports can be opened, and which of them have no pages; by their keys."""
        return read_pages(self.piece.store)

    @cached_property
    def visits(self) -> dict[str, Visit]:
        """Every inspection of the piece by its IRI."""
        self._read_all()
        return self._visits

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """Every recommendation of the piece by its IRI."""
        self._read_all()
        return self._asked

    def _read_all(self) -> None:
        """Go through all reports once, where what follows from them is to be told with them."""
        if self._visits:
            return
        for things in self.reports():
            for inspection in things.of_kind("Inspection"):
                self._visits[inspection] = self.visit(things, inspection)
                for one in things.links(things.link(inspection, "produced"), "hasRecommendation"):
                    told = (things.one(one, name) for name in ("printedNumber", "text", "onPage"))
                    self._asked[one] = Asked(inspection, *told)

    def header(self) -> Things:
        """What the piece is as a data set."""
        text = "".join(f"{s} {p} {o} <{ids.GRAPH_DATASET}> .\n" for s, p, o in self.piece.header)
        return read_things(lines_of(text))

    def name(self, iri: str, also: Things | None = None) -> str:
        """The name of a thing, as people know it; the last part of its IRI where it has none."""
        for things in (self.words, also or self.words):
            for name in _NAMES:
                if told := things.one(iri, name):
                    return str(told)
        return local_name(iri)
