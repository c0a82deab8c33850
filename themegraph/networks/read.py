"""From the store to networks: what findings speak of, and what is weak where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from themegraph.derivation.facts import count
from themegraph.errors import QueryError
from themegraph.ids import last_part
from themegraph.networks.build import around, authority_network, theme_network, with_ties
from themegraph.networks.measures import backbone, with_measures
from themegraph.networks.mentions import Mentions, Only, Passage, Visit, read_mentions
from themegraph.queries import resolve, resolve_region
from themegraph.queries.binding import check_choice

if TYPE_CHECKING:
    import networkx as nx

    from themegraph.graph.store import Store

_LABELS = """SELECT DISTINCT ?thing ?label WHERE {
  { ?thing a tg:Theme ; skos:prefLabel ?label } UNION { ?thing a tg:Authority ; rdfs:label ?label }
}"""
_GROUPS = """SELECT DISTINCT ?theme ?group WHERE {
  ?theme a tg:Theme ; skos:broader ?broader . ?broader skos:prefLabel ?group
}"""
#: What networks there are of, and how far from a theme one may go.
WHAT = ("themes", "authorities")
DEPTHS = (1, 2)
#: The stances of a finding on a theme that a network of a stance is made from.
STANCES = {
    "any": frozenset({"strength", "weakness", "mixed", "neutral"}),
    "weakness": frozenset({"weakness", "mixed"}),
    "strength": frozenset({"strength"}),
}


@dataclass(frozen=True, slots=True)
class Network:
    """A network, how many ties and passages it rests on, and out of how much: all passages that
    were read, whether they have a theme or not, and all inspections that were meant, whether they
    have such passages or not, of how many bodies.
    """

    graph: nx.Graph
    ties: int
    passages: int
    read: int
    inspections: int
    bodies: int


@dataclass(frozen=True, slots=True)
class Source:
    """What networks are made from: the mentions in a store, with the names and groups of things."""

    mentions: Mentions
    labels: Mapping[str, str]
    groups: Mapping[str, str]


def read_source(store: Store) -> Source:
    """Everything that the networks of ``store`` are made from; it serves any number of them."""
    labels = {row["thing"].value: row["label"].value for row in store.rows(_LABELS)}
    groups = {row["theme"].value: row["group"].value for row in store.rows(_GROUPS)}
    return Source(read_mentions(store), labels, groups)


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
    """As :func:`find_network`, from a store: ``only`` has the kind, region, since and until of
    :class:`Only`, by name as the theme and the authority are.

    Raises QueryError for a name that the store does not know, and for what cannot be asked for.
    """
    check_choice("what", what, WHAT)
    check_choice("stance", stance, STANCES)
    if what == "authorities" and stance == "strength":
        raise QueryError("Authorities are tied by weaknesses: stance='strength' is of themes.")
    if depth not in DEPTHS:
        raise QueryError(f"depth={depth!r}: must be 1 or 2.")
    told = dict(only)
    if "kind" in only:
        told["kind"] = last_part(resolve(store, "report-type", only["kind"]).value)
    if "region" in only:
        told["region"] = resolve_region(store, only["region"])
    return find_network(
        read_source(store),
        what,
        Only(**told),
        stance=stance,
        everything=everything,
        theme=resolve(store, "theme", theme).value if theme else None,
        authority=resolve(store, "authority", authority).value if authority else None,
        depth=depth,
    )


def find_network(
    source: Source,
    what: str,
    only: Only,
    *,
    stance: str = "any",
    everything: bool = False,
    theme: str | None = None,
    authority: str | None = None,
    depth: int = 1,
) -> Network:
    """The network of "themes" or of "authorities", measured; without ``everything`` its backbone.

    With ``theme`` and ``authority`` (IRIs) what has to do with them is left: of themes the ties of
    the theme in the findings about the body (``depth`` 2: also those of what it is tied to), of
    authorities those that are weak in the theme and, since a body alone has no ties, those of the
    body with others. ``stance`` is one of STANCES.
    """
    if what == "themes":
        about = replace(only, authority=authority) if authority else only
        found = themes_network(source, about, stance)
    else:
        found = authorities_network(source, only)
    graph = with_measures(found.graph if everything else backbone(found.graph))
    if what == "themes":
        graph = around(graph, theme, depth) if theme else graph
    elif theme or authority:
        graph = with_ties(
            graph,
            lambda one, other, tie: (
                authority in (None, one, other) and (theme is None or theme in tie["themes"])
            ),
        )
    return replace(found, graph=graph)


def themes_network(source: Source, only: Only, stance: str = "any") -> Network:
    """The network of themes in the findings that are meant, of a stance of STANCES.

    How often themes would meet by chance is reckoned from all findings that are meant, whatever
    their stance and whether they have a theme or not.
    """
    mentions = source.mentions.only(only)
    spoken = [
        (passage.iri, theme)
        for visit, passages in mentions.visits()
        for passage in passages
        if not passage.is_recommendation
        for theme, said in passage.themes
        if said in STANCES[stance]
    ]
    read = _read(mentions, recommendations=False)
    of = {finding for finding, _ in spoken}
    return _network(source, mentions, theme_network(spoken, len(read)), len(of), len(read))


def authorities_network(source: Source, only: Only) -> Network:
    """The network of authorities by the themes that are weak or mixed there.

    Of the inspections that are meant the last that judged a theme counts, by the rules of the theme
    assessments.
    """
    mentions = source.mentions.only(only)
    weak = weak_now(mentions)
    themes = {
        theme
        for _, passages in mentions.visits()
        for passage in passages
        for theme, _ in passage.themes
    }
    graph = authority_network(weak, len(themes))
    of = {passage for _, _, passage in weak}
    return _network(source, mentions, graph, len(of), len(_read(mentions, recommendations=True)))


def weak_now(mentions: Mentions) -> list[tuple[str, str, str]]:
    """Authority, theme and passage (IRIs) where the last inspection that judged finds fault."""
    told: dict[tuple[str, str], list[tuple[Visit, list[tuple[Passage, str]]]]] = {}
    for visit, passages in mentions.visits():
        of_theme: dict[str, list[tuple[Passage, str]]] = {}
        for passage in passages:
            for theme, said in passage.themes:
                of_theme.setdefault(theme, []).append((passage, said))
        for theme, said_of_it in of_theme.items():
            told.setdefault((visit.authority, theme), []).append((visit, said_of_it))
    return [
        (authority, theme, passage.iri)
        for (authority, theme), visits in sorted(told.items(), key=lambda item: item[0])
        for passage in _faults(visits)
    ]


def _faults(visits: Sequence[tuple[Visit, list[tuple[Passage, str]]]]) -> list[Passage]:
    """The passages that find fault, where the last inspection that judged does so in all."""
    for _, said in sorted(visits, key=lambda v: (v[0].date, v[0].inspection), reverse=True):
        counted = count((passage.is_recommendation, stance) for passage, stance in said)  # type: ignore[misc]
        if counted.status in ("weakness", "mixed"):
            return [passage for passage, stance in said if stance in STANCES["weakness"]]
        if counted.status == "strength":
            break
    return []


def _read(mentions: Mentions, *, recommendations: bool) -> set[str]:
    """The findings, and where asked for the recommendations, that were read (IRIs)."""
    return {
        passage.iri
        for _, passages in mentions.visits()
        for passage in passages
        if recommendations or not passage.is_recommendation
    }


def _network(
    source: Source, mentions: Mentions, graph: nx.Graph, passages: int, read: int
) -> Network:
    """``graph`` with names, and out of how much it is."""
    for node, facts in graph.nodes(data=True):
        facts["label"] = source.labels.get(node, last_part(node))
        if node in source.groups:
            facts["group"] = source.groups[node]
    return Network(
        graph,
        graph.number_of_edges(),
        passages,
        read,
        len({visit.inspection for visit, _ in mentions.visits()}),
        len({visit.authority for visit, _ in mentions.visits()}),
    )
