"""``themegraph turned-around THEME``: who had the weakness and later not, with both passages."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from themegraph.commands import marks
from themegraph.commands.answers import FORMATS, write_answer
from themegraph.commands.asking import asking
from themegraph.commands.console import say
from themegraph.commands.options import (
    format_option,
    output_option,
    quiet_option,
    region_option,
    store_option,
)
from themegraph.commands.tables import width_of_terminal

if TYPE_CHECKING:
    from themegraph.queries.turning import TurnedAround


@click.command(
    "turned-around", short_help="Who had a weakness and later did not, with both passages."
)
@click.argument("theme")
@region_option
@format_option(FORMATS, "table")
@output_option
@store_option
@quiet_option
def turned_around(
    theme: str, region: str | None, form: str, output: str, store: str | None, quiet: bool
) -> None:
    """Who had a weakness in THEME and later did not.

    Bodies in which one inspection found it weak or mixed and the next that judged it praised it
    without fault, the latest first, with a passage of each; of a finding that is mixed, with what
    it praises and what it faults. A later decline is said.
    """
    from themegraph.queries.turning import summary
    from themegraph.queries.turning import turned_around as find

    with asking(store, quiet=quiet) as source:
        found = find(source, theme, region)
    write_answer(found, form, output, lambda: _tell(found))
    if form == "table":
        say(summary(found), quiet=quiet)


def _tell(found: TurnedAround) -> str:
    from themegraph.queries.turning import NOBODY, heading, quoted

    if not found.rows:
        return f"{NOBODY}\n"
    lines: list[str] = []
    for row in found:
        head = textwrap.fill(heading(row), width_of_terminal(), subsequent_indent=" " * 4)
        quotations = (
            marks.quotation(shape, words, found.pages.short(page, of), of)
            for shape, words, page, of in quoted(row)
        )
        lines += [head, *quotations, ""]
    return "\n".join(lines)
