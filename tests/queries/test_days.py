"""Questions about inspections without a day, of one day, under unlike rules, or of which nothing was
read: what is counted is counted under one filter, and what is shown says how comparable it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from themegraph.graph.store import Store
from themegraph.model import Report
from themegraph.queries import ask

Small = Callable[..., Report]
Fill = Callable[..., Store]


def rows(store: Store, question: str, **values: str) -> list[dict[str, Any]]:
    """The answer with the last part of each IRI."""
    return [
        {name: _last(value) for name, value in row.items()}
        for row in ask(store, question, **values)
    ]


def _last(value: Any) -> Any:
    is_iri = isinstance(value, str) and value.startswith("https://")
    return value.rpartition("/")[2] if is_iri else value


@pytest.fixture
def undated(small_report: Small, small_store: Fill) -> Store:
    """Two inspections of Leeds with a day, and between them in the store one without."""
    return small_store(
        small_report("leeds", "2014-05-01", "sif", ["W", "-"], asks=["supervision"]),
        small_report(
            "leeds", "", "sif", ["W", "-"], asks=["supervision", ""],
            source="areas-for-priority-action",
        ),
        small_report("leeds", "2016-05-01", "sif", ["S", "-"]),
    )  # fmt: skip


class TestWithoutADay:
    """What has no day is counted where no day is needed, above and below the line."""

    def test_it_is_counted_unless_a_period_is_asked_for(self, undated: Store) -> None:
        (row,) = rows(undated, "recurring-themes", theme="supervision")
        assert (row["weak"], row["strong"], row["asked"], row["of"]) == (2, 1, 2, 3)
        assert (row["first"], row["last"]) == ("2014-05-01", "2014-05-01")
        (row,) = rows(undated, "recurring-themes", theme="supervision", since="2010-01-01")
        assert (row["weak"], row["strong"], row["of"]) == (1, 1, 2)

    def test_it_has_a_line_without_a_year(self, undated: Store) -> None:
        told = rows(undated, "themes-by-framework", theme="supervision")
        assert [(row["year"], row["weak"], row["of"]) for row in told] == [
            (None, 1, 1),
            (2014, 1, 1),
            (2016, 0, 1),
        ]

    def test_it_is_no_line_of_its_own_where_years_are_counted(self, undated: Store) -> None:
        told = rows(undated, "themes-by-year", theme="supervision")
        assert [(row["year"], row["of"]) for row in told] == [(2014, 1), (2016, 1)]

    def test_it_hides_no_day_of_others(self, undated: Store) -> None:
        first, last = dt.date(2014, 5, 1), dt.date(2014, 5, 1)
        (asked,) = rows(undated, "asked-again", authority="leeds")
        assert (asked["inspections"], asked["of"]) == (2, 2)
        assert (asked["first"], asked["last"]) == (first, last)
        (weak,) = rows(undated, "recurring-weaknesses", authority="leeds")
        assert (weak["inspections"], weak["first"], weak["last"]) == (2, first, last)

    def test_its_weaknesses_are_listed(self, undated: Store) -> None:
        told = rows(undated, "weaknesses-through-time", authority="leeds")
        assert [row["date"] for row in told] == [None, dt.date(2014, 5, 1)]

    def test_its_sentences_are_listed(self, undated: Store) -> None:
        assert len(rows(undated, "sentences-without-theme")) == 3
        assert len(rows(undated, "sentences-without-theme", until="2040-01-01")) == 2

    def test_what_it_asked_for_is_listed_and_said_not_to_be_followed(self, undated: Store) -> None:
        told = rows(undated, "follow-up", authority="leeds")
        assert [(row["date"], row["outcome"], row["later"]) for row in told] == [
            (dt.date(2014, 5, 1), "resolved", 1),
            (None, "not-followed", 0),
            (None, "not-followed", 0),
        ]
        urgent = rows(undated, "priority-actions", authority="leeds")
        assert [(row["date"], row["outcome"]) for row in urgent] == [(None, "not-followed")] * 2

    def test_it_is_neither_new_nor_the_last(self, undated: Store) -> None:
        told = rows(undated, "theme-assessments", authority="leeds", theme="supervision")
        assert [(row["status"], row["trajectory"], row["times"]) for row in told] == [
            ("weakness", None, None),
            ("weakness", "new-weakness", 1),
            ("strength", "resolved", 1),
        ]
        (now,) = rows(undated, "themes-now", authority="leeds")
        assert now["date"] == dt.date(2016, 5, 1)


def test_recommendations_without_a_theme_are_listed(small_report: Small, small_store: Fill) -> None:
    store = small_store(
        small_report("leeds", "2014-05-01", "sif", ["W"], asks=["supervision", ""]),
        small_report("leeds", "2016-05-01", "sif", ["S"]),
    )
    told = rows(store, "follow-up", authority="leeds")
    assert [row["outcome"] for row in told] == ["resolved", "not-followed"]


def test_inspections_of_one_day_are_told_apart(small_report: Small, small_store: Fill) -> None:
    store = small_store(
        small_report("leeds", "2018-05-01", "ilacs", ["W", "W"], asks=["supervision"]),
        small_report("leeds", "2018-05-01", "focused-visit", ["W"], asks=["supervision"]),
    )
    told = rows(store, "weaknesses-through-time", authority="leeds")
    assert [(row["inspection"], row["findings"]) for row in told] == [
        ("leeds-2018-05-01-focused-visit", 1),
        ("leeds-2018-05-01-ilacs", 2),
    ]
    for question, theme in (("theme-story", "supervision"), ("theme-word-for-word", "supervision")):
        said = rows(store, question, theme=theme)
        sentences = [row.get("words") or row["sentence"] for row in said]
        kinds = ["focused" in words for words in sentences]
        assert kinds == sorted(kinds, reverse=True), question


def test_a_report_of_which_nothing_was_read_could_not_have_spoken(
    small_report: Small, small_store: Fill
) -> None:
    store = small_store(
        small_report("coventry", "2014-05-01", "sif", ["W"]),
        small_report("coventry", "2016-05-01", "sif", [], asks=["neglect"]),
        small_report("coventry", "2018-05-01", "ilacs", ["-"]),
    )
    (row,) = rows(store, "recurring-themes", theme="supervision")
    assert (row["weak"], row["of"]) == (1, 2)
    (row,) = rows(store, "themes-by-region", theme="supervision")
    assert (row["weak"], row["of"]) == (1, 2)
    told = rows(store, "theme-assessments", authority="coventry", theme="supervision")
    assert [row["status"] for row in told] == ["weakness", "not-looked-at", "nothing-said"]
    years = rows(store, "themes-by-framework", theme="supervision")
    assert [(row["year"], row["of"]) for row in years] == [(2014, 1)]


@pytest.fixture
def weak(small_report: Small, small_store: Fill) -> Store:
    """Two weaknesses: one across a change of year and of rules, and one that lasted."""
    return small_store(
        small_report("leeds", "2017-12-30", "sif", ["W"]),
        small_report("leeds", "2018-01-02", "ilacs", ["W"]),
        small_report("leeds", "2020-12-29", "focused-visit", ["M"]),
        small_report("dudley", "2014-05-01", "sif", ["W"]),
        small_report("dudley", "2016-05-01", "sif", ["W"]),
    )


def test_weaknesses_are_counted_in_whole_years_and_say_what_changed(weak: Store) -> None:
    told = rows(weak, "persisting-weaknesses")
    assert [(row["authority"], row["years"], row["times"]) for row in told] == [
        ("dudley", 2, 2),
        ("leeds", 2, 3),
    ]
    assert [(row["comparability"], row["unlike"]) for row in told] == [
        ("like-with-like", 0),
        ("other-scope", 2),
    ]


def test_what_stands_beside_a_trajectory_says_how_comparable_it_is(
    weak: Store, small_report: Small, small_store: Fill
) -> None:
    now = {row["authority"]: row for row in rows(weak, "themes-now")}
    assert now["leeds"]["comparability"] == "other-scope"
    assert now["dudley"]["comparability"] == "like-with-like"
    strong = small_store(
        small_report("leeds", "2014-05-01", "sif", ["W"], asks=["supervision"]),
        small_report("leeds", "2018-05-01", "focused-visit", ["S"]),
        small_report("dudley", "2018-05-01", "ilacs", ["S"]),
    )
    praised = rows(strong, "strengths-to-learn-from", theme="supervision")
    assert {row["authority"]: row["comparability"] for row in praised} == {
        "leeds": "other-framework-and-scope",
        "dudley": None,
    }
    (asked,) = rows(strong, "follow-up", authority="leeds")
    (step,) = rows(strong, "follow-up-steps", authority="leeds")
    assert asked["comparability"] == step["comparability"] == "other-framework-and-scope"


def test_a_sentence_says_what_its_finding_says_of_the_theme(
    small_report: Small, small_store: Fill
) -> None:
    store = small_store(
        small_report(
            "leeds", "2018-05-01", "ilacs", ["SW", "MSW", "WN", "NN"], asks=["supervision"]
        )
    )
    story = rows(store, "theme-story", theme="supervision")
    assert [(row["says"], row["sentence_says"]) for row in story] == [
        ("strength", "weakness"),
        ("mixed", "strength"),
        ("mixed", "weakness"),
        ("weakness", "neutral"),
        ("neutral", "neutral"),
        ("recommended", None),
    ]
    told = rows(store, "theme-word-for-word", theme="supervision")
    assert [(row["stance"], row["sentence_says"]) for row in told] == [
        (row["says"], row["sentence_says"]) for row in story[:-1]
    ]


def test_a_theme_was_judged_before_and_is_judged_next(
    small_report: Small, small_store: Fill
) -> None:
    """What only mentions, does not look or has no day is passed over; two of one day both count."""
    store = small_store(
        small_report("leeds", "2012-05-01", "sif", ["N"]),
        small_report("leeds", "2014-05-01", "sif", ["W"]),
        small_report("leeds", "2015-05-01", "focused-visit", ["N"]),
        small_report("leeds", "", "sif", ["S"]),
        small_report("leeds", "2016-05-01", "sif", ["M"]),
        small_report("leeds", "2017-05-01", "focused-visit", ["-"]),
        small_report("leeds", "2018-05-01", "ilacs", ["S"]),
        small_report("leeds", "2018-05-01", "focused-visit", ["W"]),
        small_report("dudley", "2017-05-01", "ilacs", ["S"]),
    )

    def judged(key: str) -> list[tuple[str, str, str]]:
        told = rows(store, "judged-before-and-after", report=f"leeds-{key}")
        return [(row["place"], row["date"].isoformat(), row["status"]) for row in told]

    before, after = ("before", "2014-05-01", "weakness"), ("after", "2016-05-01", "mixed")
    assert judged("2014-05-01-sif") == [after]
    assert judged("2015-05-01-focused-visit") == [before, after]
    assert judged("2016-05-01-sif") == [
        before,
        ("after", "2018-05-01", "weakness"),
        ("after", "2018-05-01", "strength"),
    ]
    assert judged("2017-05-01-focused-visit") == [
        ("before", "2016-05-01", "mixed"),
        ("after", "2018-05-01", "weakness"),
        ("after", "2018-05-01", "strength"),
    ]
    assert judged("2018-05-01-ilacs") == [("before", "2016-05-01", "mixed")]
    assert judged("2012-05-01-sif") == []
