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
from themegraph.ids import last_part
from themegraph.ontology import vocab

if TYPE_CHECKING:
    from themegraph.graph.pages import Pages
    from themegraph.queries import Answer
    from themegraph.search import Hit


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
    from themegraph.commands.hints import no_report
    from themegraph.graph.pages import read_pages
    from themegraph.queries import resolve
    from themegraph.search import open_index

    with asking(store, quiet=quiet) as source:
        body = last_part(resolve(source, "authority", authority).value) if authority else ""
        index = open_index(source)
        found = index.find(
            _typed(words),
            authority=body,
            kind=kind or "",
            stance=stance or "",
            order=order,
            most=limit(top, form) or -1,
        )
        index.close()
        note = "" if found.total else no_report(source, authority)
        pages = read_pages(source)
    write_answer(_answer(found.hits), form, output, lambda: _tell(found.hits, pages))
    if note:
        say(note, quiet=quiet)
    elif form == "table":
        shown = ""
        if len(found.hits) < found.total:
            shown = f" The first {len(found.hits)} are shown; --top 0 shows all."
        say(f"{counted(found.total, 'passage')}.{shown}", quiet=quiet)


def _typed(words: Sequence[str]) -> str:
    """What the shell made of the words, with quotation marks about those it kept together."""
    return " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)


def _answer(hits: Sequence[Hit]) -> Answer:
    from themegraph.queries import Answer

    columns = ("authority", "date", "kind", "stance", "page", "words", "why", "passage")
    return Answer(
        columns,
        tuple(
            (
                hit.authority,
                hit.date,
                hit.kind,
                hit.stance,
                hit.page,
                "".join(piece.text for piece in hit.text),
                hit.why,
                hit.passage,
            )
            for hit in hits
        ),
    )


def _tell(hits: Sequence[Hit], pages: Pages) -> str:
    lines: list[str] = []
    for hit in hits:
        head = f"{hit.name}, {hit.date or 'without a date'}, {vocab.short_name(hit.kind)}"
        says = marks.shape_of(hit.stance or "recommended")
        words = "".join(piece.text for piece in hit.text)
        why = textwrap.fill(
            f"found: {hit.why}",
            width_of_terminal(),
            initial_indent=" " * 4,
            subsequent_indent=" " * 4,
        )
        where = pages.short(hit.page, hit.passage)
        lines += [head, marks.quotation(says, words, where, hit.passage), why, ""]
    return "\n".join(lines)
