"""A part of the service: which themes are raised about it, and the latest findings on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from themegraph import ids
from themegraph.networks.mentions import Only
from themegraph.ontology import vocab
from themegraph.web.desk import Desk, Put
from themegraph.web.pages.asking import concept_called

#: So many of the latest findings are shown.
SHOWN = 20
_RAISED = """SELECT ?theme (COUNT(DISTINCT ?faults) AS ?fault_found_in)
       (COUNT(DISTINCT ?praises) AS ?praised_in) WHERE {{
  ?inspection tg:inspects ?body ; tg:produced/tg:hasFinding ?finding .
  ?finding tg:aboutServiceArea <{service}> .
  BIND(CONCAT(STR(?inspection), " ", STR(?body)) AS ?visit)
  {{ ?finding tg:identifiesWeaknessIn|tg:isMixedOn ?theme . BIND(1 AS ?fault) }}
  UNION {{ ?finding tg:identifiesStrengthIn ?theme . BIND(1 AS ?praise) }}
  BIND(IF(BOUND(?fault), ?visit, ?none) AS ?faults)
  BIND(IF(BOUND(?praise), ?visit, ?none) AS ?praises)
}} GROUP BY ?theme ORDER BY DESC(?fault_found_in) DESC(?praised_in) ?theme"""
_LATEST = """SELECT DISTINCT ?finding ?text ?page ?number ?stance ?name ?date ?kind WHERE {{
  {{ SELECT ?finding ?inspection ?report ?date WHERE {{
    ?finding tg:aboutServiceArea <{service}> ; a tg:Finding .
    ?report tg:hasFinding ?finding .
    ?inspection tg:produced ?report .
    OPTIONAL {{ ?inspection tg:inspectionDate ?date }}
  }} ORDER BY DESC(?date) ?finding LIMIT {shown} }}
  ?finding tg:text ?text ; tg:onPage ?page .
  ?inspection tg:inspects ?body .
  ?body rdfs:label ?name .
  ?report tg:reportType ?kind .
  OPTIONAL {{ ?finding tg:printedNumber ?number }}
  OPTIONAL {{ ?finding tg:stance/skos:notation ?stance }}
}} ORDER BY DESC(?date) ?finding"""


def context(desk: Desk, name: str, _asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page about the service area ``name`` shows.

    Raises QueryError where there is none.
    """
    service = concept_called(name, "service", vocab.services())
    source = desk.answers.networks
    # Counted from what graphs are made from, which is at hand; the question gives the same rows.
    raised = _RAISED.format(service=ids.concept("service", name))
    desk.put.append(Put(raised, f"What is raised about: {service.label}"))
    faulted: Counter[str] = Counter()
    praised: Counter[str] = Counter()
    spoke = 0
    for _, passages in source.mentions.only(Only(service=name)).visits():
        findings = [p for p in passages if not p.is_recommendation]
        spoke += bool(findings)
        said = {pair for passage in findings for pair in passage.themes}
        faulted.update({theme for theme, stance in said if stance in ("weakness", "mixed")})
        praised.update({theme for theme, stance in said if stance == "strength"})
    themes = sorted(
        faulted.keys() | praised.keys(), key=lambda t: (-faulted[t], -praised[t], source.labels[t])
    )
    latest = _LATEST.format(service=ids.concept("service", name), shown=SHOWN)
    return {
        "title": service.label,
        "service": service,
        "spoke": spoke,
        "themes": [(t, source.labels[t], faulted[t], praised[t]) for t in themes],
        "latest": desk.look_up(f"The latest {SHOWN} findings on: {service.label}", latest),
    }
