"""An authority: how it was judged, what comes back, and what became of what was asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from themegraph import ids
from themegraph.queries.matrix import Matrix, build_matrix
from themegraph.web.desk import Desk
from themegraph.web.pages.matrix_choice import choices, read_choice

Row = dict[str, Any]

#: Grades of an Area SEND inspection are of a partnership, on a scale of their own.
_SEND = "area-send-outcome"


def context(desk: Desk, name: str, address: Mapping[str, str]) -> dict[str, Any]:
    """What the page about the authority ``name`` shows, its matrix as the ``address`` chooses.

    Raises QueryError where there is none, and RequestError for what cannot be chosen.
    """
    choice = read_choice(address)
    history = desk.ask("judgement-history", authority=name)
    assessments = desk.ask("theme-assessments", authority=name)
    asked = desk.ask("follow-up", authority=name)
    reports = desk.ask("reports-list", authority=name)
    beside = desk.ask("bodies-beside", authority=name)
    whole = build_matrix(assessments, reports)
    chosen = choice.matrix(desk, name) if choice.given else whole
    return {
        "title": name_of(desk, name),
        "authority": name,
        "reports": reports,
        "judged": judgement_table(history),
        "send": send_outcomes(history),
        "matrix": choice.narrowed(chosen),
        "chosen": chosen,
        "choices": choices(reports, choice),
        "given": choice.given,
        "returning": returning(whole),
        "asked": _by_report(asked),
        "beside": [row for row in beside if row["inspections"]],
    }


def name_of(desk: Desk, name: str) -> str:
    """What the authority ``name`` (an id) is called, also where no report is on it."""
    for row in desk.ask("reports-list", authority=name):
        if row["name"]:
            return str(row["name"])
    body = ids.resource("authority", name)
    rows = desk.look_up("What it is called", f"SELECT ?name {{ <{body}> rdfs:label ?name }}")
    return str(rows[0]["name"]) if rows else name


def judgement_table(history: Sequence[Row]) -> dict[str, Any]:
    """Areas by inspections (key and day) in order of time, with the row that gives each grade."""
    given = [row for row in history if not str(row["judgement"]).endswith(_SEND)]
    visits = {_key(row): row["date"] for row in given}
    areas: dict[str, dict[str, Row]] = {}
    for row in given:
        areas.setdefault(row["area"], {})[_key(row)] = row
    order = sorted(visits.items(), key=lambda visit: (str(visit[1] or ""), visit[0]))
    return {"visits": order, "areas": areas}


def send_outcomes(history: Sequence[Row]) -> list[Row]:
    """The outcomes of inspections of the local area's SEND arrangements, the latest first."""
    given = [row for row in history if str(row["judgement"]).endswith(_SEND)]
    return sorted(given, key=lambda row: str(row["date"] or ""), reverse=True)


def _key(judgement: Row) -> str:
    """The key of the inspection that a judgement is of."""
    return str(judgement["judgement"]).split("/")[-2]


def returning(matrix: Matrix) -> list[dict[str, Any]]:
    """The themes that were weak or mixed when last judged and were found so in more than one
    inspection, most often first, each with the full inspections that did not judge it since.
    """
    told = []
    for line in matrix.lines:
        weak = [
            visit
            for visit, cell in zip(matrix.visits, line.cells, strict=True)
            if cell.status in ("weakness", "mixed")
        ]
        could = sum(cell.status != "not-looked-at" for cell in line.cells)
        now = line.last_judged
        if len(weak) > 1 and now is not None and now.status != "strength":
            days = [visit.date for visit in weak if visit.date]
            found = {
                "line": line,
                "weak": weak,
                "could": could,
                "days": days,
                "undated": len(weak) - len(days),
                "silent": matrix.silent_on(line),
            }
            told.append(found)
    return told


def _by_report(asked: Sequence[Row]) -> dict[tuple[Any, str], list[Row]]:
    """Recommendations under the report that makes them, the latest first."""
    groups: dict[tuple[Any, str], list[Row]] = {}
    for row in asked:
        groups.setdefault((row["date"], row["report"]), []).append(row)
    return dict(sorted(groups.items(), key=lambda item: _latest(*item[0]), reverse=True))


def _latest(day: Any, report: str) -> tuple[str, str]:
    """By what recommendations are put in order: those without a day are the earliest."""
    return str(day or ""), report
