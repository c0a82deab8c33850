"""The page of a theme: what it means and stands beside, how it is put, and what goes with it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from themegraph.graph.store import Store
from themegraph.ids import concept, last_part
from themegraph.ontology import vocab
from themegraph.queries import ask
from themegraph.web.pages import theme as theme_page
from themegraph.web.pages.wording import typical


def words(tree: html.HtmlElement) -> str:
    return " ".join(tree.text_content().split())


def test_a_theme_is_defined_and_stands_in_its_place_at_the_top(pages: TestClient) -> None:
    tree = html.fromstring(pages.get("/theme/assessment-quality").text)
    (lead,) = tree.xpath("//p[@class='lead'][1][not(ancestor::figcaption)]")
    assert words(lead).startswith("Depth, analysis, currency")
    (scheme,) = tree.find_class("scheme")
    links = {words(row.find("dt")): row.xpath("./dd/a/@href") for row in scheme.xpath("./div")}
    assert links["Part of"] == ["/themes#assessment-and-planning"]
    beside = {theme.id for theme in vocab.themes() if theme.broader == "assessment-and-planning"}
    assert {last_part(link) for link in links["Beside"]} == beside - {"assessment-quality"}
    (tree,) = html.fromstring(pages.get("/theme/health-needs-and-histories").text).find_class(
        "scheme"
    )
    assert "Told apart from" not in words(tree)


def test_no_definition_instructs_who_tags() -> None:
    names = {told.id for told in (*vocab.themes(), *vocab.services()) if "-" in told.id}
    for told in (*vocab.themes(), *vocab.services()):
        pointed = set(re.findall("[a-z]+(?:-[a-z]+)+", told.definition)) & names
        assert not re.search(r"(\(|use )", told.definition) or not pointed, told.id
        assert "tag a" not in told.definition, told.id
        assert re.fullmatch("[^a-z;][^;]{20,}[.]", told.definition), told.id


def test_what_is_spoken_of_with_a_theme_is_what_the_question_says(
    pages: TestClient, examples: Store
) -> None:
    name = "management-oversight"
    tree = html.fromstring(pages.get(f"/theme/{name}").text)
    (table,) = tree.xpath("//h2[@id='with']/following-sibling::div[1]/table")
    rows = list(ask(examples, "co-occurring-themes", theme=name))
    assert rows
    shown = {
        last_part(row.xpath("./th/a/@href")[0]): [words(cell) for cell in row.xpath("./td")]
        for row in table.xpath("./tbody/tr")
    }
    asked = {
        last_part(row["other"]): [str(row["together"]), f"{row['lift']:.1f}"]
        for row in rows
        if row["theme"] == concept("theme", name)
    }
    assert len(shown) == min(len(asked), theme_page.FEW_WITH)
    assert shown.items() <= asked.items()
    assert f"{len(shown)} of {len(asked)}" in words(table.find("caption"))


def test_wording_is_verbatim_and_leads_to_its_finding(pages: TestClient, examples: Store) -> None:
    tree = html.fromstring(pages.get("/theme/management-oversight").text)
    said = {
        " ".join(row["sentence"].split()): row["finding"]
        for row in ask(examples, "theme-word-for-word", theme="management-oversight")
    }
    sections = tree.xpath(
        "//h2[@id='wording']/following-sibling::section[preceding-sibling::h2[1]/@id='wording']"
    )
    assert sections
    for section in sections:
        finding = said[" ".join(" ".join(section.find("blockquote").xpath("text()")).split())]
        assert finding.endswith(section.xpath("./p/a/@href")[1].partition("/finding/")[2])


def row(sentence: str, body: str, stance: str = "weakness", says: str = "") -> dict[str, Any]:
    return {"sentence": sentence, "authority": body, "stance": stance, "finding": sentence,
            "sentence_says": says or stance, "date": dt.date(2020, 1, 1)}  # fmt: skip


LATE = "Assessments are completed late and without analysis."
ODD = "Assessments mention grandparents, neighbours and household animals."
SLOW = "Assessments are often completed late, without enough analysis."


@pytest.mark.parametrize(
    ("rows", "expected", "why"),
    [
        ([], [], "there is none"),
        ([row(ODD, "a"), row(LATE, "b"), row(SLOW, "c")], [LATE, SLOW, ODD], "shared words first"),
        ([row(LATE, "a"), row(SLOW, "a"), row(ODD, "b")], [LATE, ODD], "one from each body"),
        ([row(LATE, "a"), row(LATE, "b")], [LATE], "none twice"),
        ([row(LATE, "a", says="strength")], [], "the sentence itself says another thing"),
        ([row("Assessments vary.", "a")], [], "too short to say how"),
        ([row(LATE + " And" * 80, "a")], [], "too long to read at a glance"),
    ],
)
def test_typical_are_sentences_that_share_their_words(
    rows: list[dict[str, Any]], expected: list[str], why: str
) -> None:
    assert [told["sentence"] for told in typical(rows)["weakness"]] == expected, why


def test_lists_that_are_cut_say_of_how_many(
    pages: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/theme/management-oversight"
    assert "are shown, the latest first" not in pages.get(address).text
    monkeypatch.setattr(theme_page, "MOST", 0)
    text = words(html.fromstring(pages.get(address).text))
    assert re.search("0 of [1-9] are shown, the latest first; the question .* gives all", text)
    whole = words(html.fromstring(pages.get("/brief?authority=eastmere").text))
    assert "3 of " in whole
    assert "those that most findings praise" in whole


def test_an_authority_has_its_name_as_it_is_written(pages: TestClient, examples: Store) -> None:
    body = "a-place-of-its-own"
    assert pages.get(f"/theme/supervision?authority={body}").status_code == 404
    tree = html.fromstring(pages.get("/theme/supervision?authority=westmarch").text)
    names = {row["name"] for row in ask(examples, "reports-list")}
    (link,) = tree.xpath("//h2/a")
    assert link.text in names
