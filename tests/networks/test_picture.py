"""The picture: one file that needs no other host, settled, and the same for those who hear it."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from click.testing import Result
from lxml import html

from themegraph.networks import authority_network, with_measures
from themegraph.networks.layout import spread
from themegraph.networks.picture import ASPECTS, MOST_NODES, draw, heaviest

Run = Callable[..., Result]


def network(*labels: str) -> nx.Graph:
    """A ring of nodes with these labels."""
    graph = nx.Graph()
    for n, label in enumerate(labels):
        graph.add_node(f"x:{n}", label=label, community=1 + n % 8, strength=1.0 + n)
    for n in range(len(labels)):
        graph.add_edge(
            f"x:{n}", f"x:{(n + 1) % len(labels)}", weight=n + 1, passages=("x:a", "x:b")
        )
    return graph


def drawn(page: str) -> list[dict[str, object]]:
    """The nodes as the drawing script is given them."""
    return json.loads(html.fromstring(page).get_element_by_id("data-of-nodes").text)


def test_it_loads_nothing_from_elsewhere() -> None:
    tree = html.fromstring(draw(network("a", "b", "c"), "T", "W"))
    assert not tree.xpath("//link | //script[@src] | //img | //iframe")
    assert tree.xpath("//script[contains(., 'vis')]")


def test_hostile_names_stay_text() -> None:
    label = "</script><script>alert(1)</script>&amp;\u202e" + "x" * 300
    page = draw(network(label, "b", "c"), label, label)
    tree = html.fromstring(page)
    assert not tree.xpath("//script[starts-with(., 'alert')]")
    assert tree.xpath("//h1")[0].text_content() == label
    assert label in [cell.text_content() for cell in tree.xpath("//td")]
    assert label in [node["label"] for node in drawn(page)]


def test_the_table_says_what_the_picture_says() -> None:
    graph = network("a", "b", "c", "d")
    tree = html.fromstring(draw(graph, "T", "W"))
    lines, marks = (
        [tuple(cell.text_content() for cell in row) for row in tree.xpath(path)]
        for path in ("//table[@class='lines']/tbody/tr", "//table[@class='marks']/tbody/tr")
    )
    assert lines == [("a", "d", "2"), ("c", "d", "2"), ("b", "c", "2"), ("a", "b", "2")]
    assert marks[0] == ("d", "diamond: around d", "2")
    assert {name for name, *_ in marks} == set("abcd")


def test_the_legend_explains_every_mark() -> None:
    tree = html.fromstring(draw(network(*"abcdefghijkl"), "T", "W"))
    (legend,) = tree.find_class("legend")
    told = [
        (row.xpath("./svg/@aria-label")[0], row.text_content().strip())
        for row in legend.xpath("./li[svg]")
    ]
    # Of eight communities two have no shape of their own; each is called by its heaviest member.
    assert told[0] == ("circle", "around i")
    assert told[-1] == ("grey circle", "other groups")
    assert len(told) == len(set(told)) == 7
    assert "thickness of a line" in legend.text_content()
    marks = {row.text_content() for row in tree.xpath("//table[@class='marks']/tbody/tr/td[2]")}
    assert marks == {f"{shape}: {meaning}" for shape, meaning in told}


def test_the_thickness_of_a_line_is_what_the_legend_says() -> None:
    graph = authority_network(
        [("north", "x", "n1"), ("south", "x", "s1"), ("south", "y", "s2"), ("east", "z", "e1")]
    )
    graph = with_measures(graph)
    for node, facts in graph.nodes(data=True):
        facts["label"] = node.title()
    tree = html.fromstring(draw(graph, "T", "W"))
    assert "how alike what is weak in both is" in tree.find_class("legend")[0].text_content()
    (row,) = tree.xpath("//table[@class='lines']/tbody/tr")
    weight = graph["north"]["south"]["weight"]
    told = [cell.text_content() for cell in row]
    assert told == ["North", "South", f"{weight:.2f}", "2"]


def test_it_is_settled_and_the_same_every_time() -> None:
    page = draw(network("a", "b", "c"), "T", "W")
    assert page == draw(network("a", "b", "c"), "T", "W")
    assert '"physics": {"enabled": false}' in page.replace("\n", " ")
    assert all({"x", "y"} <= node.keys() for node in drawn(page))


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("count", [1, 2, 9, 75, 150])
def test_no_label_lies_on_another_and_all_fill_the_window(count: int, aspect: float) -> None:
    graph = network(*(f"n{n}" for n in range(count)))
    graph.add_edges_from((f"x:{n}", f"x:{n * n % count}") for n in range(count))
    boxes = {node: (40.0 + 23 * n % 100, 30.0 + 17 * (n % 4)) for n, node in enumerate(graph)}
    (places,) = spread(graph, boxes, [aspect])
    assert [places] == spread(graph, boxes, [aspect])
    for (one, (x, y)), (other, (u, v)) in combinations(places.items(), 2):
        wide, high = ((boxes[one][side] + boxes[other][side]) / 2 for side in (0, 1))
        assert abs(x - u) >= wide - 0.2 or abs(y - v) >= high - 0.2
    left, right, top, bottom = (
        extreme(places[node][axis] + sign * boxes[node][axis] / 2 for node in graph)
        for axis in (0, 1)
        for sign, extreme in ((-1, min), (1, max))
    )
    assert abs(left + right) < 5 * count
    if count > 2:
        assert (right - left) / (bottom - top) == pytest.approx(aspect, rel=0.35)
    if count > 8:
        # No part of the window is left blank: every ninth of it has a node.
        ninths = {
            (int(3 * (x - left) / (right - left)), int(3 * (y - top) / (bottom - top)))
            for x, y in places.values()
        }
        assert len(ninths) >= (9 if count > 9 else 5)


def test_the_nodes_with_the_heaviest_ties_are_drawn() -> None:
    graph = network(*(str(n) for n in range(MOST_NODES + 50)))
    shown = heaviest(graph)
    assert len(shown) == MOST_NODES
    assert f"x:{MOST_NODES + 48}" in shown
    assert "x:5" not in shown
    assert shown.nodes["x:150"]["strength"] == 150 + 151


def test_what_is_in_the_middle_is_drawn_however_light_its_ties_are() -> None:
    shown = heaviest(network(*(str(n) for n in range(50))), 10, focus="x:3")
    assert {"x:2", "x:3", "x:4"} < set(shown)
    assert len(shown) == 10


def test_the_command_writes_one_file(run: Run, examples_place: str, tmp_path: Path) -> None:
    file = tmp_path / "picture.html"
    told = run("view", "--all", "--store", examples_place, "-o", str(file))
    assert told.exit_code == 0, told.output
    assert "in a browser" in told.stderr
    assert list(tmp_path.iterdir()) == [file]
    assert html.fromstring(file.read_text("utf-8")).xpath("//table/tbody/tr")


def test_depth_reaches_what_is_tied_to_what_is_tied(run: Run, examples_place: str) -> None:
    ties = []
    for depth in ("1", "2"):
        asked = ("view", "--theme", "supervision", "--all", "--depth", depth, "-o", "-")
        page = run(*asked, "--store", examples_place).stdout
        ties.append(len(html.fromstring(page).xpath("//table[@class='lines']/tbody/tr")))
    assert 0 < ties[0] < ties[1]
