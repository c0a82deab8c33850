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
    faults = {*_two_kinds(graph), *_reserved(graph), *_unsimple(graph)}
    other: Counter[str] = Counter()
    for _, predicate, value in graph:
        if str(predicate).startswith(_RESERVED):
            if predicate == RDF.type and not _is_declared_class(graph, value):
                faults.add(f"{value}: is used as a class and is not declared as one")
            continue
        kind = kinds.get(predicate)
        if kind is None and predicate not in _BUILT_IN:
            faults.add(f"{predicate}: is used as a property and is not declared as one")
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
    simple = (OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.AsymmetricProperty,
              OWL.IrreflexiveProperty)  # fmt: skip
    for each in graph.subjects(RDF.type, OWL.TransitiveProperty):
        if any((each, RDF.type, kind) in graph for kind in simple):
            yield f"{each}: is transitive and also functional, asymmetric or irreflexive"


def _is_declared_class(graph: Graph, value: Node) -> bool:
    if isinstance(value, URIRef) and str(value).startswith(_RESERVED):
        return True
    return (value, RDF.type, OWL.Class) in graph
