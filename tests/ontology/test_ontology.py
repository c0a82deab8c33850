"""The ontology as it ships: complete words for every term, and OWL 2 DL by its form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from themegraph.ids import DEFAULT_BASE
from themegraph.ontology.namespaces import OUTSIDE, Namespaces, rebase
from themegraph.ontology.schemes import ontology_graph

BASE = DEFAULT_BASE
TG = Namespace(f"{BASE}ontology#")
ONTOLOGY = URIRef(f"{BASE}ontology")
VANN = Namespace("http://purl.org/vocab/vann/")
GRAPH = ontology_graph(BASE)
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def terms(kind: URIRef) -> list[URIRef]:
    """The project's own terms of ``kind``, sorted."""
    found = {s for s in GRAPH.subjects(RDF.type, kind) if str(s).startswith(str(TG))}
    return sorted(URIRef(str(term)) for term in found)


CLASSES, OBJECTS, DATA = (terms(kind) for kind in KINDS[:3])
TERMS = CLASSES + OBJECTS + DATA


def local(term: object) -> str:
    return str(term).removeprefix(str(TG))


def test_header_is_complete() -> None:
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in GRAPH
    wanted = (
        *(DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license),
        *(DCTERMS.created, DCTERMS.modified, OWL.versionIRI, OWL.versionInfo),
        *(VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri),
    )
    assert [p for p in wanted if GRAPH.value(ONTOLOGY, p) is None] == []
    version = GRAPH.value(ONTOLOGY, OWL.versionInfo)
    assert GRAPH.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    assert str(GRAPH.value(ONTOLOGY, VANN.preferredNamespaceUri)) == str(TG)


@pytest.mark.parametrize("term", TERMS, ids=local)
def test_every_term_has_label_definition_example_and_home(term: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition, SKOS.example):
        words = list(GRAPH.objects(term, predicate))
        assert len(words) == 1, predicate
        assert getattr(words[0], "language", None) == "en"
        assert len(str(words[0])) >= (10 if predicate == SKOS.definition else 1)
    assert GRAPH.value(term, RDFS.isDefinedBy) == ONTOLOGY


def test_no_two_terms_share_a_label_within_their_kind() -> None:
    for kind in (CLASSES, OBJECTS + DATA):
        labels = [str(GRAPH.value(term, RDFS.label)).casefold() for term in kind]
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize("term", OBJECTS + DATA, ids=local)
def test_every_property_has_one_domain_and_one_range(term: URIRef) -> None:
    declared = set(GRAPH.subjects(RDF.type, OWL.Class))
    assert len(list(GRAPH.objects(term, RDFS.domain))) == 1
    assert len(list(GRAPH.objects(term, RDFS.range))) == 1
    assert GRAPH.value(term, RDFS.domain) in declared
    target = GRAPH.value(term, RDFS.range)
    if term in OBJECTS:
        assert target in declared
    else:
        allowed = {URIRef(OUTSIDE["xsd"] + n) for n in ("string", "integer", "decimal", "boolean")}
        assert target in allowed | {RDFS.Literal}


def test_names_are_written_as_classes_and_properties_are() -> None:
    assert [c for c in CLASSES if not re.fullmatch(r"[A-Z][A-Za-z]+", local(c))] == []
    assert [p for p in OBJECTS + DATA if not re.fullmatch(r"[a-z][A-Za-z0-9]+", local(p))] == []


def test_nothing_is_of_two_kinds_and_nothing_is_undeclared() -> None:
    kinds = {kind: set(GRAPH.subjects(RDF.type, kind)) for kind in KINDS}
    for i, first in enumerate(KINDS):
        for second in KINDS[i + 1 :]:
            assert kinds[first] & kinds[second] == set()
    used = set(GRAPH.predicates()) | set(GRAPH.objects(predicate=RDFS.subPropertyOf))
    built_in = {RDF.type, RDFS.label, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain}
    built_in |= {RDFS.range, RDFS.isDefinedBy, OWL.inverseOf, OWL.disjointWith}
    built_in |= {OWL.versionIRI, OWL.versionInfo}
    assert used - built_in - set().union(*kinds.values()) == set()
    classes = set(GRAPH.objects(predicate=RDFS.subClassOf))
    classes |= set(GRAPH.objects(predicate=OWL.disjointWith))
    assert classes - kinds[OWL.Class] == set()
    mentioned = {s for s in GRAPH.subjects() if str(s).startswith(str(TG))}
    assert mentioned == set(TERMS)


