"""What changed in the ontology and the vocabularies between two versions, term by term.

A released version is kept as a table of what it said of each term; IRIs in it are relative to the
base, so that the base stays a setting.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Literal as OneOf
from typing import NamedTuple

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from themegraph.errors import ThemegraphError
from themegraph.ids import BASE

COLUMNS = ("term", "property", "value")
#: What a version says of a term, by the name that a table gives it.
PROPERTIES = {
    "kind": RDF.type,
    "label": RDFS.label,
    "preferred label": SKOS.prefLabel,
    "alternative label": SKOS.altLabel,
    "hidden label": SKOS.hiddenLabel,
    "definition": SKOS.definition,
    "scope note": SKOS.scopeNote,
    "broader": SKOS.broader,
    "close match": SKOS.closeMatch,
    "domain": RDFS.domain,
    "range": RDFS.range,
    "kind above": RDFS.subClassOf,
    "property above": RDFS.subPropertyOf,
    "inverse": OWL.inverseOf,
    "never also": OWL.disjointWith,
    "deprecated": OWL.deprecated,
    "exact match": SKOS.exactMatch,
    "broad match": SKOS.broadMatch,
    "related match": SKOS.relatedMatch,
    "related": SKOS.related,
}
_TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept, SKOS.ConceptScheme)

Said = dict[str, dict[str, tuple[str, ...]]]


class UnknownReleaseError(ThemegraphError):
    """A version that was never released."""


class Change(NamedTuple):
    """A term that is new or gone (then ``property`` is empty and its label stands in ``after`` or
    ``before``), or what was said of it before and is said after.
    """

    kind: OneOf["added", "removed", "changed"]
    term: str
    property: str
    before: str
    after: str


def changes(old: Said, new: Said) -> list[Change]:
    """What changed from ``old`` to ``new``, in order of terms and properties."""
    return sorted(_changes(old, new), key=lambda change: (change.term, change.property))


def said_in(graph: Graph, base: str = BASE) -> Said:
    """What ``graph`` says of each term that it declares: terms, properties, values sorted."""
    terms = {term for kind in _TERMS for term in graph.subjects(RDF.type, kind)}
    found: Said = {}
    for term in terms:
        said = {
            name: tuple(sorted(_short(value, base) for value in graph.objects(term, predicate)))
            for name, predicate in (*PROPERTIES.items(), ("rank", URIRef(f"{base}ontology#rank")))
        }
        found[_short(term, base)] = {name: values for name, values in said.items() if values}
    # Terms of others that are only referred to have no words here, and are no part of a version.
    worded = {"label", "preferred label", "definition"}
    return {term: said for term, said in found.items() if not worded.isdisjoint(said)}


def releases() -> list[str]:
    """The versions that were released before this one, the last one last."""
    names = (file.name for file in files("themegraph.ontology").joinpath("releases").iterdir())
    versions = [name.removesuffix(".csv") for name in names if name.endswith(".csv")]
    return sorted(versions, key=lambda version: [int(part) for part in version.split(".")])


def read_release(version: str) -> Said:
    """What a released version said. Raises UnknownReleaseError for one that there is not."""
    if version not in releases():
        known = ", ".join(releases())
        raise UnknownReleaseError(f"There is no release {version}. Known are: {known}.")
    file = files("themegraph.ontology").joinpath("releases", f"{version}.csv")
    found: dict[str, dict[str, list[str]]] = {}
    for row in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))):
        found.setdefault(row["term"], {}).setdefault(row["property"], []).append(row["value"])
    return {
        term: {name: tuple(values) for name, values in said.items()} for term, said in found.items()
    }


def as_table(said: Said) -> str:
    """A version as the table in which it is kept."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for term in sorted(said):
        for name in (*PROPERTIES, "rank"):
            writer.writerows((term, name, value) for value in said[term].get(name, ()))
    return out.getvalue()


def _changes(old: Said, new: Said) -> Iterator[Change]:
    for term in old.keys() - new.keys():
        yield Change("removed", term, "", _label(old[term]), "")
    for term in new.keys() - old.keys():
        yield Change("added", term, "", "", _label(new[term]))
    for term in old.keys() & new.keys():
        for name in (*PROPERTIES, "rank"):
            before, after = old[term].get(name, ()), new[term].get(name, ())
            if before != after:
                yield Change("changed", term, name, *_apart(before, after))


def _apart(before: Iterable[str], after: Iterable[str]) -> tuple[str, str]:
    """What only the one and what only the other has."""
    was, now = set(before), set(after)
    return " | ".join(sorted(was - now)), " | ".join(sorted(now - was))


def _label(said: dict[str, tuple[str, ...]]) -> str:
    return " | ".join(said.get("preferred label", ()) or said.get("label", ()))


def _short(node: Node, base: str) -> str:
    return str(node).removeprefix(base)
