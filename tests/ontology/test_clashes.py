"""Why a graph contradicts itself is told by the statements that clash, and by no others."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from rdflib import Graph

from themegraph.ids import DEFAULT_BASE
from themegraph.ontology.clashes import clashes, in_words, why_unsatisfiable
from themegraph.ontology.namespaces import Namespaces
from themegraph.ontology.shipped import ontology_graph

BASE = DEFAULT_BASE
ONTOLOGY = ontology_graph(BASE)
PREFIXES = "".join(f"@prefix {n}: <{i}> .\n" for n, i in Namespaces(BASE).prefixes().items())


def with_statements(turtle: str) -> Graph:
    return ONTOLOGY + Graph().parse(data=PREFIXES + turtle, format="turtle")


@pytest.mark.parametrize(
    ("turtle", "words", "because"),
    [
        ("tgid:x a tg:Finding, tg:Recommendation .",
         "x is both of the kind Finding and of the kind Recommendation",
         ["x is of the kind Finding", "x is of the kind Recommendation",
          "nothing is both of the kind Finding and of the kind Recommendation"]),
        ("tgid:r tg:hasFinding tgid:x . tgid:q tg:hasRecommendation tgid:x .",
         "x is both of the kind Finding and of the kind Recommendation",
         ["r has finding x", "what “has finding” leads to is of the kind Finding",
          "q has recommendation x",
          "what “has recommendation” leads to is of the kind Recommendation",
          "nothing is both of the kind Finding and of the kind Recommendation"]),
        ("tgid:r tg:hasFinding tgid:x . tgid:x tg:recommendationOf tgid:r .",
         "x is both of the kind Finding and of the kind Recommendation",
         ["r has finding x", "what “has finding” leads to is of the kind Finding",
          "x recommendation of r", "what “recommendation of” is said of is of the kind Recommendation",
          "nothing is both of the kind Finding and of the kind Recommendation"]),
        ("tgid:x a tg:Section ; tg:identifiesStrengthIn tgid:y .",
         "x is both of the kind Section and of the kind Finding",
         ["x is of the kind Section", "x identifies strength in y",
          "what “identifies strength in” is said of is of the kind Finding",
          "nothing is both of the kind Section and of the kind Finding"]),
        ("tgid:x a tg:Finding ; tg:onPage 3, 4 .", "x has two values of “on page”",
         ["x on page “3”", "x on page “4”", "“on page” can have one value only"]),
        ('tgid:x a tg:Finding ; tg:onPage "three" .', "“three” is no value that “on page” can have",
         ["x on page “three”", "“on page” has values of the type integer"]),
        ('tgid:x tg:text "words"@en .', "“words” is no value that “text” can have",
         ["x text “words”", "“text” has values of the type string"]),
        ("tg:Note a owl:Class ; owl:equivalentClass tg:Finding . tgid:x a tg:Note, tg:Report .",
         "x is both of the kind Report and of the kind Part of a report",
         ["x is of the kind Report", "x is of the kind Note", "Note and Finding are the same kind",
          "every Finding is of the kind Part of a report",
          "nothing is both of the kind Report and of the kind Part of a report"]),
        ("tgid:a tg:successor tgid:b . tgid:b tg:successor tgid:a .", "“successor” holds both ways",
         ["a successor b", "b successor a", "“successor” cannot hold both ways"]),
        ("tgid:a tg:statisticalNeighbour tgid:a .", "a has “statistical neighbour” to itself",
         ["a statistical neighbour a",
          "“statistical neighbour” cannot lead from a thing to itself"]),
    ],
)  # fmt: skip
def test_a_contradiction_is_told_with_what_says_it(
    turtle: str, words: str, because: list[str]
) -> None:
    graph = with_statements(turtle)
    (found,) = [clash for clash in clashes(graph) if clash.words == words]
    assert [in_words(graph, statement) for statement in found.statements] == because


def test_kinds_are_followed_upwards() -> None:
    graph = with_statements("tgid:x a tg:Report . tgid:f tg:supportedBy tgid:x .")
    told = [[in_words(graph, each) for each in clash.statements] for clash in clashes(graph)]
    assert any("every Evidence is of the kind Part of a report" in each for each in told)


def test_what_does_not_contradict_itself_has_no_clash() -> None:
    assert clashes(ONTOLOGY) == []
    fitting = "tgid:x a tg:Finding ; tg:onPage '3'^^xsd:int ; tg:text 'Words' ."
    assert clashes(with_statements(fitting)) == []


def test_what_is_told_first_does_not_depend_on_the_run() -> None:
    code = (
        "from rdflib import Graph, URIRef; from themegraph.ontology.clashes import clashes;"
        "from themegraph.ontology.shipped import ontology_graph; g = ontology_graph();"
        "p = 'https://w3id.org/themegraph/ontology#';"
        "[g.parse(data=f'<x:r{n}> <{p}hasFinding> <x:x> . <x:x> a <{p}Section> .', format='ttl')"
        " for n in range(9)];"
        "print([c.words for c in clashes(g)], clashes(g)[0].statements)"
    )
    told = set()
    for seed in ("1", "2", "3"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        run = [sys.executable, "-c", code]
        done = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
        told.add(done.stdout)
    assert len(told) == 1


def test_a_class_that_nothing_can_belong_to_is_explained() -> None:
    graph = with_statements(
        "tg:Odd a owl:Class ; rdfs:subClassOf tg:Statistic, tg:Section ; rdfs:label 'Odd'@en ."
    )
    found = why_unsatisfiable(graph, f"{BASE}ontology#Odd")
    assert found is not None
    assert [in_words(graph, each) for each in found.statements] == [
        "every Odd is of the kind Statistic",
        "every Statistic is of the kind Evidence",
        "every Odd is of the kind Section",
        "nothing is both of the kind Evidence and of the kind Section",
    ]
    assert why_unsatisfiable(graph, f"{BASE}ontology#Finding") is None
