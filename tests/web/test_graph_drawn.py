"""What of a graph is drawn: every number of a drawing is that of its passages, folded or not."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from themegraph import ids
from themegraph.networks.mentions import Mentions, Only, Passage, Visit
from themegraph.networks.read import Source
from themegraph.ontology import vocab
from themegraph.web.app import build_app
from themegraph.web.pages import graph_drawn
from themegraph.web.pages.graph_drawn import Asked, Drawn, all_ties, as_csv, draw
from themegraph.web.pages.graph_words import caption, extent

OF = {theme.id: theme.broader for theme in vocab.themes()}
WORKFORCE, PARTNERSHIP = (
    [theme for theme, broader in OF.items() if broader == group]
    for group in ("workforce", "partnership")
)
#: Bodies with their regions, and what is weak in each: a passage for each tuple of themes.
WEAK = {
    ("north", "Upper"): [WORKFORCE[:3], WORKFORCE[:2], WORKFORCE[3:], PARTNERSHIP[:2]],
    ("south", "Upper"): [WORKFORCE[1:3], PARTNERSHIP[:1], [*WORKFORCE[:1], *PARTNERSHIP]],
    ("east", "Lower"): [WORKFORCE[:1], WORKFORCE[:1], WORKFORCE[1:2]],
    ("west", ""): [PARTNERSHIP, WORKFORCE[2:]],
}


def theme(name: str) -> str:
    return ids.concept("theme", name)


def body(name: str) -> str:
    return ids.resource("authority", name)


@pytest.fixture(scope="module")
def source() -> Source:
    visits = {}
    for (name, region), said in WEAK.items():
        visit = Visit(f"i:{name}", body(name), "ilacs", "2020-01-01", region, "ilacs-2018")
        visits[visit] = tuple(
            Passage(
                f"{ids.ID}finding/{name}-2020-01-01-ilacs/{n}",
                tuple((theme(t), "weakness") for t in themes),
                frozenset(),
            )
            for n, themes in enumerate(said)
        )
    labels = {theme(t.id): t.label for t in vocab.themes()}
    labels |= {body(name): name.title() for name, _ in WEAK}
    groups = {theme(t): labels[theme(broader)] for t, broader in OF.items() if broader}
    return Source(Mentions(visits), labels, groups)


def asked(**about: str) -> Asked:
    depth = int(about.pop("depth", "1"))
    told = {"show": "authorities", "theme": "", "authority": "", "stance": "any"} | about
    return Asked(**told, depth=depth, only=Only())


ASKED = (
    {"authority": "north"},
    {"authority": "north", "depth": "2"},
    {"theme": WORKFORCE[0]},
    {"theme": WORKFORCE[0], "depth": "2"},
    {"theme": PARTNERSHIP[0], "depth": "2"},
    {},
    {"show": "themes"},
    {"show": "themes", "theme": WORKFORCE[0]},
    {"show": "themes", "theme": WORKFORCE[0], "depth": "2", "authority": "north"},
)


def of_csv(drawn: Drawn) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(drawn))))


@pytest.mark.parametrize(("about", "most"), list(product(ASKED, (150, 6, 4, 3))))
def test_every_number_of_a_drawing_is_that_of_its_passages(
    source: Source, about: dict[str, str], most: int
) -> None:
    drawn = draw(source, asked(**about), most)
    assert 0 < len(drawn.graph) <= most
    strength: Counter[str] = Counter()
    for one, other, tie in drawn.graph.edges(data=True):
        assert drawn.passages(one, other) == set(tie["passages"])
        assert tie["weight"] == len(set(tie["passages"])) == len(tie["passages"])
        strength.update({one: tie["weight"], other: tie["weight"]})
    assert dict(drawn.graph.nodes(data="strength")) == strength


@pytest.mark.parametrize(("about", "most"), list(product(ASKED, (150, 6, 4, 3))))
def test_csv_has_every_tie_and_says_as_what_it_is_drawn(
    source: Source, about: dict[str, str], most: int
) -> None:
    drawn = draw(source, asked(**about), most)
    rows = of_csv(drawn)
    assert len(rows) == drawn.whole.number_of_edges()
    told: dict[frozenset[str], set[str]] = {}
    for row in rows:
        ends = frozenset((row["source_drawn_as"], row["target_drawn_as"]))
        assert (row["drawn"] == "yes") == (ends != {""})
        if row["drawn"] == "yes":
            told.setdefault(ends, set()).update(row["passages"].split())
    assert told == {frozenset(tie[:2]): set(tie[2]) for tie in drawn.graph.edges(data="passages")}


def test_a_passage_on_several_themes_of_a_group_counts_once(source: Source) -> None:
    drawn = draw(source, asked(authority="north"), 3)
    tie = drawn.graph.edges[body("north"), theme("workforce")]
    # Three passages speak of the workforce, with 3, 2 and 1 of its themes.
    assert tie["weight"] == 3
    assert drawn.graph.nodes[theme("workforce")]["strength"] == 3
    assert len(drawn.graph.nodes[theme("workforce")]["folds"]) == len(WORKFORCE)
    assert drawn.graph.nodes[body("north")]["strength"] == 4


def test_the_theme_in_the_middle_is_not_counted_with_its_group(source: Source) -> None:
    first = theme(WORKFORCE[0])
    drawn = draw(source, asked(theme=WORKFORCE[0], depth="2"), 6)
    assert set(drawn.graph) >= {first, theme("workforce")}
    # In the east one passage speaks of another theme of the workforce, two of the one in the middle.
    assert drawn.graph.edges[body("east"), first]["weight"] == 2
    assert drawn.graph.edges[body("east"), theme("workforce")]["weight"] == 1
    assert drawn.passages(body("east"), theme("workforce")) == {
        f"{ids.ID}finding/east-2020-01-01-ilacs/2"
    }


def test_the_authority_in_the_middle_is_not_counted_with_its_region(source: Source) -> None:
    drawn = draw(source, asked(authority="east", depth="2"), 3)
    assert body("east") in drawn.graph
    # North and south are of one region, and east is alone in its own.
    assert drawn.graph.nodes["region:Upper"]["folds"] == ("North", "South")
    assert "region:Lower" not in drawn.graph


def test_the_caption_says_how_much_there_is_and_how_much_is_drawn(source: Source) -> None:
    whole = asked(authority="north")
    every = len({t for themes in WEAK["north", "Upper"] for t in themes})
    assert extent(draw(source, whole)) == f"All {every + 1} nodes and {every} ties are drawn."
    folded = draw(source, whole, 3)
    assert extent(folded) == (
        f"All {every + 1} nodes and {every} ties are drawn. {every} of the nodes are folded into "
        "what they are part of, which makes 3 marks and 2 lines."
    )
    # The words count themes, not the groups these are drawn in.
    assert f"weak or mixed in {every} themes" in caption(folded, whole)
    cut = draw(source, whole, 2)
    assert len(cut.graph) == 2
    assert extent(cut).startswith(
        f"Drawn are {len(cut.shown)} of {every + 1} nodes and {len(cut.shown) - 1} of {every} ties: "
    )


def test_where_no_tie_stands_out_the_caption_tells_what_is_left_out(source: Source) -> None:
    drawn = draw(source, asked(), 4)
    assert not drawn.stands_out
    ties = all_ties(source, asked())
    assert extent(drawn) == (
        f"Drawn are {len(drawn.shown)} of {len(ties)} nodes and "
        f"{drawn.shown.number_of_edges()} of {ties.number_of_edges()} ties: those with the "
        "heaviest ties."
    )
    assert "None stands out from chance" in caption(drawn, asked())


@pytest.fixture(scope="module")
def few(examples_place: str) -> Iterator[TestClient]:
    """Pages whose drawings have 14 nodes at most."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(graph_drawn, "draw", functools.partial(draw, most=14))
        app = build_app(Path(examples_place), base_url="http://testserver", query_timeout=20)
        with TestClient(app) as client:
            yield client


