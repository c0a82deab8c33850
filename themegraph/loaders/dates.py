"""Dates and date ranges as reports print them, in every shape met.

A range is a run of days joined by "to", "and", commas or dashes, in which a missing month or year
is that of the day to its right: "30 April and 1 May 2024", "9, 10 and 12 March 2021".
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if number}
_MONTH = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DAY = (
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?"
    rf"(?:\s+(?P<month>{_MONTH})\b\.?(?:\s+(?P<short>[012]\d)(?=[,;:)]))?)?"
    r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
)
_SLASHED = r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20)\d\d)"
_BARE_DAY = re.sub(r"\?P<\w+>", "?:", _DAY)
_BARE_SLASHED = re.sub(r"\?P<\w+>", "?:", _SLASHED)
_TO = r"\s*(?:to|until|through|-|–|—|─|−|‑)\s*"
_AND = r"\s*(?:,\s*and|,|and|&)\s*"
_JOIN = rf"(?:{_TO}|{_AND})(?:from\s+|the\s+|between\s+)*"
_ONE = rf"(?:{_BARE_SLASHED}|{_BARE_DAY})"
_RUN = re.compile(rf"(?<![\d/])(?:{_ONE})(?:{_JOIN}{_ONE})*", re.IGNORECASE)
_PIECE = re.compile(
    rf"(?P<join>^|{_TO}|{_AND})(?:from\s+|the\s+|between\s+)*(?:{_SLASHED}|{_DAY})", re.IGNORECASE
)
_IS_TO = re.compile(rf"^{_TO}$", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\.?,?\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dates:
    """A run of dates: its periods in order, and whether its year had to be inferred."""

    periods: tuple[tuple[dt.date, dt.date], ...]
    start: int
    end: int
    inferred: bool = False

    @property
    def first(self) -> dt.date:
        """The earliest day."""
        return min(period[0] for period in self.periods)

    @property
    def last(self) -> dt.date:
        """The latest day."""
        return max(period[1] for period in self.periods)


def find_dates(text: str, default_year: int | None = None) -> list[Dates]:
    """Every run of dates in ``text`` that has a month, in order. ``default_year`` stands in where
    the run prints no year; without it such a run is left out.
    """
    found = []
    for match in _RUN.finditer(text):
        run = _parse_run(match, default_year)
        if run is not None:
            found.append(run)
    return found


def _parse_run(match: re.Match[str], default_year: int | None) -> Dates | None:
    found = list(_PIECE.finditer(match.group()))
    while found and not (found[-1].group("month") or found[-1].group("d")):
        found.pop()  # a bare number behind the date: "31 March 2017, 10 children"
    if not found:
        return None
    pieces = [m.groupdict() for m in found]
    month: int | None = None
    year: int | None = None
    inferred = False
    days: list[tuple[str, dt.date]] = []
    for piece in reversed(pieces):
        if piece["d"]:
            day, month, year = int(piece["d"]), int(piece["m"]), int(piece["y"])
        else:
            day = int(piece["day"])
            month = _month(piece["month"]) or month
            year = int(piece["year"]) if piece["year"] else year
            year = 2000 + int(piece["short"]) if piece["short"] else year
        if month is not None and year is None and default_year is not None:
            year, inferred = default_year, True
        if month is None or year is None:
            continue
        # "31 June" is not a date, and the report's own slip is not ours to mend.
        if _is_date(year, month, day):
            days.insert(0, (piece["join"], dt.date(year, month, day)))
    end = match.start() + found[-1].end()
    return Dates(_periods(days), match.start(), end, inferred) if days else None


def _is_date(year: int, month: int, day: int) -> bool:
    if not (dt.MINYEAR <= year <= dt.MAXYEAR and month in MONTHS.values()):
        return False
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _periods(days: list[tuple[str, dt.date]]) -> tuple[tuple[dt.date, dt.date], ...]:
    periods: list[tuple[dt.date, dt.date]] = []
    for join, day in days:
        if periods and _IS_TO.match(join):
            periods[-1] = (periods[-1][0], day)
        else:
            periods.append((day, day))
    return tuple(periods)


def _month(name: str | None) -> int | None:
    if not name:
        return None
    short = name.lower()[:3]
    return next(number for full, number in MONTHS.items() if full.startswith(short))


def find_month(text: str) -> str | None:
    """The first "Month YYYY" in ``text`` as "YYYY-MM", or None."""
    match = _MONTH_YEAR.search(text)
    if not match:
        return None
    return f"{match.group('year')}-{_month(match.group('month')):02d}"
