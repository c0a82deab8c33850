"""Exports are the same bytes each time, and hold what the store holds."""

from __future__ import annotations

import io

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph import ids
from themegraph.errors import UnknownReportError
from themegraph.graph.build import quad_lines
from themegraph.graph.export import FORMATS, graphs_of, sorted_lines, write_graphs
from themegraph.graph.store import Store
from themegraph.subgraph.cut import cut
from themegraph.subgraph.piece import Piece
from themegraph.subgraph.selection import Selection

KEY = "northmere-2021-09-06-ilacs"
READERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def exported(piece: Piece, form: str) -> bytes:
    stream = io.BytesIO()
    write_graphs(piece, form, stream)
    return stream.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_reads_back_whole(store: Store, form: str) -> None:
    piece = cut(store, Selection())
    data = exported(piece, form)
    assert data == exported(cut(store, Selection()), form)
    lines = {line for graph in store.graphs() for line in store.lines(graph)}
    lines |= set(quad_lines(piece.header, ids.GRAPH_DATASET))
    there = ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS)
    back = ox.parse(data, format=READERS[form], base_iri=ids.BASE)
    if form in ("nq", "trig"):
        assert set(back) == set(there)
    else:
        assert {quad.triple for quad in back} == {quad.triple for quad in there}


@pytest.mark.parametrize("form", ["nt", "nq"])
def test_lines_are_sorted_and_stand_once(store: Store, form: str) -> None:
    lines = exported(cut(store, Selection()), form).split(b"\n")[:-1]
    assert len(lines) > 5000
    assert lines == sorted(set(lines))


def test_a_part_is_the_report_with_its_provenance(store: Store) -> None:
    graphs = graphs_of(store, [KEY], vocabulary=False)
    assert graphs == [ids.provenance_graph(KEY), ids.report_graph(KEY)]


def test_an_unknown_report_is_told(store: Store) -> None:
    with pytest.raises(UnknownReportError, match="No report nowhere"):
        graphs_of(store, ["nowhere"], vocabulary=False)


@given(st.lists(st.text(alphabet="ab é").map(lambda line: f"{line}\n")), st.integers(1, 5))
def test_sorting_by_parts_is_sorting(lines: list[str], at_a_time: int) -> None:
    assert list(sorted_lines(lines, at_a_time)) == sorted(lines)
