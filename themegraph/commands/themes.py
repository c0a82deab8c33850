"""``themegraph themes``: which themes come back, in one authority or in many."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from themegraph.commands import marks
from themegraph.commands.answers import FORMATS, write_answer
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
from themegraph.rows import grouped

if TYPE_CHECKING:
    from themegraph.queries.matrix import Matrix
    from themegraph.rows import Row

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

    How a theme goes on, and times and since in csv and json, are told from all inspections of the
    body; what a table counts in a row are those that it shows.
    """
    if as_list:
        from themegraph.queries.recurring import list_themes

        write_answer(list_themes(), form, output, _listing)
        return
    from themegraph.queries.recurring import recurring_themes

    if authority is not None and region is not None:
        raise click.UsageError("Give --authority or --region, not both.")
    with asking(store, quiet=quiet) as source:
        found = recurring_themes(
            source,
            authority=authority,
            region=region,
            theme=theme,
            kind=kind,
            since=iso(since),
            until=iso(until),
            stance=stance,
        )
    most = limit(top, form)

    def view() -> str:
        if found.nobody:
            return ""
        if found.matrix is None:
            return _table(list(found), most)
        return matrix_text(found.matrix, most, found.hidden)

    write_answer(found.first(most), form, output, view)
    if found.nobody:
        say(found.nobody, quiet=quiet)
    elif form == "table":
        more = f" Shown are the first {most}; --top 0 shows all." if found.ranked[most:] else ""
        say(f"{counted(len(found.ranked), 'theme')}.{more}{found.note}", quiet=quiet)


def _listing() -> str:
    """The themes under their groups, each with what to type for it."""
    from themegraph.commands.tables import Section, render
    from themegraph.queries.recurring import list_themes

    cells: list[list[str]] = []
    for group, rows in grouped(list_themes(), "group").items():
        cells.append([Section(group), ""])
        cells += [[f"  {row['label']}", row["id"]] for row in rows]
    return render(["theme", "id"], cells)


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


def matrix_text(matrix: Matrix, most: int | None, hidden: int = 0) -> str:
    """The matrix as a table: themes under their domain, ``most`` of them at most (None: all).

    ``hidden`` is how many inspections of the body before its last are left out of it.
    """
    from themegraph.commands.tables import Section, fits, render, width_of_terminal
    from themegraph.queries.matrix import explained, goes_on

    if not matrix.lines:
        return "No theme matches.\n"
    heads = ["theme", *(marks.inspection_head(v.date, v.kind) for v in matrix.visits)]
    cells: list[list[str]] = []
    for domain, lines in matrix.by_domain(most).items():
        cells.append([Section(domain), *("" for _ in matrix.visits), ""])
        cells += [
            [f"  {line.label}", *map(marks.cell, line.cells), goes_on(line)] for line in lines
        ]
    cells.append(["findings read", *(str(visit.read) for visit in matrix.visits), ""])
    told = marks.legend(mark for line in cells for mark in line[1:])
    heads.append("at the last")
    if not fits(heads, cells):  # many inspections: the last column goes into the first
        heads.pop()
        cells = [[_with_last(line), *line[1:-1]] for line in cells]
    return (
        render(heads, cells)
        + f"\n{told}\n"
        + f"{textwrap.fill(explained(hidden), width_of_terminal())}\n"
    )


def _with_last(line: list[str]) -> str:
    from themegraph.commands.tables import Section

    return line[0] if isinstance(line[0], Section) or not line[-1] else f"{line[0]}: {line[-1]}"
