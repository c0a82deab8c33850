"""What makes an ontology or a vocabulary unfit for others is said; ``vocab check`` is tried on ours
in test_changes.py.
"""

from __future__ import annotations

import pytest
from rdflib import Graph

from themegraph.ids import DEFAULT_BASE
from themegraph.ontology.check import check
from themegraph.ontology.namespaces import Namespaces
from themegraph.ontology.shipped import MODULES, ontology_graph

BASE = DEFAULT_BASE
PROLOGUE = Namespaces(BASE).prologue() + f"PREFIX ex: <{BASE}ontology#>\nPREFIX v: <{BASE}vocab/>\n"
SMALL_ONTOLOGY = f"""
<{BASE}ontology> a owl:Ontology ; dcterms:title "Small"@en ; dcterms:creator "We" ;
  dcterms:description "A small ontology that is good in every way."@en ;
  dcterms:created "2026-01-01"^^xsd:date ; dcterms:modified "2026-01-02"^^xsd:date ;
  dcterms:license <https://example.org/licence> ; owl:versionInfo "1.0.0" ;
  owl:versionIRI <{BASE}ontology/1.0.0> ; vann:preferredNamespaceUri "{BASE}ontology#" .
ex:Thing a owl:Class ; rdfs:label "Thing"@en ; skos:definition "What is there."@en ;
  skos:example "A table"@en ; rdfs:isDefinedBy <{BASE}ontology> .
ex:Table a owl:Class ; rdfs:subClassOf ex:Thing ; rdfs:label "Table"@en ;
  skos:definition "What one sits at."@en ; skos:example "A desk"@en ; rdfs:isDefinedBy <{BASE}ontology> .
ex:on a owl:ObjectProperty ; rdfs:domain ex:Thing ; rdfs:range ex:Table ; owl:inverseOf ex:under ;
  rdfs:label "on"@en ; skos:definition "What it stands on."@en ; skos:example "A cup is on a table"@en ;
  rdfs:isDefinedBy <{BASE}ontology> .
ex:under a owl:ObjectProperty ; rdfs:domain ex:Table ; rdfs:range ex:Thing ; rdfs:label "under"@en ;
  skos:definition "What stands on it."@en ; skos:example "A table is under a cup"@en ;
  rdfs:isDefinedBy <{BASE}ontology> .
ex:legs a owl:DatatypeProperty ; rdfs:domain ex:Table ; rdfs:range xsd:integer ; rdfs:label "legs"@en ;
  skos:definition "How many legs it has."@en ; skos:example "4"@en ; rdfs:isDefinedBy <{BASE}ontology> .
"""
SMALL_VOCABULARY = """
v:food a skos:ConceptScheme ; dcterms:title "Food"@en ; dcterms:description "What is eaten"@en ;
  skos:hasTopConcept <V/fruit> .
<V/fruit> a skos:Concept ; skos:inScheme v:food ; skos:topConceptOf v:food ; skos:notation "fruit" ;
  skos:prefLabel "Fruit"@en ; skos:definition "What grows on trees."@en ; skos:narrower <V/apple>, <V/pear> .
<V/apple> a skos:Concept ; skos:inScheme v:food ; skos:broader <V/fruit> ; skos:notation "apple" ;
  skos:prefLabel "Apple"@en ; skos:altLabel "Pippin"@en ; skos:definition "A round one."@en .
<V/pear> a skos:Concept ; skos:inScheme v:food ; skos:broader <V/fruit> ; skos:notation "pear" ;
  skos:prefLabel "Pear"@en ; skos:definition "A long one."@en .
""".replace("V/", f"{BASE}vocab/food/")
TURTLE = PROLOGUE.replace("PREFIX", "@prefix").replace(">\n", "> .\n")


@pytest.fixture(scope="module")
def small() -> Graph:
    return Graph().parse(data=TURTLE + SMALL_ONTOLOGY + SMALL_VOCABULARY, format="turtle")


