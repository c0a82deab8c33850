"""``themegraph compare AUTHORITY``: how themes stand there and in other bodies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from themegraph.commands import marks
from themegraph.commands.answers import FORMATS, write_answer
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

if TYPE_CHECKING:
    from themegraph.queries.comparison import Comparison

TOP = 20


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
    from themegraph.errors import ComparisonError
    from themegraph.queries.comparison import compare_bodies, summary

    _choose_one(others, neighbours=neighbours, region=region)
    with asking(store, quiet=quiet) as source:
        try:
            found = compare_bodies(source, authority, others, neighbours=neighbours, theme=theme)
        except ComparisonError as error:
            raise click.UsageError(str(error)) from error
    most = limit(top, form)

    def view() -> str:
        if found.nobody:
            return ""
        if not found.ranked:
            what = "This theme was never" if theme else "No theme was ever"
            return f"{what} judged in {found.names[found.own]}.\n"
        more = f"{counted(len(found.ranked), 'theme')}; --top 0 shows all.\n"
        return _view(found, most) + (more if most and most < len(found.ranked) else "")

    write_answer(found.first(most), form, output, view)
    if found.nobody:
        say(found.nobody, quiet=quiet)
    elif form == "table":
        say(f"{summary(found, theme)}{found.note}", quiet=quiet)


def _choose_one(others: Sequence[str], *, neighbours: bool, region: bool) -> None:
    """Raises UsageError unless it is said in exactly one way what to compare with."""
    ways = {"other authorities": others, "--neighbours": neighbours, "--region": region}
    given_ways = [way for way, is_given in ways.items() if is_given]
    if not given_ways:
        raise click.UsageError("Name other authorities, or give --neighbours or --region.")
    if len(given_ways) > 1:
        *some, last = given_ways
        raise click.UsageError(f"Choose one: {', '.join(some)} and {last} cannot go together.")


def _view(found: Comparison, most: int | None) -> str:
    from themegraph.commands.tables import render
    from themegraph.queries.comparison import table

    heads, lines = table(found, most)
    legend = marks.legend(cell for line in lines for cell in line[1:])
    return f"{render(heads, lines)}\n{legend}\n"