def test_sub_properties_are_of_the_kind_of_what_they_specialise() -> None:
    for term, above in GRAPH.subject_objects(RDFS.subPropertyOf):
        kind = OWL.ObjectProperty if term in OBJECTS else OWL.DatatypeProperty
        assert (above, RDF.type, kind) in GRAPH


def test_there_are_no_blank_nodes() -> None:
    assert [t for t in GRAPH if any(isinstance(node, BNode) for node in t)] == []


def test_there_is_no_cycle_of_classes() -> None:
    for cls in CLASSES:
        above = {str(each) for each in GRAPH.transitive_objects(cls, RDFS.subClassOf)} - {str(cls)}
        assert not any((URIRef(each), RDFS.subClassOf, cls) in GRAPH for each in above)


def test_core_classes_are_aligned_to_the_vocabularies_they_name() -> None:
    prov, org = "http://www.w3.org/ns/prov#", "http://www.w3.org/ns/org#"
    oa, qb = "http://www.w3.org/ns/oa#", "http://purl.org/linked-data/cube#"
    pairs = [
        ("Authority", f"{org}FormalOrganization"),
        ("Inspection", f"{prov}Activity"),
        ("Report", f"{prov}Entity"),
        ("Theme", str(SKOS.Concept)),
        ("Evidence", f"{oa}SpecificResource"),
        ("Finding", f"{oa}Annotation"),
        ("ThemeAssessment", f"{qb}Observation"),
        ("Statistic", f"{TG}Evidence"),
        ("AreaForPriorityAction", f"{TG}Recommendation"),
    ]
    for name, above in pairs:
        assert (TG[name], RDFS.subClassOf, URIRef(above)) in GRAPH


def test_stances_specialise_has_theme() -> None:
    stances = {local(s) for s in GRAPH.subjects(RDFS.subPropertyOf, TG.hasTheme)}
    assert stances == {"identifiesStrengthIn", "identifiesWeaknessIn", "isMixedOn", "mentions"}


def test_base_is_a_setting() -> None:
    elsewhere = "https://example.org/x/"
    moved = ontology_graph(elsewhere)
    assert len(moved) == len(GRAPH)
    assert (URIRef(f"{elsewhere}ontology#Finding"), RDF.type, OWL.Class) in moved
    assert not any(DEFAULT_BASE in str(node) for triple in moved for node in triple)
    assert Namespaces(elsewhere).prefixes()["tg"] == f"{elsewhere}ontology#"
    assert rebase("unchanged", elsewhere) == "unchanged"


def test_prologue_declares_every_prefix_for_sparql() -> None:
    prologue = Namespaces(BASE).prologue()
    assert f"PREFIX tg: <{TG}>\n" in prologue
    query = f"{prologue} ASK {{ tg:Finding a owl:Class }}"
    assert Graph().query(query).askAnswer is False
    assert GRAPH.query(query).askAnswer is True


def test_reference_page_says_what_the_ontology_says() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "ontology.md"
    words = page.read_text(encoding="utf-8")
    prefix = {str(iri): name for name, iri in Namespaces(BASE).prefixes().items()}

    def short(iri: object) -> str:
        space, _, name = re.split(r"^(.*[#/])", str(iri))[1], "", re.split(r"[#/]", str(iri))[-1]
        return name if space == str(TG) else f"{prefix[space]}:{name}"

    for cls in CLASSES:
        assert f"| `{local(cls)}` |" in words
    for term in OBJECTS + DATA:
        domain, range_ = (short(GRAPH.value(term, p)) for p in (RDFS.domain, RDFS.range))
        assert f"| `{local(term)}` | {domain} | {range_} |" in words
