"""The theme graph: one theme and what is tied to it, all themes, or authorities against themes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from themegraph import ids
from themegraph.errors import QueryError
from themegraph.networks.layout import columns, ring
from themegraph.networks.marks import folds_of, legend, look, meanings, name_of, scales
from themegraph.networks.mentions import QUESTIONS, Only
from themegraph.networks.picture import draw as draw_picture
from themegraph.networks.read import STANCES
from themegraph.networks.scene import Scene, stage
from themegraph.ontology import vocab
from themegraph.web.desk import Desk, Put
from themegraph.web.pages import graph_drawn as drawing
from themegraph.web.pages import graph_words as words
from themegraph.web.pages.asking import chosen, page_number, years
from themegraph.web.pages.graph_drawn import REGION, Asked, Drawn

if TYPE_CHECKING:
    import networkx as nx

#: So many ties make a first picture that says something.
ENOUGH = 5
#: So many passages are on the page of a tie.
PASSAGES = 25
#: Parameters of an address that say which graph is meant.
ASKED = ("show", "theme", "authority", "depth", "stance", "region", "framework", "service", "since",
         "until")  # fmt: skip
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
    period = years(given)
    only = Only(
        region=given.get("region", ""),
        framework=given.get("framework", ""),
        service=given.get("service", ""),
        since=f"{period['since']}-01-01" if "since" in period else "",
        until=f"{period['until']}-12-31" if "until" in period else "",
    )
    show, theme, authority = (given.get(name, "") for name in ("show", "theme", "authority"))
    shown = show or ("themes" if theme else "authorities")
    return Asked(
        shown,
        theme,
        authority,
        2 if given.get("depth") == "2" else 1,
        (given.get("stance") or "any") if shown == "themes" else "any",
        only,
    )


def context(desk: Desk, given: Mapping[str, str]) -> dict[str, Any]:
    """What the page shows for the parameters in ``given`` (ASKED)."""
    given = _given_or_first(desk, given)
    asked = read_asked(desk, given)
    desk.put.extend(Put(sparql, title) for title, sparql in QUESTIONS.items())
    drawn = _drawn(desk, asked)
    graph = drawn.graph
    ties = sorted(graph.edges(data=True), key=lambda tie: (-tie[2]["weight"], tie[:2]))
    nodes = sorted(graph.nodes(data=True), key=lambda node: (-node[1]["strength"], node[0]))
    kept = {name: given[name] for name in ASKED if given.get(name)}
    names = {node: name_of(facts) for node, facts in nodes}
    said = meanings(graph)
    return {
        "title": words.title(desk, asked),
        "asked": asked,
        "given": kept,
        "choices": _choices(desk),
        "scene": _stage(graph, asked) if graph else None,
        "caption": words.caption(drawn, asked),
        "rests_on": drawn.rests_on,
        "extent": words.extent(drawn),
        "left_out": words.left_out(asked, kept),
        "legend": legend(graph),
        "scales": scales(graph),
        "ties": [
            (names[one], names[other], tie["weight"], tie_address(one, other, kept))
            for one, other, tie in ties
        ],
        "marks": [
            (names[node], look(facts)[2], said[node], graph.degree(node), folds_of(facts))
            for node, facts in nodes
        ],
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
    one, other = (_node(given.get(end, "")) for end in ("one", "other"))
    folds: dict[str, list[str]] = {}
    if _is_group(one) or _is_group(other):
        drawn = _drawn(desk, asked)
        passages = drawn.passages(one, other)
        for end in filter(_is_group, (one, other)):
            folds[_name(desk, end)] = sorted(_name(desk, node) for node in drawn.members(end))
    else:
        graph = desk.answers.keep(("ties", asked), lambda: drawing.all_ties(source, asked))
        tie = graph.edges[one, other] if graph.has_edge(one, other) else {"passages": ()}
        passages = set(tie["passages"])
    if not passages:
        raise QueryError("No such tie is in this graph.")
    page = page_number(given, len(passages), PASSAGES)
    newest = sorted(passages, key=lambda iri: (_day(iri), iri), reverse=True)
    shown = newest[(page - 1) * PASSAGES : page * PASSAGES]
    values = " ".join(f"<{passage}>" for passage in shown)
    title = f"{_name(desk, one)} and {_name(desk, other)}"
    kept = {name: given[name] for name in ASKED if given.get(name)}
    rows = desk.look_up(f"Passages on {title}", _TEXTS.format(passages=values))
    return {
        "title": title,
        "rows": once_each(rows),
        "folds": folds,
        "faults": asked.show == "authorities",
        "total": len(passages),
        "page": page,
        "pages": -(-len(passages) // PASSAGES),
        "address": tie_address(one, other, kept),
        "graph_address": f"/graph?{urlencode(kept)}" if folds else node_address(one, kept),
    }


def once_each(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row for each passage, with the names of all bodies that its inspection was of."""
    told: dict[str, dict[str, Any]] = {}
    names: dict[str, dict[str, None]] = {}
    for row in rows:
        told.setdefault(row["passage"], row)
        names.setdefault(row["passage"], {})[row["name"]] = None
    return [{**row, "name": " and ".join(names[passage])} for passage, row in told.items()]


