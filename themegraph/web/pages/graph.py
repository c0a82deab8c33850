"""The theme graph: one theme and what is tied to it, all themes, or authorities against themes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from themegraph import ids
from themegraph.errors import QueryError
from themegraph.networks.build import folded, shared_network, with_ties
from themegraph.networks.layout import columns, ring
from themegraph.networks.measures import backbone
from themegraph.networks.mentions import Only
from themegraph.networks.picture import draw as draw_picture
from themegraph.networks.picture import heaviest
from themegraph.networks.read import (
    STANCES,
    Network,
    Source,
    find_network,
    themes_network,
    weak_now,
)
from themegraph.networks.scene import Scene, stage
from themegraph.networks.write import write_network
from themegraph.ontology import vocab
from themegraph.web.desk import Desk
from themegraph.web.faults import RequestError
from themegraph.web.pages import graph_words as words
from themegraph.web.pages.asking import chosen, page_number
from themegraph.web.pages.graph_words import Asked, Drawn

if TYPE_CHECKING:
    import networkx as nx

#: A drawing has so many nodes at most; more are folded into what they are part of.
MOST_NODES = 150
#: So many where no tie stands out.
FEWER = 30
#: So many ties are in the table, and so many passages on the page of a tie.
ROWS, PASSAGES = 100, 25
#: Parameters of an address that say which graph is meant.
ASKED = ("show", "theme", "authority", "depth", "stance", "region", "framework", "service", "since",
         "until")  # fmt: skip
_REGION = "region:"
#: What a graph shows about a node of a kind, where its address does not say.
_SHOWN_FOR = {"theme": "themes", "authority": "authorities"}
_TEXTS = """SELECT DISTINCT ?passage ?text ?page ?number ?name ?date ?kind ?heading WHERE {{
  VALUES ?passage {{ {passages} }}
  ?passage tg:text ?text ; tg:onPage ?page .
  ?report tg:hasFinding|tg:hasRecommendation ?passage ; tg:reportType ?kind .
  ?inspection tg:produced ?report ; tg:inspects ?body .
  ?body rdfs:label ?name .
  OPTIONAL {{ ?inspection tg:inspectionDate ?date }}
  OPTIONAL {{ ?passage tg:printedNumber ?number }}
  OPTIONAL {{ ?passage tg:inSection ?section . ?section tg:heading ?heading }}
}} ORDER BY DESC(?date) ?passage"""


def read_asked(desk: Desk, given: Mapping[str, str]) -> Asked:
    """What the parameters of an address mean. Raises RequestError for what there is not."""
    chosen(given, {name: dict(known) for name, known in _choices(desk).items()})
    since, until = (given.get(name, "") for name in ("since", "until"))
    for year in (since, until):
        if year and not re.fullmatch("[12][0-9]{3}", year):
            raise RequestError(400, "parameter", f"{year[:80]!r} must be a year, such as 2018.")
    if since and until and since > until:
        raise RequestError(400, "parameter", f"{since} is after {until}: no year is left.")
    only = Only(
        region=given.get("region", ""),
        framework=given.get("framework", ""),
        service=given.get("service", ""),
        since=f"{given['since']}-01-01" if given.get("since") else "",
        until=f"{given['until']}-12-31" if given.get("until") else "",
    )
    show, theme, authority = (given.get(name, "") for name in ("show", "theme", "authority"))
    if given.get("stance") and (show or ("themes" if theme else "authorities")) == "authorities":
        raise RequestError(
            400, "parameter", "Authorities are tied by what is weak; choose a stance for themes."
        )
    return Asked(
        show or ("themes" if theme else "authorities"),
        theme,
        authority,
        2 if given.get("depth") == "2" else 1,
        given.get("stance") or "any",
        only,
    )


def context(desk: Desk, given: Mapping[str, str]) -> dict[str, Any]:
    """What the page shows for the parameters in ``given`` (ASKED)."""
    asked = read_asked(desk, given)
    drawn = _drawn(desk, asked)
    graph = drawn.graph
    ties = sorted(graph.edges(data=True), key=lambda tie: (-tie[2]["weight"], tie[:2]))
    kept = {name: given[name] for name in ASKED if given.get(name)}
    labels = dict(graph.nodes(data="label"))
    return {
        "title": words.title(desk, asked),
        "asked": asked,
        "given": kept,
        "choices": _choices(desk),
        "scene": _stage(graph, asked) if graph else None,
        "caption": words.caption(drawn, asked, labels, ties),
        "rests_on": drawn.rests_on,
        "left_out": drawn.left_out,
        "legend": words.legend(graph, asked),
        "ties": [
            (labels[one], labels[other], tie["weight"], tie_address(one, other, kept))
            for one, other, tie in ties[:ROWS]
        ],
        "all_ties": len(ties),
        "rows": ROWS,
        "tie_address": lambda one, other: tie_address(one, other, kept),
        "node_address": lambda node: node_address(node, kept),
        "query": urlencode(kept),
    }


def tie_context(desk: Desk, given: Mapping[str, str]) -> dict[str, Any]:
    """What the page of the tie between ``one`` and ``other`` in ``given`` shows: the passages it
    stands for, from its ``page`` on. Raises QueryError where there is no such tie.
    """
    asked = read_asked(desk, given)
    source = desk.answers.networks
    ends = [_node(given.get(end, "")) for end in ("one", "other")]
    graph = desk.answers.keep(("ties", asked), lambda: _all_ties(source, asked))
    passages = {
        passage
        for one in _members(ends[0], source)
        for other in _members(ends[1], source)
        if graph.has_edge(one, other)
        for passage in graph.edges[one, other]["passages"]
    }
    if not passages:
        raise QueryError("No such tie is in this graph.")
    page = page_number(given, len(passages), PASSAGES)
    newest = sorted(passages, key=lambda iri: (_day(iri), iri), reverse=True)
    shown = newest[(page - 1) * PASSAGES : page * PASSAGES]
    values = " ".join(f"<{passage}>" for passage in shown)
    title = " and ".join(source.labels.get(end, end.removeprefix(_REGION)) for end in ends)
    kept = {name: given[name] for name in ASKED if given.get(name)}
    back = node_address(ends[0], kept)
    return {
        "title": title,
        "rows": desk.look_up(f"Passages on {title}", _TEXTS.format(passages=values)),
        "total": len(passages),
        "page": page,
        "pages": -(-len(passages) // PASSAGES),
        "address": tie_address(ends[0], ends[1], kept),
        "graph_address": back,
    }


def _all_ties(source: Source, asked: Asked) -> nx.Graph:
    """Every tie among the passages that are meant, whether it stands out or not."""
    if asked.show == "authorities":
        return shared_network(weak_now(source.mentions.only(asked.only)))
    return themes_network(source, _of_body(asked), asked.stance).graph


def _of_body(asked: Asked) -> Only:
    body = ids.resource("authority", asked.authority) if asked.authority else ""
    return replace(asked.only, authority=body)


def _members(end: str, source: Source) -> list[str]:
    """The nodes that are folded in ``end``, or it alone."""
    if end.startswith(_REGION):
        region = end.removeprefix(_REGION)
        return sorted({v.authority for v, _ in source.mentions.visits() if v.region == region})
    return [
        ids.concept("theme", theme.id)
        for theme in vocab.themes()
        if theme.broader and ids.concept("theme", theme.broader) == end
    ] or [end]


def as_csv(desk: Desk, given: Mapping[str, str]) -> str:
    """All ties of the graph that ``given`` means, as CSV."""
    return write_network(_drawn(desk, read_asked(desk, given)).graph, "csv")


def as_picture(desk: Desk, given: Mapping[str, str]) -> str:
    """The graph that ``given`` means as an interactive page of its own."""
    asked = read_asked(desk, given)
    drawn = _drawn(desk, asked)
    return draw_picture(drawn.graph, words.title(desk, asked), drawn.rests_on)


def _drawn(desk: Desk, asked: Asked) -> Drawn:
    return desk.answers.keep(asked, lambda: draw(desk.answers.networks, asked))


def draw(source: Source, asked: Asked) -> Drawn:
    """The graph that is meant, small enough to be drawn."""
    if asked.show == "authorities":
        return _shared(source, asked)
    found = _themes(source, asked, everything=False)
    stands_out = bool(found.graph)
    if not stands_out:
        found = _themes(source, asked, everything=True)
    shown = heaviest(found.graph, MOST_NODES if stands_out else FEWER)
    rests_on = (
        f"From {found.passages:,} of {found.read:,} findings of {found.inspections:,} inspections "
        f"of {found.bodies:,} {'authority' if found.bodies == 1 else 'authorities'}."
    )
    return Drawn(shown, len(found.graph) - len(shown), rests_on, stands_out)


def _themes(source: Source, asked: Asked, *, everything: bool) -> Network:
    return find_network(
        source,
        "themes",
        asked.only,
        stance=asked.stance,
        everything=everything,
        theme=asked.focus or None,
        authority=ids.resource("authority", asked.authority) if asked.authority else None,
        depth=asked.depth,
    )


def _shared(source: Source, asked: Asked) -> Drawn:
    """Authorities against the themes that are weak in them, or one of either with its own."""
    mentions = source.mentions.only(asked.only)
    graph = shared_network(weak_now(mentions))
    for node, facts in graph.nodes(data=True):
        facts["label"] = source.labels.get(node, node)
        facts["strength"] = graph.degree(node)
    focus = asked.focus
    if focus:
        near = {focus}
        if asked.depth == 2 and focus in graph:
            near |= set(graph[focus])
        graph = with_ties(graph, lambda one, other, _: bool({one, other} & near))
    striking = graph if focus else backbone(graph)
    stands_out = bool(striking)
    graph = striking if stands_out else heaviest(graph, FEWER)
    alone = focus if asked.authority and asked.depth == 1 else ""
    visits = [visit for visit, _ in mentions.visits() if alone in ("", visit.authority)]
    inspections = {visit.inspection for visit in visits}
    bodies = {visit.authority for visit in visits}
    whole = len(graph)
    if len(graph) > MOST_NODES:
        graph = folded(graph, _parents(graph, source, focus))
    if len(graph) > MOST_NODES:
        regions = {v.authority: f"{_REGION}{v.region}" for v in visits if v.region}
        graph = folded(graph, {node: group for node, group in regions.items() if node != focus})
        for node, facts in graph.nodes(data=True):
            if node.startswith(_REGION):
                facts["label"] = node.removeprefix(_REGION)
    rests_on = (
        "Themes found weak or mixed when an authority was last judged on them, in "
        f"{len(inspections):,} inspections of {len(bodies):,} "
        f"{'authority' if len(bodies) == 1 else 'authorities'}."
    )
    drawn = heaviest(graph, MOST_NODES)
    return Drawn(drawn, max(0, whole - len(drawn)), rests_on, stands_out)


def _parents(graph: nx.Graph, source: Source, focus: str) -> dict[str, str]:
    """For each theme in ``graph`` the group it is part of; but the focus stands for itself."""
    broader = {ids.concept("theme", t.id): t.broader for t in vocab.themes() if t.broader}
    parents = {
        node: ids.concept("theme", broader[node])
        for node in graph
        if node in broader and node != focus
    }
    for node, parent in parents.items():
        graph.nodes[node]["label"] = source.groups.get(node, parent)
    return parents


def _stage(graph: nx.Graph, asked: Asked) -> Scene:
    focus = asked.focus
    if focus in graph and asked.depth == 1:
        others = sorted(graph[focus], key=lambda node: _order(graph, focus, node))
        return stage(graph, ring(others, focus), focus)
    if asked.show == "authorities":
        sides = [
            sorted(
                (node for node, facts in graph.nodes(data=True) if facts["side"] == side),
                key=lambda node: (-graph.degree(node, weight="weight"), node),
            )
            for side in ("authority", "theme")
        ]
        return stage(graph, columns(*sides), focus)
    grouped = sorted(graph, key=lambda node: (*_rank(graph, node), node))
    return stage(graph, ring(grouped), focus)


def _rank(graph: nx.Graph, node: str) -> tuple[int, float]:
    """Members of a group stand together, those with the heaviest ties first."""
    return graph.nodes[node]["community"], -graph.nodes[node]["strength"]


def _order(graph: nx.Graph, focus: str, node: str) -> tuple[Any, ...]:
    facts = graph.nodes[node]
    return facts.get("community", 0), -graph.edges[focus, node]["weight"], node


def _choices(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen for each parameter: what there is in the store."""
    source = desk.answers.networks
    visits = [visit for visit, _ in source.mentions.visits()]
    bodies = {visit.authority for visit in visits}
    frameworks = {visit.framework for visit in visits}
    return {
        "show": [("themes", "Themes"), ("authorities", "Authorities against themes")],
        "theme": [(theme.id, theme.label) for theme in vocab.themes() if theme.broader],
        "authority": sorted(
            ((ids.last_part(body), source.labels.get(body, body)) for body in bodies),
            key=lambda choice: choice[1],
        ),
        "depth": [("1", "What is tied to it"), ("2", "And what is tied to that")],
        "stance": [(stance, stance) for stance in STANCES if stance != "any"],
        "region": [(region, region) for region in sorted({v.region for v in visits} - {""})],
        "framework": [(f.id, f.label) for f in vocab.frameworks() if f.id in frameworks],
        "service": [(service.id, service.label) for service in vocab.services()],
    }


