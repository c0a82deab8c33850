"""A theme through time: shares with what they are of, in the drawing and in the table alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from themegraph.graph.store import Store
from themegraph.queries import ask
from themegraph.web.pages.through_time import Tally, ThroughTime, through_time
from themegraph.web.pages.time_chart import BAR, LEFT, WHOLE, YEAR, draw

Row = dict[str, Any]


def inspection(key: str, day: str, kind: str, framework: str, findings: int = 9) -> Row:
    return {
        "report": f"r/{key}",
        "body": "b/x",
        "kind": f"k/{kind}",
        "framework": f"f/{framework}",
        "start": dt.date.fromisoformat(day) if day else None,
        "published": None,
        "findings": findings,
    }


def said(key: str, strengths: int = 0, weaknesses: int = 0, mixed: int = 0) -> Row:
    return {
        "inspection": f"i/{key}",
        "strengths": strengths,
        "weaknesses": weaknesses,
        "mixed": mixed,
    }


REPORTS = [
    *(inspection(f"s{n}", f"2016-0{n}-01", "sif", "sif") for n in range(1, 7)),
    inspection("v", "2018-05-01", "focused-visit", "focused-visit"),
    inspection("i", "2019-05-01", "ilacs", "ilacs-2018"),
    inspection("empty", "2017-05-01", "sif", "sif", 0),
    inspection("undated", "", "sif", "sif"),
    {**inspection("nobody's", "2021-05-01", "other", "other"), "body": None},
]
SAID = [
    said("s1", weaknesses=2),
    said("s2", mixed=1),
    said("s3", strengths=1, weaknesses=1),
    said("v", strengths=1),
    said("i"),
    said("undated", weaknesses=1),
]


@pytest.fixture
def found() -> ThroughTime:
    told = through_time(SAID, REPORTS)
    assert told is not None
    return told


def test_every_inspection_with_findings_and_a_date_counts_once(found: ThroughTime) -> None:
    assert found.years == (2016, 2017, 2018, 2019)
    assert found.tallies == {
        "whole": {2016: Tally(6, 1, 3), 2017: Tally(), 2018: Tally(), 2019: Tally(1, 0, 0)},
        "part": {2016: Tally(), 2017: Tally(), 2018: Tally(1, 1, 0), 2019: Tally()},
    }
    assert found.caption == (
        "Fault was found in 3 of 6 inspections of the whole service under SIF and 0 of 1 under "
        "ILACS; praise in 1 of 6 and 0 of 1."
    )


def test_where_the_whole_was_never_looked_at_a_part_is_told_of() -> None:
    reports = [inspection("v", "2018-05-01", "other", "other")]
    told = through_time([said("v", weaknesses=1)], reports)
    assert told is not None
    assert told.caption == (
        "Fault was found in 1 of 1 visits and inspections of a part of the service under other "
        "rules; praise in 0 of 1."
    )
    assert list(told.tallies) == ["part"]


def test_what_is_never_judged_has_no_drawing() -> None:
    assert through_time([said("s1")], REPORTS) is None
    assert through_time([], REPORTS) is None
    assert through_time([said("undated", weaknesses=1)], REPORTS) is None


@pytest.mark.parametrize(
    ("first", "last", "changes"),
    [
        ("2016-01-01", "2019-12-01", [(2018, 1, "SIF → ILACS")]),
        ("2018-03-01", "2019-12-01", []),
        ("2013-01-01", "2026-01-01",
         [(2013, 11, "earlier → SIF"), (2018, 1, "SIF → ILACS"), (2026, 4, "ILACS → ILACS 2026")]),
    ],
)  # fmt: skip
def test_a_change_of_framework_is_marked_between_years_that_are_shown(
    first: str, last: str, changes: list[tuple[int, int, str]]
) -> None:
    reports = [inspection("a", first, "sif", "sif"), inspection("b", last, "other", "other")]
    told = through_time([said("a", strengths=1)], reports)
    assert told is not None
    assert [(c.year, c.month, c.words) for c in told.changes] == changes
    lines = {(mark.words_y, mark.words) for mark in draw(told).marks}
    assert len(lines) == len(changes)


@pytest.mark.parametrize(
    ("of", "number", "share", "with_share"),
    [
        (4, 2, "2 of 4", "2"),
        (5, 1, "20%", "1 (20%)"),
        (8, 1, "13%", "1 (13%)"),
        (9, 0, "0%", "0 (0%)"),
        (7, 7, "100%", "7 (100%)"),
    ],
)
def test_few_are_told_as_they_are_and_not_in_per_cent(
    of: int, number: int, share: str, with_share: str
) -> None:
    tally = Tally(of)
    assert (tally.share(number), tally.with_share(number)) == (share, with_share)


def test_bars_are_as_high_as_shares_and_gaps_where_nothing_was_inspected(
    found: ThroughTime,
) -> None:
    chart = draw(found)
    whole, part = chart.panels
    praised, faulted = whole.columns[0].bars
    assert (praised.height, faulted.height) == (WHOLE / 6, WHOLE / 2)
    assert praised.y + praised.height == faulted.y == whole.zero
    assert [column.bars == () for column in whole.columns] == [False, True, True, False]
    assert [bar.is_few for column in whole.columns for bar in column.bars] == [
        False, False, True, True,
    ]  # fmt: skip
    assert whole.end < part.top
    assert part.end < chart.height
    (mark,) = chart.marks
    assert mark.x == LEFT + 2 * YEAR
    assert whole.columns[1].middle + BAR / 2 < mark.x < whole.columns[2].middle - BAR / 2


def test_names_of_changes_never_stand_upon_each_other() -> None:
    reports = [
        inspection("a", "2017-01-01", "sif", "sif"),
        inspection("b", "2018-02-01", "ilacs", "ilacs-2018"),
    ]
    told = through_time([said("a", strengths=1)], reports)
    assert told is not None
    changes = tuple(told.changes[0] for _ in range(3))
    near = ThroughTime(told.years, told.tallies, changes, told.caption)
    assert len({mark.words_y for mark in draw(near).marks}) == 3


def test_the_page_draws_what_its_table_and_the_questions_say(
    pages: TestClient, examples: Store
) -> None:
    tree = html.fromstring(pages.get("/theme/supervision").text)
    (drawing,) = tree.find_class("time")
    assert drawing.get("role") == "img"
    caption = " ".join(tree.xpath("//figcaption")[0].text_content().split())
    assert drawing.get("aria-label").startswith(caption)
    (table,) = tree.xpath("//table[contains(caption, 'The same as a table')]")
    shown = {
        int(row.xpath("./th/text()")[0]): [
            int(cell.text_content().split(" ")[0].replace("none", "0"))
            for cell in row.xpath("./td")
        ]
        for row in table.xpath("./tbody/tr")
    }
    asked = {row["year"]: row for row in ask(examples, "themes-by-year", theme="supervision")}
    assert asked
    for year, (of, praised, faulted, of_part, praised_in, faulted_in) in shown.items():
        if year in asked:
            row = asked[year]
            assert (of + of_part, praised + praised_in, faulted + faulted_in) == (
                row["of"], row["praised"], row["faulted"],
            )  # fmt: skip
        else:
            assert praised + faulted + praised_in + faulted_in == 0
    bars = drawing.xpath(".//*[name()='rect'][not(contains(@class, 'all'))]")
    inspected = sum((numbers[0] > 0) + (numbers[3] > 0) for numbers in shown.values())
    assert len(bars) == 2 * inspected
    assert {"SIF → ILACS", "ILACS → ILACS 2026"} <= {
        text.text for text in drawing.xpath(".//*[name()='text']")
    }


def test_a_theme_that_nobody_judges_has_no_drawing(pages: TestClient, examples: Store) -> None:
    from themegraph.ids import last_part
    from themegraph.ontology import vocab

    judged = {last_part(row["theme"]) for row in ask(examples, "themes-by-year")}
    silent = [t.id for t in vocab.themes() if t.broader and t.id not in judged]
    assert silent
    page = pages.get(f"/theme/{silent[0]}").text
    assert 'class="time"' not in page
    assert "Year by year" not in page
