"""``themegraph themes``: which themes come back, in one authority or in many."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from themegraph import ids
from themegraph.commands import marks
from themegraph.commands.answers import FORMATS, given, grouped, write_answer
from themegraph.commands.asking import asking
from themegraph.commands.console import counted, say
from themegraph.commands.options import (
    authority_option,
    format_option,
    iso,
    limit,
    output_option,
    period_options,
    quiet_option,
    region_option,
    store_option,
    theme_option,
    top_option,
)
from themegraph.ids import last_part
from themegraph.marks import UNLIKE
from themegraph.ontology import vocab

if TYPE_CHECKING:
    from themegraph.queries import Answer
    from themegraph.queries.matrix import Line, Matrix

    Row = dict[str, Any]

STANCES = ("any", "weakness", "strength", "recommended")
#: So many themes are shown unless more are asked for.
TOP = 20
_WORDS = (
    "Numbers: findings. In words: how it went on when it was last judged, and how many inspections "
    "in a row found it on that side, of those here that judged it."
)


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

    How a theme goes on, and times and since in csv and json, are told from all inspections of the
    body; what a table counts in a row are those that it shows.
    """
    if as_list:
        write_answer(_vocabulary(), form, output, _listing)
        return
    from themegraph.commands.hints import no_report
    from themegraph.commands.undated import left_out
    from themegraph.queries import ask, resolve
    from themegraph.queries.matrix import build_matrix
    from themegraph.queries.narrowing import Narrowing

    if authority is not None and region is not None:
        raise click.UsageError("Give --authority or --region, not both.")
    days = {"since": iso(since), "until": iso(until)}
    with asking(store, quiet=quiet) as source:
        if authority is not None:
            kind = kind and last_part(resolve(source, "report-type", kind).value)
            inspections = Narrowing(**given({"kind": kind, **days}))
            held = ask(source, "reports-list", authority=authority)
            reports = [row for row in held if inspections.has(row)]
            every = ask(source, "theme-assessments", authority=authority)
            whole = _inspections(every, {last_part(row["report"]) for row in reports})
            meant = whole
            if theme is not None:
                meant = _of_themes(whole, [resolve(source, "theme", theme).value])
            answer = _found(meant, stance, _SHOWN_BY_INSPECTION)
        else:
            values = given({"region": region, "theme": theme, "kind": kind, **days})
            answer = _found(ask(source, "recurring-themes", **values), stance, _SHOWN_BY_THEME)
        nobody = "" if answer.rows else no_report(source, authority)
        note = ""
        if since or until:
            note = left_out(source, authority=authority, region=region, kind=kind)

    most = limit(top, form)
    ranked = list(dict.fromkeys(row["theme"] for row in answer))
    if authority is not None:
        matrix = build_matrix(list(answer), reports)
        ranked = [ids.concept("theme", line.theme) for line in matrix.lines]

    def view() -> str:
        if nobody:
            return ""
        if authority is None:
            return _table(list(answer), most)
        return matrix_text(matrix, most, _hidden(matrix, held))

    write_answer(_of_themes(answer, ranked[:most]), form, output, view)
    if nobody:
        say(nobody, quiet=quiet)
    elif form == "table":
        more = f" Shown are the first {most}; --top 0 shows all." if ranked[most:] else ""
        say(f"{counted(len(ranked), 'theme')}.{more}{note}", quiet=quiet)


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


def _inspections(answer: Answer, keys: Container[str]) -> Answer:
    """The rows about inspections with these keys."""
    from themegraph.queries import Answer

    rows = tuple(tuple(row.values()) for row in answer if last_part(row["inspection"]) in keys)
    return Answer(answer.columns, rows)


def _of_themes(answer: Answer, themes: Container[str]) -> Answer:
    from themegraph.queries import Answer

    rows = tuple(tuple(row.values()) for row in answer if row["theme"] in themes)
    return Answer(answer.columns, rows)


def _found(answer: Answer, stance: str, shown: dict[str, Any]) -> Answer:
    """The rows of the themes that were ever found so."""
    by_theme = grouped(answer, "theme")
    return _of_themes(answer, {theme for theme, rows in by_theme.items() if shown[stance](rows)})


def _table(rows: Sequence[Row], most: int | None) -> str:
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
        for row in rows[:most]
    ]
    return (
        render(heads, cells)
        + "\nInspections that found a theme weak, mixed or strong, or recommend something on"
        "\nit, of those that could have; bodies found weak or mixed, and in which years.\n"
    )


def _hidden(matrix: Matrix, reports: Iterable[Row]) -> int:
    """How many inspections are before the last of the matrix and not in it."""
    from themegraph.queries.narrowing import day_of

    here = {visit.key for visit in matrix.visits}
    last = max((visit.date for visit in matrix.visits), default="")
    days = {last_part(row["report"]): day_of(row) for row in reports}
    return sum(day < last and key not in here for key, day in days.items())


def matrix_text(matrix: Matrix, most: int | None, hidden: int = 0) -> str:
    """The matrix as a table: themes under their domain, ``most`` of them at most (None: all).

    ``hidden`` is how many inspections of the body before its last are left out of it.
    """
    from themegraph.commands.tables import Section, fits, render, width_of_terminal

    if not matrix.lines:
        return "No theme matches.\n"
    words = _WORDS
    if hidden:
        left_out = counted(hidden, "inspection")
        words += f" It may have gone on from one of {left_out} left out here."
    heads = ["theme", *(marks.inspection_head(v.date, v.kind) for v in matrix.visits)]
    cells: list[list[str]] = []
    for domain, lines in matrix.by_domain(most).items():
        cells.append([Section(domain), *("" for _ in matrix.visits), ""])
        cells += [
            [f"  {line.label}", *map(marks.cell, line.cells), _goes_on(line)] for line in lines
        ]
    cells.append(["findings read", *(str(visit.read) for visit in matrix.visits), ""])
    told = marks.legend(mark for line in cells for mark in line[1:])
    heads.append("at the last")
    if not fits(heads, cells):  # many inspections: the last column goes into the first
        heads.pop()
        cells = [[_with_last(line), *line[1:-1]] for line in cells]
    return render(heads, cells) + f"\n{told}\n" + f"{textwrap.fill(words, width_of_terminal())}\n"


def _with_last(line: list[str]) -> str:
    from themegraph.commands.tables import Section

    return line[0] if isinstance(line[0], Section) or not line[-1] else f"{line[0]}: {line[-1]}"


def _goes_on(line: Line) -> str:
    """How the theme went on when it was last judged, and on which side for how many times; ≠ where
    that is hard to compare.
    """
    times = f"; {line.side} {line.times} times in a row" if line.times > 1 else ""
    unlike = UNLIKE if line.last_judged and line.last_judged.is_unlike else ""
    return f"{marks.words_of(line.trajectory)}{times}{unlike}"
