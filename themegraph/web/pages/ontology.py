"""What the ontology and its vocabularies mean, term by term, at the addresses of the terms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from themegraph import ids
from themegraph.errors import QueryError
from themegraph.ontology import vocab
from themegraph.ontology.shipped import MODULES, SHAPES
from themegraph.ontology.terms import Ontology, Term
from themegraph.web.desk import Desk
from themegraph.web.pages.diagram import HEIGHT, WIDTH, diagram

_CONCEPTS = """SELECT ?concept ?label ?definition ?scope ?note ?broader ?rank ?changed
       (GROUP_CONCAT(DISTINCT ?alt; SEPARATOR=" | ") AS ?alts) WHERE {{
  ?concept skos:inScheme <{scheme}> ;
           skos:prefLabel ?label ;
           skos:definition ?definition .
  OPTIONAL {{ ?concept skos:scopeNote ?scope }}
  OPTIONAL {{ ?concept skos:note ?note }}
  OPTIONAL {{ ?concept skos:broader ?broader }}
  OPTIONAL {{ ?concept tg:rank ?rank }}
  OPTIONAL {{ ?concept skos:changeNote ?changed }}
  OPTIONAL {{ ?concept skos:altLabel ?alt }}
}} GROUP BY ?concept ?label ?definition ?scope ?note ?broader ?rank ?changed ORDER BY ?concept"""
_SCHEMES = """SELECT ?scheme ?title ?description (COUNT(?concept) AS ?concepts) WHERE {
  ?scheme a skos:ConceptScheme ; dcterms:title ?title ; dcterms:description ?description .
  ?concept skos:inScheme ?scheme .
} GROUP BY ?scheme ?title ?description ORDER BY ?title"""


@cache
def _ontology() -> Ontology:
    return Ontology()


def ontology_version() -> str:
    """The version of the ontology that ships."""
    return _ontology().version


def context(desk: Desk) -> dict[str, Any]:
    """What the page of the ontology shows."""
    ontology = _ontology()
    return {
        "title": "The ontology",
        "ontology": ontology,
        "namespace": ids.ONTOLOGY,
        "drawing": diagram(ontology),
        "box": (WIDTH, HEIGHT),
        "ends": _ends(ontology),
        "link": _link,
        "modules": MODULES,
        "shapes_of": SHAPES,
        "schemes": _schemes(desk),
        "here": "/ontology",
    }


def vocabulary_context(desk: Desk, name: str, _asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page of the vocabulary ``name`` ("theme", "grade/sif") shows.

    Raises QueryError where there is no such vocabulary.
    """
    known = {scheme["id"]: scheme for scheme in _schemes(desk)}
    if name not in known:
        raise QueryError(f"There is no vocabulary {name[:100]!r}.")
    scheme = known[name]
    rows = desk.look_up(f"The vocabulary {name}", _CONCEPTS.format(scheme=scheme["scheme"]))
    for row in rows:
        row["id"] = ids.last_part(row["concept"])
    below: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        below.setdefault(row["broader"], []).append(row)
    order = sorted(below.get(None, ()), key=_place)
    return {
        "title": f"Vocabulary: {scheme['title']}",
        "scheme": scheme,
        "groups": [(row, below.get(row["concept"], [])) for row in order],
        "why_changed": {note.concept for note in vocab.change_notes()},
    }


def _place(row: dict[str, Any]) -> tuple[bool, int, str]:
    """Where a concept stands in its vocabulary: by rank, and what has none last; else by label."""
    return row["rank"] is None, row["rank"] or 0, str(row["label"])


def _schemes(desk: Desk) -> list[dict[str, Any]]:
    rows = desk.look_up("Which vocabularies there are", _SCHEMES)
    ours = [row for row in rows if str(row["scheme"]).startswith(ids.VOCAB)]
    return [row | {"id": str(row["scheme"]).removeprefix(ids.VOCAB)} for row in ours]


def _ends(ontology: Ontology) -> dict[str, tuple[list[Term], list[Term]]]:
    """Of each class: the properties that lead from it and those that lead to it."""
    found: dict[str, tuple[list[Term], list[Term]]] = {}
    for module in ontology.modules:
        for term in module.terms:
            if term.domain:
                found.setdefault(term.domain, ([], []))[0].append(term)
            if term.range:
                found.setdefault(term.range, ([], []))[1].append(term)
    return found


def _link(iri: str) -> str:
    """The place on the page where a term of ours is told; "" for a term of others."""
    return f"#{iri.removeprefix(ids.ONTOLOGY)}" if iri.startswith(ids.ONTOLOGY) else ""
