"""``themegraph turned-around THEME``: who had the weakness and later not, with both passages."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
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
    region_option,
    store_option,
)
from themegraph.commands.tables import width_of_terminal
from themegraph.ids import last_part
from themegraph.marks import SHAPES

if TYPE_CHECKING:
    from themegraph.graph.pages import Pages


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
    from themegraph.commands.undated import left_out
    from themegraph.graph.pages import read_pages
    from themegraph.queries import ask, resolve

    with asking(store, quiet=quiet) as source:
        node = resolve(source, "theme", theme).value
        values = given({"theme": node, "region": region})
        answer = ask(source, "turned-around", **values)
        judged = {row["authority"] for row in ask(source, "themes-now", **values)}
        note = left_out(source, region=region)
        pages = read_pages(source)
    write_answer(answer, form, output, lambda: _tell(list(answer), pages))
    if form == "table":
        turned = len({row["authority"] for row in answer})
        of = counted(len(judged), "body", "bodies")
        say(f"{turned} of {of} ever judged on it turned it round.{note}", quiet=quiet)


def _tell(rows: Sequence[dict[str, Any]], pages: Pages) -> str:
    if not rows:
        return "Nobody yet, as far as the reports in the store tell.\n"
    lines: list[str] = []
    for row in rows:
        earlier, later = (last_part(row[name]) for name in ("earlier", "later"))
        says = marks.shape_of(row["weakness_says"])
        quoted = [(says, row["weakness"], row["weakness_page"], earlier)]
        if row["other_side"]:
            quoted.append((SHAPES["mixed"], row["other_side"], row["other_page"], earlier))
        quoted.append((SHAPES["strength"], row["strength"], row["strength_page"], later))
        lines.append(_heading(row))
        lines += [
            marks.quotation(shape, words, pages.short(page, of), of)
            for shape, words, page, of in quoted
        ]
        lines.append("")
    return "\n".join(lines)


def _heading(row: dict[str, Any]) -> str:
    body, was = last_part(row["authority"]), marks.words_of(row["was"])
    parts = [f"{body}: {was} on {row['weak_on']}, praised on {row['strong_on']}"]
    parts += marks.unlike(row["comparability"])
    if row["still"] == "no":
        parts.append("no longer so at the last inspection that judged it")
    return textwrap.fill(", ".join(parts), width_of_terminal(), subsequent_indent=" " * 4)