def _name(desk: Desk, node: str) -> str:
    return desk.answers.networks.labels.get(node, node.removeprefix(REGION))


def _is_group(node: str) -> bool:
    """Whether it is a region, or what themes are part of."""
    return node.startswith(REGION) or node in _tops()


@cache
def _tops() -> frozenset[str]:
    return frozenset(ids.concept("theme", t.id) for t in vocab.themes() if not t.broader)


def as_csv(desk: Desk, given: Mapping[str, str]) -> str:
    """Every tie that ``given`` asks for as CSV, and whether and as what it is drawn."""
    return drawing.as_csv(_drawn(desk, read_asked(desk, _given_or_first(desk, given))))


def as_picture(desk: Desk, given: Mapping[str, str]) -> str:
    """The graph that ``given`` means as an interactive page of its own."""
    asked = read_asked(desk, _given_or_first(desk, given))
    drawn = _drawn(desk, asked)
    told = f"{drawn.rests_on} {words.extent(drawn)}"
    return draw_picture(drawn.graph, words.title(desk, asked), told)


def _given_or_first(desk: Desk, given: Mapping[str, str]) -> Mapping[str, str]:
    """``given`` or, where it chooses nothing, the theme with most ties that stand out; where these
    are fewer than ENOUGH, the graph with most ties of those that have nothing in the middle.
    """
    if any(given.get(name) for name in ASKED):
        return given
    whole = {
        show: _drawn(desk, Asked(show, "", "", 1, "any", Only())).shown
        for show in ("authorities", "themes")
    }
    themes = whole["themes"]
    most = min(themes, key=lambda node: (-themes.degree(node), node), default="")
    if most and themes.degree(most) >= ENOUGH:
        return {"theme": ids.last_part(most)}
    return {"show": max(whole, key=lambda show: whole[show].number_of_edges())}


def _drawn(desk: Desk, asked: Asked) -> Drawn:
    return desk.answers.keep(asked, lambda: drawing.draw(desk.answers.networks, asked))


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
    if _is_group(node):
        return "/themes"
    rest = {key: value for key, value in kept.items() if key not in ("theme", "authority", "depth")}
    rest.pop("show" if rest.get("show") == _SHOWN_FOR.get(kind) else "", None)
    return "/graph?" + urlencode(sorted({**rest, kind: name}.items()))


def tie_address(one: str, other: str, kept: Mapping[str, str]) -> str:
    """The page of a tie among the passages of these choices; the same whatever is in the middle,
    but for ties of groups.
    """
    body = "/authority/" in one or one.startswith(REGION) or "/authority/" in other
    # What a group stands for depends on what is in the middle.
    group = _is_group(one) or _is_group(other)
    focus = () if group else ("theme", "depth", "authority") if body else ("theme", "depth")
    rest = {name: value for name, value in kept.items() if name not in focus}
    rest["show"] = "authorities" if body else "themes"
    ends = dict(zip(("one", "other"), sorted((_short(one), _short(other))), strict=True))
    return "/graph/tie?" + urlencode(sorted({**rest, **ends}.items()))


def _short(node: str) -> str:
    """A node as an address names it: ``theme/supervision``, ``region/London``."""
    if node.startswith(REGION):
        return f"region/{node.removeprefix(REGION)}"
    return node.removeprefix(ids.ID).removeprefix(ids.VOCAB)


def _node(short: str) -> str:
    kind, _, name = short.partition("/")
    if kind == "region":
        return f"{REGION}{name}"
    return ids.concept("theme", name) if kind == "theme" else ids.resource(kind, name)


def _day(iri: str) -> str:
    found = re.search(r"\d{4}-\d\d-\d\d", iri)
    return found.group() if found else ""
