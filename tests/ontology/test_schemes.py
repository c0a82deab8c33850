"""The SKOS graphs: right by the rules of SKOS, and the same bytes every time."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import ORG, RDF, RDFS, SKOS

from themegraph.ids import DEFAULT_BASE
from themegraph.ontology import vocab
from themegraph.ontology.bodies import authorities_graph
from themegraph.ontology.schemes import to_ntriples, vocabulary_graph
from themegraph.ontology.shipped import ontology_graph

BASE = DEFAULT_BASE
TG = Namespace(f"{BASE}ontology#")
V = Namespace(f"{BASE}vocab/")
ID = Namespace(f"{BASE}id/")
WORDS = vocabulary_graph(BASE)
BODIES = authorities_graph(BASE)
CONCEPTS = sorted({URIRef(str(s)) for s in WORDS.subjects(RDF.type, SKOS.Concept)})


def test_every_concept_is_named_defined_and_placed() -> None:
    assert len(CONCEPTS) == 87 + 25 + len(vocab.frameworks()) + len(vocab.grades()) + sum(
        len(vocab.terms(s.id))
        for s in vocab.schemes()
        if s.id not in ("theme", "service", "framework")
    )
    classes = set(ontology_graph(BASE).subjects(RDFS.subClassOf, SKOS.Concept))
    for concept in CONCEPTS:
        (scheme,) = WORDS.objects(concept, SKOS.inScheme)
        (notation,) = WORDS.objects(concept, SKOS.notation)
        assert concept == URIRef(f"{scheme}/{notation}")
        assert len(list(WORDS.objects(concept, SKOS.prefLabel))) == 1
        assert len(list(WORDS.objects(concept, SKOS.definition))) == 1
        assert len(set(WORDS.objects(concept, RDF.type)) & classes) == 1


def test_labels_keep_the_rules_of_skos() -> None:
    names: dict[tuple[object, str], URIRef] = {}
    for concept in CONCEPTS:
        label = str(WORDS.value(concept, SKOS.prefLabel))
        scheme = WORDS.value(concept, SKOS.inScheme)
        assert names.setdefault((scheme, label.casefold()), concept) == concept
        alts = {str(alt).casefold() for alt in WORDS.objects(concept, SKOS.altLabel)}
        assert label.casefold() not in alts


def test_hierarchy_has_two_levels_and_both_directions() -> None:
    for narrow, broad in WORDS.subject_objects(SKOS.broader):
        assert (broad, SKOS.narrower, narrow) in WORDS
        assert WORDS.value(broad, SKOS.broader) is None
        assert WORDS.value(narrow, SKOS.inScheme) == WORDS.value(broad, SKOS.inScheme)
    for concept in CONCEPTS:
        top = WORDS.value(concept, SKOS.topConceptOf)
        assert (top is None) == (WORDS.value(concept, SKOS.broader) is not None)
        assert top is None or (top, SKOS.hasTopConcept, concept) in WORDS
    assert len(list(WORDS.objects(V.theme, SKOS.hasTopConcept))) == 12
    assert (V["theme/supervision"], SKOS.broader, V["theme/oversight-and-assurance"]) in WORDS


def test_definition_is_the_scope_note_without_its_pointers() -> None:
    definition = WORDS.value(V["theme/private-fostering"], SKOS.definition)
    assert str(definition).endswith("privately fostered children.")
    note = str(WORDS.value(V["theme/private-fostering"], SKOS.scopeNote))
    assert "carer-recruitment-and-support" in note
    tops = [
        str(WORDS.value(c, SKOS.definition)) for c in WORDS.objects(V.theme, SKOS.hasTopConcept)
    ]
    assert not any("Navigation only" in text for text in tops)


def test_grades_are_ordered_in_each_scheme_and_compared_across_them() -> None:
    schemes = {WORDS.value(f, TG.gradeScheme) for f in WORDS.subjects(RDF.type, TG.Framework)}
    for scheme in schemes - {None}:
        grades = list(WORDS.subjects(SKOS.inScheme, scheme))
        ranks = [
            int(str(WORDS.value(g, TG["rank"]))) for g in grades if (g, TG["rank"], None) in WORDS
        ]
        assert sorted(ranks) == list(range(1, len(ranks) + 1))
    assert WORDS.value(V["grade/ilacs-2026/not-reported"], TG["rank"]) is None
    assert str(WORDS.value(V["grade/ilacs-2026/not-reported"], SKOS.prefLabel)) == (
        "Not reported (2026 framework)"
    )
    for one, other in WORDS.subject_objects(SKOS.closeMatch):
        assert (other, SKOS.closeMatch, one) in WORDS
        assert WORDS.value(one, SKOS.inScheme) != WORDS.value(other, SKOS.inScheme)
        assert WORDS.value(one, TG["rank"]) == WORDS.value(other, TG["rank"])


def test_bodies_have_codes_neighbours_successors_and_those_who_deliver_for_them() -> None:
    coventry = ID["authority/coventry"]
    assert (coventry, RDFS.label, Literal("Coventry")) in BODIES
    assert (coventry, TG.urn, Literal("80456")) in BODIES
    assert (coventry, TG.gssCode, Literal("E08000026")) in BODIES
    assert len(list(BODIES.objects(coventry, TG.statisticalNeighbour))) == 10
    assert (coventry, TG.statisticalNeighbour, coventry) not in BODIES
    cumbria = ID["authority/cumbria"]
    assert set(BODIES.objects(cumbria, TG.successor)) == {
        ID["authority/cumberland"],
        ID["authority/westmorland-and-furness"],
    }
    (event,) = BODIES.subjects(ORG.originalOrganization, cumbria)
    assert (event, ORG.resultingOrganization, ID["authority/cumberland"]) in BODIES
    trust = ID["organisation/together-for-children"]
    assert (ID["authority/sunderland"], TG.deliveredBy, trust) in BODIES
    assert (trust, RDF.type, TG.DeliveryBody) in BODIES


@pytest.mark.parametrize("graph", [WORDS, BODIES], ids=["vocabulary", "authorities"])
def test_every_node_has_an_iri_and_every_tg_term_exists(graph: Graph) -> None:
    declared = set(ontology_graph(BASE).subjects())
    for triple in graph:
        assert not any(isinstance(node, BNode) for node in triple)
        for node in triple:
            assert not str(node).startswith(str(TG)) or node in declared


def test_bytes_do_not_depend_on_the_run() -> None:
    code = (
        "import hashlib; from themegraph.ontology.bodies import authorities_graph as a;"
        "from themegraph.ontology.schemes import to_ntriples as n, vocabulary_graph as v;"
        "from themegraph.ontology.shipped import ontology_graph as o;"
        "print(hashlib.sha256(''.join(map(n, (v(), a(), o()))).encode()).hexdigest())"
    )
    digests = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        run = [sys.executable, "-c", code]
        done = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
        digests.add(done.stdout)
    assert len(digests) == 1


def test_ntriples_are_sorted_and_read_back_the_same() -> None:
    text = to_ntriples(WORDS)
    assert text.splitlines() == sorted(text.splitlines())
    assert set(Graph().parse(data=text, format="nt")) == set(WORDS)
    assert to_ntriples(Graph()) == ""


def test_another_base_moves_every_node() -> None:
    for graph in (
        vocabulary_graph("https://example.org/"),
        authorities_graph("https://example.org/"),
    ):
        assert not any(DEFAULT_BASE in str(node) for triple in graph for node in triple)