def node_address(node: str, kept: Mapping[str, str]) -> str:
    """The graph with ``node`` in the middle, other choices kept."""
    kind, name = _short(node).split("/", 1)
    if kind == "region":
        return "/graph?" + urlencode({**kept, "region": name})
    if kind == "theme" and not any(t.id == name and t.broader for t in vocab.themes()):
        return "/themes"
    rest = {key: value for key, value in kept.items() if key not in ("theme", "authority", "depth")}
    rest.pop("show" if rest.get("show") == _SHOWN_FOR.get(kind) else "", None)
    return "/graph?" + urlencode(sorted({**rest, kind: name}.items()))


def tie_address(one: str, other: str, kept: Mapping[str, str]) -> str:
    """The page of a tie among the passages of these choices, whatever stands in the middle."""
    body = "/authority/" in one or one.startswith(_REGION) or "/authority/" in other
    focus = ("theme", "depth", "authority") if body else ("theme", "depth")
    rest = {name: value for name, value in kept.items() if name not in focus}
    rest["show"] = "authorities" if body else "themes"
    ends = dict(zip(("one", "other"), sorted((_short(one), _short(other))), strict=True))
    return "/graph/tie?" + urlencode(sorted({**rest, **ends}.items()))


def _short(node: str) -> str:
    """A node as an address names it: ``theme/supervision``, ``region/London``."""
    if node.startswith(_REGION):
        return f"region/{node.removeprefix(_REGION)}"
    return node.removeprefix(ids.ID).removeprefix(ids.VOCAB)


def _node(short: str) -> str:
    kind, _, name = short.partition("/")
    if kind == "region":
        return f"{_REGION}{name}"
    return ids.concept("theme", name) if kind == "theme" else ids.resource(kind, name)


def _day(iri: str) -> str:
    found = re.search(r"\d{4}-\d\d-\d\d", iri)
    return found.group() if found else ""
