"""Where something stands, as people are told: no page 1 of what has no pages; the data has it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import Result

from themegraph import ids
from themegraph.graph.pages import Pages, read_pages
from themegraph.graph.store import Store
from themegraph.model import Report
from themegraph.queries import ask, find, questions

Run = Callable[..., Result]
#: Example reports: a web page and a text.
WEB, TEXT = "westmarch-2023-03-06-ilacs", "westmarch-2018-06-19-focused-visit"


KEYS = {"web": "web page", "text": "text file"}


@pytest.mark.parametrize(
    ("key", "where", "short"),
    [
        ("pdf", "page 1", "p. 1"),
        ("web", "web page", "web page"),
        ("text", "text file", "text file"),
    ],
)
def test_what_has_no_pages_is_told_by_what_it_is(key: str, where: str, short: str) -> None:
    found = Pages(KEYS)
    for thing in (
        key,
        ids.resource("finding", key, 7),
        ids.resource("evidence", key, 7, 1),
        ids.resource("inspection", key),
    ):
        assert (found.where(1, thing), found.short(1, thing)) == (where, short)


@pytest.mark.parametrize(
    ("media_type", "pages", "without", "why"),
    [
        ("application/pdf", 9, "", "a PDF has pages"),
        ("application/pdf", 1, "", "also where it has one"),
        ("text/html", 1, "web page", "a web page has none"),
        ("text/plain", 1, "text file", "nor has a text"),
        ("text/plain", 3, "", "unless it is divided by form feeds"),
    ],
)
def test_which_reports_have_pages_is_read_from_the_store(
    small_report: Callable[..., Report], media_type: str, pages: int, without: str, why: str
) -> None:
    report = small_report("leeds", "2018-05-01", "ilacs", ["W"])
    source = replace(report.source, media_type=media_type, pages=pages)
    with Store(":memory:", write=True) as store:
        store.write_vocabulary()
        store.replace_report(replace(report, source=source))
        assert read_pages(store).without("leeds-2018-05-01-ilacs") == without, why


def test_a_page_in_a_row_is_of_the_thing_it_goes_with() -> None:
    pages = Pages(KEYS)
    here, there = ids.resource("inspection", "web"), ids.resource("inspection", "pdf")
    body = ids.resource("authority", "web")
    columns = ("body", "weakness_page", "strength_page", "earlier", "later")
    assert pages.told(columns, [body, 1, 4, here, there]) == [body, "web page", 4, here, there]
    assert pages.told(columns, [body, 4, 1, there, here]) == [body, 4, "web page", there, here]
    assert pages.told(("page", "passage"), [None, here]) == [None, here]
    assert pages.told(("page", "body"), [1, body]) == [1, body]


def is_page(column: str) -> bool:
    return column == "page" or column.endswith("_page")


WITH_PAGES = sorted(q.name for q in questions().values() if any(is_page(c.name) for c in q.columns))


@pytest.mark.parametrize("name", WITH_PAGES)
def test_every_page_of_a_named_question_is_of_a_thing_in_its_row(
    name: str, examples: Store
) -> None:
    question = find(name)
    needed = {p.name: p.example for p in question.parameters if p.required}
    answer = ask(examples, name, **needed)
    everywhere = Pages(dict.fromkeys(examples.reports(), "web page"))
    assert answer.rows
    for row in answer.rows:
        told = dict(zip(answer.columns, everywhere.told(answer.columns, row), strict=True))
        of_pages = {told[column] for column in answer.columns if is_page(column)}
        assert of_pages <= {"web page", None}
        assert "web page" in of_pages or all(row[answer.columns.index(c)] is None
                                             for c in answer.columns if is_page(c))  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ("trace", "private-fostering", "--authority", "westmarch"),
        ("follow-up", "westmarch", "--passages"),
        ("search", "plans", "--top", "0"),
        ("emerging", "--least", "2", "--top", "0", "--examples", "3"),
    ],
)
def test_no_command_tells_a_page_of_a_web_page(
    run: Run, examples_place: str, arguments: tuple[str, ...]
) -> None:
    told = " ".join(run(*arguments, "--store", examples_place).stdout.split())
    assert not re.search(rf"p\. \d+, \S*({WEB}|{TEXT})", told)
    assert re.search(rf"web page, \S*{WEB}", told)
    assert re.search(r"p\. \d+, \S*westmarch-", told)


@pytest.mark.parametrize(("key", "page"), [(WEB, "web page"), (TEXT, "text file")])
def test_a_table_says_so_and_csv_and_json_have_the_number(
    run: Run, examples_place: str, key: str, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    asked = ("query", "passages-of-report", "-p", f"report={key}", "--store", examples_place)
    assert page in run(*asked).stdout
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv").stdout)))
    assert {row["page"] for row in rows} == {"1"}
    traced = run("trace", "supervision", "--store", examples_place, "--format", "csv").stdout
    pages = {r["page"] for r in csv.DictReader(io.StringIO(traced)) if key in r["passage"]}
    assert pages <= {"1"}


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/r.pdf", "https://example.org/r.pdf#page=3"),
        # What would run in the page that links to it is no address of a source.
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_only_addresses_of_the_web_are_linked(address: str, link: str) -> None:
    assert Pages({}, {"northmere-2021": address}).source(3, "northmere-2021") == link
