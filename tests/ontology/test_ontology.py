"""The ontology as it ships: complete words for every term, and OWL 2 DL by its form."""

from __future__ import annotations

import re

import pytest
from rdflib import BNode, Graph, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from themegraph.ids import DEFAULT_BASE
from themegraph.ontology.namespaces import Namespaces, rebase
from themegraph.ontology.shipped import MODULES, ontology_graph

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


def test_every_header_tells_the_same_version() -> None:
    headers = sorted(set(GRAPH.subjects(RDF.type, OWL.Ontology)), key=str)
    assert headers == sorted([ONTOLOGY, *(URIRef(f"{ONTOLOGY}/{m}") for m in MODULES)], key=str)
    version = GRAPH.value(ONTOLOGY, OWL.versionInfo)
    for header in headers:
        assert GRAPH.value(header, OWL.versionInfo) == version
        place = str(header).removeprefix(str(ONTOLOGY))
        assert GRAPH.value(header, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}{place}")
        assert GRAPH.value(header, OWL.priorVersion) is not None
    assert str(GRAPH.value(ONTOLOGY, VANN.preferredNamespaceUri)) == str(TG)
    imported = set(GRAPH.objects(ONTOLOGY, OWL.imports))
    assert imported == {URIRef(f"{ONTOLOGY}/{module}") for module in MODULES}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_defines_its_own_terms_and_needs_those_alone_that_it_imports(module: str) -> None:
    own = ontology_graph(BASE, [module])
    home = URIRef(f"{ONTOLOGY}/{module}")
    assert set(own.objects(predicate=RDFS.isDefinedBy)) <= {home}
    needed = {home} | set(own.objects(home, OWL.imports))
    for triple in own:
        for node in triple:
            if isinstance(node, URIRef) and node.startswith(TG):
                assert GRAPH.value(node, RDFS.isDefinedBy) in needed, node


def test_the_core_names_no_inspectorate_of_one_sector() -> None:
    """Its examples may; what it defines may not."""
    core = ontology_graph(BASE, ["core"])
    for words in core.objects(predicate=SKOS.definition):
        for word in ("Ofsted", "Education", "child", "council", "England", "SEND"):
            assert word not in str(words)


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
    built_in |= {OWL.versionIRI, OWL.versionInfo, OWL.priorVersion, OWL.imports, RDFS.seeAlso}
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


def test_core_classes_are_aligned_to_the_vocabularies_they_name() -> None:
    prov, org = "http://www.w3.org/ns/prov#", "http://www.w3.org/ns/org#"
    oa, qb = "http://www.w3.org/ns/oa#", "http://purl.org/linked-data/cube#"
    pairs = [
        ("Authority", f"{org}FormalOrganization"),
        ("Activity", f"{prov}Activity"),
        ("Record", f"{prov}Entity"),
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
