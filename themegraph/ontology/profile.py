"""Whether a graph keeps to OWL 2 DL by its form, so that a reasoner for it can be trusted.

After W3C, OWL 2 Structural Specification, sections 3 and 5.8 and OWL 2 Mapping to RDF, section 3.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

_PROPERTIES = {
    OWL.ObjectProperty: "object property",
    OWL.DatatypeProperty: "datatype property",
    OWL.AnnotationProperty: "annotation property",
}
_BUILT_IN = {
    RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.priorVersion,
    OWL.deprecated, OWL.backwardCompatibleWith, OWL.incompatibleWith,
}  # fmt: skip
_RESERVED = tuple(str(space) for space in (OWL, RDF, RDFS))
#: The datatypes that a reasoner for OWL 2 DL knows: dates without a time are not among them.
DATATYPES = {
    None, RDF.langString, RDF.XMLLiteral, RDFS.Literal, XSD.string, XSD.boolean, XSD.decimal,
    XSD.integer, XSD.nonNegativeInteger, XSD.positiveInteger, XSD.long, XSD.int, XSD.double,
    XSD.float, XSD.dateTime, XSD.dateTimeStamp, XSD.anyURI, XSD.token, XSD.language,
    XSD.hexBinary, XSD.base64Binary,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """What keeps a graph from being OWL 2 DL, in words, and the datatypes it has that a reasoner
    passes over, with how often.
    """

    faults: tuple[str, ...]
    passed_over: tuple[tuple[str, int], ...]

    @property
    def is_dl(self) -> bool:
        """Whether it is OWL 2 DL, but for values of the datatypes that are passed over."""
        return not self.faults


def profile(graph: Graph) -> Profile:
    """How ``graph``, an ontology with or without data, stands to OWL 2 DL."""
    kinds = {each: kind for kind in _PROPERTIES for each in graph.subjects(RDF.type, kind)}
    faults = {*_two_kinds(graph), *_reserved(graph), *_unsimple(graph), *_axioms(graph)}
    other: Counter[str] = Counter()
    for _, predicate, value in graph:
        if str(predicate).startswith(_RESERVED):
            if predicate == RDF.type and not _is_declared_class(graph, value):
                faults.add(_undeclared(value, "class"))
            continue
        kind = kinds.get(predicate)
        if kind is None and predicate not in _BUILT_IN:
            faults.add(_undeclared(predicate, "property"))
        elif kind == OWL.ObjectProperty and isinstance(value, Literal):
            faults.add(f"{predicate}: is an object property and is used with a value")
        elif kind == OWL.DatatypeProperty and not isinstance(value, Literal):
            faults.add(f"{predicate}: is a datatype property and is used with a thing")
        elif (
            isinstance(value, Literal)
            and kind == OWL.DatatypeProperty
            and value.datatype not in DATATYPES
        ):
            other[str(value.datatype)] += 1
    return Profile(tuple(sorted(faults)), tuple(sorted(other.items())))


def _two_kinds(graph: Graph) -> Iterator[str]:
    for name, kinds in (
        ("property", list(_PROPERTIES)),
        ("class and datatype", [OWL.Class, RDFS.Datatype]),
    ):
        of = [{*graph.subjects(RDF.type, kind)} for kind in kinds]
        for i, some in enumerate(of):
            for others in of[i + 1 :]:
                yield from (f"{each}: is more than one kind of {name}" for each in some & others)


def _reserved(graph: Graph) -> Iterator[str]:
    declared = {OWL.Class, *_PROPERTIES, RDFS.Datatype}
    for subject, kind in graph.subject_objects(RDF.type):
        if kind in declared and str(subject).startswith(_RESERVED):
            yield f"{subject}: belongs to OWL itself and is declared anew"


def _unsimple(graph: Graph) -> Iterator[str]:
    """Properties that are transitive, or above one that is, and may not be."""
    simple = (OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.AsymmetricProperty,
              OWL.IrreflexiveProperty)  # fmt: skip
    for each in graph.subjects(RDF.type, OWL.TransitiveProperty):
        for above in graph.transitive_objects(each, RDFS.subPropertyOf):
            if any((above, RDF.type, kind) in graph for kind in simple):
                yield (
                    f"{above}: is transitive, or above what is, and also functional, asymmetric or "
                    "irreflexive"
                )


def _axioms(graph: Graph) -> Iterator[str]:
    """What axioms speak of must be declared, values be of a known type, and nothing be said to
    differ from itself.
    """
    properties = {each for kind in _PROPERTIES for each in graph.subjects(RDF.type, kind)}
    for predicate in (RDFS.subClassOf, OWL.equivalentClass, OWL.disjointWith):
        for pair in graph.subject_objects(predicate):
            yield from (_undeclared(each, "class") for each in pair if not _is_class(graph, each))
    for predicate in (RDFS.subPropertyOf, OWL.inverseOf):
        for pair in graph.subject_objects(predicate):
            yield from (_undeclared(each, "property") for each in pair if each not in properties)
    for predicate in (RDFS.domain, RDFS.range):
        for prop, end in graph.subject_objects(predicate):
            if prop not in properties:
                yield _undeclared(prop, "property")
            values = predicate == RDFS.range and (prop, RDF.type, OWL.DatatypeProperty) in graph
            if values and end not in DATATYPES and isinstance(end, URIRef):
                yield f"{prop}: has values of the type {end}, which OWL 2 DL does not know"
            if not values and not _is_class(graph, end):
                yield _undeclared(end, "class")
    for one, other in graph.subject_objects(OWL.disjointWith):
        if one == other:
            yield f"{one}: is said to be disjoint with itself"


def _undeclared(term: Node, kind: str) -> str:
    return f"{term}: is used as a {kind} and is not declared as one"


def _is_class(graph: Graph, term: Node) -> bool:
    """Whether a term is declared as a class, is one of OWL itself, or is an expression."""
    return not isinstance(term, URIRef) or _is_declared_class(graph, term)


def _is_declared_class(graph: Graph, value: Node) -> bool:
    if isinstance(value, URIRef) and str(value).startswith(_RESERVED):
        return True
    return (value, RDF.type, OWL.Class) in graph
