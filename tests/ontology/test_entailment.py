"""What follows from single statements, against an engine that knows all rules of OWL 2 RL."""

from __future__ import annotations

from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from themegraph.ids import DEFAULT_BASE
from themegraph.ontology.entailment import Rules, Statement
from themegraph.ontology.namespaces import Namespaces
from themegraph.ontology.shipped import ontology_graph

BASE = DEFAULT_BASE
TG = f"{BASE}ontology#"
SMALL = Graph().parse(
    data="".join(f"@prefix {n}: <{i}> .\n" for n, i in Namespaces(BASE).prefixes().items())
    + """
tg:A a owl:Class ; rdfs:subClassOf tg:B . tg:B a owl:Class ; rdfs:subClassOf tg:C, owl:Thing .
tg:C a owl:Class .
tg:p a owl:ObjectProperty ; rdfs:subPropertyOf tg:q ; rdfs:domain tg:A ; rdfs:range tg:B .
tg:q a owl:ObjectProperty ; owl:inverseOf tg:r . tg:r a owl:ObjectProperty ; rdfs:subPropertyOf tg:s .
tg:s a owl:ObjectProperty . tg:d a owl:DatatypeProperty ; rdfs:domain tg:B ; rdfs:range xsd:string .
""",
    format="turtle",
)


def named(*parts: str) -> Statement:
    return Statement(*(p if p[0] in '<"' else f"<{TG}{p}>" for p in parts))


TYPE = f"<{RDF.type}>"


@pytest.mark.parametrize(
    ("stated", "follows"),
    [
        (named("x", TYPE, "A"), {named("x", TYPE, "B"), named("x", TYPE, "C")}),
        (named("x", TYPE, "C"), set()),
        (named("x", "p", "y"),
         {named("x", "q", "y"), named("y", "r", "x"), named("y", "s", "x"), named("x", TYPE, "A"),
          named("x", TYPE, "B"), named("x", TYPE, "C"), named("y", TYPE, "B"),
          named("y", TYPE, "C")}),
        (named("x", "r", "y"), {named("x", "s", "y"), named("y", "q", "x")}),
        (named("x", "d", '"words"'), {named("x", TYPE, "B"), named("x", TYPE, "C")}),
        (named("x", "unknown", "y"), set()),
    ],
)  # fmt: skip
def test_what_follows_from_one_statement(stated: Statement, follows: set[Statement]) -> None:
    assert Rules(SMALL).follow([stated]) == follows


def test_it_is_what_a_whole_engine_finds_of_kinds_and_properties() -> None:
    """The engine also finds what holds of everything, and equality from functional properties."""
    report = Graph().parse(Path(__file__).parent / "good-report.ttl")
    ontology = ontology_graph(BASE)
    ontology.remove((None, OWL.imports, None))
    whole = ontology + report
    DeductiveClosure(OWLRL_Semantics).expand(whole)
    things = set(report.subjects()) | {o for o in report.objects() if isinstance(o, URIRef)}
    properties = set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    properties |= set(ontology.subjects(RDF.type, OWL.DatatypeProperty))
    classes = set(ontology.subjects(RDF.type, OWL.Class))
    expected = {
        (s.n3(), p.n3(), o.n3())
        for s, p, o in whole - ontology - report
        if s in things
        and ((p == RDF.type and o in classes) or (p in properties and p != OWL.sameAs))
    }
    lines = (tuple(node.n3() for node in triple) for triple in report)
    found = {tuple(each) for each in Rules(ontology).follow(Statement(*line) for line in lines)}
    stated = {tuple(node.n3() for node in triple) for triple in (*report, *ontology)}
    assert found - stated == expected
    assert len(expected) > 50
    assert RDFS.Resource.n3() not in {o for _, _, o in found}