@pytest.mark.parametrize("module", MODULES)
def test_each_module_says_what_it_is(module: str) -> None:
    found = check(ontology_graph(BASE, [module]), BASE, ("ontology",))
    assert [fault for fault in found if fault.node.endswith(f"ontology/{module}")] == []


def test_a_small_good_one_is_without_fault(small: Graph) -> None:
    assert check(small, BASE) == []


@pytest.mark.parametrize(
    ("update", "node", "message"),
    [
        ("DELETE WHERE { <B/ontology> dcterms:title ?t }", "ontology",
         "An ontology must have a title (dcterms:title), one in each language."),
        ("DELETE WHERE { ?o dcterms:license ?l }", "ontology",
         "An ontology must have a licence (dcterms:license), by its IRI."),
        ("DELETE WHERE { ?o owl:versionInfo ?v } ; INSERT DATA { <B/ontology> owl:versionInfo 'new' }",
         "ontology", "An ontology must have one version (owl:versionInfo), of three numbers."),
        ("DELETE WHERE { ?o owl:versionIRI ?v }", "ontology",
         "An ontology must have one version IRI (owl:versionIRI)."),
        ("DELETE WHERE { ?o dcterms:modified ?v }", "ontology",
         "An ontology must say on which day it was last changed (dcterms:modified)."),
        ("DELETE WHERE { ex:Table rdfs:label ?l }", "ontology#Table", "has no label in English (rdfs:label, @en)."),
        ("DELETE WHERE { ex:legs skos:definition ?l }", "ontology#legs",
         "is not defined: it needs a skos:definition."),
        ("DELETE WHERE { ex:on skos:example ?l }", "ontology#on", "has no example (skos:example)."),
        ("DELETE WHERE { ex:on rdfs:isDefinedBy ?l }", "ontology#on",
         "does not say which ontology defines it (rdfs:isDefinedBy)."),
        ("DELETE WHERE { ex:Table rdfs:label ?l } ; INSERT DATA { ex:Table rdfs:label 'Thing'@en }",
         "ontology#Table", "has the label of another class, or of another property."),
        ("DELETE WHERE { ex:legs rdfs:domain ?d }", "ontology#legs",
         "must have exactly one domain: two would mean both at once."),
        ("INSERT DATA { ex:legs rdfs:domain ex:Thing }", "ontology#legs",
         "must have exactly one domain: two would mean both at once."),
        ("INSERT DATA { ex:on rdfs:range ex:Thing }", "ontology#on",
         "must have exactly one range: two would mean both at once."),
        ("DELETE WHERE { ex:legs rdfs:domain ?d } ; INSERT DATA { ex:legs rdfs:domain ex:Chair }",
         "ontology#legs", "The domain of B/ontology#legs is not a class that is declared."),
        ("DELETE WHERE { ex:legs rdfs:range ?d } ; INSERT DATA { ex:legs rdfs:range xsd:date }",
         "ontology#legs", "values a datatype of OWL 2 DL."),
        ("DELETE WHERE { ex:on rdfs:range ?d } ; INSERT DATA { ex:on rdfs:range xsd:string }",
         "ontology#on", "things have a class that is declared"),
        ("DELETE WHERE { ex:under rdfs:range ?d } ; INSERT DATA { ex:under rdfs:range ex:Table }",
         "ontology#on", "does not lead back from where its inverse leads"),
        ("INSERT DATA { ex:on a owl:TransitiveProperty, owl:FunctionalProperty }", "ontology#on",
         "is transitive and also functional"),
        ("INSERT DATA { ex:Thing rdfs:subClassOf ex:Table }", "ontology#Thing",
         "is a kind of itself, by way of other classes."),
        ("INSERT DATA { ex:on rdfs:subPropertyOf ex:under . ex:under rdfs:subPropertyOf ex:on }",
         "ontology#on", "specialises itself, by way of other properties."),
        ("INSERT DATA { ex:Table rdfs:subClassOf ex:Furniture }", "ontology#Table",
         "is under a term that is not declared, or not of its kind."),
        ("INSERT DATA { ex:Table owl:disjointWith ex:Thing }", "ontology#Table",
         "so that nothing can belong to it."),
        ("INSERT DATA { ex:Table a owl:ObjectProperty }", "ontology#Table",
         "is declared as two kinds of term"),
        ("INSERT DATA { ex:Lamp a owl:Class ; rdfs:label 'Lamp'@en }", "ontology#Lamp",
         "stands alone"),
        ("DELETE WHERE { v:food dcterms:title ?t }", "vocab/food",
         "A vocabulary must have a title (dcterms:title), one in each language."),
        ("INSERT DATA { v:drink a skos:ConceptScheme }", "vocab/drink",
         "A vocabulary must have concepts."),
        ("DELETE WHERE { <F/pear> skos:prefLabel ?l }", "vocab/food/pear",
         "has no preferred label."),
        ("INSERT DATA { <F/pear> skos:prefLabel 'Quince'@en }", "vocab/food/pear",
         "has two preferred labels in one language."),
        ("DELETE WHERE { <F/pear> skos:prefLabel ?l } ; INSERT DATA { <F/pear> skos:prefLabel 'Apple'@en }",
         "vocab/food/pear", "has the preferred label of another concept"),
        ("INSERT DATA { <F/pear> skos:altLabel 'pear'@en }", "vocab/food/pear",
         "has an alternative label that is its preferred one."),
        ("INSERT DATA { <F/pear> skos:altLabel 'Apple'@en }", "vocab/food/pear",
         "that is the preferred one of another concept"),
        ("INSERT DATA { <F/pear> skos:altLabel 'Pippin'@en }", "vocab/food/pear",
         "has an alternative label that another concept of its vocabulary has too."),
        ("INSERT DATA { <F/pear> skos:altLabel 'Conference '@en }", "vocab/food/pear",
         "begins or ends with a space."),
        ("DELETE WHERE { <F/pear> skos:definition ?l }", "vocab/food/pear",
         "is not defined: it needs a skos:definition."),
        ("DELETE WHERE { <F/pear> skos:notation ?l }", "vocab/food/pear",
         "must have exactly one notation (skos:notation)."),
        ("INSERT DATA { <F/pear> skos:notation 'apple' }", "vocab/food/pear",
         "has the notation of another concept"),
        ("DELETE WHERE { <F/pear> skos:broader ?l }", "vocab/food/pear",
         "has no place: it is under no concept (skos:broader) and not at the top"),
        ("INSERT DATA { <F/fruit> skos:broader <F/pear> . <F/pear> skos:narrower <F/fruit> }",
         "vocab/food/fruit", "is broader than itself, by way of other concepts."),
        ("DELETE WHERE { <F/fruit> skos:narrower <F/pear> }", "vocab/food/pear",
         "is under a concept that does not have it as a narrower one (skos:narrower)."),
        ("INSERT DATA { <F/pear> skos:broader <F/elsewhere> . <F/elsewhere> skos:narrower <F/pear> }",
         "vocab/food/pear", "is under a concept that is not in its vocabulary."),
        ("INSERT DATA { <F/pear> skos:topConceptOf v:food }", "vocab/food/pear",
         "is at the top of its vocabulary and yet under another concept of it."),
        ("INSERT DATA { <F/pear> skos:related <F/fruit> }", "vocab/food/pear",
         "is related to a concept that it is under."),
        ("INSERT DATA { <F/pear> skos:closeMatch <F/apple> }", "vocab/food/pear",
         "is mapped to a concept of its own vocabulary"),
    ],
)  # fmt: skip
def test_each_fault_gives_its_message(small: Graph, update: str, node: str, message: str) -> None:
    broken = Graph() + small
    update = update.replace("<F/", f"<{BASE}vocab/food/").replace("<B/", f"<{BASE}")
    broken.update(PROLOGUE + update)
    assert set(broken) != set(small), "the update changes nothing"
    by = ("vocabulary",) if node.startswith("vocab/") else ("ontology",)
    told = [fault.message for fault in check(broken, BASE, by) if fault.node == f"{BASE}{node}"]
    assert any(message.replace("B/", BASE) in each for each in told), told
