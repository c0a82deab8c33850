"""A page says where what it tells rests on one passage, and where full inspections are silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import html
from starlette.datastructures import QueryParams

from themegraph.graph.store import Store
from themegraph.model import Report
from themegraph.web.book import Book
from themegraph.web.desk import Answers

Small = Callable[..., Report]
Fill = Callable[..., Store]
FIRST = ("leeds", "2014-05-01", "sif", ["W"])
ONE = "; rests on 1 passage"


def told(store: Store, path: str, asked: str = "") -> html.HtmlElement:
    return html.fromstring(Book(Answers(store)).page(path, QueryParams(asked)))


def item_of(page: html.HtmlElement) -> str:
    """What is said of the one theme that keeps coming back."""
    (item,) = page.xpath(
        "//h2[text()='What keeps coming back']/following-sibling::*[self::ul or self::ol][1]/li"
    )
    return " ".join(item.text_content().split())


@pytest.mark.parametrize(
    ("findings", "asks", "said", "why"),
    [
        (["W"], [], ONE, "one finding"),
        (["M"], [], ONE, "one finding that does both"),
        ([], ["supervision"], ONE, "one recommendation and nothing else"),
        (["W", "W"], [], "", "two findings"),
        (["W"], ["supervision"], "", "a finding and a recommendation"),
        (["S", "S", "W"], [], "; fault found in 1 passage of 3", "one of three finds fault"),
        (["S", "W", "W"], [], "", "two of three find fault"),
    ],
)
def test_what_rests_on_one_passage_says_so(
    small_report: Small,
    small_store: Fill,
    findings: list[str],
    asks: list[str],
    said: str,
    why: str,
) -> None:
    store = small_store(
        small_report(*FIRST), small_report("leeds", "2018-05-01", "ilacs", findings, asks=asks)
    )
    page = told(store, "/authority/leeds")
    (cell,) = page.xpath("//td[@class='said']")
    brief = told(store, "/brief", "authority=leeds")
    theme = told(store, "/brief", "theme=supervision")
    (weak,) = theme.xpath("//h2[text()='Where it is weak']/following-sibling::ol[1]/li")
    for text in map(" ".join, (item_of(page).split(), cell.text_content().split(),
                               item_of(brief).split(), weak.text_content().split())):  # fmt: skip
        assert ("passage" in text) is bool(said), why
        assert said in text, why


@pytest.mark.parametrize(
    ("later", "said", "why"),
    [
        ([("2022-05-01", "ilacs", ["-"])], "not judged since, in 1 full inspection (2022)", "one"),
        (
            [("2022-05-01", "ilacs", ["-"]), ("2026-05-01", "ilacs", ["-"])],
            "not judged since, in 2 full inspections (2022, 2026)",
            "two",
        ),
        (
            [("2022-05-01", "ilacs", ["-o"])],
            "in 1 full inspection (2022)",
            "described is not judged",
        ),
        ([("2022-05-01", "focused-visit", ["-"])], "", "a visit need not have looked at it"),
        ([("2022-05-01", "ilacs", [])], "", "nothing was read of it"),
        ([], "", "none came later"),
    ],
)
def test_what_later_full_inspections_did_not_judge_says_so(
    small_report: Small,
    small_store: Fill,
    later: list[tuple[str, str, list[str]]],
    said: str,
    why: str,
) -> None:
    store = small_store(
        small_report(*FIRST),
        small_report("leeds", "2021-05-01", "focused-visit", ["W"]),
        *(small_report("leeds", *visit) for visit in later),
    )
    page = told(store, "/authority/leeds")
    assert "1 theme that was weak or mixed when last judged was found so more than once" in (
        page.text_content()
    )
    (cell,) = page.xpath("//td[@class='said']")
    for text in (item_of(page), item_of(told(store, "/brief", "authority=leeds"))):
        assert "last in 2021" in text
        assert said in text, why
        assert ("not judged since" in text) is bool(said), why
    assert said in cell.text_content(), why


@pytest.mark.parametrize(
    ("findings", "asks", "mark", "why"),
    [
        (["W"], [], "▲weakness", "a finding that finds fault"),
        (["M"], [], "◐mixed", "one that does both, whatever the inspection says in all"),
        ([], ["supervision"], "◆recommended", "a recommendation is no finding"),
    ],
)
def test_a_passage_has_its_own_mark_wherever_it_is_quoted(
    small_report: Small,
    small_store: Fill,
    findings: list[str],
    asks: list[str],
    mark: str,
    why: str,
) -> None:
    report = small_report("leeds", "2014-05-01", "sif", findings, asks=asks)
    weak = small_store(report)
    turned = small_store(report, small_report("leeds", "2018-05-01", "ilacs", ["S"]))
    quoted = [
        told(turned, "/theme/supervision").xpath(
            "//h2[text()='Who turned it round']/following-sibling::section[1]/blockquote"
        )[0],
        told(weak, "/theme/supervision").xpath("//section[@class='turn']/blockquote")[-1],
        told(weak, "/brief", "theme=supervision").xpath(
            "//ol[@class='notes']/li/span[@class='where']"
        )[0],
        told(weak, "/theme/supervision", "authority=leeds").xpath("//section[@class='turn']/p")[0],
    ]
    for quotation in quoted:
        assert quotation.text_content().strip().startswith(mark), why


def test_a_recommendation_is_marked_so_where_it_stands(
    small_report: Small, small_store: Fill
) -> None:
    store = small_store(small_report("leeds", "2014-05-01", "sif", ["W"], asks=["supervision"]))
    page = told(store, "/report/leeds-2014-05-01-sif")
    assert [tag.text_content().split()[0] for tag in page.xpath("//ul[@class='tags']/li")] == [
        "▲", "◆"
    ]  # fmt: skip
    (link,) = page.xpath("//article[p/a[starts-with(., 'Recommendation')]]/p/a/@href")
    (stance,) = told(store, link).xpath("//table[@class='why']//td[1]")
    assert stance.text_content() == "◆recommended"


def test_an_authority_without_a_report_has_its_name_and_no_empty_part(
    small_report: Small, small_store: Fill
) -> None:
    page = told(small_store(small_report(*FIRST)), "/authority/coventry")
    assert page.findtext(".//h1") == "Coventry"
    assert "No report on it is in the store" in page.text_content()
    assert "What was asked" not in page.text_content()
    assert page.xpath("//form[@aria-label='Which themes and inspections']") == []
