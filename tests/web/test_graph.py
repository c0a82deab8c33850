"""The theme graph as pages: every mark leads somewhere, every tie to its passages."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from itertools import pairwise

import networkx as nx
import pytest
from lxml import html
from starlette.testclient import TestClient

from themegraph.networks.build import folded, shared_network
from themegraph.networks.layout import columns, ring
from themegraph.networks.scene import stage
from themegraph.web.pages.graph import once_each

LINES = "//table[@class='lines']/tbody/tr"
GRAPHS = (
    "/graph",
    "/graph?show=themes",
    "/graph?theme=supervision",
    "/graph?theme=supervision&depth=2",
    "/graph?theme=supervision&authority=westmarch",
    "/graph?authority=westmarch&show=authorities",
    "/graph?show=themes&stance=weakness&since=2018&until=2023",
    "/graph?show=themes&framework=sif",
    "/graph?show=themes&service=fostering-service",
)


@pytest.mark.parametrize("address", GRAPHS)
def test_every_node_and_tie_is_a_link_and_the_table_says_the_same(
    pages: TestClient, address: str
) -> None:
    tree = html.fromstring(pages.get(address).text)
    (drawing,) = tree.find_class("graph")
    nodes = drawing.find_class("node")
    ties = [a for a in drawing.iter("a") if "node" not in (a.get("class") or "")]
    assert 1 < len(nodes) <= 150
    assert drawing.get("aria-label").endswith(f"{len(nodes)} nodes, {len(ties)} ties")
    rows = tree.xpath(LINES)
    assert {a.get("href") for a in ties} == {row.xpath(".//a/@href")[0] for row in rows}
    assert len(ties) == len(rows)
    marks = tree.xpath("//table[@class='marks']/tbody/tr")
    assert sorted(" ".join(node.find("text").itertext()).split() for node in nodes) == sorted(
        row.xpath("./th")[0].text_content().split() for row in marks
    )
    lines = sum(int(row.xpath("./td[last()]")[0].text_content()) for row in marks)
    assert lines == 2 * len(ties)
    for node in nodes[:5]:
        assert pages.get(node.get("href")).status_code == 200


@pytest.mark.parametrize("address", GRAPHS)
def test_a_tie_shows_the_passages_it_counts(pages: TestClient, address: str) -> None:
    tree = html.fromstring(pages.get(address).text)
    row = tree.xpath(LINES)[0]
    (link,) = row.xpath(".//a")
    page = html.fromstring(pages.get(link.get("href")).text)
    total = int(re.match(r"\d+", page.find_class("lead")[0].text_content())[0])
    assert total == int(link.text_content())
    assert len(page.find_class("passage")) == min(total, 25)


@pytest.mark.parametrize("show", ["themes", "authorities"])
def test_inspections_without_such_a_passage_were_read_too(pages: TestClient, show: str) -> None:
    page = pages.get(f"/graph?show={show}&service=virtual-school").text
    words = " ".join(html.fromstring(page).text_content().split())
    assert "11 inspections of 2 authorities" in words


def test_a_passage_is_listed_once_whatever_its_inspection_was_of() -> None:
    rows = [
        {"passage": "p", "name": "Brighton and Hove", "heading": "A"},
        {"passage": "p", "name": "Brighton and Hove", "heading": "B"},
        {"passage": "p", "name": "East Sussex", "heading": "A"},
        {"passage": "q", "name": "East Sussex", "heading": "A"},
    ]
    assert [(row["passage"], row["name"]) for row in once_each(rows)] == [
        ("p", "Brighton and Hove and East Sussex"),
        ("q", "East Sussex"),
    ]


@pytest.mark.parametrize(
    ("enough", "first", "why"),
    [
        (1, "theme=", "a theme has so many ties that stand out"),
        (1000, "show=authorities", "none has, and authorities have more ties than themes"),
    ],
)
def test_the_first_graph_has_something_to_say(
    pages: TestClient, monkeypatch: pytest.MonkeyPatch, enough: int, first: str, why: str
) -> None:
    monkeypatch.setattr("themegraph.web.pages.graph.ENOUGH", enough)
    tree = html.fromstring(pages.get("/graph").text)
    (chosen,) = tree.xpath("//a[starts-with(@href, '/graph.csv?')]/@href")
    assert chosen.startswith(f"/graph.csv?{first}"), why
    assert pages.get("/graph.csv").text == pages.get(chosen).text
    every = html.fromstring(pages.get("/graph?show=themes").text)
    lines = every.xpath("//table[@class='marks']/tbody/tr/td[last()]/text()")
    assert len(tree.find_class("tie")) >= max(map(int, lines))


def test_what_is_no_tie_is_said(pages: TestClient) -> None:
    (link, *_) = html.fromstring(pages.get("/graph").text).xpath("//tbody//a/@href")
    assert pages.get(f"{link}&page=99").text == pages.get(link).text
    assert pages.get("/graph/tie?one=theme/supervision&other=theme/nothing").status_code == 404
    assert pages.get("/graph/tie").status_code == 404


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ("since=2024&until=2014", "is after"),
        ("since=２０１８", "must be a year"),
        ("theme=nothing", "no theme"),
        ("authority=nowhere", "no authority"),
        ("region=Atlantis", "no region"),
        ("framework=x", "no framework"),
        ("show=everything", "no show"),
        ("since=soon", "must be a year"),
        ("until=20180101", "must be a year"),
    ],
)
def test_what_is_not_known_is_said(pages: TestClient, parameters: str, words: str) -> None:
    page = pages.get(f"/graph?{parameters}")
    assert page.status_code == 400
    assert words in page.text


@pytest.mark.parametrize("address", GRAPHS)
def test_all_ties_as_csv(pages: TestClient, address: str) -> None:
    told = pages.get(address.replace("/graph", "/graph.csv"))
    assert told.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(told.text)))
    tree = html.fromstring(pages.get(address).text)
    drawn = [row for row in rows if row["drawn"] == "yes"]
    lines = [tuple(cell.text_content() for cell in row) for row in tree.xpath(LINES)]
    assert sorted(lines) == sorted(
        (row["source_label"], row["target_label"], row["weight"]) for row in drawn
    )
    nodes = {row[end] for row in rows for end in ("source", "target")}
    assert all(len(row["passages"].split()) == int(row["weight"]) for row in rows)
    words = " ".join(tree.find_class("note")[0].text_content().split())
    ties = "tie" if len(rows) == 1 else "ties"
    if len(drawn) < len(rows):
        assert re.search(rf"Drawn are \d+ of {len(nodes)} nodes and ", words)
        assert f" and {len(drawn):,} of {len(rows):,} {ties}: those " in words
    else:
        assert f"All {len(nodes):,} nodes and {len(rows):,} {ties} are drawn." in words


def test_no_ties_are_a_csv_without_rows(pages: TestClient) -> None:
    (head,) = pages.get("/graph.csv?since=1900&until=1901").text.splitlines()
    assert head.startswith("source,target,source_label,target_label,weight,")


def test_the_interactive_picture_runs_its_own_scripts_alone(pages: TestClient) -> None:
    policies = set()
    for address in ("theme=supervision", "show=authorities", "since=1900&until=1901"):
        page = pages.get(f"/graph/interactive?{address}")
        policies.add(page.headers["content-security-policy"])
        scripts = html.fromstring(page.text).xpath("//script")
        running = [one.text or "" for one in scripts if one.get("type") != "application/json"]
        data = [one.text for one in scripts if one.get("type") == "application/json"]
        assert len(running) > 2
        for script in running:
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in page.headers["content-security-policy"]
        assert [type(json.loads(one)) for one in data] == [list, list]
    (policy,) = policies  # whatever a picture holds
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.partition("style-src")[0]


def test_the_interactive_picture_is_not_given_again(pages: TestClient) -> None:
    address = "/graph/interactive?theme=supervision"
    etag = pages.get(address).headers["etag"]
    again = pages.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    other = pages.get(f"{address}&depth=2", headers={"If-None-Match": etag})
    assert other.status_code == 200
    wrong = pages.get("/graph/interactive?theme=nothing", headers={"If-None-Match": "*"})
    assert wrong.status_code == 400


class TestFolding:
    """Too many nodes are folded into what they are part of, and their passages are kept."""

    def graph(self) -> nx.Graph:
        weak = [(f"a{n % 7}", f"t{n % 11}", f"p{n}") for n in range(77)]
        graph = shared_network(weak)
        for node, facts in graph.nodes(data=True):
            facts["label"] = node
        return graph

    def test_what_is_folded_is_told_and_no_passage_is_lost(self) -> None:
        graph = self.graph()
        groups = {f"t{n}": f"group{n % 2}" for n in range(11)}
        small = folded(graph, groups, {"group0": "Even", "group1": "Odd"})
        assert set(small) == {*(f"a{n}" for n in range(7)), "group0", "group1"}
        assert small.nodes["group1"]["label"] == "Odd"
        assert [len(small.nodes[f"group{n}"]["folds"]) for n in (0, 1)] == [6, 5]
        assert small.nodes["group1"]["folds"] == ("t1", "t3", "t5", "t7", "t9")
        for whole in (graph, small):
            assert {p for *_, of in whole.edges(data="passages") for p in of} == {
                f"p{n}" for n in range(77)
            }

    def test_ties_within_a_group_are_gone(self) -> None:
        graph = nx.Graph()
        graph.add_nodes_from((n, {"label": n}) for n in "abc")
        graph.add_edge("a", "b", passages=("p",))
        graph.add_edge("b", "c", passages=("q",))
        small = folded(graph, {"a": "x", "b": "x"}, {"x": "X"})
        assert list(small.edges(data="passages")) == [("x", "c", ("q",))]

    def test_ties_that_come_either_way_round_become_one(self) -> None:
        graph = nx.Graph()
        graph.add_nodes_from((n, {"label": n}) for n in ("x1", "y1", "y2", "x2"))
        graph.add_edge("x1", "y1", passages=("p", "q"))
        graph.add_edge("y2", "x2", passages=("q", "r"))
        groups = {node: node[0] for node in graph}
        small = folded(graph, groups, {"x": "X", "y": "Y"})
        assert small.edges["x", "y"] == {"weight": 3, "passages": ("p", "q", "r")}


class TestLayout:
    """Places are the same every time, and no label stands upon another."""

    @pytest.mark.parametrize("count", [1, 2, 7, 75])
    def test_labels_of_a_ring_stand_apart(self, count: int) -> None:
        places = ring([f"n{n}" for n in range(count)], "middle")
        assert places["middle"] == (0, 0)
        for side in (1, -1):
            heights = sorted(y for x, y in places.values() if x * side > 0)
            assert all(b - a >= 36 for a, b in pairwise(heights))

    def test_columns_have_one_height(self) -> None:
        places = columns(["a", "b"], [f"t{n}" for n in range(9)])
        assert {x < 0 for node, (x, _) in places.items() if node in "ab"} == {True}
        assert abs(places["a"][1] + places["b"][1]) < 1

    def test_hostile_names_stay_text_and_nothing_of_them_is_left_out(self) -> None:
        graph = nx.Graph()
        label = "</script>&amp;\u202e " + "x" * 300
        graph.add_node("a", label=label, community=1, strength=1.0)
        graph.add_node("b", label="b", community=9, strength=0.0)
        graph.add_edge("a", "b", weight=1, passages=("p",))
        scene = stage(graph, ring(["a", "b"]))
        assert "".join(scene.spots[0].lines).replace(" ", "") == label.replace(" ", "")


@pytest.mark.parametrize(
    ("asked", "said", "why"),
    [
        ("show=authorities&theme=supervision&authority=westmarch", "the theme that was chosen too",
         "an authority is in the middle, and a theme cannot be"),
        ("stance=strength", "whatever the stance", "authorities are tied by what is weak"),
        ("show=authorities&theme=supervision", "", "all that was chosen is shown"),
        ("show=themes&stance=strength", "", "themes have stances"),
    ],
)  # fmt: skip
def test_what_a_graph_leaves_out_of_the_choice_is_said(
    pages: TestClient, asked: str, said: str, why: str
) -> None:
    text = " ".join(html.fromstring(pages.get(f"/graph?{asked}").text).text_content().split())
    found = [words for words in ("the theme that was chosen too", "whatever the stance")
             if words in text]  # fmt: skip
    assert found == ([said] if said else []), why
