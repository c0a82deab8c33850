"""The theme × inspection matrix: assessments of one authority, by theme and in order of time."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from themegraph.counting import counted
from themegraph.derivation.facts import unsaid
from themegraph.ids import last_part
from themegraph.marks import UNLIKE, words_of
from themegraph.ontology import vocab
from themegraph.queries.narrowing import day_of

Row = Mapping[str, Any]

#: Statuses by which a theme was judged; the others say that nothing was said, or described.
JUDGED = ("strength", "mixed", "weakness")
_WORDS = (
    "Numbers: findings. In words: how it went on when it was last judged, and how many inspections "
    "in a row found it on that side, of those here that judged it."
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A column: an inspection (its key), its day, its kind (the id of a report type), its framework
    and how many findings its report has; ``changes`` says whether it was held under other rules
    than the one in the column before, so that the two are hard to compare.
    """

    key: str
    date: str
    kind: str
    framework: str
    read: int
    changes: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What one inspection says of one theme: its status (the id of an assessment status), how many
    findings say so, and whether it recommends something on it; ``is_unlike`` says whether it had
    other rules or another scope than the inspection by which the theme was judged before.
    ``passages`` is how many findings and recommendations judge the theme, ``faults`` how many of
    them find fault with it or recommend something on it.
    """

    status: str
    number: int = 0
    is_asked: bool = False
    is_unlike: bool = False
    passages: int = 0
    faults: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A theme (its id) with a cell for each inspection, how it went on when it was last judged (the
    id of a trajectory), and how many of these inspections in a row, of those that judged it, found
    it on the side on which the last did.
    """

    theme: str
    label: str
    domain: str
    cells: tuple[Cell, ...]
    trajectory: str
    times: int

    @property
    def last_judged(self) -> Cell | None:
        """The cell of the last inspection that judged the theme."""
        return next((cell for cell in reversed(self.cells) if cell.status in JUDGED), None)

    @property
    def side(self) -> str:
        """On which side the theme was found when it was last judged; "" where it never was."""
        if self.last_judged is None:
            return ""
        return "praised" if self.last_judged.status == "strength" else "weak or mixed"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Inspections in order of time, and themes, most persistent first."""

    visits: tuple[Visit, ...]
    lines: tuple[Line, ...]

    def silent_on(self, line: Line) -> list[Visit]:
        """The full inspections after the last that judged a theme: none of them judged it."""
        if line.last_judged is None:
            return []
        pairs = reversed(list(zip(self.visits, line.cells, strict=True)))
        later = itertools.takewhile(lambda pair: pair[1].status not in JUDGED, pairs)
        return [v for v, _ in later if v.read and vocab.scope_of(v.kind) == "whole"][::-1]

    def by_domain(self, most: int | None = None) -> dict[str, list[Line]]:
        """The first ``most`` lines (None: all) under the names of what their themes are part of."""
        domains: dict[str, list[Line]] = {}
        for line in self.lines[:most]:
            domains.setdefault(line.domain, []).append(line)
        return domains


def build_matrix(rows: Sequence[Row], reports: Iterable[Row] = ()) -> Matrix:
    """The matrix of ``rows`` of the question ``theme-assessments``, all of one authority.

    Its inspections are those of ``reports``, rows of the question ``reports-list``, of which some
    may speak of none of the themes; without them those of ``rows``.
    """
    found = {visit.key: visit for visit in map(_reported, reports)} or {
        visit.key: visit for visit in map(_assessed, rows)
    }
    visits = _with_changes(sorted(found.values(), key=lambda visit: (visit.date, visit.key)))
    themes: dict[Any, list[Row]] = {}
    for row in rows:
        themes.setdefault(row["theme"], []).append(row)
    ranked = sorted(themes.values(), key=_rank)
    return Matrix(visits, tuple(_line(told, visits) for told in ranked))


def _with_changes(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    told: list[Visit] = []
    for visit in visits:
        changes = bool(told) and not vocab.same_rules(told[-1].framework, visit.framework)
        told.append(replace(visit, changes=changes))
    return tuple(told)


def read_cell(row: Row) -> Cell:
    """What a row with the status and the counts of an assessment says."""
    status = last_part(row["status"])
    praised, faulted, both = row["strengths"], row["weaknesses"], row["mixed"]
    told = {"strength": praised, "weakness": faulted + both, "mixed": praised + faulted + both}
    fault = faulted + both + row["recommendations"]
    number, is_asked = told.get(status, 0), bool(row["recommendations"])
    return Cell(status, number, is_asked, passages=praised + fault, faults=fault)


def _reported(report: Row) -> Visit:
    kind, framework = last_part(report["kind"]), last_part(report["framework"])
    key = last_part(report["report"])
    return Visit(key, day_of(report), kind, framework, report["findings"])


def _assessed(row: Row) -> Visit:
    kind = last_part(row["kind"])
    framework = vocab.framework_for(kind, row["date"])
    return Visit(last_part(row["inspection"]), str(row["date"] or ""), kind, framework, row["read"])


def _line(rows: Sequence[Row], visits: Sequence[Visit]) -> Line:
    at = {last_part(row["inspection"]): row for row in rows}
    cells = tuple(
        _cell(at[visit.key]) if visit.key in at else Cell(unsaid(visit.kind, visit.read))
        for visit in visits
    )
    judged = [at[v.key] for v in visits if v.key in at and last_part(at[v.key]["status"]) in JUDGED]
    last = judged[-1] if judged else {"trajectory": None, "times": None}
    named = rows[0]
    trajectory = last_part(last["trajectory"])
    times = _times_in_a_row([row for row in judged if row["date"]]) or int(bool(judged))
    return Line(
        last_part(named["theme"]), named["label"], named["domain"], cells, trajectory, times
    )


def _times_in_a_row(judged: Sequence[Row]) -> int:
    """How many of the assessments, in order of time, are on the side of the last without a break.

    Counted here and not taken from the last of them, which knows of inspections that may not be
    among these. One without a date follows none.
    """
    strong = [last_part(row["status"]) == "strength" for row in judged]
    return len(list(itertools.takewhile(lambda side: side == strong[-1], reversed(strong))))


def _cell(row: Row) -> Cell:
    cell = read_cell(row)
    how = last_part(row["comparability"])
    return replace(cell, is_unlike=cell.status in JUDGED and how not in ("", "like-with-like"))


def _rank(rows: Sequence[Row]) -> tuple[int, int, str]:
    weak = sum(last_part(row["status"]) in ("weakness", "mixed") for row in rows)
    return -weak, -sum(bool(row["recommendations"]) for row in rows), rows[0]["label"]


def goes_on(line: Line) -> str:
    """How the theme went on when it was last judged, and on which side for how many times; ≠ where
    that is hard to compare.
    """
    times = f"; {line.side} {line.times} times in a row" if line.times > 1 else ""
    unlike = UNLIKE if line.last_judged and line.last_judged.is_unlike else ""
    return f"{words_of(line.trajectory)}{times}{unlike}"


def explained(hidden: int = 0) -> str:
    """What the numbers and words of a matrix mean; ``hidden`` is how many inspections of the body
    before its last are left out of it.
    """
    if not hidden:
        return _WORDS
    left_out = counted(hidden, "inspection")
    return f"{_WORDS} It may have gone on from one of {left_out} left out here."
