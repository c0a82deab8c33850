"""A part of the service: which themes are raised about it, and the latest findings on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from themegraph import ids
from themegraph.networks.mentions import Only
from themegraph.ontology import vocab
from themegraph.web.desk import Desk
from themegraph.web.pages.asking import concept_called

#: So many of the latest findings are shown.
SHOWN = 20
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
