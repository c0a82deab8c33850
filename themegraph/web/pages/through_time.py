"""A theme through time: in how many of the inspections of each year it is praised or faulted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from themegraph.ids import last_part
from themegraph.ontology import vocab
from themegraph.queries.narrowing import day_of

Row = Mapping[str, Any]

#: Of fewer inspections than this no share is told in per cent: one more or less moves it by 20.
FEW = 5
#: Inspections that look at as much as each other, and how they are called.
SCOPES = (
    ("whole", "inspections of the whole service"),
    ("part", "visits and inspections of a part of the service"),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of how many inspections so many praise a theme and so many find fault; some do both."""

    of: int = 0
    praised: int = 0
    faulted: int = 0

    @property
    def is_few(self) -> bool:
        """Whether these are too few for a share in per cent."""
        return self.of < FEW

    def share(self, number: int) -> str:
        """``number`` of these in per cent or, where they are few, as it is: "3 of 4"."""
        return f"{number} of {self.of}" if self.is_few else f"{_per_cent(number, self.of)}%"

    def with_share(self, number: int) -> str:
        """``number`` of these, with its share in per cent where they are not few."""
        return str(number) if self.is_few else f"{number} ({_per_cent(number, self.of)}%)"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the framework of full inspections: in which year and month, from what to what."""

    year: int
    month: int
    words: str


@dataclass(frozen=True, slots=True)
class ThroughTime:
    """Every year from the first inspection to the last with a tally for each of SCOPES that there
    is, and the changes of framework between; ``caption`` says in a sentence what is seen.
    """

    years: tuple[int, ...]
    tallies: Mapping[str, Mapping[int, Tally]]
    changes: tuple[Change, ...]
    caption: str


@dataclass(frozen=True, slots=True)
class _Visit:
    """An inspection: its year, scope and family of frameworks, and what it says of the theme."""

    year: int
    scope: str
    family: str
    praises: bool
    faults: bool


def through_time(assessments: Sequence[Row], reports: Sequence[Row]) -> ThroughTime | None:
    """How a theme stands year by year, by its rows of the question ``theme-assessments``, among all
    inspections, by the rows of ``reports-list``; None where it is never praised nor faulted.

    Inspections without a date, and those from whose reports no finding was read, are left out.
    """
    visits = _visits(assessments, reports)
    if not any(visit.praises or visit.faults for visit in visits):
        return None
    first, last = (end(visit.year for visit in visits) for end in (min, max))
    years = tuple(range(first, last + 1))
    tallies = {
        scope: {year: _tally([v for v in visits if (v.scope, v.year) == (scope, year)])
                for year in years}
        for scope, _ in SCOPES
        if any(visit.scope == scope for visit in visits)
    }  # fmt: skip
    return ThroughTime(years, tallies, _changes(first, last), _caption(visits))


def _visits(assessments: Sequence[Row], reports: Sequence[Row]) -> list[_Visit]:
    praised = {last_part(row["inspection"]) for row in assessments if row["strengths"]}
    faulted = {
        last_part(row["inspection"]) for row in assessments if row["weaknesses"] or row["mixed"]
    }
    by_key = {last_part(row["report"]): row for row in reports if row["findings"] and row["body"]}
    return [
        _Visit(
            int(day_of(row)[:4]),
            vocab.scope_of(last_part(row["kind"])),
            vocab.family_of(last_part(row["framework"])),
            key in praised,
            key in faulted,
        )
        for key, row in by_key.items()
        if day_of(row)
    ]


def _tally(visits: Sequence[_Visit]) -> Tally:
    return Tally(len(visits), sum(v.praises for v in visits), sum(v.faults for v in visits))


def _changes(first: int, last: int) -> tuple[Change, ...]:
    """The changes of framework after the beginning of the ``first`` year, up to the ``last``."""
    told = []
    for month, before, after in vocab.changes_of_framework():
        year, number = int(month[:4]), int(month[5:])
        if (first, 1) < (year, number) <= (last, 12):
            told.append(Change(year, number, f"{before.short} → {after.short}"))
    return tuple(told)


def _caption(visits: Sequence[_Visit]) -> str:
    """In how many inspections fault was found and praise, under one framework after the other: of
    the whole service or, where there are none of that, of a part.
    """
    scope, words = next(s for s in SCOPES if any(visit.scope == s[0] for visit in visits))
    meant = [visit for visit in visits if visit.scope == scope]
    names = {family.id: f"under {family.short}" for family in vocab.families()}
    under = {
        name: _tally([visit for visit in meant if visit.family == family])
        for family, name in {**names, "": "under other rules"}.items()
    }
    told = [(name, tally) for name, tally in under.items() if tally.of]
    faulted = [f"{tally.faulted} of {tally.of} {name}" for name, tally in told]
    praised = [f"{tally.praised} of {tally.of}" for _, tally in told]
    (first, tally), *_ = told
    faulted[0] = f"{tally.faulted} of {tally.of} {words} {first}"
    return f"Fault was found in {_listed(faulted)}; praise in {_listed(praised)}."


def _listed(parts: Sequence[str]) -> str:
    """``parts`` as they are listed in a sentence: "a, b and c"."""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def _per_cent(number: int, of: int) -> int:
    return (200 * number + of) // (2 * of)
