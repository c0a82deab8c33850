"""``themegraph compare AUTHORITY``: how themes stand there and in other bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from themegraph.commands import marks
from themegraph.commands.answers import FORMATS, given, write_answer
from themegraph.commands.asking import asking
from themegraph.commands.console import counted, say
from themegraph.commands.options import (
    format_option,
    output_option,
    quiet_option,
    store_option,
    theme_option,
    top_option,
)
from themegraph.ids import last_part

if TYPE_CHECKING:
    from themegraph.graph.store import Store

    Row = dict[str, Any]

#: More bodies than these are counted and not shown one by one.
SIDE_BY_SIDE = 5
TOP = 20
_BADNESS = {"weakness": 0, "mixed": 1, "strength": 2}


@click.command(short_help="An authority beside its neighbours, its region or named others.")
@click.argument("authority")
@click.argument("others", nargs=-1, metavar="[OTHER]...")
@click.option("--neighbours", is_flag=True, help="With its statistical neighbours.")
@click.option("--region", is_flag=True, help="With the other bodies of its region.")
@theme_option
@top_option(TOP)
@format_option(FORMATS, "table")
@output_option
@store_option
@quiet_option
def compare(
    authority: str,
    others: tuple[str, ...],
    neighbours: bool,
    region: bool,
    theme: str | None,
    top: int,
    form: str,
    output: str,
    store: str | None,
    quiet: bool,
) -> None:
    """How each theme stands in AUTHORITY and in others, by the last inspection that judged it.

    Named OTHERs stand side by side, up to five of them; more, and those of --neighbours or
    --region, are counted. Inspections of different years and kinds stand beside each other here:
    the year is shown, and csv and json tell the kind.
    """
    from themegraph.commands.hints import no_report
    from themegraph.queries import Answer, ask, resolve

    if bool(others) + neighbours + region != 1:
        raise click.UsageError("Name other authorities, or give --neighbours or --region.")
    with asking(store, quiet=quiet) as source:
        own = resolve(source, "authority", authority).value
        beside = _beside(source, own, others, neighbours=neighbours)
        now = ask(source, "themes-now", **given({"theme": theme}))
        note = no_report(source, authority)
    wanted = {own, *beside}
    rows = [row for row in now if row["authority"] in wanted]
    judged = {row["theme"] for row in rows if row["authority"] == own}
    answer = Answer(now.columns, tuple(tuple(r.values()) for r in rows if r["theme"] in judged))
    write_answer(
        answer, form, output, lambda: "" if note else _view(list(answer), own, beside, top)
    )
    if note:
        say(note, quiet=quiet)
    elif form == "table":
        known = {row["authority"] for row in rows} - {own}
        beside_it = counted(len(beside), "body", "bodies")
        say(f"Beside {beside_it}, {len(known)} of them in the store.", quiet=quiet)


def _beside(source: Store, own: str, others: Sequence[str], *, neighbours: bool) -> dict[str, str]:
    """The bodies to compare with: the name of each by its IRI, in order."""
    from themegraph.queries import ask, resolve

    if others:
        found = (resolve(source, "authority", other).value for other in others)
        return {iri: last_part(iri) for iri in found if iri != own}
    rows = list(ask(source, "bodies-beside", authority=own))
    home = {row["region"] for row in rows if row["neighbour"] == "no"}
    wanted = (
        row for row in rows if (row["neighbour"] == "yes" if neighbours else row["region"] in home)
    )
    return {row["beside"]: row["name"] for row in wanted}


def _view(rows: Sequence[Row], own: str, beside: Mapping[str, str], top: int) -> str:
    from themegraph.commands.tables import render

    by_theme: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_theme.setdefault(row["theme"], {})[row["authority"]] = row
    ranked = sorted(by_theme, key=lambda theme: _rank(by_theme[theme], own))
    shown = ranked[: top or None]
    if not shown:
        return "No theme was judged there.\n"
    one_by_one = len(beside) <= SIDE_BY_SIDE
    heads = ["theme", last_part(own)]
    heads += beside.values() if one_by_one else ["▲ weak", "◐ mixed", "● strong", "of"]
    lines = []
    for theme in shown:
        told = by_theme[theme]
        label = next(iter(told.values()))["label"]
        others = [_cell(told.get(body)) for body in beside] if one_by_one else _counts(told, own)
        lines.append([label, _cell(told.get(own)), *others])
    legend = marks.legend(cell for line in lines for cell in line[1:])
    more = (
        f"{counted(len(ranked), 'theme')}; --top 0 shows all.\n" if len(shown) < len(ranked) else ""
    )
    return f"{render(heads, lines)}\n{legend}\n{more}"


def _rank(told: Mapping[str, Row], own: str) -> tuple[int, int, str]:
    """Weaknesses of the body itself first, and of these what most others do well."""
    here = _BADNESS[last_part(told[own]["status"])] if own in told else len(_BADNESS)
    strong = sum(last_part(row["status"]) == "strength" for row in told.values())
    return here, -strong, next(iter(told.values()))["label"]


def _cell(row: Row | None) -> str:
    from themegraph.queries.matrix import read_cell

    return f"{marks.cell(read_cell(row))} {row['date'].year}" if row else ""


def _counts(told: Mapping[str, Row], own: str) -> list[str]:
    states = [last_part(row["status"]) for body, row in told.items() if body != own]
    return [*(str(states.count(each)) for each in _BADNESS), str(len(states))]
