"""The picture: one file that needs no other host, settled, and the same for those who hear it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import networkx as nx
from click.testing import Result
from lxml import html

from themegraph.networks.picture import MOST_NODES, draw, heaviest

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
    return json.loads(re.search(r"nodes = new vis.DataSet\((\[.*?\])\);", page)[1])


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
    rows = html.fromstring(draw(graph, "T", "W")).xpath("//tbody/tr")
    told = [tuple(cell.text_content() for cell in row) for row in rows]
    assert told[0] == ("a", "d", "2")
    assert len(told) == graph.number_of_edges()


def test_it_is_settled_and_the_same_every_time() -> None:
    page = draw(network("a", "b", "c"), "T", "W")
    assert page == draw(network("a", "b", "c"), "T", "W")
    assert '"physics": {"enabled": false}' in page.replace("\n", " ")
    assert all({"x", "y"} <= node.keys() for node in drawn(page))


def test_no_label_lies_on_another() -> None:
    nodes = drawn(draw(network(*(f"a name of some length {n}" for n in range(40))), "T", "W"))
    for n, one in enumerate(nodes):
        for other in nodes[n + 1 :]:
            far = abs(one["x"] - other["x"]) > 7 * len(str(one["label"]))
            assert far or abs(one["y"] - other["y"]) > 40


def test_the_nodes_with_the_heaviest_ties_are_drawn() -> None:
    graph = network(*(str(n) for n in range(MOST_NODES + 50)))
    shown = heaviest(graph)
    assert len(shown) == MOST_NODES
    assert f"x:{MOST_NODES + 48}" in shown
    assert "x:5" not in shown


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
        ties.append(len(html.fromstring(page).xpath("//tbody/tr")))
    assert 0 < ties[0] < ties[1]
