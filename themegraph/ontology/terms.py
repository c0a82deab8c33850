"""The terms of the ontology as plain values, for pages and documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from themegraph.ids import BASE
from themegraph.ontology.namespaces import Namespaces
from themegraph.ontology.shipped import MODULES, ontology_graph

#: What kinds of term there are, in the order in which they are told.
KINDS = {
    "class": OWL.Class,
    "object property": OWL.ObjectProperty,
    "datatype property": OWL.DatatypeProperty,
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property. Other terms it names are IRIs; ``name`` is its own without namespace."""

    iri: str
    name: str
    kind: str
    label: str
    definition: str
    scope_note: str
    example: str
    domain: str
    range: str
    above: tuple[str, ...]
    under: tuple[str, ...]
    inverse: str
    disjoint: tuple[str, ...]
    notes: tuple[str, ...]
    see_also: tuple[str, ...]

    @property
    def is_class(self) -> bool:
        """Whether it is a class."""
        return self.kind == "class"


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the ontology with its terms, classes first, each kind by name."""

    iri: str
    name: str
    title: str
    description: str
    version: str
    terms: tuple[Term, ...]

    @property
    def size(self) -> int:
        """How many terms it has."""
        return len(self.terms)


@dataclass(frozen=True)
class Ontology:
    """The ontology under ``base``, part by part."""

    base: str = BASE

    @cached_property
    def graph(self) -> Graph:
        """All of it as triples."""
        return ontology_graph(self.base)

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """The modules that define terms, in their order."""
        return tuple(self._module(name) for name in MODULES if name != "mappings")

    @property
    def version(self) -> str:
        """The version of the whole."""
        return self._words(URIRef(Namespaces(self.base).ontology), OWL.versionInfo)

    def short(self, iri: str) -> str:
        """A term as it is written with the usual prefixes: ``tg:Finding``, ``xsd:string``."""
        for prefix, space in Namespaces(self.base).prefixes().items():
            if iri.startswith(space) and "/" not in iri.removeprefix(space):
                return f"{prefix}:{iri.removeprefix(space)}"
        return iri

    def _module(self, name: str) -> Module:
        header = URIRef(f"{Namespaces(self.base).ontology}/{name}")
        found = [
            self._term(URIRef(str(term)), kind)
            for kind, type_ in KINDS.items()
            for term in self.graph.subjects(RDFS.isDefinedBy, header)
            if (term, RDF.type, type_) in self.graph
        ]
        order = list(KINDS)
        found.sort(key=lambda term: (order.index(term.kind), term.name.casefold()))
        return Module(
            str(header),
            name,
            self._words(header, DCTERMS.title),
            self._words(header, DCTERMS.description),
            self._words(header, OWL.versionInfo),
            tuple(found),
        )

    def _term(self, term: URIRef, kind: str) -> Term:
        above = RDFS.subClassOf if kind == "class" else RDFS.subPropertyOf
        inverse = [*self._iris(term, OWL.inverseOf), *self._iris(term, OWL.inverseOf, turned=True)]
        apart = {
            *self._iris(term, OWL.disjointWith), *self._iris(term, OWL.disjointWith, turned=True)
        }  # fmt: skip
        return Term(
            iri=str(term),
            name=str(term).removeprefix(Namespaces(self.base).tg),
            kind=kind,
            label=self._words(term, RDFS.label),
            definition=self._words(term, SKOS.definition),
            scope_note=self._words(term, SKOS.scopeNote),
            example=self._words(term, SKOS.example),
            domain=next(iter(self._iris(term, RDFS.domain)), ""),
            range=next(iter(self._iris(term, RDFS.range)), ""),
            above=tuple(self._iris(term, above)),
            under=tuple(self._iris(term, above, turned=True)),
            inverse=next(iter(inverse), ""),
            disjoint=tuple(sorted(apart)),
            notes=tuple(sorted(str(note) for note in self.graph.objects(term, SKOS.note))),
            see_also=tuple(self._iris(term, RDFS.seeAlso)),
        )

    def _words(self, node: URIRef, predicate: Node) -> str:
        found = self.graph.value(node, predicate)
        return str(found) if isinstance(found, Literal) else ""

    def _iris(self, node: URIRef, predicate: Node, *, turned: bool = False) -> list[str]:
        found = (
            self.graph.subjects(predicate, node) if turned else self.graph.objects(node, predicate)
        )
        return sorted(str(each) for each in found if isinstance(each, URIRef))
