"""``themegraph follow-up AUTHORITY``: recommendations and what became of them."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from themegraph.commands import marks
from themegraph.commands.answers import FORMATS, given, grouped, write_answer
from themegraph.commands.asking import asking
from themegraph.commands.console import counted, say
from themegraph.commands.options import format_option, output_option, quiet_option, store_option
from themegraph.commands.tables import width_of_terminal
from themegraph.ids import last_part
from themegraph.ontology import vocab

if TYPE_CHECKING:
    from themegraph.queries import Answer

    Row = dict[str, Any]

OUTCOMES = tuple(term.id for term in vocab.terms("follow-up-outcome"))
#: How often is said in docs/explanation/how-themes-go-on.md.
CAUTION = (
    "Later passages are those with themes and services near enough; about half are on the very "
    "subject. Read them before you rely on an outcome: --passages."
)


@click.command("follow-up", short_help="Recommendations and what became of them.")
@click.argument("authority")
@click.option("--report", metavar="KEY", help="Only what this report recommends: its id.")
@click.option("--outcome", type=click.Choice(OUTCOMES), help="Only with this outcome.")
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

    Each with its outcome and what every later inspection says of it. A passage counts when its
    themes and services are near enough to those of the recommendation. What no later inspection
    looked at is not resolved.
    """
    from themegraph.commands.hints import no_report
    from themegraph.queries import ask

    values = given({"authority": authority, "report": report})
    with asking(store, quiet=quiet) as source:
        asked = ask(source, "follow-up", **values, **given({"outcome": outcome}))
        steps = ask(source, "follow-up-steps", **values)
        note = "" if asked.rows else no_report(source, authority)
    answer = _answer(asked, steps)
    write_answer(
        answer, form, output, lambda: "" if note else _tell(list(asked), list(steps), passages)
    )
    if note:
        say(note, quiet=quiet)
    elif form == "table":
        say(_summary(list(asked)), quiet=quiet)


def _answer(asked: Answer, steps: Answer) -> Answer:
    """A row for each later passage, or for each later inspection that says nothing, after what was
    recommended and what became of it.
    """
    from themegraph.queries import Answer

    front = ("report", "recommendation", "number", "text", "page", "outcome")
    back = ("date", "kind", "status", "says", "words", "page", "passage", "inspection")
    later = grouped(steps, "recommendation")
    rows = [
        (*(row[name] for name in front), *(step.get(name) for name in back))
        for row in asked
        for step in later.get(row["recommendation"], [{}])
    ]
    return Answer((*front, *(f"later_{name}" for name in back)), tuple(rows))


def _summary(asked: Sequence[Row]) -> str:
    count = Counter(last_part(row["outcome"]) for row in asked)
    parts = [f"{count[each]} {marks.words_of(each)}" for each in OUTCOMES if count[each]]
    told = f": {', '.join(parts)}" if parts else ""
    return f"{counted(len(asked), 'recommendation')}{told}."


def _tell(asked: Sequence[Row], steps: Sequence[Row], passages: bool) -> str:
    if not asked:
        return "No such recommendation.\n"
    later = grouped(steps, "recommendation")
    lines: list[str] = []
    report = None
    for row in asked:
        if row["report"] != report:
            report = row["report"]
            lines += [f"Recommended on {row['date']}, in {last_part(report)}", ""]
        number = f"{row['number']}. " if row["number"] else ""
        lines.append(
            _filled(f"{marks.ASKED} {number}{_one_line(row['text'])} (p. {row['page']})", "")
        )
        lines.append(f"    → {marks.words_of(row['outcome'])}")
        lines += [*_later(later.get(row["recommendation"], []), passages), ""]
    lines.append(_filled(CAUTION, ""))
    return "\n".join(lines) + "\n"


def _later(steps: Sequence[Row], passages: bool) -> Iterator[str]:
    """A line of shapes for the later inspections or, with the passages, a paragraph for each."""
    visits = grouped(steps, "inspection")
    if not passages:
        yield marks.in_lines((_visit(told) for told in visits.values()), " " * 4)
        return
    for told in visits.values():
        yield f"    {_visit(told)}: {marks.words_of(told[0]['status'])}"
        for step in told:
            if step["words"]:
                shape = marks.shape_of(step["says"])
                yield marks.quotation(shape, step["words"], step["page"], step["passage"], " " * 4)


def _visit(told: Sequence[Row]) -> str:
    number = sum(step["words"] is not None for step in told)
    shape = marks.SHAPES[last_part(told[0]["status"])]
    head = marks.inspection_head(told[0]["date"], told[0]["kind"])
    return f"{shape}{number or ''} {head}"


def _filled(text: str, indent: str) -> str:
    return textwrap.fill(
        text,
        width_of_terminal(),
        initial_indent=indent,
        subsequent_indent=indent or " " * 4,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
