"""``themegraph themes``: which themes come back, in one authority or in many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from themegraph.commands import marks
from themegraph.commands.answers import FORMATS, given, grouped, write_answer
from themegraph.commands.asking import asking
from themegraph.commands.console import counted, say
from themegraph.commands.options import (
    authority_option,
    format_option,
    iso,
    output_option,
    period_options,
    quiet_option,
    region_option,
    store_option,
    theme_option,
    top_option,
)

if TYPE_CHECKING:
    from themegraph.queries import Answer
    from themegraph.queries.matrix import Line, Matrix

    Row = dict[str, Any]

STANCES = ("any", "weakness", "strength", "recommended")
#: So many themes are shown unless more are asked for.
TOP = 20


@click.command(short_help="Which themes come back, and out of how many inspections.")
@authority_option
@region_option
@theme_option
@period_options
@click.option(
    "--stance",
    type=click.Choice(STANCES),
    default="any",
    show_default=True,
    help="Only themes that were ever found so.",
)
@top_option(TOP)
@format_option(FORMATS, "table")
@output_option
@store_option
@quiet_option
def themes(
    authority: str | None,
    region: str | None,
    theme: str | None,
    kind: str | None,
    since: dt.datetime | None,
    until: dt.datetime | None,
    stance: str,
    top: int,
    form: str,
    output: str,
    store: str | None,
    quiet: bool,
) -> None:
    """Which themes come back.

    With --authority: themes by inspections, with what each inspection says and how that goes on.
    Without: for each theme, how many inspections found it weak, mixed or strong or recommended
    something on it, out of those that could have.
    """
    from themegraph.commands.hints import no_report
    from themegraph.commands.undated import left_out
    from themegraph.queries import ask, resolve
    from themegraph.queries.matrix import build_matrix

    if authority is not None and region is not None:
        raise click.UsageError("Give --authority or --region, not both.")
    days = {"since": iso(since), "until": iso(until)}
    with asking(store, quiet=quiet) as source:
        if authority is not None:
            kind = kind and marks.name_of(resolve(source, "report-type", kind).value)
            asked = given({"kind": kind, **days})
            only = given({"theme": theme})
            told = ask(source, "theme-assessments", authority=authority, **only)
            answer = _found(_inspections(told, asked), stance, _SHOWN_BY_INSPECTION)
            reports = list(_inspections(ask(source, "reports-list", authority=authority), asked))
        else:
            values = given({"region": region, "theme": theme, "kind": kind, **days})
            answer = _found(ask(source, "recurring-themes", **values), stance, _SHOWN_BY_THEME)
        note = "" if answer.rows else no_report(source, authority)
        if since or until:
            note += left_out(source, authority=authority, region=region, kind=kind)

    def view() -> str:
        if authority is None:
            return _table(list(answer), top)
        return matrix_text(build_matrix(list(answer), reports), top)

    write_answer(answer, form, output, view)
    if form == "table":
        shown = len({row["theme"] for row in answer})
        more = f" Shown are the first {top}; --top 0 shows all." if 0 < top < shown else ""
        say(f"{counted(shown, 'theme')}.{more}{note}", quiet=quiet)


#: Whether a row of recurring-themes tells of a theme that was found so.
_SHOWN_BY_THEME = {
    "any": lambda rows: True,
    "weakness": lambda rows: any(row["weak"] + row["mixed"] for row in rows),
    "strength": lambda rows: any(row["strong"] for row in rows),
    "recommended": lambda rows: any(row["asked"] for row in rows),
}
#: The same for the assessments of a theme.
_SHOWN_BY_INSPECTION = {
    "any": lambda rows: bool({"strength", "mixed", "weakness"} & _statuses(rows)),
    "weakness": lambda rows: bool({"mixed", "weakness"} & _statuses(rows)),
    "strength": lambda rows: "strength" in _statuses(rows),
    "recommended": lambda rows: any(row["recommendations"] for row in rows),
}


def _statuses(rows: Sequence[Row]) -> set[str]:
    return {marks.name_of(row["status"]) for row in rows}


def _inspections(answer: Answer, asked: dict[str, str]) -> Answer:
    """The rows about inspections of a kind or period; one without a day is in no period."""
    from themegraph.queries import Answer

    rows = tuple(tuple(row.values()) for row in answer if _is_asked_for(row, asked))
    return Answer(answer.columns, rows)


def _is_asked_for(row: Row, asked: dict[str, str]) -> bool:
    day = str(row.get("date") or row.get("start") or row.get("published") or "")
    if not day and asked.keys() & {"since", "until"}:
        return False
    in_period = asked.get("since", "") <= day <= asked.get("until", "9999")
    return in_period and asked.get("kind") in (None, marks.name_of(row["kind"]))


def _found(answer: Answer, stance: str, shown: dict[str, Any]) -> Answer:
    """The rows of the themes that were ever found so."""
    from themegraph.queries import Answer

    by_theme = grouped(answer, "theme")
    keep = {theme for theme, rows in by_theme.items() if shown[stance](rows)}
    rows = tuple(tuple(row.values()) for row in answer if row["theme"] in keep)
    return Answer(answer.columns, rows)


def _table(rows: Sequence[Row], top: int) -> str:
    from themegraph.commands.tables import render

    if not rows:
        return "No theme was found so.\n"
    heads = ["theme", "▲ weak", "◐ mixed", "● strong", "◆ asked", "of", "bodies", "first", "last"]
    cells = [
        [
            row["label"],
            *(str(row[name]) for name in ("weak", "mixed", "strong", "asked", "of", "bodies")),
            *(str(row[name] or "")[:4] for name in ("first", "last")),
        ]
        for row in rows[: top or None]
    ]
    return (
        render(heads, cells)
        + "\nInspections that found a theme weak, mixed or strong, or recommend something on"
        "\nit, of those that could have; bodies found weak or mixed, and in which years.\n"
    )


def matrix_text(matrix: Matrix, top: int) -> str:
    """The matrix as a table: themes under their domain, so many of them as ``top`` (0: all)."""
    from themegraph.commands.tables import Section, fits, render

    if not matrix.lines:
        return "No theme was found so.\n"
    heads = ["theme", *(marks.inspection_head(v.date, v.kind) for v in matrix.visits)]
    cells: list[list[str]] = []
    for domain, lines in matrix.by_domain(top or None).items():
        cells.append([Section(domain), *("" for _ in matrix.visits), ""])
        cells += [
            [f"  {line.label}", *map(marks.cell, line.cells), _goes_on(line)] for line in lines
        ]
    cells.append(["findings read", *(str(visit.read) for visit in matrix.visits), ""])
    told = marks.legend(mark for line in cells for mark in line[1:-1])
    heads.append("at the last")
    if not fits(heads, cells):  # many inspections: the last column goes into the first
        heads.pop()
        cells = [[_with_last(line), *line[1:-1]] for line in cells]
    return (
        render(heads, cells)
        + f"\n{told}\n"
        + "Numbers: findings. In words: when it was last judged; ×3: the third in a row.\n"
    )


def _with_last(line: list[str]) -> str:
    from themegraph.commands.tables import Section

    return line[0] if isinstance(line[0], Section) or not line[-1] else f"{line[0]}: {line[-1]}"


def _goes_on(line: Line) -> str:
    """How the theme went on when it was last judged, and for how many times in a row; ≠ where that
    is hard to compare.
    """
    times = f" ×{line.times}" if line.times > 1 else ""
    unlike = marks.UNLIKE if line.last_judged and line.last_judged.is_unlike else ""
    return f"{marks.words_of(line.trajectory)}{times}{unlike}"
