"""Graphs as files: the same store gives the same bytes, whatever the order it was loaded in.

N-Triples and N-Quads are sorted, so that two exports can be compared line by line. Formats without
named graphs hold each triple once, whichever graphs say it.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, groupby, islice
from typing import IO, Protocol

import pyoxigraph as ox

from themegraph import ids
from themegraph.errors import ExportError, UnknownReportError
from themegraph.graph.build import quad_lines
from themegraph.graph.dataset import Graphs
from themegraph.graph.store import Store
from themegraph.graph.terms import Triple
from themegraph.ids import provenance_graph, report_graph
from themegraph.ontology.namespaces import PREFIXES

FORMATS = ("ttl", "nt", "nq", "trig", "jsonld", "rdfxml")
_TRIPLE_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
# Resources are written relative to the base IRI (<id/report/…>): as prefixed names, the strokes in
# them would have to be escaped.
_SHORTENED = {name: iri for name, iri in PREFIXES.items() if name not in ("tgid", "tgv")}
# What is sorted in memory at a time, about 100 MB of lines; the rest waits in temporary files.
LINES_AT_A_TIME = 250_000


def graphs_of(store: Store, keys: Iterable[str] | None, *, vocabulary: bool) -> list[str]:
    """The graphs of the reports ``keys`` (None: all), with or without those of the vocabularies.

    What was inferred is left out: it follows from the rest.

    Raises UnknownReportError for a key that the store does not hold.
    """
    shared = {ids.GRAPH_ONTOLOGY, ids.GRAPH_VOCABULARY, ids.GRAPH_AUTHORITIES}
    there = {graph for graph in store.graphs() if not graph.startswith(ids.GRAPH_INFERRED)}
    if keys is None:
        graphs = there - shared
    else:
        graphs = {graph for key in keys for graph in (report_graph(key), provenance_graph(key))}
    if missing := sorted(ids.last_part(graph) for graph in graphs - there):
        raise UnknownReportError(
            f"No report {missing[0]} in the store. "
            "See which there are: themegraph query reports-list"
        )
    return sorted(graphs | (shared & there if vocabulary else set()))


class Described(Graphs, Protocol):
    """Named graphs, with what they are as a data set."""

    @property
    def header(self) -> Iterable[Triple]:
        """What they are."""


def write_graphs(graphs: Described, form: str, stream: IO[bytes]) -> None:
    """Write ``graphs`` as ``form``, one of FORMATS, with what they are as a data set in a graph of
    its own. Raises ExportError.
    """
    header = sorted(quad_lines(graphs.header, ids.GRAPH_DATASET))
    if form == "trig":
        _serialize(header, ox.RdfFormat.TRIG, stream)
        for graph in graphs.names():
            _serialize(graphs.lines(graph), ox.RdfFormat.TRIG, stream)
        return
    lines = _sorted_quads(graphs, header)
    if form == "nq":
        stream.writelines(line.encode() for line in lines)
    else:
        write_triples(_merged(lines), form, stream)


def merged_triples(graphs: Described) -> Iterator[str]:
    """``graphs`` and what they are, as sorted N-Triples lines, each once."""
    return _merged(_sorted_quads(graphs, quad_lines(graphs.header, ids.GRAPH_DATASET)))


def _sorted_quads(graphs: Graphs, header: Iterable[str]) -> Iterator[str]:
    quads = (line for graph in graphs.names() for line in graphs.lines(graph))
    return sorted_lines(chain(header, quads))


def ntriples(store: Store, graphs: Iterable[str]) -> str:
    """``graphs`` merged, as sorted N-Triples."""
    return "".join(_merged(sorted(line for graph in graphs for line in store.lines(graph))))


def _merged(lines: Iterable[str]) -> Iterator[str]:
    """Sorted N-Quads as sorted N-Triples, each once.

    Without their graph the lines keep their order, and equal ones come to stand together.
    """
    triples = (f"{line[:-3].rsplit(' ', 1)[0]} .\n" for line in lines)
    return (line for line, _ in groupby(triples))


def write_triples(lines: Iterable[str], form: str, stream: IO[bytes]) -> None:
    """Write sorted N-Triples lines as ttl, nt, jsonld or rdfxml. Raises ExportError."""
    if form == "nt":
        stream.writelines(line.encode() for line in lines)
    elif form in _TRIPLE_FORMATS:
        _serialize(lines, _TRIPLE_FORMATS[form], stream)
    else:
        raise ExportError(f"{form} holds no triples; use one of {', '.join(FORMATS)}.")


def sorted_lines(lines: Iterable[str], at_a_time: int = LINES_AT_A_TIME) -> Iterator[str]:
    """``lines`` in order, with no more than ``at_a_time`` of them held in memory."""
    with ExitStack() as spilled:
        parts: list[Iterable[str]] = []
        held: list[str] = []
        for line in lines:
            held.append(line)
            if len(held) == at_a_time:
                part = spilled.enter_context(
                    tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")
                )
                part.writelines(sorted(held))
                part.seek(0)
                parts.append(part)
                held = []
        yield from heapq.merge(*parts, sorted(held))


def _serialize(lines: Iterable[str], form: ox.RdfFormat, stream: IO[bytes]) -> None:
    """Hand ``lines`` to the serialiser as terms; it writes in the order it is given them."""
    source = iter(lines)
    chunks = iter(lambda: "".join(islice(source, 10_000)), "")
    quads = (quad for chunk in chunks for quad in ox.parse(chunk, format=ox.RdfFormat.N_QUADS))
    named = form.supports_datasets and form != ox.RdfFormat.JSON_LD
    items = quads if named else (quad.triple for quad in quads)
    ox.serialize(items, output=stream, format=form, prefixes=_SHORTENED, base_iri=ids.BASE)
