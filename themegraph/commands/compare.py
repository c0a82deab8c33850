"""``themegraph compare AUTHORITY``: how themes stand there and in other bodies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from themegraph.commands import marks
from themegraph.commands.answers import FORMATS, given, write_answer
from themegraph.commands.asking import asking
from themegraph.commands.console import counted, say
from themegraph.commands.options import (
    format_option,
    limit,
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
_NAMES = "SELECT DISTINCT ?body ?name { ?body a tg:Authority ; rdfs:label ?name }"
_INSPECTED = "SELECT DISTINCT ?body { ?inspection tg:inspects ?body }"
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
    from themegraph.commands.undated import left_out
    from themegraph.queries import Answer, ask, resolve

    _choose_one(others, neighbours=neighbours, region=region)
    with asking(store, quiet=quiet) as source:
        own = resolve(source, "authority", authority).value
        beside = _beside(source, own, others, neighbours=neighbours)
        names = _names(source, (own, *beside))
        if own in beside:
            raise click.UsageError(f"{names[own]} cannot be compared with itself.")
        now = ask(source, "themes-now", **given({"theme": theme}))
        wanted = {own, *beside}
        held = {row["body"].value for row in source.rows(_INSPECTED)}
        nobody = no_report(source, authority)
        note = left_out(source, bodies=wanted)
    rows = [row for row in now if row["authority"] in wanted]
    ranked = _ranked(rows, own)
    most = limit(top, form)
    shown = dict(list(ranked.items())[:most])
    answer = Answer(now.columns, tuple(tuple(r.values()) for r in rows if r["theme"] in shown))

    def view() -> str:
        if nobody:
            return ""
        if not ranked:
            what = "This theme was never" if theme else "No theme was ever"
            return f"{what} judged in {names[own]}.\n"
        more = f"{counted(len(ranked), 'theme')}; --top 0 shows all.\n"
        return _view(shown, own, beside, names) + (more if len(shown) < len(ranked) else "")

    write_answer(answer, form, output, view)
    if nobody:
        say(nobody, quiet=quiet)
    elif form == "table":
        silent = held.intersection(beside) - {row["authority"] for row in rows}
        told = _summary(len(beside), len(held.intersection(beside)), len(silent), theme)
        say(f"{told}{note}", quiet=quiet)


def _choose_one(others: Sequence[str], *, neighbours: bool, region: bool) -> None:
    """Raises UsageError unless it is said in exactly one way what to compare with."""
    ways = {"other authorities": others, "--neighbours": neighbours, "--region": region}
    given_ways = [way for way, is_given in ways.items() if is_given]
    if not given_ways:
        raise click.UsageError("Name other authorities, or give --neighbours or --region.")
    if len(given_ways) > 1:
        *some, last = given_ways
        raise click.UsageError(f"Choose one: {', '.join(some)} and {last} cannot go together.")


def _beside(source: Store, own: str, others: Sequence[str], *, neighbours: bool) -> list[str]:
    """The IRIs of the bodies to compare with, in order and each once."""
    from themegraph.queries import ask, resolve

    if others:
        found = (resolve(source, "authority", other).value for other in others)
        return list(dict.fromkeys(found))
    rows = ask(source, "bodies-beside", authority=own)
    asked = "neighbour" if neighbours else "same_region"
    return [row["beside"] for row in rows if row[asked] == "yes"]


def _names(source: Store, bodies: Iterable[str]) -> dict[str, str]:
    """The name of each body by its IRI; its id where the store has no name for it."""
    known = {row["body"].value: row["name"].value for row in source.rows(_NAMES)}
    return {body: known.get(body, last_part(body)) for body in bodies}


def _summary(beside: int, held: int, silent: int, theme: str | None) -> str:
    """How many bodies stand beside it, how many of them are in the store and say nothing."""
    if not beside:
        return "The register names no body to compare it with."
    told = f"Beside {counted(beside, 'body', 'bodies')}, {held} of them in the store"
    if silent:
        where = "there" if silent == held else f"in {silent} of these"
        told += f"; nothing was judged {where}{' on this theme' if theme else ''}"
    return f"{told}."


def _ranked(rows: Iterable[Row], own: str) -> dict[str, dict[str, Row]]:
    """The themes that were judged in the body itself, as :func:`_rank` ranks them, each with the
    row of every body.
    """
    by_theme: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_theme.setdefault(row["theme"], {})[row["authority"]] = row
    judged = (theme for theme, told in by_theme.items() if own in told)
    return {t: by_theme[t] for t in sorted(judged, key=lambda t: _rank(by_theme[t], own))}


def _view(
    shown: Mapping[str, Mapping[str, Row]],
    own: str,
    beside: Sequence[str],
    names: Mapping[str, str],
) -> str:
    from themegraph.commands.tables import render

    one_by_one = len(beside) <= SIDE_BY_SIDE
    heads = ["theme", names[own]]
    heads += (
        [names[body] for body in beside] if one_by_one else ["▲ weak", "◐ mixed", "● strong", "of"]
    )
    lines = []
    for told in shown.values():
        others = [_cell(told.get(body)) for body in beside] if one_by_one else _counts(told, own)
        lines.append([told[own]["label"], _cell(told[own]), *others])
    legend = marks.legend(cell for line in lines for cell in line[1:])
    return f"{render(heads, lines)}\n{legend}\n"


def _rank(told: Mapping[str, Row], own: str) -> tuple[int, int, str]:
    """Weaknesses of the body itself first, and of these what most others do well."""
    here = _BADNESS[last_part(told[own]["status"])]
    strong = sum(last_part(row["status"]) == "strength" for row in told.values())
    return here, -strong, told[own]["label"]


def _cell(row: Row | None) -> str:
    from themegraph.queries.matrix import read_cell

    return f"{marks.cell(read_cell(row))} {row['date'].year}" if row else ""


def _counts(told: Mapping[str, Row], own: str) -> list[str]:
    states = [last_part(row["status"]) for body, row in told.items() if body != own]
    return [*(str(states.count(each)) for each in _BADNESS), str(len(states))]
