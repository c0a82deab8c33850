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
from themegraph.ids import last_part
from themegraph.ontology import vocab

if TYPE_CHECKING:
    from themegraph.queries import Answer
    from themegraph.queries.matrix import Line, Matrix

    Row = dict[str, Any]

STANCES = ("any", "weakness", "strength", "recommended")
#: So many themes are shown unless more are asked for.
TOP = 20


@click.command(short_help="Which themes come back, and out of how many inspections.")
@click.option(
    "--list", "as_list", is_flag=True, help="List the themes and their ids, and ask no store."
)
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
    as_list: bool,
    authority: str | None,
    region: str | None,
    theme: str | None,
    kind: str | None,
    since: dt.date | None,
    until: dt.date | None,
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
    something on it, out of those that could have. Other commands name a theme by its id or its
    name, which --list tells.
    """
    if as_list:
        write_answer(_vocabulary(), form, output, _listing)
        return
    from themegraph.commands.hints import no_report
    from themegraph.queries import ask, resolve
    from themegraph.queries.matrix import build_matrix

    if authority is not None and region is not None:
        raise click.UsageError("Give --authority or --region, not both.")
    days = {"since": iso(since), "until": iso(until)}
    with asking(store, quiet=quiet) as source:
        if authority is not None:
            kind = kind and last_part(resolve(source, "report-type", kind).value)
            asked = given({"kind": kind, **days})
            whole = _inspections(ask(source, "theme-assessments", authority=authority), asked)
            only = None if theme is None else resolve(source, "theme", theme).value
            answer = _found(_of_theme(whole, only), stance, _SHOWN_BY_INSPECTION)
        else:
            values = given({"region": region, "theme": theme, "kind": kind, **days})
            answer = _found(ask(source, "recurring-themes", **values), stance, _SHOWN_BY_THEME)
        note = "" if answer.rows else no_report(source, authority)

    def view() -> str:
        if note:
            return ""
        if authority is None:
            return _table(list(answer), top)
        return matrix_text(build_matrix(list(answer), list(whole)), top)

    write_answer(answer, form, output, view)
    if note:
        say(note, quiet=quiet)
    elif form == "table":
        shown = len({row["theme"] for row in answer})
        more = f" Shown are the first {top}; --top 0 shows all." if 0 < top < shown else ""
        say(f"{counted(shown, 'theme')}.{more}", quiet=quiet)


def _vocabulary() -> Answer:
    """The themes that there are, in the order of the scheme, each with the group it stands in."""
    from themegraph.queries import Answer

    names = {theme.id: theme.label for theme in vocab.themes()}
    rows = ((t.id, t.label, names[t.broader]) for t in vocab.themes() if t.broader)
    return Answer(("id", "label", "group"), tuple(rows))


def _listing() -> str:
    """The themes under their groups, each with what to type for it."""
    from themegraph.commands.tables import Section, render

    cells: list[list[str]] = []
    for group, rows in grouped(_vocabulary(), "group").items():
        cells.append([Section(group), ""])
        cells += [[f"  {row['label']}", row["id"]] for row in rows]
    return render(["theme", "id"], cells)


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
    return {last_part(row["status"]) for row in rows}


def _inspections(answer: Answer, asked: dict[str, str]) -> Answer:
    """The assessments by inspections of a kind or period."""
    from themegraph.queries import Answer

    kind, since, until = asked.get("kind"), asked.get("since", ""), asked.get("until", "9999")
    rows = [
        tuple(row.values())
        for row in answer
        if since <= str(row["date"] or "") <= until and (not kind or kind == last_part(row["kind"]))
    ]
    return Answer(answer.columns, tuple(rows))


def _of_theme(answer: Answer, theme: str | None) -> Answer:
    from themegraph.queries import Answer

    rows = tuple(tuple(row.values()) for row in answer if theme in (None, row["theme"]))
    return Answer(answer.columns, rows)


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
        return "No theme matches.\n"
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
        return "No theme matches.\n"
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
    """How the theme went on when it was last judged, and for how many times in a row."""
    times = f" ×{line.times}" if line.times > 1 else ""
    return f"{marks.words_of(line.trajectory)}{times}"
