"""Why a graph contradicts itself or a class can have no members: the few statements that clash.

A reasoner says that there is a contradiction; this says which, for the axioms that the ontology is
made of: kinds, domains, ranges, broader properties, inverses, what is disjoint, and what a property
may not do. A contradiction that needs other axioms is not found here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

#: What a property may not do, by its kind.
_CHARACTERS: dict[Node, str] = {
    OWL.FunctionalProperty: "can have one value only",
    OWL.IrreflexiveProperty: "cannot lead from a thing to itself",
    OWL.AsymmetricProperty: "cannot hold both ways",
}

_NUMBERS = (XSD.decimal, XSD.integer)
#: The types that also hold the values of a type (W3C, XML Schema 1.1 Part 2, section 3).
_WIDER: dict[URIRef, tuple[URIRef, ...]] = {
    XSD.integer: (XSD.decimal,),
    XSD.nonNegativeInteger: _NUMBERS,
    XSD.nonPositiveInteger: _NUMBERS,
    XSD.positiveInteger: (*_NUMBERS, XSD.nonNegativeInteger),
    XSD.negativeInteger: (*_NUMBERS, XSD.nonPositiveInteger),
    XSD.long: _NUMBERS,
    XSD.int: (*_NUMBERS, XSD.long),
    XSD.short: (*_NUMBERS, XSD.long, XSD.int),
    XSD.byte: (*_NUMBERS, XSD.long, XSD.int, XSD.short),
    XSD.token: (XSD.string, XSD.normalizedString),
    XSD.normalizedString: (XSD.string,),
    XSD.language: (XSD.string, XSD.normalizedString, XSD.token),
    XSD.dateTimeStamp: (XSD.dateTime,),
}

Triple = tuple[Node, Node, Node]
#: Statements of which each follows from the one before or adds to it.
Chain = tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """What cannot be, in words, and the statements that say it together."""

    words: str
    statements: Chain


def clashes(graph: Graph) -> list[Clash]:
    """Every contradiction in ``graph`` that is found, in order of its words."""
    found = [*_of_kinds(graph), *_of_values(graph), *_of_pairs(graph)]
    return sorted(
        found, key=lambda clash: (clash.words, [[*map(str, t)] for t in clash.statements])
    )


def why_unsatisfiable(graph: Graph, cls: str) -> Clash | None:
    """Why nothing can belong to the class with this IRI; None where that is not found."""
    node = URIRef(cls)
    above = _closed(graph, {node: ()})
    for one, other, axiom in _disjoint(graph, above):
        words = (
            f"whatever is of the kind {_name(graph, node)} would be both of the kind "
            f"{_name(graph, one)} and of the kind {_name(graph, other)}"
        )
        return Clash(words, (*above[one], *above[other], axiom))
    return None


def in_words(graph: Graph, statement: Triple) -> str:
    """A statement as a sentence, with the labels that ``graph`` has."""
    subject, predicate, value = statement
    s, o = _name(graph, subject), _name(graph, value)
    if predicate == RDF.type and value in _CHARACTERS:
        return f"“{s}” {_CHARACTERS[value]}"
    match predicate:
        case RDF.type:
            return f"{s} is of the kind {o}"
        case RDFS.subClassOf:
            return f"every {s} is of the kind {o}"
        case OWL.equivalentClass:
            return f"{s} and {o} are the same kind"
        case RDFS.subPropertyOf:
            return f"what holds by “{s}” holds by “{o}”"
        case RDFS.domain:
            return f"what “{s}” is said of is of the kind {o}"
        case RDFS.range if (value, RDF.type, OWL.Class) not in graph:
            return f"“{s}” has values of the type {o}"
        case RDFS.range:
            return f"what “{s}” leads to is of the kind {o}"
        case OWL.inverseOf:
            return f"“{s}” and “{o}” are the same, the other way round"
        case OWL.disjointWith:
            return f"nothing is both of the kind {s} and of the kind {o}"
    return f"{s} {_name(graph, predicate)} {o}"


def _of_kinds(graph: Graph) -> Iterator[Clash]:
    classes = {*graph.subjects(RDF.type, OWL.Class)}
    properties = {*graph.subjects(RDF.type, OWL.ObjectProperty)}
    properties |= {*graph.subjects(RDF.type, OWL.DatatypeProperty)}
    nodes = {s for s, p, o in graph if p in properties or (p == RDF.type and o in classes)}
    nodes |= {o for _, p, o in graph if p in properties and not isinstance(o, Literal)}
    for node in nodes:
        kinds = _kinds(graph, node, properties)
        for one, other, axiom in _disjoint(graph, kinds):
            words = (
                f"{_name(graph, node)} is both of the kind {_name(graph, one)} and of the kind "
                f"{_name(graph, other)}"
            )
            chain = dict.fromkeys((*kinds[one], *kinds[other], axiom))
            yield Clash(words, tuple(chain))


def _kinds(graph: Graph, node: Node, properties: set[Node]) -> dict[Node, Chain]:
    """The classes that ``node`` belongs to, each with the shortest chain that says so."""
    stated: dict[Node, Chain] = {
        kind: ((node, RDF.type, kind),)
        for kind in graph.objects(node, RDF.type)
        if (kind, RDF.type, OWL.Class) in graph
    }
    for s, p, o in _ordered(graph.triples((node, None, None))):
        if p in properties:
            _by_property(graph, (s, p, o), RDFS.domain, RDFS.range, stated)
    for s, p, o in _ordered(graph.triples((None, None, node))):
        if p in properties:
            _by_property(graph, (s, p, o), RDFS.range, RDFS.domain, stated)
    return _closed(graph, stated)


def _ordered(triples: Iterable[Triple]) -> list[Triple]:
    return sorted(triples, key=lambda triple: [*map(str, triple)])


def _by_property(
    graph: Graph, statement: Triple, end: URIRef, other_end: URIRef, found: dict[Node, Chain]
) -> None:
    """Add the classes that ``end`` of the property of ``statement``, of those above it and of their
    inverses gives.
    """
    queue: deque[tuple[Node, Chain, bool]] = deque([(statement[1], (statement,), False)])
    seen = {(statement[1], False)}
    while queue:
        term, chain, turned = queue.popleft()
        by = other_end if turned else end
        for kind in sorted(graph.objects(term, by), key=str):
            if (kind, RDF.type, OWL.Class) in graph:
                found.setdefault(kind, (*chain, (term, by, kind)))
        steps = [(a, (term, RDFS.subPropertyOf, a), turned)
                 for a in sorted(graph.objects(term, RDFS.subPropertyOf), key=str)]  # fmt: skip
        steps += [(a, (term, OWL.inverseOf, a), not turned)
                  for a in sorted(graph.objects(term, OWL.inverseOf), key=str)]  # fmt: skip
        steps += [(a, (a, OWL.inverseOf, term), not turned)
                  for a in sorted(graph.subjects(OWL.inverseOf, term), key=str)]  # fmt: skip
        for above, axiom, way in steps:
            if (above, way) not in seen:
                seen.add((above, way))
                queue.append((above, (*chain, axiom), way))


def _closed(graph: Graph, kinds: dict[Node, Chain]) -> dict[Node, Chain]:
    """``kinds`` and what is above them, each with the chain that leads there."""
    found = dict(kinds)
    queue = deque(sorted(kinds, key=str))
    while queue:
        kind = queue.popleft()
        steps = [(above, (kind, RDFS.subClassOf, above))
                 for above in graph.objects(kind, RDFS.subClassOf)]  # fmt: skip
        steps += [(same, (kind, OWL.equivalentClass, same))
                  for same in graph.objects(kind, OWL.equivalentClass)]  # fmt: skip
        steps += [(same, (same, OWL.equivalentClass, kind))
                  for same in graph.subjects(OWL.equivalentClass, kind)]  # fmt: skip
        for above, axiom in sorted(steps, key=lambda step: [str(step[0]), *map(str, step[1])]):
            if above not in found:
                found[above] = (*found[kind], axiom)
                queue.append(above)
    return found


def _disjoint(graph: Graph, kinds: Iterable[Node]) -> Iterator[tuple[Node, Node, Triple]]:
    held = {*kinds}
    for one in sorted(held, key=str):
        for other in sorted(graph.objects(one, OWL.disjointWith), key=str):
            if other in held:
                yield one, other, (one, OWL.disjointWith, other)


def _of_values(graph: Graph) -> Iterator[Clash]:
    for prop in {*graph.subjects(RDF.type, OWL.DatatypeProperty)}:
        range_ = graph.value(prop, RDFS.range)
        single = (prop, RDF.type, OWL.FunctionalProperty) in graph
        first: dict[Node, Node] = {}
        for s, o in sorted(graph.subject_objects(prop), key=lambda pair: [*map(str, pair)]):
            if isinstance(o, Literal) and isinstance(range_, URIRef) and not _fits(o, range_):
                words = f"“{o}” is no value that “{_name(graph, prop)}” can have"
                yield Clash(words, ((s, prop, o), (prop, RDFS.range, range_)))
            if single and first.setdefault(s, o) != o:
                words = f"{_name(graph, s)} has two values of “{_name(graph, prop)}”"
                axiom = (prop, RDF.type, OWL.FunctionalProperty)
                yield Clash(words, ((s, prop, first[s]), (s, prop, o), axiom))


def _fits(value: Literal, range_: URIRef) -> bool:
    if range_ == RDFS.Literal:
        return True
    if value.ill_typed:
        return False
    datatype = RDF.langString if value.language else value.datatype or XSD.string
    return range_ == datatype or range_ in _WIDER.get(datatype, ())


def _of_pairs(graph: Graph) -> Iterator[Clash]:
    for prop in {*graph.subjects(RDF.type, OWL.IrreflexiveProperty)}:
        for s, o in graph.subject_objects(prop):
            if s == o:
                words = f"{_name(graph, s)} has “{_name(graph, prop)}” to itself"
                axiom = (prop, RDF.type, OWL.IrreflexiveProperty)
                yield Clash(words, ((s, prop, o), axiom))
    for prop in {*graph.subjects(RDF.type, OWL.AsymmetricProperty)}:
        for s, o in graph.subject_objects(prop):
            if str(s) < str(o) and (o, prop, s) in graph:
                words = f"“{_name(graph, prop)}” holds both ways"
                axiom = (prop, RDF.type, OWL.AsymmetricProperty)
                yield Clash(words, ((s, prop, o), (o, prop, s), axiom))


def _name(graph: Graph, node: Node) -> str:
    """The label of a term, or the last parts of an IRI, or the words of a literal."""
    if isinstance(node, Literal):
        return f"“{node}”"
    label = graph.value(node, RDFS.label)
    declared = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    if label is not None and any((node, RDF.type, kind) in graph for kind in declared):
        return str(label)
    text = str(node)
    for mark in ("#", "/id/", "/"):
        if mark in text:
            return text.rpartition(mark)[2]
    return text
