"""What follows from single statements by the ontology: kinds, broader properties, inverses.

These are the rules of OWL 2 RL (W3C, OWL 2 Profiles, section 4.3) of which each needs the ontology
and one statement: cax-sco, prp-spo1, prp-dom, prp-rng and prp-inv1/2. What follows from many
graphs is therefore what follows from each of them, which is why it can be kept graph by graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rdflib import OWL, RDF, RDFS, Graph, URIRef

#: What holds of everything tells nothing.
_EVERYTHING = {OWL.Thing, RDFS.Resource, RDFS.Literal}
_TYPE = f"<{RDF.type}>"


class Statement(NamedTuple):
    """Subject, predicate and object as N-Triples terms: ``<iri>`` or ``"words"@en``."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class _Uses:
    """What follows from a statement with one property."""

    forward: frozenset[str] = frozenset()
    backward: frozenset[str] = frozenset()
    kinds_of_subject: frozenset[str] = frozenset()
    kinds_of_object: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rules:
    """The ontology's rules, closed once for all statements."""

    ontology: Graph
    _kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    _uses: dict[str, _Uses] = field(default_factory=dict)

    def follow(self, statements: Iterable[Statement]) -> set[Statement]:
        """What follows from each of ``statements``, which may be among them."""
        return {found for statement in statements for found in self._follow(statement)}

    def _follow(self, statement: Statement) -> Iterator[Statement]:
        s, p, o = statement
        if p == _TYPE:
            yield from (Statement(s, _TYPE, kind) for kind in self._kinds_above(o))
            return
        uses = self._uses_of(p)
        yield from (Statement(s, wider, o) for wider in uses.forward)
        yield from (Statement(s, _TYPE, kind) for kind in uses.kinds_of_subject)
        if o.startswith("<"):
            yield from (Statement(o, back, s) for back in uses.backward)
            yield from (Statement(o, _TYPE, kind) for kind in uses.kinds_of_object)

    def _kinds_above(self, kind: str) -> frozenset[str]:
        if kind not in self._kinds:
            self._kinds[kind] = _named(_above(self.ontology, kind, RDFS.subClassOf) - {kind})
        return self._kinds[kind]

    def _uses_of(self, predicate: str) -> _Uses:
        if predicate not in self._uses:
            self._uses[predicate] = self._close(predicate)
        return self._uses[predicate]

    def _close(self, predicate: str) -> _Uses:
        forward, backward = {predicate}, set[str]()
        while True:
            wider = {a for p in forward for a in _above(self.ontology, p, RDFS.subPropertyOf)}
            wider |= {a for p in backward for a in self._inverses(p)}
            back = {a for p in backward for a in _above(self.ontology, p, RDFS.subPropertyOf)}
            back |= {a for p in forward for a in self._inverses(p)}
            if wider <= forward and back <= backward:
                break
            forward |= wider
            backward |= back
        # A property that holds of literals leads to nothing that could be of a kind.
        subject = self._ends(forward, RDFS.domain) | self._ends(backward, RDFS.range)
        object_ = self._ends(forward, RDFS.range) | self._ends(backward, RDFS.domain)
        return _Uses(_named(forward - {predicate}), _named(backward), subject, object_)

    def _inverses(self, predicate: str) -> set[str]:
        node = URIRef(predicate[1:-1])
        found = {*self.ontology.objects(node, OWL.inverseOf)}
        found |= {*self.ontology.subjects(OWL.inverseOf, node)}
        return {f"<{each}>" for each in found}

    def _ends(self, predicates: Iterable[str], end: URIRef) -> frozenset[str]:
        classes = {
            f"<{kind}>"
            for predicate in predicates
            for kind in self.ontology.objects(URIRef(predicate[1:-1]), end)
            if (kind, RDF.type, OWL.Class) in self.ontology
        }
        return _named(classes | {above for kind in classes for above in self._kinds_above(kind)})


def _above(ontology: Graph, term: str, by: URIRef) -> set[str]:
    return {f"<{each}>" for each in ontology.transitive_objects(URIRef(term[1:-1]), by)}


def _named(terms: Iterable[str]) -> frozenset[str]:
    return frozenset(term for term in terms if URIRef(term[1:-1]) not in _EVERYTHING)
