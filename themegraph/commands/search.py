"""``themegraph search WORDS``: findings and recommendations that use these words."""

from __future__ import annotations

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
    limit,
    output_option,
    quiet_option,
    store_option,
    top_option,
)
from themegraph.commands.tables import width_of_terminal

if TYPE_CHECKING:
    from themegraph.search.passages import Passages


@click.command(short_help="Findings and recommendations that use these words.")
@click.argument("words", nargs=-1, required=True)
@authority_option
@click.option("--kind", type=click.Choice(["finding", "recommendation"]), help="Only these.")
@click.option(
    "--stance",
    type=click.Choice(["strength", "weakness", "mixed", "neutral"]),
    help="Only findings that say so in all.",
)
@click.option(
    "--order",
    type=click.Choice(["best", "newest", "oldest"]),
    default="best",
    show_default=True,
    help="What comes first.",
)
@top_option(10)
@format_option(FORMATS, "table")
@output_option
@store_option
@quiet_option
def search(
    words: tuple[str, ...],
    authority: str | None,
    kind: str | None,
    stance: str | None,
    order: str,
    top: int,
    form: str,
    output: str,
    store: str | None,
    quiet: bool,
) -> None:
    """Findings and recommendations in which all WORDS are found, in any form, and why.

    "A phrase" in quotation marks is found as it stands, begin* finds what begins so, OR lets either
    of two do. Words are sought in the passage, its heading and the names of its themes. To leave
    out passages that use a word, put -- first: search -- drift -delay
    """
    from themegraph.search.passages import search_passages

    with asking(store, quiet=quiet) as source:
        found = search_passages(
            source,
            _typed(words),
            authority=authority,
            kind=kind or "",
            stance=stance or "",
            order=order,
            most=limit(top, form),
        )
    write_answer(found, form, output, lambda: _tell(found))
    if found.note:
        say(found.note, quiet=quiet)
    elif form == "table":
        shown = ""
        if len(found) < found.total:
            shown = f" The first {len(found)} are shown; --top 0 shows all."
        say(f"{counted(found.total, 'passage')}.{shown}", quiet=quiet)


def _typed(words: Sequence[str]) -> str:
    """What the shell made of the words, with quotation marks about those it kept together."""
    return " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)


def _tell(found: Passages) -> str:
    from themegraph.search.passages import head_of

    lines: list[str] = []
    for hit, row in zip(found.hits, found, strict=True):
        says = marks.shape_of(hit.stance or "recommended")
        why = textwrap.fill(
            f"found: {hit.why}",
            width_of_terminal(),
            initial_indent=" " * 4,
            subsequent_indent=" " * 4,
        )
        where = found.pages.short(hit.page, hit.passage)
        lines += [head_of(hit), marks.quotation(says, row["words"], where, hit.passage), why, ""]
    return "\n".join(lines)
