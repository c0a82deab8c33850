"""The theme × inspection matrix: a column for every inspection, runs, and marks where unlike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from themegraph.graph.store import Store
from themegraph.model import Report
from themegraph.queries import ask
from themegraph.queries.matrix import Line, Matrix, build_matrix

Small = Callable[..., Report]
Fill = Callable[..., Store]
STATUS = {"S": "strength", "M": "mixed", "W": "weakness", "o": "mentioned", "x": "not-looked-at"}


def line_of(statuses: str, *, undated: int = 0) -> Line:
    """The line of a theme as ``matrix_of_line`` has it."""
    return matrix_of_line(statuses, undated=undated).lines[0]


def matrix_of_line(statuses: str, *, undated: int = 0) -> Matrix:
    """The matrix of a theme with one inspection a year; the first ``undated`` have no date."""
    rows: list[dict[str, Any]] = [
        {
            "inspection": f"i/{year}",
            "date": dt.date(year, 1, 1) if n >= undated else None,
            "kind": "k/ilacs",
            "read": 1,
            "theme": "t/neglect",
            "label": "Neglect",
            "domain": "Needs and risks",
            "status": f"s/{STATUS[status]}",
            "trajectory": "t/persisting",
            "comparability": "c/like-with-like",
            "strengths": 0,
            "weaknesses": 0,
            "mixed": 0,
            "recommendations": 0,
        }
        for n, (year, status) in enumerate(enumerate(statuses, 2010))
    ]
    return build_matrix(rows)


@pytest.mark.parametrize(
    ("statuses", "side", "times"),
    [
        ("W", "weak or mixed", 1),
        ("WMW", "weak or mixed", 3),
        ("WxMoW", "weak or mixed", 3),
        ("SWM", "weak or mixed", 2),
        ("WSS", "praised", 2),
        ("WWS", "praised", 1),
        ("WWx", "weak or mixed", 2),
    ],
)
def test_a_run_is_counted_back_from_the_last_that_judged(
    statuses: str, side: str, times: int
) -> None:
    line = line_of(statuses)
    assert (line.side, line.times) == (side, times)


@pytest.mark.parametrize(
    ("statuses", "silent", "why"),
    [
        ("WS", 0, "the last judged it"),
        ("WW", 0, "the last judged it"),
        ("Wo", 1, "described is not judged"),
        ("WoSo", 1, "only those after the last that judged it"),
        ("Woo", 2, "every one of them"),
        ("o", 0, "it was never judged"),
    ],
)
def test_full_inspections_that_did_not_judge_a_theme_since_are_told(
    statuses: str, silent: int, why: str
) -> None:
    matrix = matrix_of_line(statuses)
    found = matrix.silent_on(matrix.lines[0])
    assert found == list(matrix.visits[len(matrix.visits) - silent :]), why


def test_an_inspection_without_a_date_is_in_no_run() -> None:
    assert line_of("WWW", undated=1).times == 2
    assert line_of("W", undated=1).times == 1


def test_of_all_inspections_it_is_the_count_of_the_graph(examples: Store) -> None:
    rows = list(ask(examples, "theme-assessments", authority="westmarch"))
    judged = {row["theme"]: row["times"] for row in rows if row["times"]}
    told = {line.theme: line.times for line in build_matrix(rows).lines}
    assert told == {str(theme).rpartition("/")[2]: times for theme, times in judged.items()}


def matrix_of(store: Store, body: str) -> Matrix:
    rows = list(ask(store, "theme-assessments", authority=body))
    return build_matrix(rows, list(ask(store, "reports-list", authority=body)))


def marks(line: Line) -> list[tuple[str, bool]]:
    return [(cell.status, cell.is_unlike) for cell in line.cells]


def test_an_inspection_that_speaks_of_no_theme_has_a_column(
    small_report: Small, small_store: Fill
) -> None:
    store = small_store(
        small_report("leeds", "2014-05-01", "focused-visit", ["-"]),
        small_report("leeds", "2015-05-01", "sif", ["S"]),
        small_report("leeds", "2016-05-01", "sif", ["-", "-"]),
        small_report("leeds", "2017-05-01", "sif", []),
    )
    matrix = matrix_of(store, "leeds")
    assert [(visit.date[:4], visit.read) for visit in matrix.visits] == [
        ("2014", 1),
        ("2015", 1),
        ("2016", 2),
        ("2017", 0),
    ]
    (line,) = matrix.lines
    assert [cell.status for cell in line.cells] == [
        "not-looked-at",
        "strength",
        "nothing-said",
        "not-looked-at",
    ]


def test_what_is_not_like_with_like_is_marked(small_report: Small, small_store: Fill) -> None:
    store = small_store(
        small_report("leeds", "2014-05-01", "sif", ["W"]),
        small_report("leeds", "2016-05-01", "sif", ["W"]),
        small_report("leeds", "2017-05-01", "focused-visit", ["-"]),
        small_report("leeds", "2018-05-01", "ilacs", ["S"]),
    )
    matrix = matrix_of(store, "leeds")
    (line,) = matrix.lines
    assert marks(line) == [
        ("weakness", False),
        ("weakness", False),
        ("not-looked-at", False),  # nothing is said that could be compared
        ("strength", True),
    ]
    assert line.last_judged == line.cells[-1]
    assert [visit.changes for visit in matrix.visits] == [False, False, True, False]


def test_rules_that_are_not_known_change_with_every_column(
    small_report: Small, small_store: Fill
) -> None:
    store = small_store(
        small_report("leeds", "2009-05-01", "other", ["W"]),
        small_report("leeds", "2010-05-01", "other", ["S"]),
    )
    matrix = matrix_of(store, "leeds")
    assert [visit.changes for visit in matrix.visits] == [False, True]
    assert marks(matrix.lines[0]) == [("weakness", False), ("strength", True)]


def test_of_one_day_the_last_by_key_tells_how_it_went_on(
    small_report: Small, small_store: Fill
) -> None:
    store = small_store(
        small_report("leeds", "2014-05-01", "sif", ["W"]),
        small_report("leeds", "2018-05-01", "ilacs", ["S"]),
        small_report("leeds", "2018-05-01", "focused-visit", ["W"]),
    )
    matrix = matrix_of(store, "leeds")
    assert [visit.kind for visit in matrix.visits] == ["sif", "focused-visit", "ilacs"]
    (line,) = matrix.lines
    (now,) = ask(store, "themes-now", authority="leeds")
    assert line.trajectory == "resolved" == str(now["trajectory"]).rpartition("/")[2]


def test_a_theme_that_was_never_judged_has_a_line_without_a_trajectory(
    small_report: Small, small_store: Fill
) -> None:
    (line,) = matrix_of(small_store(small_report("leeds", "", "sif", ["N"])), "leeds").lines
    assert (line.trajectory, line.times, line.last_judged) == ("", 0, None)
