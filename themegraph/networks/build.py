"""From what findings say to networks: themes tied by findings, authorities by weaknesses.

Pure functions from rows to ``networkx.Graph``. Nodes and edges come in sorted order, so that a
network does not depend on the order of the rows; every edge keeps the passages it stands for.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Any

import networkx as nx


def theme_network(mentions: Iterable[tuple[str, str]], findings: int | None = None) -> nx.Graph:
    """Themes, tied by the findings that speak of both.

    ``mentions`` are pairs of finding and theme; ``findings`` is how many findings were read, those
    without a theme included (None: those with one).

    A node has ``findings``, how many speak of it. An edge has ``weight``, how many speak of both;
    ``passages``, which; ``jaccard``, the share of these among those that speak of either (Jaccard
    1901); and ``lift``, how many times more there are than if themes met by chance (Brin, Motwani,
    Ullman & Tsur 1997), so that themes that are everywhere are not tied with everything.
    """
    themes_of: dict[str, set[str]] = {}
    for finding, theme in mentions:
        themes_of.setdefault(finding, set()).add(theme)
    total = len(themes_of) if findings is None else findings
    alone: Counter[str] = Counter()
    both: dict[tuple[str, str], list[str]] = {}
    for finding in sorted(themes_of):
        themes = sorted(themes_of[finding])
        alone.update(themes)
        for pair in combinations(themes, 2):
            both.setdefault(pair, []).append(finding)
    graph = nx.Graph()
    graph.add_nodes_from((theme, {"findings": alone[theme]}) for theme in sorted(alone))
    for (one, other), passages in sorted(both.items()):
        weight = len(passages)
        either = alone[one] + alone[other] - weight
        graph.add_edge(
            one,
            other,
            weight=weight,
            jaccard=round(weight / either, 4),
            lift=round(weight * total / (alone[one] * alone[other]), 3),
            passages=tuple(passages),
        )
    return graph


def authority_network(weak: Iterable[tuple[str, str, str]], themes: int | None = None) -> nx.Graph:
    """Authorities, tied by the themes that are weak in both.

    ``weak`` are triples of authority, theme and a passage that finds fault with it or asks for it;
    ``themes`` is how many themes there are (None: those that are weak anywhere).

    A node has ``themes``, how many are weak there. An edge has ``themes``, which are weak in both;
    ``passages`` of both sides; ``by_theme``, these for each theme; ``weight``, the cosine of the
    two where a theme counts by how rare it is, since what everybody has says nothing of two
    (inverse frequency, Spärck Jones 1972); and ``chance``, how likely so many would be shared were
    the weak themes of both drawn at random (the tail of the hypergeometric distribution, as in
    Tumminello, Miccichè, Lillo, Piilo & Mantegna 2011).
    """
    passages: dict[str, dict[str, set[str]]] = {}
    for authority, theme, passage in weak:
        passages.setdefault(authority, {}).setdefault(theme, set()).add(passage)
    rarity = _rarity(passages)
    total = len(rarity) if themes is None else themes
    graph = nx.Graph()
    graph.add_nodes_from((body, {"themes": len(passages[body])}) for body in sorted(passages))
    for one, other in combinations(sorted(passages), 2):
        shared = sorted(passages[one].keys() & passages[other].keys())
        weight = _cosine(shared, passages[one], passages[other], rarity)
        if weight > 0:
            told = {t: tuple(sorted(passages[one][t] | passages[other][t])) for t in shared}
            graph.add_edge(
                one,
                other,
                # Four figures and not four places: a tie may be light, and is never nothing.
                weight=float(f"{weight:.4g}"),
                chance=round(
                    _chance(len(shared), len(passages[one]), len(passages[other]), total), 6
                ),
                themes=tuple(shared),
                passages=tuple(sorted({p for of_both in told.values() for p in of_both})),
                by_theme=told,
            )
    return graph


def with_ties(graph: nx.Graph, wanted: Callable[[str, str, dict[str, Any]], bool]) -> nx.Graph:
    """``graph`` with the ties that are ``wanted`` and the nodes that these tie, in its own order.

    NetworkX's own subgraphs of a few nodes come in the order of a set.
    """
    ties = [tie for tie in graph.edges(data=True) if wanted(*tie)]
    tied = {node for tie in ties for node in tie[:2]}
    made = nx.Graph()
    made.add_nodes_from(node for node in graph.nodes(data=True) if node[0] in tied)
    made.add_edges_from(ties)
    return made


def around(graph: nx.Graph, focus: str, depth: int = 1) -> nx.Graph:
    """The ties of ``focus`` in ``graph``; with ``depth`` 2 also those of what it is tied to."""
    near = {focus} & graph.nodes
    for _ in range(depth - 1):
        near |= {other for node in near for other in graph[node]}
    return with_ties(graph, lambda one, other, _: bool({one, other} & near))


def _rarity(passages: Mapping[str, Mapping[str, object]]) -> dict[str, float]:
    """The logarithm of one over the share of authorities in which each theme is weak."""
    having = Counter(theme for themes in passages.values() for theme in themes)
    return {theme: math.log(len(passages) / count) for theme, count in having.items()}


def _cosine(
    shared: Iterable[str], one: Iterable[str], other: Iterable[str], rarity: Mapping[str, float]
) -> float:
    lengths = [math.sqrt(math.fsum(rarity[t] ** 2 for t in told)) for told in (one, other)]
    dot = math.fsum(rarity[theme] ** 2 for theme in shared)
    return dot / (lengths[0] * lengths[1]) if dot else 0.0


def _chance(shared: int, one: int, other: int, total: int) -> float:
    """How likely ``one`` and ``other`` draws out of ``total`` have so many or more in common."""
    ways = sum(
        math.comb(one, n) * math.comb(total - one, other - n) for n in range(shared, other + 1)
    )
    return ways / math.comb(total, other)


def shared_network(weak: Iterable[tuple[str, str, str]]) -> nx.Graph:
    """Authorities on one side and themes on the other, tied where the theme is weak.

    ``weak`` as for :func:`authority_network`. A node has ``side``, "authority" or "theme". An edge
    has ``passages``, which find fault, and ``weight``, how many.
    """
    passages: dict[tuple[str, str], set[str]] = {}
    for authority, theme, passage in weak:
        passages.setdefault((authority, theme), set()).add(passage)
    graph = nx.Graph()
    for place, side in enumerate(("authority", "theme")):
        nodes = sorted({tie[place] for tie in passages})
        graph.add_nodes_from((node, {"side": side}) for node in nodes)
    for (authority, theme), found in sorted(passages.items()):
        graph.add_edge(authority, theme, weight=len(found), passages=tuple(sorted(found)))
    return graph


def folded(graph: nx.Graph, groups: Mapping[str, str], labels: Mapping[str, str]) -> nx.Graph:
    """``graph`` with the nodes of each group in one node, which has the group's label and
    ``folds``, the labels of what it stands for. Ties of one and the same two become one: a passage
    counts once in it, of however many of those it speaks. Ties within a group are left out.
    """
    into = {node: groups.get(node, node) for node in graph}
    made = nx.Graph()
    for node, facts in graph.nodes(data=True):
        if node in groups:
            folds = (*made.nodes.get(into[node], {}).get("folds", ()), facts["label"])
            facts = {**facts, "label": labels[into[node]], "folds": folds}
        made.add_node(into[node], **facts)
    passages: dict[tuple[str, str], set[str]] = {}
    for one, other, found in graph.edges(data="passages"):
        ends = (into[one], into[other])
        if ends[0] != ends[1]:
            # The same two may come the other way round.
            passages.setdefault(ends if ends[::-1] not in passages else ends[::-1], set()).update(
                found
            )
    for (one, other), found in sorted(passages.items()):
        made.add_edge(one, other, weight=len(found), passages=tuple(sorted(found)))
    return made
