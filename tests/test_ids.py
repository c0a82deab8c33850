"""Ids are stable, never collide, and come from what the report says."""

from __future__ import annotations

import dataclasses
import datetime as dt
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph import ids
from themegraph.model import Finding, Recommendation, Report, Span

HERE = Span(0, 1, 1)
words = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
numbers = st.none() | st.integers(1, 40)


def test_examples_in_its_docstrings_are_right() -> None:
    told = doctest.testmod(ids)
    assert told.attempted
    assert not told.failed


@pytest.mark.parametrize(
    ("iri", "part"),
    [
        (f"{ids.ID}finding/leeds-2018/7", "7"),
        (ids.concept("theme", "supervision"), "supervision"),
        ("", ""),
        (None, ""),
    ],
)
def test_the_last_part_of_an_iri(iri: str | None, part: str) -> None:
    assert ids.last_part(iri) == part


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Coventry City Council", "coventry-city-council"),
        ("King’s Lynn", "kings-lynn"),  # an apostrophe parts no word
        ("Siân O'Neill-Évans", "sian-oneill-evans"),  # letters keep their base
        ("  --  a  ", "a"),
    ],
)
def test_slug(text: str, name: str) -> None:
    assert ids.slug(text) == name


@given(words)
def test_slug_is_safe_in_an_iri_and_its_own_slug(text: str) -> None:
    name = ids.slug(text)
    assert name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert ids.slug(name) == name


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "northmere-2016-03-07-sif"),
        ({"inspection_start": None}, "northmere-2016-06-01-sif"),
        ({"authority": None}, "unknown-2016-03-07-sif"),
    ],
)
def test_report_key(reports: tuple[Report, ...], changes: dict[str, None], key: str) -> None:
    assert ids.report_key(dataclasses.replace(reports[0], **changes)) == key


def test_a_report_without_dates_is_known_by_its_bytes(reports: tuple[Report, ...]) -> None:
    undated = dataclasses.replace(reports[0], inspection_start=None, published=None)
    assert ids.report_key(undated) == f"northmere-{undated.source.sha256[:8]}-sif"


def test_a_number_that_two_passages_bear_names_neither(reports: tuple[Report, ...]) -> None:
    finding = dataclasses.replace(reports[0].findings[0], number=1)  # recommendation 1 has it too
    report = dataclasses.replace(reports[0], findings=(finding, *reports[0].findings[1:]))
    names = ids.local_ids(report)
    assert names.findings == (ids.short_hash(ids.squash(finding.text)), "8", "9")
    assert names.recommendations[0] == ids.short_hash(ids.squash(report.recommendations[0].text))
    assert names.recommendations[1] == "2"


def test_the_same_words_again_are_counted(reports: tuple[Report, ...]) -> None:
    first, second, third = ids.local_ids(reports[2]).findings
    assert second == f"{first}-2"
    assert third != first


def test_what_is_found_and_asked_in_the_same_words_has_two_names(
    reports: tuple[Report, ...],
) -> None:
    finding = dataclasses.replace(reports[1].findings[0], number=None)
    asked = dataclasses.replace(reports[1].recommendations[0], text=finding.text)
    report = dataclasses.replace(reports[1], findings=(finding,), recommendations=(asked,))
    name = ids.short_hash(ids.squash(finding.text))
    assert ids.local_ids(report) == ((name,), (f"{name}-2",))


@given(st.lists(st.tuples(numbers, words)), st.lists(st.tuples(numbers, words)))
def test_local_ids_never_collide_and_are_stable(
    said: list[tuple[int | None, str]], asked: list[tuple[int | None, str]]
) -> None:
    report = dataclasses.replace(
        _EMPTY,
        findings=tuple(Finding(n, "s", text, HERE) for n, text in said),
        recommendations=tuple(
            Recommendation(n, "recommendations", "s", text, HERE) for n, text in asked
        ),
    )
    names = ids.local_ids(report)
    assert len(names.findings) == len(said)
    assert len({*names.findings, *names.recommendations}) == len(said) + len(asked)
    assert ids.local_ids(report) == names


@given(st.lists(words))
def test_statistics_never_collide(quotes: list[str]) -> None:
    names = ids.statistic_ids(quotes)
    assert len(set(names)) == len(quotes)


def test_iris() -> None:
    assert ids.resource("finding", "key", 7) == "https://w3id.org/themegraph/id/finding/key/7"
    assert ids.concept("grade", "sif", "good") == "https://w3id.org/themegraph/vocab/grade/sif/good"


_EMPTY = Report(
    source=None,  # type: ignore[arg-type]  # ids of passages do not look at the file
    title="",
    report_type="sif",
    authority=None,
    inspection_start=dt.date(2020, 1, 1),
    inspection_end=None,
    published=None,
    published_source=None,
    text="",
    page_starts=(0,),
)