def listed(pages: TestClient, address: str) -> list[str]:
    """The passages on all pages of a tie."""
    found: list[str] = []
    for page in range(1, 100):
        tree = html.fromstring(pages.get(f"{address}&page={page}").text)
        found += tree.xpath("//article//p[@class='where']/a/@href")
        total = int(
            re.match(r"[\d,]+", tree.find_class("lead")[0].text_content())[0].replace(",", "")
        )
        if len(found) >= total:
            assert len(found) == total == len(set(found))
            return found
    raise AssertionError(address)


@pytest.mark.parametrize(
    "about",
    [
        "authority=westmarch",
        "theme=ehc-plans&show=authorities&depth=2",
        "theme=management-oversight&show=authorities&depth=2",
    ],
)
def test_the_page_of_a_folded_tie_lists_what_its_number_claims(few: TestClient, about: str) -> None:
    tree = html.fromstring(few.get(f"/graph?{about}").text)
    rows = list(csv.DictReader(io.StringIO(few.get(f"/graph.csv?{about}").text)))
    links = tree.xpath("//table[@class='lines']/tbody/tr//a")
    assert "folded into what they are part of" in tree.find_class("note")[0].text_content()
    folded = 0
    for link in links:
        address = link.get("href")
        ends = dict(re.findall(r"(one|other)=(\w+%2F[\w-]+)", address))
        short = {end.replace("%2F", "/") for end in ends.values()}
        told = listed(few, address)
        assert len(told) == int(link.text_content())
        of_rows = {
            passage.removeprefix(ids.ID)
            for row in rows
            if {at(row["source_drawn_as"]), at(row["target_drawn_as"])} == short
            for passage in row["passages"].split()
        }
        assert {passage.removeprefix("/") for passage in told} == of_rows
        page = few.get(address).text
        folded += "stands here for" in page
        assert (
            few.get(html.fromstring(page).xpath("//p[@class='lead']/a/@href")[0]).status_code == 200
        )
    assert folded > 2


def at(node: str) -> str:
    """A node as an address names it."""
    return node.removeprefix(ids.ID).removeprefix(ids.VOCAB)


def test_what_is_folded_is_found_and_said(few: TestClient) -> None:
    page = few.get("/graph/interactive?authority=westmarch").text
    table = html.fromstring(page).xpath("//table[@class='marks']")[0].text_content()
    assert "Stands for " in table
    words = r'"words": "health and education \(\d folded\)[^"]*send identification'
    assert re.search(words, page)
