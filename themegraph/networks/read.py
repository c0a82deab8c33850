"""From the store to networks: what findings speak of, and what is weak where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from themegraph import ids
from themegraph.derivation.facts import count
from themegraph.networks.build import authority_network, theme_network, with_ties
from themegraph.networks.measures import backbone, with_measures
from themegraph.queries import ask, resolve

if TYPE_CHECKING:
    import networkx as nx

    from themegraph.graph.store import Store

Row = dict[str, Any]

_LABELS = """SELECT DISTINCT ?thing ?label WHERE {
  { ?thing a tg:Theme ; skos:prefLabel ?label } UNION { ?thing a tg:Authority ; rdfs:label ?label }
}"""
_GROUPS = """SELECT DISTINCT ?theme ?group WHERE {
  ?theme a tg:Theme ; skos:broader ?broader . ?broader skos:prefLabel ?group
}"""
_PASSAGES = """SELECT ?inspection ?has (COUNT(DISTINCT ?passage) AS ?number) WHERE {
  VALUES ?has { tg:hasFinding tg:hasRecommendation }
  ?inspection tg:produced ?report . ?report ?has ?passage
} GROUP BY ?inspection ?has"""
#: The stances of a finding on a theme that a network of a stance is made from.
STANCES = {
    "any": frozenset({"strength", "weakness", "mixed", "neutral"}),
    "weakness": frozenset({"weakness", "mixed"}),
    "strength": frozenset({"strength"}),
}


@dataclass(frozen=True, slots=True)
class Network:
    """A network, how many ties and passages it rests on, and out of how much: all that was read,
    whether it has a theme or not, in how many inspections of how many bodies.
    """

    graph: nx.Graph
    ties: int
    passages: int
    read: int
    inspections: int
    bodies: int


def read_network(
    store: Store,
    what: str,
    only: Mapping[str, str],
    *,
    stance: str = "any",
    everything: bool = False,
    theme: str | None = None,
    authority: str | None = None,
    depth: int = 1,
) -> Network:
    """The network of "themes" or of "authorities", measured; without ``everything`` its backbone.

    With ``theme`` and ``authority`` (names) what has to do with them is left: of themes the ties of
    the theme in the findings about the body (``depth`` 2: also those of what it is tied to), of
    authorities those that are weak in the theme and,
    since a body alone has no ties, those of the body with others. ``stance`` and ``only`` are as in
    :func:`read_themes`. Raises QueryError for a name that the store does not know.
    """
    focus = resolve(store, "theme", theme).value if theme else None
    body = resolve(store, "authority", authority).value if authority else None
    if what == "themes":
        about = {"authority": body} if body else {}
        found = read_themes(store, stance, **only, **about)
    else:
        found = read_authorities(store, **only)

    graph = with_measures(found.graph if everything else backbone(found.graph))
    near = {focus} & graph.nodes
    for _ in range(depth - 1):
        near |= {other for node in near for other in graph[node]}

    def wanted(one: str, other: str, tie: dict[str, Any]) -> bool:
        if what == "themes":
            return focus is None or bool(near & {one, other})
        return body in (None, one, other) and (focus is None or focus in tie["themes"])

    if focus or (body and what == "authorities"):
        graph = with_ties(graph, wanted)
    return replace(found, graph=graph)


def read_themes(store: Store, stance: str = "any", **only: str) -> Network:
    """The network of themes in the findings that ``only`` leaves (authority, region, kind, since,
    until, as in the question passages-by-theme), of a stance of STANCES.

    Raises QueryError for a name that the store does not know.
    """
    rows = list(ask(store, "passages-by-theme", **only))
    spoken = [
        (row["passage"], row["theme"])
        for row in rows
        if not _recommends(row) and _last(row["stance"]) in STANCES[stance]
    ]
    of = {finding for finding, _ in spoken}
    return _network(store, theme_network(spoken), rows, len(of), ("hasFinding",))


def read_authorities(store: Store, **only: str) -> Network:
    """The network of authorities by the themes that are weak or mixed there.

    Of the inspections that ``only`` leaves the last that judged a theme counts, by the rules of the
    theme assessments. Raises QueryError for a name that the store does not know.
    """
    rows = list(ask(store, "passages-by-theme", **only))
    told: dict[tuple[str, str], dict[tuple[str, str], list[Row]]] = {}
    for row in rows:
        visits = told.setdefault((row["authority"], row["theme"]), {})
        visits.setdefault((str(row["date"] or ""), row["inspection"]), []).append(row)
    weak = [
        (authority, theme, row["passage"])
        for (authority, theme), visits in told.items()
        for row in _faults(visits)
    ]
    graph = authority_network(weak, len({row["theme"] for row in rows}))
    of = {passage for _, _, passage in weak}
    return _network(store, graph, rows, len(of), ("hasFinding", "hasRecommendation"))


def _faults(visits: Mapping[tuple[str, str], list[Row]]) -> list[Row]:
    """The passages that find fault, where the last inspection that judged does so in all."""
    for _, passages in sorted(visits.items(), reverse=True):
        counted = count((_recommends(row), _last(row["stance"])) for row in passages)  # type: ignore[misc]
        if counted.status in ("weakness", "mixed"):
            return [row for row in passages if _last(row["stance"]) in STANCES["weakness"]]
        if counted.status == "strength":
            break
    return []


def _recommends(row: Row) -> bool:
    return str(row["passage"]).startswith(f"{ids.ID}recommendation/")


def _network(
    store: Store, graph: nx.Graph, rows: list[Row], passages: int, kinds: tuple[str, ...]
) -> Network:
    """``graph`` with names, and how much of these kinds was read in the inspections of ``rows``."""
    labels = {row["thing"].value: row["label"].value for row in store.rows(_LABELS)}
    groups = {row["theme"].value: row["group"].value for row in store.rows(_GROUPS)}
    for node, facts in graph.nodes(data=True):
        facts["label"] = labels.get(node, _last(node))
        if node in groups:
            facts["group"] = groups[node]
    inspections = {row["inspection"] for row in rows}
    read = sum(
        int(row["number"].value)
        for row in store.rows(_PASSAGES)
        if row["inspection"].value in inspections
        and row["has"].value.removeprefix(ids.ONTOLOGY) in kinds
    )
    return Network(
        graph,
        graph.number_of_edges(),
        passages,
        read,
        len(inspections),
        len({row["authority"] for row in rows}),
    )


def _last(iri: object) -> str:
    return str(iri).rpartition("/")[2]
