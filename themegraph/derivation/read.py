"""The inspections of one authority, out of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from themegraph import ids
from themegraph.derivation.facts import Passage, Sentence, Visit
from themegraph.derivation.hindsight import looks_back
from themegraph.derivation.nearness import words_that_count
from themegraph.model import Polarity

if TYPE_CHECKING:
    from themegraph.graph.sparql import Bindings
    from themegraph.graph.store import Store

_VISITS = """
SELECT ?inspection ?day ?type ?framework (COUNT(DISTINCT ?finding) AS ?findings) WHERE {
  ?inspection tg:inspects ?authority ;
              tg:underFramework ?framework ;
              tg:produced ?report .
  ?report tg:reportType ?type .
  OPTIONAL { ?inspection tg:inspectionDate ?day }
  OPTIONAL { ?report tg:hasFinding ?finding }
} GROUP BY ?inspection ?day ?type ?framework"""

_THEMES = """
SELECT ?inspection ?passage ?recommends ?theme ?stance ?score WHERE {
  ?inspection tg:inspects ?authority ;
              tg:produced ?report .
  { ?report tg:hasFinding ?passage . BIND(false AS ?recommends) }
  UNION { ?report tg:hasRecommendation ?passage . BIND(true AS ?recommends) }
  ?assignment tg:assignmentOf ?passage ;
              tg:assignedTheme ?theme ;
              tg:assignedStance ?stance ;
              tg:score ?score .
}"""

_RECOMMENDATIONS = """
SELECT ?inspection ?passage WHERE {
  ?inspection tg:inspects ?authority ;
              tg:produced/tg:hasRecommendation ?passage .
}"""

_SENTENCES = """
SELECT ?finding ?sentence ?start ?words ?stance ?theme WHERE {
  ?inspection tg:inspects ?authority ;
              tg:produced/tg:hasFinding ?finding .
  ?finding tg:supportedBy ?sentence .
  ?sentence oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:exact ?words .
  OPTIONAL { ?sentence tg:stance ?stance }
  OPTIONAL { ?sentence tg:hasTheme ?theme }
}"""

_SIDES = """
SELECT ?sentence ?side ?theme WHERE {
  ?inspection tg:inspects ?authority ;
              tg:produced/tg:hasFinding ?finding .
  ?finding tg:supportedBy ?sentence .
  { ?sentence tg:tellsStrengthIn ?theme . BIND("praises" AS ?side) }
  UNION { ?sentence tg:tellsWeaknessIn ?theme . BIND("faults" AS ?side) }
}"""

_OF_PASSAGES = """
SELECT DISTINCT ?passage ?value WHERE {
  ?inspection tg:inspects ?authority ;
              tg:produced/(tg:hasFinding|tg:hasRecommendation) ?passage .
  ?passage ?property ?value .
}"""


def read_visits(store: Store, authority: str) -> list[Visit]:
    """The inspections of ``authority`` (its id) with their passages, in no order that matters."""
    bindings = {"authority": ox.NamedNode(ids.resource("authority", authority))}
    sentences = _sentences(store, bindings)
    services = _of_passages(store, bindings, "aboutServiceArea")
    texts = _of_passages(store, bindings, "text")
    tags: dict[tuple[str, bool, str], list[tuple[float, str, Polarity]]] = {
        (row["inspection"].value, True, row["passage"].value): []
        for row in store.rows(_RECOMMENDATIONS, bindings)
    }
    for row in store.rows(_THEMES, bindings):
        passage = (row["inspection"].value, row["recommends"].value == "true", row["passage"].value)
        told: Any = ids.last_part(row["stance"].value)
        tags.setdefault(passage, []).append(
            (-float(row["score"].value), ids.last_part(row["theme"].value), told)
        )
    passages: dict[str, list[Passage]] = {}
    for (inspection, recommends, iri), themes in sorted(tags.items()):
        themes.sort()
        passages.setdefault(inspection, []).append(
            Passage(
                iri,
                recommends,
                {theme: stance for _, theme, stance in themes},
                frozenset(map(ids.last_part, services.get(iri, ()))),
                {theme: -score for score, theme, _ in themes},
                tuple(sentences.get(iri, ())),
                words_that_count(" ".join(texts[iri])),
            )
        )
    return [
        Visit(
            row["inspection"].value.removeprefix(ids.resource("inspection", "")),
            row["day"].value if row["day"] else "",
            ids.last_part(row["type"].value),
            ids.last_part(row["framework"].value),
            int(row["findings"].value),
            tuple(passages.get(row["inspection"].value, ())),
        )
        for row in store.rows(_VISITS, bindings)
    ]


def _sentences(store: Store, bindings: Bindings) -> dict[str, list[Sentence]]:
    """The sentences of each finding, in order."""
    about: dict[tuple[str, int, str, str, bool], set[str]] = {}
    sides: dict[tuple[str, str], set[str]] = {}
    for row in store.rows(_SIDES, bindings):
        side = (row["sentence"].value, row["side"].value)
        sides.setdefault(side, set()).add(ids.last_part(row["theme"].value))
    for row in store.rows(_SENTENCES, bindings):
        stance = ids.last_part(row["stance"].value) if row["stance"] else ""
        finding, sentence, start, words = (
            row[name].value for name in ("finding", "sentence", "start", "words")
        )
        place = (finding, int(start), sentence, stance, looks_back(words))
        themes = about.setdefault(place, set())
        if row["theme"]:
            themes.add(ids.last_part(row["theme"].value))
    found: dict[str, list[Sentence]] = {}
    for (finding, begin, iri, stance, back), themes in sorted(about.items()):
        both = (frozenset(sides.get((iri, side), ())) for side in ("praises", "faults"))
        found.setdefault(finding, []).append(
            Sentence(iri, begin, stance, frozenset(themes), back, *both)
        )
    return found


def _of_passages(store: Store, bindings: Bindings, told: str) -> dict[str, list[str]]:
    """The values of the property ``told`` of each finding and recommendation."""
    found: dict[str, list[str]] = {}
    told_by = ox.NamedNode(ids.ONTOLOGY + told)
    for row in store.rows(_OF_PASSAGES, {**bindings, "property": told_by}):
        found.setdefault(row["passage"].value, []).append(row["value"].value)
    return found
