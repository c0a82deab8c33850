"""The reasoner agrees with the ontology, and disagrees with what contradicts it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rdflib import Graph

from themegraph.ids import DEFAULT_BASE
from themegraph.ontology import owl
from themegraph.ontology.bodies import authorities_graph
from themegraph.ontology.namespaces import Namespaces
from themegraph.ontology.schemes import vocabulary_graph
from themegraph.ontology.shipped import ontology_graph

BASE = DEFAULT_BASE
REPORT = Graph().parse(Path(__file__).parent / "good-report.ttl")
needs_java = pytest.mark.skipif(
    shutil.which("java") is None, reason="HermiT needs Java, which this machine lacks"
)


def turtle(text: str) -> Graph:
    prefixes = "".join(f"@prefix {n}: <{i}> .\n" for n, i in Namespaces(BASE).prefixes().items())
    return Graph().parse(data=prefixes + text, format="turtle")


@needs_java
def test_ontology_is_consistent_and_every_class_can_have_members() -> None:
    assert owl.check_consistency(ontology_graph(BASE)) == owl.Verdict(consistent=True)


@needs_java
def test_ontology_with_vocabularies_bodies_and_a_report_is_consistent() -> None:
    graphs = (ontology_graph(BASE), vocabulary_graph(BASE), authorities_graph(BASE), REPORT)
    assert owl.check_consistency(*graphs) == owl.Verdict(consistent=True)


@needs_java
@pytest.mark.parametrize(
    "contradiction",
    [
        "tgid:x a tg:Finding, tg:Recommendation .",
        "tgid:x a tg:Judgement, tg:PreviousJudgement .",
        # domain and range say what tgid:x is; that it is also a report cannot be
        "tgid:x a tg:Report . tgid:f tg:supportedBy tgid:x .",
        "tgid:x a tg:Finding ; tg:onPage 3, 4 .",
        'tgid:x a tg:Finding ; tg:onPage "three" .',
        "tgid:a tg:successor tgid:b . tgid:b tg:successor tgid:a .",
    ],
)
def test_contradictions_are_found(contradiction: str) -> None:
    verdict = owl.check_consistency(ontology_graph(BASE), turtle(contradiction))
    assert verdict.consistent is False


@needs_java
def test_class_that_nothing_can_belong_to_is_named() -> None:
    odd = turtle("tg:Odd a owl:Class ; rdfs:subClassOf tg:Finding, tg:Recommendation .")
    verdict = owl.check_consistency(ontology_graph(BASE), odd)
    assert verdict == owl.Verdict(consistent=True, unsatisfiable=(f"{BASE}ontology#Odd",))


def test_missing_java_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(owl.ReasonerError, match="HermiT needs Java"):
        owl.check_consistency(ontology_graph(BASE))


def test_each_world_holds_what_it_was_given_and_no_more() -> None:
    first = owl.load_world(ontology_graph(BASE))
    assert [str(label) for label in first[f"{BASE}ontology#Finding"].label] == ["Finding"]
    second = owl.load_world(turtle("tgid:x a tg:Finding ."))
    assert second[f"{BASE}ontology#Recommendation"] is None
