"""What stands out in a network: central nodes, communities, and the ties that are not chance."""

from __future__ import annotations

import math
from collections.abc import Iterable

import networkx as nx

from themegraph.networks.build import with_ties

#: An edge stands out when chance would give so heavy a share less often than this.
SIGNIFICANCE = 0.05
#: Communities are found by moves in random order; the order is the same every time.
_SEED = 20


def with_measures(graph: nx.Graph) -> nx.Graph:
    """``graph`` with what each node is in it.

    ``strength`` is the sum of the weights of a node's edges. ``betweenness`` is the share of
    shortest paths that lead over it, where a heavy edge is a short way (Freeman 1977; Brandes
    2001). ``community`` is the number of its community, the largest being 1.
    """
    made = graph.copy()
    for _, _, edge in made.edges(data=True):
        edge["distance"] = 1 / edge["weight"]
    between = nx.betweenness_centrality(made, weight="distance")
    for _, _, edge in made.edges(data=True):
        del edge["distance"]
    for node, total in made.degree(weight="weight"):
        made.nodes[node]["strength"] = round(total, 4)
        made.nodes[node]["betweenness"] = round(between[node], 4)
    for number, members in enumerate(communities(made), 1):
        for node in members:
            made.nodes[node]["community"] = number
    return made


def communities(graph: nx.Graph) -> list[tuple[str, ...]]:
    """The groups of nodes that are tied more with each other than with the rest, largest first.

    By the method of Louvain (Blondel, Guillaume, Lambiotte & Lefebvre 2008) with a fixed seed;
    within a group the node with the heaviest ties comes first.
    """
    if not graph:
        return []
    found = nx.community.louvain_communities(graph, weight="weight", seed=_SEED)
    strength = dict(graph.degree(weight="weight"))
    groups = [tuple(sorted(group, key=lambda node: (-strength[node], node))) for group in found]
    return sorted(groups, key=lambda group: (-len(group), group))


def with_chances(graph: nx.Graph) -> nx.Graph:
    """``graph`` with how likely each edge is by chance (``chance``), where it does not say so.

    By the disparity filter (Serrano, Boguñá & Vespignani 2009): were the weight of a node with k
    edges split at random, an edge would have a share of p or more with probability (1 - p)^(k - 1);
    the end where the edge stands out more counts.
    """
    made = graph.copy()
    for (one, other), chance in _disparity(graph).items():
        made.edges[one, other].setdefault("chance", round(chance, 6))
    return made


def backbone(graph: nx.Graph, significance: float = SIGNIFICANCE) -> nx.Graph:
    """``graph`` with the edges that are not chance, and the nodes that these tie.

    An edge that says how likely it is by chance (``chance``, as those of authorities do) is kept
    where that is so after all edges were tried: the rule of Benjamini & Hochberg (1995) lets
    ``significance`` of what is kept be chance. Others get their ``chance`` from
    :func:`with_chances`.
    """
    given = all(chance is not None for *_, chance in graph.edges(data="chance"))
    tried = graph if given else with_chances(graph)
    chances = (chance for *_, chance in tried.edges(data="chance"))
    limit = _limit(chances, significance) if given else significance
    return with_ties(tried, lambda _, __, edge: edge["chance"] < limit)


def _disparity(graph: nx.Graph) -> dict[tuple[str, str], float]:
    strength = dict(graph.degree(weight="weight"))
    degree = dict(graph.degree())

    def chance(node: str, weight: float) -> float:
        if degree[node] == 1:
            return 1.0
        return float((1 - weight / strength[node]) ** (degree[node] - 1))

    return {
        (one, other): min(chance(one, weight), chance(other, weight))
        for one, other, weight in graph.edges(data="weight")
    }


def _limit(chances: Iterable[float], significance: float) -> float:
    """Below what an edge is kept: the largest chance that is within its share of the limit."""
    ordered = sorted(chances)
    within = [c for n, c in enumerate(ordered, 1) if c <= significance * n / len(ordered)]
    return math.nextafter(within[-1], math.inf) if within else 0.0
