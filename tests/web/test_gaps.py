"""What reports leave out: days, a body that is known, grades of a scale of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import html
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from themegraph.graph.build import build_report
from themegraph.graph.store import Store
from themegraph.model import Report
from themegraph.web.book import Book
from themegraph.web.desk import Answers


def words(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


def undated(report: Report) -> Report:
    return replace(report, inspection_start=None, inspection_end=None, published=None,
                   published_source=None)  # fmt: skip


@pytest.mark.parametrize(
    ("page", "years", "expected", "why"),
    [
        ("/authority/leeds", ("2014", "2018"), "since 2014; last in 2018", "both have a day"),
        ("/brief", ("2014", "2018"), "since 2014; last in 2018", "both have a day"),
        ("/authority/leeds", ("2014", "2018", None), "last in 2018; 1 has no date", "one has none"),
        ("/brief", ("2014", "2018", None), "last in 2018; 1 has no date", "one has none"),
        ("/authority/leeds", (None, None), "could have said so; no date", "none has one"),
    ],
)
def test_a_day_that_is_not_known_is_said_to_be_none(
    small_report: Callable[..., Report],
    small_store: Callable[..., Store],
    page: str,
    years: tuple[str | None, ...],
    expected: str,
    why: str,
) -> None:
    reports = []
    for n, year in enumerate(years):
        report = small_report("leeds", f"{year or 2000 + n}-05-01", "ilacs", ["W"])
        reports.append(report if year else undated(report))
    with small_store(*reports) as store:
        asked = QueryParams("authority=leeds" if page == "/brief" else "")
        text = Book(Answers(store)).page(page, asked)
    assert expected in words(text), why
    assert "since ;" not in text
    assert "None" not in words(text)


def test_a_report_on_no_known_body_has_its_pages(
    reports: tuple[Report, ...], small_store: Callable[..., Store]
) -> None:
    whole = next(report for report in reports if report.judgements and report.findings)
    report = replace(whole, authority=None)
    key = build_report(report).key
    with small_store(report) as store:
        book = Book(Answers(store))
        home = html.fromstring(book.page("/", QueryParams()))
        links = [link for link in home.xpath("//main//a/@href") if link.startswith("/report/")]
        assert links == [f"/report/{key}"]
        for link in (*links, f"/inspection/{key}", f"/judgement/{key}/overall"):
            assert whole.judgements[0].quote.split()[0] in words(book.page(link, QueryParams()))
        tree = html.fromstring(book.page(links[0], QueryParams()))
        passages = tree.xpath("//article//p[@class='where']/a[1]/@href")
        assert passages
        for link in passages:
            page = html.fromstring(book.page(link, QueryParams()))
            assert not page.xpath("//a[@href='None' or @href='']")
            assert "None" not in page.text_content()


@pytest.mark.parametrize("address", ["/authority/westmarch", "/brief?authority=westmarch"])
def test_the_outcome_of_a_local_area_send_inspection_is_told(
    pages: TestClient, address: str
) -> None:
    tree = html.fromstring(pages.get(address).text)
    (link,) = tree.xpath("//main//a[contains(@href, '/area-send-outcome')]")
    assert link.text_content()
    assert "local area partnership" in words(pages.get(address).text)
