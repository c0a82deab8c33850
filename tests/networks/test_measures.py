"""Communities, central nodes and the backbone, on networks small enough to see what is right."""

from __future__ import annotations

import networkx as nx

from themegraph.networks import backbone, communities, with_measures


def weighted(*edges: tuple[str, str, float]) -> nx.Graph:
    graph = nx.Graph()
    for one, other, weight in edges:
        graph.add_edge(one, other, weight=weight, passages=(f"{one}{other}",))
    return graph


#: Two triangles, and a bridge between them that is lighter than their sides.
TWO = weighted(
    ("a", "b", 9), ("b", "c", 9), ("a", "c", 8),
    ("x", "y", 7), ("y", "z", 7), ("x", "z", 6), ("c", "x", 1),
)  # fmt: skip


def test_communities_are_the_triangles_with_the_heaviest_node_first() -> None:
    assert communities(TWO) == [("b", "c", "a"), ("x", "y", "z")]
    assert communities(nx.Graph()) == []


def test_the_way_between_them_leads_over_the_bridge() -> None:
    graph = with_measures(TWO)
    between = dict(graph.nodes(data="betweenness"))
    assert {node for node, share in between.items() if share > 0.4} == {"c", "x"}
    assert dict(graph.nodes(data="strength"))["b"] == 18
    assert {graph.nodes[node]["community"] for node in "abc"} == {1}
    assert "distance" not in graph["a"]["b"]
    assert "strength" not in TWO.nodes["a"]  # what is given is not changed


def test_the_backbone_keeps_what_stands_out_and_its_passages() -> None:
    spokes = weighted(*((("hub", f"s{n}", 1.0)) for n in range(20)), ("hub", "friend", 60.0))
    kept = backbone(spokes)
    assert list(kept.edges) == [("friend", "hub")] or list(kept.edges) == [("hub", "friend")]
    tie = kept["hub"]["friend"]
    assert tie["passages"] == ("hubfriend",)
    assert tie["chance"] == round((1 - 60 / 80) ** 20, 6)


def test_a_node_with_one_tie_does_not_make_it_stand_out() -> None:
    assert not backbone(weighted(("a", "b", 5.0)))


def test_told_chances_are_kept_while_few_of_them_can_be_chance() -> None:
    graph = weighted(*((f"a{n}", f"b{n}", 1.0) for n in range(10)))
    for n, (one, other) in enumerate(graph.edges):
        graph[one][other]["chance"] = 0.001 if n < 2 else 0.02 + n / 100
    # Of ten tries at 0.05 the two sure ones are within their share, and none of the others, though
    # one has 0.04: of ten such ties that alone would be no news.
    assert len(backbone(graph).edges) == 2
    assert len(backbone(graph, significance=0.5).edges) == 10
