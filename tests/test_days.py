"""A day as people type it: every way that is read, and what is not guessed at."""

from __future__ import annotations

import doctest
import re

import pytest

from themegraph import days
from themegraph.days import read_day


@pytest.mark.parametrize(
    ("text", "first", "last", "why"),
    [
        ("2018-05-17", "2018-05-17", "2018-05-17", "a day is itself"),
        ("2018-05", "2018-05-01", "2018-05-31", "a month"),
        ("2018-04", "2018-04-01", "2018-04-30", "a shorter month"),
        ("2020-02", "2020-02-01", "2020-02-29", "a leap year"),
        ("1900-02", "1900-02-01", "1900-02-28", "a hundredth year that is none"),
        ("2018", "2018-01-01", "2018-12-31", "a year"),
        (" 2018 ", "2018-01-01", "2018-12-31", "spaces around it"),
    ],
)
def test_a_day_a_month_and_a_year_are_read(text: str, first: str, last: str, why: str) -> None:
    assert (read_day(text).isoformat(), read_day(text, last=True).isoformat()) == (first, last), why


@pytest.mark.parametrize(
    "text",
    [
        "", "18", "201805", "20180517", "2018-5", "2018-05-7", "05-2018", "1/5/2018", "17.05.2018",
        "2018/05", "May 2018", "2018-W20", "2018-13", "2018-00", "2018-02-30", "2019-02-29", "0000",
        "2018-05-17T00:00", "last year", "٢٠١٨", "-2018", "2018-05-",
    ],
)  # fmt: skip
def test_what_is_ambiguous_or_no_day_is_told_in_one_way(text: str) -> None:
    message = f"^{re.escape(repr(text))} is no day, month or year; write one such as 2018-05-17, 20"
    for last in (False, True):
        with pytest.raises(ValueError, match=message):
            read_day(text, last=last)


def test_its_example_is_true() -> None:
    told = doctest.testmod(days)
    assert (told.attempted, told.failed) == (1, 0)
