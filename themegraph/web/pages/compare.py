"""Authorities beside each other: named ones, the statistical neighbours of one, or its region."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from themegraph.ids import last_part
from themegraph.ontology import vocab
from themegraph.queries.matrix import JUDGED, Cell, Matrix
from themegraph.web.desk import Desk
from themegraph.web.faults import RequestError
from themegraph.web.pages.asking import chosen
from themegraph.web.pages.matrix_choice import choices, read_choice

Row = dict[str, Any]

#: So many authorities have all their inspections side by side; of more, what each was last judged.
WHOLE = 3
MOST_NAMED = 20
BESIDE = (("neighbours", "its statistical neighbours"), ("region", "the others of its region"))


def context(desk: Desk, asked: QueryParams) -> dict[str, Any]:
    """What the page shows for each ``authority`` in ``asked`` (ids), ``with`` those beside the
    first, of the inspections and themes that it chooses.

    Raises RequestError for an authority of which there is no report, and for what cannot be chosen.
    """
    choice = read_choice(asked)
    reports = desk.ask("reports-list")
    known = {last_part(row["body"]): row["name"] for row in reports if row["body"]}
    named = [name for name in dict.fromkeys(asked.getlist("authority")) if name]
    for name in named:
        chosen({"authority": name}, {"authority": known})
    if len(named) > MOST_NAMED:
        raise RequestError(400, "parameter", f"At most {MOST_NAMED} can be compared by name.")
    beside = chosen(asked, {"with": dict(BESIDE)}).get("with", "")
    shown = named[:1] + _beside(desk, named[0], beside) if named and beside else named
    matrices = {name: choice.matrix(desk, name) for name in shown}
    found = {line.theme for m in matrices.values() for line in choice.narrowed(m).lines}
    whole = len(shown) <= WHOLE
    lines = _lines(matrices, whole=whole)
    of_shown = [row for row in reports if last_part(row["body"]) in shown]
    columns = [max(len(m.visits), 1) if whole else 1 for m in matrices.values()]
    return {
        "title": _title([known[name] for name in named], beside),
        "bodies": sorted(known.items(), key=lambda body: body[1]),
        "named": named,
        "beside": beside,
        "beside_choices": BESIDE,
        "choices": choices(of_shown, choice),
        "given": choice.given,
        "names": {name: known[name] for name in shown},
        "matrices": matrices,
        "whole": whole,
        "domains": _by_domain([line for line in lines if line["theme"] in found]),
        "columns": 1 + sum(columns),
        "themes_shown": len(found),
        "of_themes": len(lines),
        "visits_shown": sum(len(matrix.visits) for matrix in matrices.values()),
        "of_visits": len(of_shown),
        "all": _address(named, beside),
    }


def as_csv(desk: Desk, asked: QueryParams) -> str:
    """What every inspection that the page compares says of every theme, as CSV."""
    told = context(desk, asked)
    shown = {line["theme"] for lines in told["domains"].values() for line in lines}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("authority", "inspection", "date", "kind", "theme", "status", "findings",
                     "recommended"))  # fmt: skip
    for name, matrix in told["matrices"].items():
        for line in matrix.lines:
            if line.theme not in shown:
                continue
            for visit, cell in zip(matrix.visits, line.cells, strict=True):
                where = (name, visit.key, visit.date, visit.kind, line.theme)
                asked_for = "yes" if cell.is_asked else "no"
                writer.writerow((*where, cell.status, cell.number, asked_for))
    return out.getvalue()


def _beside(desk: Desk, name: str, beside: str) -> list[str]:
    """The ids of the bodies beside ``name`` of which there are reports."""
    rows = desk.ask("bodies-beside", authority=name)
    column = "same_region" if beside == "region" else "neighbour"
    return [last_part(r["beside"]) for r in rows if r["inspections"] and r[column] == "yes"]


def _lines(matrices: Mapping[str, Matrix], *, whole: bool) -> list[dict[str, Any]]:
    """For each theme that is judged in any of them its cells in each: of every inspection or, where
    not ``whole``, of the last that judged it, with its year and address.
    """
    themes: dict[str, dict[str, Any]] = {}
    for name, matrix in matrices.items():
        for line in matrix.lines:
            found = themes.setdefault(
                line.theme, {"theme": line.theme, "label": line.label, "domain": line.domain,
                             "cells": {}}
            )  # fmt: skip
            pairs = list(zip(matrix.visits, line.cells, strict=True))
            found["cells"][name] = pairs if whole else [_last_judged(pairs)]
    first = next(iter(matrices), "")
    order = [theme.label for theme in vocab.themes() if not theme.broader]
    return sorted(
        themes.values(),
        key=lambda line: (order.index(line["domain"]), -_weak(line["cells"].get(first, ())),
                          line["label"]),
    )  # fmt: skip


def _last_judged(pairs: Sequence[tuple[Any, Cell]]) -> tuple[Any, Cell]:
    return next((pair for pair in reversed(pairs) if pair[1].status in JUDGED), pairs[-1])


def _weak(pairs: Sequence[tuple[Any, Cell]]) -> int:
    return sum(cell.status in ("weakness", "mixed") for _, cell in pairs)


def _by_domain(lines: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    domains: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        domains.setdefault(line["domain"], []).append(line)
    return domains


def _address(named: Sequence[str], beside: str) -> str:
    """The page of the same authorities with everything that there is of them."""
    return "/compare?" + urlencode([*(("authority", name) for name in named), ("with", beside)])


def _title(names: Sequence[str], beside: str) -> str:
    if not names:
        return "Compare authorities"
    if beside:
        return f"{names[0]} beside {dict(BESIDE).get(beside, 'others')}"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
