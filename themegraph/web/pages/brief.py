"""A brief for a meeting: one authority or one theme on a sheet or two, with numbered quotations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from themegraph.derivation.hindsight import looks_back
from themegraph.ids import last_part
from themegraph.ontology import vocab
from themegraph.queries.matrix import build_matrix, read_cell
from themegraph.web.desk import Desk
from themegraph.web.faults import RequestError
from themegraph.web.pages.asking import concept_called
from themegraph.web.pages.authority import judgement_table, name_of, returning, send_outcomes

Row = dict[str, Any]

#: So many themes, strengths and recommendations fit on two sheets with their quotations.
THEMES, STRENGTHS, ASKED = 6, 3, 8
#: Outcomes of a recommendation with which a meeting has something left to do.
_OPEN = (
    "persists",
    "partly-resolved",
    "theme-spoken-of",
    "not-looked-at-again",
    "no-later-inspection",
    "not-followed",
)
#: What is told of a quotation.
_QUOTED = ("words", "inspection", "page", "says", "other_side", "other_page")


def context(desk: Desk, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page shows for the ``authority`` or the ``theme`` in ``asked`` (ids).

    Raises RequestError where neither is told, and QueryError where none is known.
    """
    if asked.get("authority"):
        return _of_authority(desk, asked["authority"])
    if asked.get("theme"):
        return _of_theme(desk, asked["theme"])
    told = "Say on whom or what: /brief?authority=… or /brief?theme=…"
    raise RequestError(400, "parameter", told)


def _of_authority(desk: Desk, name: str) -> dict[str, Any]:
    history = desk.ask("judgement-history", authority=name)
    reports = desk.ask("reports-list", authority=name)
    matrix = build_matrix(desk.ask("theme-assessments", authority=name), reports)
    now = {last_part(row["theme"]): row for row in desk.ask("themes-now", authority=name)}
    back = [
        {"row": now[item["line"].theme], **item}
        for item in returning(matrix)
        if item["line"].theme in now and last_part(now[item["line"].theme]["status"]) != "strength"
    ]
    strong = [row for row in now.values() if last_part(row["status"]) == "strength"]
    strong.sort(key=lambda row: (-row["strengths"], row["label"]))
    back.sort(key=lambda item: (-len(item["weak"]), read_cell(item["row"]).faults == 1))
    left = [
        row for row in desk.ask("follow-up", authority=name) if last_part(row["outcome"]) in _OPEN
    ]
    left.sort(key=lambda row: str(row["date"] or ""), reverse=True)
    told = {"back": back[:THEMES], "strong": [{"row": row} for row in strong[:STRENGTHS]]}
    return {
        "title": name_of(desk, name),
        "authority": name,
        "theme": None,
        "reports": len(reports),
        "days": sorted(day for row in reports if (day := row["start"] or row["published"])),
        "judged": judgement_table(history),
        "send": send_outcomes(history),
        "back_in_all": len(back),
        "strong_in_all": len(strong),
        "left": left[:ASKED],
        "left_in_all": len(left),
        "notes": _number(*told.values()),
        **told,
    }


def _of_theme(desk: Desk, name: str) -> dict[str, Any]:
    concept = concept_called(name, "theme", (t for t in vocab.themes() if t.broader))
    now = desk.ask("themes-now", theme=name)
    now.sort(key=lambda row: str(row["date"] or ""), reverse=True)
    weak = [{"row": row} for row in now if last_part(row["status"]) in ("weakness", "mixed")]
    strong = [{"row": row} for row in now if last_part(row["status"]) == "strength"]
    strong.sort(key=lambda item: read_cell(item["row"]).passages == 1)
    told = {"weak": weak[:THEMES], "strong": strong[:STRENGTHS]}
    return {
        "title": concept.label,
        "authority": None,
        "theme": concept,
        "of": len(now),
        "weak_in_all": len(weak),
        "strong_in_all": len(strong),
        "notes": _number(*told.values()),
        **told,
    }


def _number(*lists: Sequence[Row]) -> list[Row]:
    """Give every item of ``lists`` the number of its quotation (``note``); the rows quoted, each
    with whether the words look back. Quotations are one if all that is told of them is the same.
    """
    told: dict[tuple[object, ...], Row] = {}
    for item in (item for items in lists for item in items):
        row = item["row"]
        quoted = tuple(row[name] for name in _QUOTED)
        told.setdefault(quoted, row | {"looks_back": looks_back(row["words"])})
        item["note"] = list(told).index(quoted) + 1
    return list(told.values())
