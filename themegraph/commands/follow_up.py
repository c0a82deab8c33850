"""``themegraph follow-up AUTHORITY``: recommendations and what became of them."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from themegraph.commands import marks
from themegraph.commands.answers import FORMATS, given, grouped, values, write_answer
from themegraph.commands.asking import asking
from themegraph.commands.console import counted, say
from themegraph.commands.options import format_option, output_option, quiet_option, store_option
from themegraph.commands.tables import width_of_terminal
from themegraph.ids import last_part
from themegraph.marks import ASKED, SHAPES
from themegraph.ontology import vocab

if TYPE_CHECKING:
    from themegraph.graph.pages import Pages
    from themegraph.queries import Answer

    Row = dict[str, Any]

OUTCOMES = tuple(term.id for term in vocab.terms("follow-up-outcome"))
#: How often is said in docs/explanation/how-themes-go-on.md.
CAUTION = (
    "Later passages are those near enough in themes, words and services; about half are on the "
    "very subject. Read them before you rely on an outcome"
)
#: Of a recommendation and what became of it, and of a later inspection and a passage of it.
_ASKED = ("authority", "date", "report", "number", "text", "page", "outcome", "rests_on",
          "recommendation")  # fmt: skip
_LATER = ("date", "kind", "status", "says", "words", "page", "passage", "inspection")
COLUMNS = (*_ASKED, *(f"later_{name}" for name in _LATER))
#: Of an inspection that speaks of the theme, and of nothing near enough to what was asked.
ON_THEME = "theme-spoken-of"
#: Named by their ids, as the words of says are.
_PLAIN = ("authority", "report", "outcome", "kind", "status")


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
    from themegraph.commands.hints import no_report
    from themegraph.commands.undated import left_out
    from themegraph.graph.pages import read_pages
    from themegraph.queries import ask

    asked_for = given({"authority": authority, "report": report})
    with asking(store, quiet=quiet) as source:
        asked = ask(source, "follow-up", **asked_for, **given({"outcome": outcome}))
        steps = ask(source, "follow-up-steps", **asked_for)
        nobody = "" if asked.rows else no_report(source, authority)
        note = left_out(source, authority=authority, of="the later ones")
        pages = read_pages(source)
    answer = _answer(asked, steps)
    write_answer(
        answer,
        form,
        output,
        lambda: "" if nobody else _tell(list(asked), list(steps), passages, pages),
    )
    if nobody:
        say(nobody, quiet=quiet)
    elif form == "table":
        words = _summary(list(asked), list(steps)) + note
        say(textwrap.fill(words, width_of_terminal()), quiet=quiet)


def _answer(asked: Answer, steps: Answer) -> Answer:
    """A row for each later passage, or for each later inspection that says nothing, after what was
    recommended and what became of it.
    """
    from themegraph.queries import Answer

    later = grouped(steps, "recommendation")
    rows = []
    for row in asked:
        told = later.get(row["recommendation"], [])
        front = row | {"rests_on": rests_on(told) or None}
        for step in told or [dict[str, Any]()]:
            # What says nothing was derived from the whole report, which is no passage.
            said = step if step.get("words") else step | {"passage": None}
            rows.append((*values(front, _ASKED, _PLAIN), *values(said, _LATER, _PLAIN)))
    return Answer(COLUMNS, tuple(rows))


def rests_on(steps: Sequence[Row]) -> int:
    """How many passages say what became of a recommendation: those of the last inspection that
    judged what was recommended, what they only describe left out.
    """
    from themegraph.queries.matrix import JUDGED

    judged = [step for step in steps if last_part(step["status"]) in JUDGED]
    return sum(
        step["inspection"] == judged[-1]["inspection"] and step["says"] not in (None, "neutral")
        for step in judged
    )


def _summary(asked: Sequence[Row], steps: Sequence[Row]) -> str:
    later = grouped(steps, "recommendation")
    count = Counter(last_part(row["outcome"]) for row in asked)
    alone = Counter(
        last_part(row["outcome"])
        for row in asked
        if rests_on(later.get(row["recommendation"], [])) == 1
    )
    parts = [_in_all(each, count[each], alone[each]) for each in OUTCOMES if count[each]]
    told = f": {'; '.join(parts)}" if parts else ""
    return f"{counted(len(asked), 'recommendation')}{told}."


def _in_all(outcome: str, number: int, alone: int) -> str:
    """So many have this outcome, and so many of them rest on one passage."""
    words = _words(outcome)
    if outcome == "persists" and number > 1:
        words = "persist"
    elif outcome == "no-later-inspection":
        words = f"with {words}"
    if not alone:
        return f"{number} {words}"
    of_them = f"{alone} of them " if alone < number else "each " if number > 1 else ""
    return f"{number} {words}, {of_them}on one passage alone"


def _words(outcome: object) -> str:
    return vocab.label_of("follow-up-outcome", last_part(outcome)).lower()


def _tell(asked: Sequence[Row], steps: Sequence[Row], passages: bool, pages: Pages) -> str:
    if not asked:
        return "No such recommendation.\n"
    later = grouped(steps, "recommendation")
    lines: list[str] = []
    report = None
    for row in asked:
        if row["report"] != report:
            report = row["report"]
            when = f"on {row['date']}" if row["date"] else "on a day that is not known"
            lines += [f"Recommended {when}, in {last_part(report)}", ""]
        number = f"{row['number']}. " if row["number"] else ""
        told = later.get(row["recommendation"], [])
        where = pages.short(row["page"], row["recommendation"])
        lines.append(_filled(f"{ASKED} {number}{_one_line(row['text'])} ({where})"))
        words = ", ".join([_words(row["outcome"]), *marks.unlike(row["comparability"])])
        lines.append(_filled(f"    → {words}{_rests(told)}"))
        lines += [*_later(told, passages, pages), ""]
    shown = {row["recommendation"] for row in asked}
    lines += _explained([step for step in steps if step["recommendation"] in shown], passages)
    return "\n".join(lines) + "\n"


def _rests(steps: Sequence[Row]) -> str:
    number = rests_on(steps)
    return f"; rests on {counted(number, 'passage')}" if number else ""


def _explained(steps: Sequence[Row], passages: bool) -> Iterator[str]:
    """What the shapes and numbers mean, and with what caution to read them."""
    shapes = {ASKED, *(SHAPES[last_part(step["status"])] for step in steps)}
    if passages:
        shapes |= {_shape_of(step) for step in steps if step["says"]}
    yield marks.legend(shapes)
    if any(step["words"] for step in steps):
        hint = "." if passages else ": --passages."
        yield textwrap.fill(f"Numbers: passages. {CAUTION}{hint}", width_of_terminal())


def _later(steps: Sequence[Row], passages: bool, pages: Pages) -> Iterator[str]:
    """A line of shapes for the later inspections or, with the passages, a paragraph for each."""
    visits = grouped(steps, "inspection")
    if visits and not passages:
        yield marks.in_lines((_visit(told) for told in visits.values()), " " * 4)
    if not passages:
        return
    for told in visits.values():
        yield f"    {_visit(told)}: {marks.words_of(told[0]['status'])}"
        for step in told:
            if step["words"]:
                where = pages.short(step["page"], step["passage"])
                yield marks.quotation(
                    _shape_of(step), step["words"], where, step["passage"], " " * 4
                )


def _shape_of(step: Row) -> str:
    """The shape of a passage; what is on the theme alone says nothing of what was asked."""
    status = last_part(step["status"])
    return SHAPES[status] if status == ON_THEME else marks.shape_of(step["says"])


def _visit(told: Sequence[Row]) -> str:
    number = sum(step["words"] is not None for step in told)
    shape = SHAPES[last_part(told[0]["status"])]
    head = marks.inspection_head(told[0]["date"], told[0]["kind"])
    return f"{shape}{number or ''} {head}"


def _filled(text: str) -> str:
    return textwrap.fill(text, width_of_terminal(), subsequent_indent=" " * 4)


def _one_line(text: str) -> str:
    return " ".join(text.split())
