"""Whether an ontology and its vocabularies are fit for others to adopt: quality as SHACL shapes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import pyshacl
from rdflib import OWL, RDF, SH, SKOS, VANN, Graph, URIRef

from themegraph.ids import BASE
from themegraph.ontology.shipped import QUALITY, quality_shapes


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a term, a concept, or the header or scheme it is of."""

    node: str
    message: str


def check(graph: Graph, base: str = BASE, sets: tuple[str, ...] = QUALITY) -> list[Fault]:
    """What is wrong with the ontologies and vocabularies in ``graph``, sorted; [] for nothing.

    ``sets`` are the sets of shapes to check by. Checked are the terms in the namespaces that the
    headers name, and the concepts of every scheme.
    """
    _, results, _ = pyshacl.validate(graph, shacl_graph=_shapes(base, sets), inplace=True)
    assert isinstance(results, Graph)
    found = set()
    for result in results.subjects(RDF.type, SH.ValidationResult):
        value, focus = results.value(result, SH.value), results.value(result, SH.focusNode)
        # The value of a rule on the header itself is what the header says, not a term.
        at = value if (result, SH.sourceConstraint, None) in results and value else focus
        node = at if isinstance(at, URIRef) else focus
        found.add(Fault(str(node), str(results.value(result, SH.resultMessage))))
    return sorted(found)


def faults_beside(theirs: Graph, known: Collection[str]) -> list[Fault]:
    """What is wrong with an ontology or vocabulary of others beside what it is built on: that it
    names no namespace, so that no term was checked, or speaks of the terms in ``known``.
    """
    found = [
        Fault(str(subject), f"{subject} is not for others to speak of: make a term of your own.")
        for subject in set(theirs.subjects())
        if str(subject) in known
    ]
    headers = [*theirs.subjects(RDF.type, OWL.Ontology)]
    schemes = [*theirs.subjects(RDF.type, SKOS.ConceptScheme)]
    if not headers and not schemes:
        found.append(
            Fault("", "There is neither an ontology (owl:Ontology) nor a vocabulary here.")
        )
    for header in headers:
        if (header, VANN.preferredNamespaceUri, None) not in theirs:
            words = "An ontology must name its namespace (vann:preferredNamespaceUri)."
            found.append(Fault(str(header), words))
    return sorted(found)


@cache
def _shapes(base: str, sets: tuple[str, ...]) -> Graph:
    return quality_shapes(base, sets)
