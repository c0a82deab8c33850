"""Dates in every shape that reports print them."""

from __future__ import annotations

import datetime as dt

import pytest

from themegraph.loaders.dates import find_dates, find_month


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        # one month and year for both ends: most ILACS covers
        ("Inspection dates: 4 to 15 October 2021", "2021-10-04", "2021-10-15"),
        ("12 September to 7 October 2016", "2016-09-12", "2016-10-07"),
        # both ends in full, with each of the dashes met
        ("14 January 2014 – 5 February 2014", "2014-01-14", "2014-02-05"),
        ("14 January 2014- 5 February 2014", "2014-01-14", "2014-02-05"),
        ("19 November–30 November 2018", "2018-11-19", "2018-11-30"),
        ("5 May 2017 ─ 26 May 2017", "2017-05-05", "2017-05-26"),
        # letters: two days of a visit
        ("on 27 and 28 June 2023.", "2023-06-27", "2023-06-28"),
        ("on 30 April and 1 May 2025", "2025-04-30", "2025-05-01"),
        ("on the 15 and 16 of May 2018", "2018-05-15", "2018-05-16"),
        ("between 8 October 2018 and 12 October 2018", "2018-10-08", "2018-10-12"),
        ("on 9, 10 and 12 March 2021", "2021-03-09", "2021-03-12"),
        ("on Tuesday 3 and Wednesday 4 October 2023", "2023-10-03", "2023-10-04"),
        ("1st to 3rd March 2019", "2019-03-01", "2019-03-03"),
        # one borough printed its dates with slashes
        ("12/09/2016 to 06/10/2016", "2016-09-12", "2016-10-06"),
        ("01 September 2014", "2014-09-01", "2014-09-01"),
        # a split inspection: first day of the first part, last of the last
        ("5 to 9 December 2022 and 14 to 15 February 2023", "2022-12-05", "2023-02-15"),
    ],
)
def test_a_run_of_dates_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    run = find_dates(text)[0]
    assert (run.first, run.last) == (d(first), d(last))


def test_a_split_inspection_keeps_its_periods() -> None:
    run = find_dates("5 to 9 December 2022 and 14 to 15 February 2023")[0]
    assert [tuple(day.isoformat() for day in period) for period in run.periods] == [
        ("2022-12-05", "2022-12-09"),
        ("2023-02-14", "2023-02-15"),
    ]


def test_a_missing_year_is_taken_from_the_letter_and_said_to_be_inferred() -> None:
    assert find_dates("on 30 and 31 January.") == []
    run = find_dates("on 30 and 31 January.", default_year=2018)[0]
    assert run.inferred
    assert run.last == d("2018-01-31")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        # the number behind the comma counts children and is not a day
        ("At 31 March 2017, 10 children lived in such a home", ", 10 children"),
        ("At 31 March 2013, 4,903 children were in need", ", 4,903 children"),
    ],
)
def test_a_number_behind_a_date_is_not_part_of_it(text: str, rest: str) -> None:
    run = find_dates(text)[0]
    assert text[run.end :].startswith(rest)
    assert run.first == run.last


@pytest.mark.parametrize("text", ["31 June 2019", "no date at all", "7% in 2011", "2019 to 2020"])
def test_what_is_no_date_gives_none(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "month"),
    [("was in January 2014.", "2014-01"), ("in Sept 2012", "2012-09"), ("in 2014", None)],
)
def test_a_month_without_a_day_is_found(text: str, month: str | None) -> None:
    assert find_month(text) == month
