"""``themegraph trace THEME``: the story of a theme, inspection by inspection, word for word."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from themegraph.commands.answers import FORMATS, write_answer
from themegraph.commands.asking import asking
from themegraph.commands.console import counted, say
from themegraph.commands.marks import quotation
from themegraph.commands.options import (
    authority_option,
    format_option,
    output_option,
    quiet_option,
    store_option,
)
from themegraph.commands.tables import width_of_terminal
from themegraph.marks import shape_of
from themegraph.rows import grouped

if TYPE_CHECKING:
    from themegraph.graph.pages import Pages
    from themegraph.queries.story import Story
    from themegraph.rows import Row


@click.command(short_help="The story of a theme: every inspection, every passage, with pages.")
@click.argument("theme")
@authority_option
@click.option(
    "--quotes",
    type=click.IntRange(0),
    metavar="N",
    help="At most so many passages of each inspection, a mixed one with what it praises and what "
    "it faults. Default: all, and 1 without --authority.",
)
@format_option(FORMATS, "table")
@output_option
@store_option
@quiet_option
def trace(
    theme: str,
    authority: str | None,
    quotes: int | None,
    form: str,
    output: str,
    store: str | None,
    quiet: bool,
) -> None:
    """The story of THEME in order of time.

    Each inspection with what it says in all, how that goes on, and its passages word for word with
    their pages. An inspection of a part of the service that did not look is said to have not. Of a
    finding that is mixed on THEME both what it praises and what it faults is quoted; the second of
    two sentences may go on about the theme without naming it.

    csv and json have a row for each passage, or for each inspection that has none, with the IRIs of
    the passage and of the inspection; all else is plain.
    """
    from themegraph.queries.story import tell_story

    with asking(store, quiet=quiet) as source:
        story = tell_story(source, theme, authority)
    most = quotes if quotes is not None else None if authority else 1
    write_answer(story, form, output, lambda: "" if story.note else _tell(story, most))
    if story.note:
        say(story.note, quiet=quiet)
    elif form == "table":
        looked = counted(story.visits, "inspection")
        say(f"{looked}, {counted(story.passages, 'passage')}.", quiet=quiet)


def _tell(story: Story, most: int | None) -> str:
    from themegraph.queries.story import heading

    lines = [story.title, ""]
    for told in grouped(story, "inspection").values():
        head = textwrap.fill(heading(told[0]), width_of_terminal(), subsequent_indent=" " * 4)
        lines += [head, *_quotations(told, most, story.pages), ""]
    return "\n".join(lines)


def _quotations(told: Sequence[Row], most: int | None, pages: Pages) -> Iterator[str]:
    from themegraph.queries.story import choose

    wanted, others = choose(told, most)
    for row in wanted:
        where = pages.short(row["page"], row["passage"])
        yield quotation(shape_of(row["says"]), row["words"], where, row["passage"])
    if others:
        yield f"    … and {counted(others, 'passage')} more"
