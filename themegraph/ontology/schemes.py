"""The vocabularies as SKOS graphs, built from the tables: same tables, same bytes.

Every node has an IRI. Grades form one scheme for each framework version; their order is told by
``tg:rank`` and not by a list, which would need nodes without names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS
from rdflib.term import Node

from themegraph.ids import BASE
from themegraph.ontology import vocab
from themegraph.ontology.namespaces import Namespaces

#: The likeness that holds the other way round, where it is not the same.
_BACK = {"broadMatch": "narrowMatch"}


@dataclass(frozen=True)
class Sheet:
    """A graph being written, with the namespaces it is written in."""

    base: str = BASE
    graph: Graph = field(default_factory=Graph)

    def __post_init__(self) -> None:
        """Bind every prefix, so that the graph prints well."""
        for prefix, iri in Namespaces(self.base).prefixes().items():
            self.graph.bind(prefix, iri)

    @property
    def tg(self) -> Namespace:
        """Classes and properties of the ontology."""
        return Namespace(Namespaces(self.base).tg)

    def concept(self, scheme: str, *parts: str) -> URIRef:
        """The IRI of a vocabulary term, or of a scheme."""
        return URIRef(Namespaces(self.base).concept(scheme, *parts))

    def say(self, subject: URIRef, predicate: URIRef, *objects: Node) -> None:
        """State ``predicate`` of ``subject`` for each of ``objects``."""
        for each in objects:
            self.graph.add((subject, predicate, each))

    def tell(self, subject: URIRef, predicate: URIRef, *words: str | None) -> None:
        """State English words; None and empty words are passed over."""
        self.say(subject, predicate, *(Literal(text, lang="en") for text in words if text))


def vocabulary_graph(base: str = BASE) -> Graph:
    """All concept schemes and their concepts, and how well passages are tagged with them."""
    from themegraph.ontology.quality import write_quality

    sheet = Sheet(base)
    for info in vocab.schemes():
        scheme = sheet.concept(info.id)
        _write_scheme(sheet, scheme, info.title, info.definition)
        if info.id == "theme":
            _write_themes(sheet, scheme)
        elif info.id == "service":
            _write_services(sheet, scheme)
        elif info.id == "framework":
            _write_frameworks(sheet, scheme)
        else:
            _write_terms(sheet, scheme, info)
    _write_grades(sheet)
    for like in vocab.likenesses():
        one, other = sheet.concept(like.concept), sheet.concept(like.other)
        sheet.say(one, SKOS[like.relation], other)
        sheet.say(other, SKOS[_BACK.get(like.relation, like.relation)], one)
        sheet.tell(one, SKOS.editorialNote, f"{like.note}.")
    for change in vocab.change_notes():
        sheet.tell(
            sheet.concept(change.concept), SKOS.changeNote, f"{change.version}: {change.note}."
        )
    write_quality(sheet)
    return sheet.graph


def to_ntriples(graph: Graph) -> str:
    """``graph`` as N-Triples with its lines sorted, so that equal graphs are equal bytes."""
    lines = sorted(set(graph.serialize(format="nt").splitlines()) - {""})
    return "".join(f"{line}\n" for line in lines)


def _write_scheme(sheet: Sheet, scheme: URIRef, title: str, definition: str) -> None:
    sheet.say(scheme, RDF.type, SKOS.ConceptScheme)
    sheet.tell(scheme, DCTERMS.title, title)
    sheet.tell(scheme, SKOS.prefLabel, title)
    sheet.tell(scheme, DCTERMS.description, definition)


def _write_concept(
    sheet: Sheet, concept: URIRef, scheme: URIRef, cls: str, notation: str, label: str
) -> None:
    sheet.say(concept, RDF.type, SKOS.Concept, sheet.tg[cls])
    sheet.say(concept, SKOS.inScheme, scheme)
    sheet.say(concept, SKOS.notation, Literal(notation))
    sheet.tell(concept, SKOS.prefLabel, label)


def _write_place(sheet: Sheet, concept: URIRef, scheme: URIRef, broader: URIRef | None) -> None:
    """Put a concept under ``broader``, or at the top of its scheme."""
    if broader is None:
        sheet.say(concept, SKOS.topConceptOf, scheme)
        sheet.say(scheme, SKOS.hasTopConcept, concept)
    else:
        sheet.say(concept, SKOS.broader, broader)
        sheet.say(broader, SKOS.narrower, concept)


def _write_alt_labels(
    sheet: Sheet, concept: URIRef, label: str, alts: Iterable[str], shared: Collection[str] = ()
) -> None:
    """Alternative labels; one that only repeats the preferred label would be against SKOS. What
    ``shared`` holds names two concepts at once and is no label of either: it is a hidden label, by
    which both are found.
    """
    for alt in alts:
        if alt.casefold() != label.casefold():
            hidden = alt.casefold() in shared
            sheet.tell(concept, SKOS.hiddenLabel if hidden else SKOS.altLabel, alt)


def _shared(labels: Iterable[Iterable[str]]) -> frozenset[str]:
    """The alternative labels, case folded, that more than one concept has; given those of each."""
    times = Counter(alt for each in labels for alt in {label.casefold() for label in each})
    return frozenset(alt for alt, count in times.items() if count > 1)


def _write_themes(sheet: Sheet, scheme: URIRef) -> None:
    shared = _shared(theme.alt_labels for theme in vocab.themes())
    for theme in vocab.themes():
        concept = sheet.concept("theme", theme.id)
        _write_concept(sheet, concept, scheme, "Theme", theme.id, theme.label)
        above = sheet.concept("theme", theme.broader) if theme.broader else None
        _write_place(sheet, concept, scheme, above)
        _write_alt_labels(sheet, concept, theme.label, theme.alt_labels, shared)
        sheet.tell(concept, SKOS.definition, theme.definition)
        sheet.tell(concept, SKOS.scopeNote, theme.scope_note)


def _write_services(sheet: Sheet, scheme: URIRef) -> None:
    shared = _shared(service.alt_labels for service in vocab.services())
    for service in vocab.services():
        concept = sheet.concept("service", service.id)
        _write_concept(sheet, concept, scheme, "ServiceArea", service.id, service.label)
        _write_place(sheet, concept, scheme, None)
        _write_alt_labels(sheet, concept, service.label, service.alt_labels, shared)
        sheet.tell(concept, SKOS.definition, service.definition)
        sheet.tell(concept, SKOS.scopeNote, service.scope_note)


def _write_frameworks(sheet: Sheet, scheme: URIRef) -> None:
    for framework in vocab.frameworks():
        concept = sheet.concept("framework", framework.id)
        _write_concept(sheet, concept, scheme, "Framework", framework.id, framework.label)
        _write_place(sheet, concept, scheme, None)
        sheet.tell(concept, SKOS.definition, f"{framework.definition}.")
        sheet.tell(concept, SKOS.note, framework.note)
        if framework.legal_basis:
            sheet.tell(concept, SKOS.note, f"Legal basis: {framework.legal_basis}.")
        if framework.start:
            # An ISO 8601 interval; an open end stays open.
            span = f"{framework.start}/{framework.end or '..'}"
            sheet.say(concept, DCTERMS.valid, Literal(span))
        if framework.grades:
            sheet.say(concept, sheet.tg.gradeScheme, sheet.concept("grade", framework.grades))


def _write_terms(sheet: Sheet, scheme: URIRef, info: vocab.SchemeInfo) -> None:
    for term in vocab.terms(info.id):
        concept = sheet.concept(info.id, term.id)
        _write_concept(sheet, concept, scheme, info.cls, term.id, term.label)
        above = sheet.concept(info.id, term.broader) if term.broader else None
        _write_place(sheet, concept, scheme, above)
        _write_alt_labels(sheet, concept, term.label, term.alt_labels)
        sheet.tell(concept, SKOS.definition, f"{term.definition}.")
        sheet.tell(concept, SKOS.note, term.note)


def _write_grades(sheet: Sheet) -> None:
    named = {framework.id: framework.label for framework in vocab.frameworks()}
    for grade in vocab.grades():
        scheme = sheet.concept("grade", grade.scheme)
        title = f"Grades: {named[grade.scheme]}"
        _write_scheme(sheet, scheme, title, "What an inspection can give to an area, ranked")
        concept = sheet.concept("grade", grade.scheme, grade.id)
        _write_concept(sheet, concept, scheme, "Grade", grade.id, grade.label)
        _write_place(sheet, concept, scheme, None)
        sheet.tell(concept, SKOS.definition, f"{grade.definition}.")
        if grade.rank is not None:
            sheet.say(concept, sheet.tg["rank"], Literal(grade.rank))
        if grade.close_match:
            match = sheet.concept("grade", *grade.close_match)
            sheet.say(concept, SKOS.closeMatch, match)
            sheet.say(match, SKOS.closeMatch, concept)
