"""The theme × inspection matrix: assessments of one authority, by theme and in order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from themegraph.ids import last_part
from themegraph.ontology import vocab

Row = Mapping[str, Any]

#: Statuses by which a theme was judged; the others say that nothing was said, or described.
JUDGED = ("strength", "mixed", "weakness")


@dataclass(frozen=True, slots=True)
class Visit:
    """A column: an inspection (its key), its day, its kind (the id of a report type), and how many
    findings its report has; ``changes`` says whether its framework is of another family than that
    of the column before, so that the two are hard to compare.
    """

    key: str
    date: str
    kind: str
    read: int
    changes: bool = False

    @property
    def family(self) -> str:
        """The family of its framework."""
        day = dt.date.fromisoformat(self.date) if self.date else None
        framework = vocab.framework_for(self.kind, day)
        return next(f.family for f in vocab.frameworks() if f.id == framework)

    @property
    def is_whole(self) -> bool:
        """Whether it looked at the whole service: then what it leaves unsaid was looked at."""
        return vocab.scope_of(self.kind) == "whole"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one inspection says of one theme: its status (the id of an assessment status), how many
    findings say so, and whether it recommends something on it.
    """

    status: str
    number: int = 0
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A theme (its id) with a cell for each inspection, how it went on when it was last judged (the
    id of a trajectory), and for how many times in a row it has been found so.
    """

    theme: str
    label: str
    domain: str
    cells: tuple[Cell, ...]
    trajectory: str
    times: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Inspections in order of time, and themes, most persistent first."""

    visits: tuple[Visit, ...]
    lines: tuple[Line, ...]

    def by_domain(self, most: int | None = None) -> dict[str, list[Line]]:
        """The first ``most`` lines (None: all) under the names of what their themes are part of."""
        domains: dict[str, list[Line]] = {}
        for line in self.lines[:most]:
            domains.setdefault(line.domain, []).append(line)
        return domains


def build_matrix(rows: Sequence[Row], whole: Iterable[Row] = ()) -> Matrix:
    """The matrix of ``rows`` of the question ``theme-assessments``, all of one authority.

    Its inspections are those of ``whole``, which may have spoken of other themes alone, or of
    ``rows``.
    """
    visits = {row["inspection"]: _visit(row) for row in sorted(whole or rows, key=_day)}
    themes: dict[Any, list[Row]] = {}
    for row in rows:
        themes.setdefault(row["theme"], []).append(row)
    ranked = sorted(themes.values(), key=_rank)
    return Matrix(_with_changes(visits.values()), tuple(_line(told, visits) for told in ranked))


def _with_changes(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    told: list[Visit] = []
    for visit in visits:
        changes = bool(told) and told[-1].family != visit.family
        told.append(replace(visit, changes=changes))
    return tuple(told)


def read_cell(row: Row) -> Cell:
    """What a row with the status and the counts of an assessment says."""
    status = last_part(row["status"])
    praised, faulted, both = row["strengths"], row["weaknesses"], row["mixed"]
    told = {"strength": praised, "weakness": faulted + both, "mixed": praised + faulted + both}
    return Cell(status, told.get(status, 0), bool(row["recommendations"]))


def _visit(row: Row) -> Visit:
    return Visit(last_part(row["inspection"]), _day(row), last_part(row["kind"]), row["read"])


def _line(rows: Sequence[Row], visits: Mapping[Any, Visit]) -> Line:
    at = {row["inspection"]: row for row in rows}
    cells = tuple(
        read_cell(at[iri]) if iri in at else _unsaid(visit) for iri, visit in visits.items()
    )
    judged = [row for row in rows if last_part(row["status"]) in JUDGED]
    last = max(judged, key=_day)
    named = rows[0]
    trajectory = last_part(last["trajectory"])
    return Line(
        last_part(named["theme"]), named["label"], named["domain"], cells, trajectory, last["times"]
    )


def _unsaid(visit: Visit) -> Cell:
    return Cell("nothing-said" if visit.is_whole else "not-looked-at")


def _rank(rows: Sequence[Row]) -> tuple[int, int, str]:
    weak = sum(last_part(row["status"]) in ("weakness", "mixed") for row in rows)
    return -weak, -sum(bool(row["recommendations"]) for row in rows), rows[0]["label"]


def _day(row: Row) -> str:
    return str(row["date"] or "")
