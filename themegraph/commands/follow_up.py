"""``themegraph follow-up AUTHORITY``: recommendations and what became of them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from themegraph.commands import marks
from themegraph.commands.answers import FORMATS, write_answer
from themegraph.commands.asking import asking
from themegraph.commands.console import say
from themegraph.commands.options import format_option, output_option, quiet_option, store_option
from themegraph.commands.tables import width_of_terminal
from themegraph.ids import last_part
from themegraph.marks import ASKED, SHAPES
from themegraph.ontology import vocab
from themegraph.rows import grouped

if TYPE_CHECKING:
    from themegraph.graph.pages import Pages
    from themegraph.queries.following import FollowUp
    from themegraph.rows import Row

OUTCOMES = tuple(term.id for term in vocab.terms("follow-up-outcome"))


@click.command("follow-up", short_help="Recommendations and what became of them.")
@click.argument("authority")
@click.option("--report", metavar="KEY", help="Only what this report recommends: its id.")
@click.option(
    "--outcome",
    type=click.Choice(OUTCOMES),
    help="Only with this outcome; not-looked-at-again is where no later inspection speaks of it or "
    "of its theme.",
)
@click.option("--passages", is_flag=True, help="With the later passages, word for word.")
@format_option(FORMATS, "table")
@output_option
@store_option
@quiet_option
def follow_up(
    authority: str,
    report: str | None,
    outcome: str | None,
    passages: bool,
    form: str,
    output: str,
    store: str | None,
    quiet: bool,
) -> None:
    """What became of the recommendations to AUTHORITY.

    Each with its outcome and what every later inspection says of it. A passage counts when it is
    near enough to the recommendation in its themes, words and services; of an inspection without
    one that yet speaks of a main theme, it is said that it does. What no later inspection speaks of
    is not resolved. An outcome rests on the passages of the last inspection that judged what was
    recommended.

    csv and json have a row for each later passage, or for each later inspection that has none, with
    the IRIs of the recommendation, of the passage and of the inspection; all else is plain.
    """
    from themegraph.queries.following import follow_up as find

    with asking(store, quiet=quiet) as source:
        found = find(source, authority, report, outcome)
    write_answer(found, form, output, lambda: "" if found.nobody else _tell(found, passages))
    if found.nobody:
        say(found.nobody, quiet=quiet)
    elif form == "table":
        from themegraph.queries.following import summary

        words = summary(found) + found.note
        say(textwrap.fill(words, width_of_terminal()), quiet=quiet)


def _tell(found: FollowUp, passages: bool) -> str:
    from themegraph.queries.following import became, numbered

    if not found.asked:
        return "No such recommendation.\n"
    later = grouped(found.steps, "recommendation")
    lines: list[str] = []
    report = None
    for row in found.asked:
        if row["report"] != report:
            report = row["report"]
            when = f"on {row['date']}" if row["date"] else "on a day that is not known"
            lines += [f"Recommended {when}, in {last_part(report)}", ""]
        told = later.get(row["recommendation"], [])
        where = found.pages.short(row["page"], row["recommendation"])
        lines.append(_filled(f"{ASKED} {numbered(row)} ({where})"))
        lines.append(_filled(f"    → {became(row, told)}"))
        lines += [*_later(told, passages, found.pages), ""]
    shown = {row["recommendation"] for row in found.asked}
    steps = [step for step in found.steps if step["recommendation"] in shown]
    lines += _explained(steps, passages)
    return "\n".join(lines) + "\n"


def _explained(steps: Sequence[Row], passages: bool) -> Iterator[str]:
    """What the shapes and numbers mean, and with what caution to read them."""
    from themegraph.queries.following import CAUTION, shape_of_step

    shapes = {ASKED, *(SHAPES[last_part(step["status"])] for step in steps)}
    if passages:
        shapes |= {shape_of_step(step) for step in steps if step["says"]}
    yield marks.legend(shapes)
    if any(step["words"] for step in steps):
        hint = "." if passages else ": --passages."
        yield textwrap.fill(f"Numbers: passages. {CAUTION}{hint}", width_of_terminal())


def _later(steps: Sequence[Row], passages: bool, pages: Pages) -> Iterator[str]:
    """A line of shapes for the later inspections or, with the passages, a paragraph for each."""
    from themegraph.queries.following import shape_of_step, visit_head

    visits = grouped(steps, "inspection")
    if visits and not passages:
        yield marks.in_lines((visit_head(told) for told in visits.values()), " " * 4)
    if not passages:
        return
    for told in visits.values():
        yield f"    {visit_head(told)}: {marks.words_of(told[0]['status'])}"
        for step in told:
            if step["words"]:
                where = pages.short(step["page"], step["passage"])
                yield marks.quotation(
                    shape_of_step(step), step["words"], where, step["passage"], " " * 4
                )


def _filled(text: str) -> str:
    return textwrap.fill(text, width_of_terminal(), subsequent_indent=" " * 4)
