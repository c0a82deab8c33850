"""What a reader chooses of the theme × inspection matrix: inspections, themes, one service."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from themegraph.ids import last_part
from themegraph.ontology import vocab
from themegraph.queries import find
from themegraph.queries.matrix import JUDGED, Line, Matrix, build_matrix
from themegraph.queries.narrowing import Narrowing
from themegraph.web.desk import Desk, Put
from themegraph.web.pages.asking import chosen, years
from themegraph.web.pages.one_service import on_service

Row = Mapping[str, Any]
Choices = list[tuple[str, str]]

#: How a theme was found by any of the inspections that are shown.
STANCES = (
    ("weakness", "weak or mixed"),
    ("strength", "a strength"),
    ("recommended", "recommended"),
)


def _statuses() -> Choices:
    """What can be said of a theme when it was last judged."""
    went_on = [term for term in vocab.terms("trajectory") if term.id != "not-revisited"]
    return [
        *((status, status) for status in reversed(JUDGED)),
        *((term.id, term.label.lower()) for term in went_on),
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen, by the parameters of an address; nothing where all is shown."""

    given: Mapping[str, str]

    @property
    def inspections(self) -> Narrowing:
        """Which inspections are shown."""
        since, until = (self.given.get(name, "") for name in ("since", "until"))
        return Narrowing(
            self.given.get("kind", ""),
            self.given.get("family", ""),
            since and f"{since}-01-01",
            until and f"{until}-12-31",
        )

    def matrix(self, desk: Desk, name: str) -> Matrix:
        """The matrix of the authority ``name`` with the inspections that are shown, and every theme
        that they speak of.
        """
        reports: Sequence[Row] = desk.ask("reports-list", authority=name)
        rows: Sequence[Row]
        if service := self.given.get("service"):
            parameters = (("authority", name), ("service", service))
            desk.put.append(
                Put("findings-of-service", find("findings-of-service").title, parameters)
            )
            told = on_service(desk.answers.networks, reports, service)
            rows, reports = told.assessments, told.reports
        else:
            rows = desk.ask("theme-assessments", authority=name)
        kept = [row for row in reports if self.inspections.has(row)]
        keys = {last_part(row["report"]) for row in kept}
        return build_matrix([row for row in rows if last_part(row["inspection"]) in keys], kept)

    def has(self, line: Line) -> bool:
        """Whether a theme is shown, by what the inspections that are shown say of it."""
        stance, status = self.given.get("stance"), self.given.get("status")
        last = line.last_judged.status if line.last_judged else ""
        return (not stance or _was_found(line, stance)) and status in (None, last, line.trajectory)

    def narrowed(self, matrix: Matrix) -> Matrix:
        """``matrix`` with the themes that are shown."""
        return replace(matrix, lines=tuple(line for line in matrix.lines if self.has(line)))


def read_choice(asked: Mapping[str, str]) -> Choice:
    """What the parameters of an address choose. Raises RequestError for what there is not."""
    known = {
        "stance": {stance for stance, _ in STANCES},
        "status": {status for status, _ in _statuses()},
        "service": {service.id for service in vocab.services()},
        "kind": {term.id for term in vocab.terms("report-type")},
        "family": {family.id for family in vocab.families()},
    }
    return Choice({**chosen(asked, known), **years(asked)})


def choices(reports: Collection[Row], choice: Choice) -> dict[str, Choices]:
    """What can be chosen where there are these ``reports``, and what is chosen."""
    kinds = {last_part(row["kind"]) for row in reports} | {choice.given.get("kind", "")}
    families = {vocab.family_of(last_part(row["framework"])) for row in reports}
    families.add(choice.given.get("family", ""))
    return {
        "stance": list(STANCES),
        "status": _statuses(),
        "service": [(service.id, service.label) for service in vocab.services()],
        "kind": [
            (term.id, term.label)
            for term in vocab.terms("report-type")
            if kinds & vocab.kinds_within(term.id)
        ],
        "family": [(f.id, f.label) for f in vocab.families() if f.id in families],
    }


def _was_found(line: Line, stance: str) -> bool:
    if stance == "recommended":
        return any(cell.is_asked for cell in line.cells)
    statuses = {"strength"} if stance == "strength" else {"weakness", "mixed"}
    return any(cell.status in statuses for cell in line.cells)
