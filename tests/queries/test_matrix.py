"""The matrix: how many times in a row a theme was found so, among the inspections that are shown."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from themegraph.graph.store import Store
from themegraph.queries import ask
from themegraph.queries.matrix import Line, build_matrix

STATUS = {"S": "strength", "M": "mixed", "W": "weakness", "o": "mentioned", "x": "not-looked-at"}


def line_of(statuses: str, *, undated: int = 0) -> Line:
    """The line of a theme with one inspection a year; the first ``undated`` have no date."""
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
            "strengths": 0,
            "weaknesses": 0,
            "mixed": 0,
            "recommendations": 0,
        }
        for n, (year, status) in enumerate(enumerate(statuses, 2010))
    ]
    return build_matrix(rows).lines[0]


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


def test_an_inspection_without_a_date_is_in_no_run() -> None:
    assert line_of("WWW", undated=1).times == 2
    assert line_of("W", undated=1).times == 1


def test_of_all_inspections_it_is_the_count_of_the_graph(examples: Store) -> None:
    rows = list(ask(examples, "theme-assessments", authority="westmarch"))
    judged = {row["theme"]: row["times"] for row in rows if row["times"]}
    told = {line.theme: line.times for line in build_matrix(rows).lines}
    assert told == {str(theme).rpartition("/")[2]: times for theme, times in judged.items()}
