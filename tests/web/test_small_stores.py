"""Pages on little: nothing loaded, no dates, the same words of two bodies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from lxml import html
from starlette.datastructures import QueryParams

from themegraph.graph.store import Store
from themegraph.model import Report
from themegraph.web.book import Book
from themegraph.web.desk import Answers
from themegraph.web.pages import brief

Small = Callable[..., Report]
Fill = Callable[..., Store]


def told(store: Store, path: str, asked: str = "") -> html.HtmlElement:
    return html.fromstring(Book(Answers(store)).page(path, QueryParams(asked)))


@pytest.mark.parametrize("path", ["/", "/themes", "/authorities", "/services", "/about"])
def test_an_empty_store_is_told(small_store: Fill, path: str) -> None:
    words = told(small_store(), path).xpath("string(//*[@class='problem'])")
    assert words == "The store is empty. Load reports first: themegraph load FOLDER"


def test_where_there_are_reports_no_store_is_told_to_be_empty(
    small_report: Small, small_store: Fill
) -> None:
    store = small_store(small_report("leeds", "2018-05-01", "ilacs", ["W"]))
    assert not told(store, "/themes").xpath("//*[@class='problem']")


def test_the_years_of_the_first_page_are_also_those_of_publishing(
    small_report: Small, small_store: Fill
) -> None:
    dated = small_report("leeds", "2018-05-01", "ilacs", ["W"])
    other = small_report("leeds", "", "other", ["W"])
    published = replace(other, published=dated.inspection_start.replace(year=2009))  # type: ignore[union-attr]
    lead = told(small_store(dated, published), "/").xpath("string(//p[@class='lead'])")
    assert "2009 to 2018" in lead


def test_what_has_no_date_is_not_the_latest(small_report: Small, small_store: Fill) -> None:
    asked = ["supervision"]
    page = told(
        small_store(
            small_report("leeds", "2018-05-01", "ilacs", ["W"], asks=asked),
            small_report("leeds", "", "focused-visit", ["W"], asks=asked),
        ),
        "/authority/leeds",
    )
    days = page.xpath("//h2[starts-with(text(), 'What was asked')]/following-sibling::h3")
    assert [day.text_content() for day in days] == ["May 2018", "no date"]


def quoted(**told: Any) -> dict[str, Any]:
    row = {"words": "It is weak.", "inspection": "one", "page": 1, "says": "weakness",
           "other_side": None, "other_page": None}  # fmt: skip
    return {"row": row | told}


@pytest.mark.parametrize(
    ("other", "notes", "why"),
    [
        ({}, [1, 1], "one quotation of one place"),
        ({"inspection": "two"}, [1, 2], "another body said the same"),
        ({"page": 2}, [1, 2], "it is said twice"),
        ({"says": "mixed"}, [1, 2], "its finding says another thing of another theme"),
        ({"other_side": "Most is well."}, [1, 2], "the other side is of one theme alone"),
    ],
)
def test_a_quotation_has_one_number(other: dict[str, Any], notes: list[int], why: str) -> None:
    items = [quoted(), quoted(**other)]
    told = brief._number(items)
    assert [item["note"] for item in items] == notes, why
    assert len(told) == max(notes)


def test_a_brief_warns_of_outcomes_however_few(small_report: Small, small_store: Fill) -> None:
    store = small_store(
        small_report("leeds", "2018-05-01", "ilacs", ["W"], asks=["supervision"]),
    )
    assert (
        "before you rely on an outcome" in told(store, "/brief", "authority=leeds").text_content()
    )
