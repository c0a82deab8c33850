"""OWL 2 DL by its form: what ships keeps to it, and what does not is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from themegraph.ids import DEFAULT_BASE
from themegraph.ontology.bodies import authorities_graph
from themegraph.ontology.namespaces import Namespaces
from themegraph.ontology.profile import profile
from themegraph.ontology.schemes import vocabulary_graph
from themegraph.ontology.shipped import ontology_graph

BASE = DEFAULT_BASE
PREFIXES = "".join(f"@prefix {n}: <{i}> .\n" for n, i in Namespaces(BASE).prefixes().items())
SMALL = """tg:Finding a owl:Class . tg:hasTheme a owl:ObjectProperty . tg:text a owl:DatatypeProperty .
skos:note a owl:AnnotationProperty .
"""


def turtle(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def test_what_ships_is_dl_with_a_report() -> None:
    report = Graph().parse(Path(__file__).parent / "good-report.ttl")
    whole = ontology_graph(BASE) + vocabulary_graph(BASE) + authorities_graph(BASE) + report
    found = profile(whole)
    assert found.faults == ()
    assert found.is_dl
    assert {name.rpartition("#")[2] for name, _ in found.passed_over} <= {
        "date", "gYear", "gYearMonth",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("tgid:x tg:hasTheme tgid:y .", ""),
        ("tgid:x tg:hasTheme 'words' .", "is an object property and is used with a value"),
        ("tgid:x tg:text tgid:y .", "is a datatype property and is used with a thing"),
        ("tgid:x tg:other tgid:y .", "is used as a property and is not declared as one"),
        ("tgid:x a tg:Other .", "is used as a class and is not declared as one"),
        ("tgid:x skos:note 'words' .", ""),
        ("tgid:x rdfs:comment 'words' .", ""),
        ("tg:text a owl:ObjectProperty .", "is more than one kind of property"),
        ("tg:Finding a rdfs:Datatype .", "is more than one kind of class and datatype"),
        ("owl:Thing a owl:Class .", "belongs to OWL itself and is declared anew"),
        ("tg:hasTheme a owl:TransitiveProperty, owl:IrreflexiveProperty .",
         "is transitive, or above what is, and also functional, asymmetric or irreflexive"),
        ("tg:hasTheme a owl:FunctionalProperty . tg:part a owl:ObjectProperty, "
         "owl:TransitiveProperty ; rdfs:subPropertyOf tg:hasTheme .",
         "ontology#hasTheme: is transitive, or above what is, and also functional"),
        ("tg:text rdfs:range xsd:date .", "which OWL 2 DL does not know"),
        ("tg:hasTheme rdfs:range tg:Other .", "Other: is used as a class and is not declared"),
        ("tg:Finding rdfs:subClassOf tg:Other .", "Other: is used as a class and is not declared"),
        ("tg:hasTheme rdfs:subPropertyOf tg:other .", "other: is used as a property and is not"),
        ("tg:Finding owl:disjointWith tg:Finding .", "is said to be disjoint with itself"),
    ],
)  # fmt: skip
def test_what_is_not_dl_is_said(text: str, fault: str) -> None:
    faults = profile(turtle(SMALL + text)).faults
    assert len(faults) == bool(fault)
    assert all(fault in each for each in faults)


def test_values_that_a_reasoner_passes_over_are_counted() -> None:
    found = profile(turtle(SMALL + "tgid:x tg:text '2020-01-01'^^xsd:date, '2020'^^xsd:gYear ."))
    assert found.is_dl
    assert [count for _, count in found.passed_over] == [1, 1]
