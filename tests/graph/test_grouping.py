"""Triples without graphs find those that they came from."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from themegraph import ids
from themegraph.graph.grouping import regrouped

KEY = "westmarch-2018-06-19-focused-visit"
REST = f"{ids.GRAPH_ADDED}file"
REPORT, PROVENANCE = ids.report_graph(KEY), ids.provenance_graph(KEY)
DERIVED = ids.derived_graph("westmarch")
#: What holds the others together: who was inspected, who took part, and from which file it is.
SAID = (
    (f"inspection/{KEY}", "inspects", "authority/westmarch"),
    (f"participation/{KEY}/1", "inspector", "person/ada-pell"),
    (f"report/{KEY}", "sourceFile", "file/f1"),
    (f"text/{KEY}", "extractedFrom", "file/f1"),
)


def triple(subject: str, predicate: str, value: str) -> ox.Triple:
    def node(name: str) -> ox.NamedNode:
        return ox.NamedNode(name if "://" in name else f"{ids.ID}{name}")

    return ox.Triple(node(subject), ox.NamedNode(f"{ids.ONTOLOGY}{predicate}"), node(value))


@pytest.mark.parametrize(
    ("subject", "graphs"),
    [
        (f"finding/{KEY}/4", {REPORT}),  # what is in a report has its key
        (f"judgement/{KEY}/overall", {REPORT}),
        (f"assignment/{KEY}/4/neglect", {PROVENANCE}),
        (f"correction/{KEY}/4/60eeaae421", {PROVENANCE}),
        (f"graph/report/{KEY}", {PROVENANCE}),  # its digest stands with its provenance
        ("graph/derived/westmarch", {DERIVED}),
        (f"assessment/{KEY}/neglect", {DERIVED}),  # of the body of that inspection
        ("assessment/leeds-2020-01-01-ilacs/neglect", {REST}),  # which is not in the file
        ("authority/westmarch", {f"{ids.GRAPH_BODY}westmarch"}),
        ("person/ada-pell", {REPORT}),  # described where something points at it
        ("file/f1", {PROVENANCE}),  # though the report points at it too
        ("person/nobody", {REST}),
        ("http://example.org/thing", {REST}),  # others may have added what they like
        ("dataset/0123", set()),  # what the export is, is no part of it
        ("authority/leeds", set()),  # the register describes it
    ],
)
def test_where_what_is_said_of_a_thing_belongs(subject: str, graphs: set[str]) -> None:
    last = triple(subject, "says", "http://example.org/something")
    known = {f"{ids.ID}authority/leeds"}
    found = list(regrouped([*(triple(*said) for said in SAID), last], known, REST))
    assert {quad.graph_name.value for quad in found if quad.triple == last} == graphs
    assert len(found) == len(SAID) + len(graphs)


def test_a_person_is_described_in_each_report_that_names_them() -> None:
    other = f"participation/{KEY.replace('2018', '2020')}/1"
    named = triple("person/ada-pell", "says", "http://example.org/something")
    said = [*(triple(*each) for each in SAID), triple(other, "inspector", "person/ada-pell"), named]
    graphs = {quad.graph_name.value for quad in regrouped(said, (), REST) if quad.triple == named}
    assert graphs == {REPORT, REPORT.replace("2018", "2020")}


def test_a_node_without_a_name_is_of_no_report() -> None:
    blank = ox.Triple(ox.BlankNode("b"), ox.NamedNode("http://a/p"), ox.Literal("x"))
    (quad,) = regrouped([blank], (), REST)
    assert quad.graph_name.value == REST
