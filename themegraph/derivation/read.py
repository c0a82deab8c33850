"""The inspections of one authority, out of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from themegraph import ids
from themegraph.derivation.facts import Passage, Visit
from themegraph.model import Polarity

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_VISITS = """
SELECT ?inspection ?day ?type ?framework (COUNT(DISTINCT ?finding) AS ?findings) WHERE {
  ?inspection tg:inspects ?authority ;
              tg:underFramework ?framework ;
              tg:produced ?report .
  ?report tg:reportType ?type .
  OPTIONAL { ?inspection tg:startDate ?start }
  OPTIONAL { ?report tg:published ?published }
  BIND(COALESCE(?start, ?published) AS ?day)
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
              tg:assignedStance ?stance .
  OPTIONAL { ?assignment tg:score ?score }
}"""

_SERVICES = """
SELECT DISTINCT ?passage ?service WHERE {
  ?inspection tg:inspects ?authority ;
              tg:produced/(tg:hasFinding|tg:hasRecommendation) ?passage .
  ?passage tg:aboutServiceArea ?service .
}"""


def read_visits(store: Store, authority: str) -> list[Visit]:
    """The inspections of ``authority`` (its id) with their passages, in no order that matters."""
    bindings = {"authority": ox.NamedNode(ids.resource("authority", authority))}
    services: dict[str, set[str]] = {}
    for row in store.rows(_SERVICES, bindings):
        services.setdefault(row["passage"].value, set()).add(_name(row["service"]))
    themes: dict[tuple[str, bool, str], list[tuple[float, str, Polarity]]] = {}
    for row in store.rows(_THEMES, bindings):
        passage = (row["inspection"].value, row["recommends"].value == "true", row["passage"].value)
        # What a person assigned has no score: it is sure.
        score = float(row["score"].value) if row["score"] else 1.0
        told: Any = _name(row["stance"])
        themes.setdefault(passage, []).append((-score, _name(row["theme"]), told))
    passages: dict[str, list[Passage]] = {}
    for (inspection, recommends, iri), told in sorted(themes.items()):
        ranked = {theme: stance for _, theme, stance in sorted(told)}
        about = frozenset(services.get(iri, ()))
        passages.setdefault(inspection, []).append(Passage(iri, recommends, ranked, about))
    return [
        Visit(
            row["inspection"].value.removeprefix(ids.resource("inspection", "")),
            row["day"].value if row["day"] else "",
            _name(row["type"]),
            _name(row["framework"]),
            int(row["findings"].value),
            tuple(passages.get(row["inspection"].value, ())),
        )
        for row in store.rows(_VISITS, bindings)
    ]


def _name(node: Any) -> str:
    """The last part of an IRI."""
    return str(node.value).rpartition("/")[2]
