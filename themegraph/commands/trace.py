"""``themegraph trace THEME``: the story of a theme, inspection by inspection, word for word."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from themegraph.commands import marks
from themegraph.commands.answers import FORMATS, given, grouped, values, write_answer
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
from themegraph.ids import last_part
from themegraph.marks import SHAPES
from themegraph.ontology import vocab

if TYPE_CHECKING:
    from themegraph.graph.pages import Pages
    from themegraph.queries import Answer

    Row = dict[str, Any]

#: Columns of an inspection and, after them, of a passage; and those named by ids, as says is.
_VISIT = ("theme", "authority", "date", "kind", "status", "trajectory", "comparability", "read")
_PASSAGE = ("says", "words", "page", "passage", "inspection", "sentence_says")
_PLAIN = ("theme", "authority", "kind", "status", "trajectory", "comparability")


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
    from themegraph.commands.hints import no_report
    from themegraph.graph.pages import read_pages
    from themegraph.queries import ask, resolve

    with asking(store, quiet=quiet) as source:
        node = resolve(source, "theme", theme).value
        asked = given({"theme": node, "authority": authority})
        visits = list(ask(source, "theme-assessments", **asked))
        story = ask(source, "theme-story", **asked)
        if authority is not None:
            visits += _unsaid(ask(source, "reports-list", authority=authority), visits)
        note = "" if visits else no_report(source, authority)
        pages = read_pages(source)
    answer = _answer(node, visits, story)
    most = quotes if quotes is not None else None if authority else 1
    labels = {one.id: one.label for one in vocab.themes()}
    title = labels.get(last_part(node), marks.words_of(node))
    write_answer(
        answer, form, output, lambda: "" if note else _tell(title, list(answer), most, pages)
    )
    if note:
        say(note, quiet=quiet)
    elif form == "table":
        looked = counted(len(visits), "inspection")
        say(f"{looked}, {counted(len(story), 'passage')}.", quiet=quiet)


def _unsaid(reports: Answer, visits: Sequence[Row]) -> list[Row]:
    """The inspections that neither speak of the theme nor follow one that found it weak."""
    from themegraph.derivation.facts import unsaid

    told = {last_part(visit["inspection"]) for visit in visits}
    return [
        {
            "inspection": report["report"].replace("/id/report/", "/id/inspection/"),
            "authority": report["body"],
            "date": report["start"] or report["published"],
            "kind": report["kind"],
            "status": unsaid(last_part(report["kind"]), report["findings"]),
            "read": report["findings"],
        }
        for report in reports
        if last_part(report["report"]) not in told
    ]


def _answer(theme: str, visits: Sequence[Row], story: Answer) -> Answer:
    """A row for each passage, and one without for each inspection that has none; in order."""
    from themegraph.queries import Answer

    passages = grouped(story, "inspection")
    ordered = sorted(visits, key=lambda v: (str(v["date"] or ""), v["authority"], v["inspection"]))
    rows = [
        (
            *values(visit | {"theme": theme}, _VISIT, _PLAIN),
            *values(said, _PASSAGE, _PLAIN),
        )
        for visit in ordered
        for said in passages.get(visit["inspection"], [{"inspection": visit["inspection"]}])
    ]
    return Answer((*_VISIT, *_PASSAGE), tuple(rows))


def _tell(title: str, rows: Sequence[Row], most: int | None, pages: Pages) -> str:
    lines = [title, ""]
    for told in grouped(rows, "inspection").values():
        lines += [_heading(told[0]), *_quotations(told, most, pages), ""]
    return "\n".join(lines)


def _heading(visit: Row) -> str:
    status = last_part(visit["status"])
    when = visit["date"] or "without a date"
    parts = [
        f"{SHAPES[status]} {when}  {last_part(visit['authority'])}",
        vocab.short_name(last_part(visit["kind"])),
        marks.words_of(visit["status"]),
        marks.words_of(visit["trajectory"]),
    ]
    parts += marks.unlike(visit["comparability"])
    if visit["read"] == 0:
        parts.append("no finding was read")
    words = ", ".join(part for part in parts if part)
    return textwrap.fill(words, width_of_terminal(), subsequent_indent=" " * 4)


def _quotations(told: Sequence[Row], most: int | None, pages: Pages) -> Iterator[str]:
    """The passages, those that say what the inspection says in all before others are left out."""
    status = last_part(told[0]["status"])
    said = _faults_first([row for row in told if row["words"]])
    wanted = sorted(said, key=lambda row: row["says"] not in (status, "recommended"))[:most]
    for row in said:
        if _says_the_other_side(row, wanted):
            wanted.append(row)
    for row in said:
        if row in wanted:
            where = pages.short(row["page"], row["passage"])
            yield quotation(marks.shape_of(row["says"]), row["words"], where, row["passage"])
    if len(said) > len(wanted):
        yield f"    … and {counted(len(said) - len(wanted), 'passage')} more"


def _says_the_other_side(row: Row, wanted: Sequence[Row]) -> bool:
    """Whether ``row`` judges a mixed finding of which ``wanted`` has but one sentence, or more that
    judge alike, and otherwise than that does.
    """
    told = {other["sentence_says"] for other in wanted if other["passage"] == row["passage"]}
    own = row["sentence_says"]
    is_other = own in ("strength", "weakness", "mixed") and own not in told
    return row["says"] == "mixed" and is_other and len(told) == 1


def _faults_first(said: Sequence[Row]) -> list[Row]:
    """The passages in their order; of a mixed finding the sentences that find fault first."""
    order = {passage: place for place, passage in enumerate(grouped(said, "passage"))}

    def place(row: Row) -> tuple[int, bool]:
        finds_fault = row["sentence_says"] in ("weakness", "mixed")
        return order[row["passage"]], row["says"] == "mixed" and not finds_fault

    return sorted(said, key=place)
