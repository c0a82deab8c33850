"""An inspection, and what it rests on: a judgement of it, and a sentence that is evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from themegraph.errors import QueryError
from themegraph.ids import last_part
from themegraph.ontology import vocab
from themegraph.queries.matrix import build_matrix
from themegraph.web.desk import Desk
from themegraph.web.pages.report import about_report, judgements_of

Row = dict[str, Any]


def context(desk: Desk, key: str, _asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page about the inspection ``key`` shows. Raises QueryError where there is none."""
    about = about_report(desk, key)
    body = last_part(about["body"])
    of_body = {"authority": body}
    matrix = build_matrix(
        desk.ask("theme-assessments", **of_body) if body else [],
        desk.ask("reports-list", **of_body) if body else [],
    )
    visits = matrix.visits
    place = next((n for n, visit in enumerate(visits) if visit.key == key), None)
    lines = [
        (line, line.cells[place])
        for line in matrix.lines
        if place is not None and (line.cells[place].number or line.cells[place].is_asked)
    ]
    kind = last_part(about["kind"])
    framework = vocab.framework_for(kind, about["start"] or about["published"])
    return {
        "title": f"{about['inspection_type']}: {about['name'] or about['title']}",
        "key": key,
        "about": about,
        "framework": next(f for f in vocab.frameworks() if f.id == framework),
        "scope": vocab.scope_of(kind),
        "lines": lines,
        "before": visits[place - 1] if place else None,
        "after": visits[place + 1] if place is not None and place + 1 < len(visits) else None,
        "people": [
            row
            for row in desk.ask("who-inspected-what", **({"authority": body} if body else {}))
            if last_part(row["inspection"]) == key
        ],
        "judgements": judgements_of(desk, about),
        "recommendations": desk.ask("recommendations-of-inspection", report=key),
    }


def judgement_context(desk: Desk, name: str, _asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page about the judgement ``name`` (a report's key, / and its area) shows.

    Raises QueryError where there is none.
    """
    key = name.partition("/")[0]
    about = about_report(desk, key)
    history = (
        desk.ask("judgement-history", authority=last_part(about["body"]))
        if about["body"]
        else judgements_of(desk, about)
    )
    here = next((r for r in history if str(r["judgement"]).endswith(f"/judgement/{name}")), None)
    if here is None:
        raise QueryError(f"No judgement {name!r} in the store.")
    return {
        "title": f"{here['area']}: {here['grade']}",
        "key": key,
        "about": about,
        "judgement": here,
        "history": [row for row in history if row["area"] == here["area"]],
    }


def evidence_context(desk: Desk, name: str, _asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page about the evidence ``name`` (a finding's, / and its number) shows.

    Raises QueryError where there is none.
    """
    finding = name.rpartition("/")[0]
    rows = desk.ask("evidence-for-finding", finding=finding)
    place = next(
        (n for n, r in enumerate(rows) if str(r["evidence"]).endswith(f"/evidence/{name}")), None
    )
    if place is None:
        raise QueryError(f"No evidence {name!r} in the store.")
    key = finding.partition("/")[0]
    return {
        "title": f"A sentence, {desk.answers.pages.where(rows[place]['page'], key)}",
        "key": key,
        "about": about_report(desk, key),
        "finding": finding,
        "evidence": rows[place],
        "around": rows,
    }
