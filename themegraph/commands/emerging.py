"""``themegraph emerging``: phrases that come back and that no theme covers."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from themegraph.commands.answers import FORMATS, write_answer
from themegraph.commands.asking import asking
from themegraph.commands.console import counted, say, tracked
from themegraph.commands.options import (
    days_options,
    format_option,
    iso,
    limit,
    output_option,
    quiet_option,
    store_option,
    top_option,
)

if TYPE_CHECKING:
    from themegraph.graph.pages import Pages
    from themegraph.graph.store import Store
    from themegraph.queries import Answer
    from themegraph.tagging.emerging import Phrase, Sentence

TOP = 30
#: Periods that start with a framework: SIF, ILACS, the years after the pandemic.
PERIODS = ((0, 2017), (2018, 2020), (2021, 2023), (2024, 9999))
_REPORTS = tuple(f"{a or 'until'}_{'now' if b == 9999 else b}" for a, b in PERIODS)
_SENTENCES_OF = tuple(f"sentences_{period}" for period in _REPORTS)
#: Rates of sentences are in so many.
MANY = 10_000
COLUMNS = (
    "phrase",
    "inspections",
    "of",
    "authorities",
    "first",
    "last",
    "without_theme",
    "surplus",
    "rise",
    *_REPORTS,
    *_SENTENCES_OF,
    "words",
    "page",
    "finding",
)

_SENTENCES = """
SELECT ?sentence ?words ?page ?finding ?inspection ?authority ?date WHERE {
  ?inspection tg:inspects ?authority ; tg:inspectionDate ?date ; tg:produced ?report .
  ?report tg:hasFinding ?finding .
  ?finding tg:supportedBy ?sentence .
  ?sentence tg:onPage ?page ; oa:hasSelector ?selector .
  ?selector oa:exact ?words .
}"""
_NAMES = """
SELECT DISTINCT ?name WHERE {
  { ?body a tg:Authority ; rdfs:label|skos:altLabel ?name } UNION { ?body tg:region ?name }
}"""
_THEMED = "SELECT DISTINCT ?sentence WHERE { ?sentence a tg:Evidence ; tg:hasTheme ?theme }"


@click.command(short_help="Phrases that come back and that no theme covers.")
@click.option(
    "--rising", is_flag=True, help="Only those that are used more than they were, beyond chance."
)
@days_options
@click.option(
    "--least",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help="Only phrases in so many inspections, of half as many authorities.",
)
@click.option("--examples", type=click.IntRange(0), default=1, show_default=True, metavar="N",
              help="Sentences shown of each.")  # fmt: skip
@top_option(TOP)
@format_option(FORMATS, "table")
@output_option
@store_option
@quiet_option
def emerging(
    rising: bool,
    since: dt.date | None,
    until: dt.date | None,
    least: int,
    examples: int,
    top: int,
    form: str,
    output: str,
    store: str | None,
    quiet: bool,
) -> None:
    """Phrases that come back in findings and that no theme covers.

    Those first whose sentences have no theme more often than others do. With --rising only those
    that more inspections use than did, and a larger share of sentences in the later half of the
    years by more than chance would give; the surest first. Left out are function words, names of
    bodies and places, and what every report is made of. For each: how many inspections use it, how
    many in a hundred of each period (with --rising, how many in 10,000 sentences), the share of its
    sentences without a theme, and sentences with their pages. What is found is a suggestion for a
    person who keeps the scheme.
    """
    from functools import partial

    from themegraph.graph.pages import read_pages
    from themegraph.queries.undated import left_out
    from themegraph.tagging.emerging import emerging as find

    with asking(store, quiet=quiet) as source:
        sentences, places = _read(source, iso(since) or "", iso(until) or "9999")
        names = [row["name"].value for row in source.rows(_NAMES)]
        note = left_out(source)
        pages = read_pages(source)
    watched = partial(tracked, total=len(sentences), doing="Reading sentences", quiet=quiet)
    found = find(
        sentences,
        names=names,
        least_inspections=least,
        least_authorities=max(1, least // 2),
        watched=watched,
    )
    if rising:
        found = [phrase for phrase in found if phrase.rises]
        found.sort(key=lambda phrase: (-phrase.rise, phrase.words))
    visits = {sentence.inspection: sentence.year for sentence in sentences}
    shown = found[: limit(top, form)]
    answer = _answer(shown, sentences, places, visits, max(1, examples))
    fewer = f" --least {least - 1} asks for fewer reports each." if not found and least > 1 else ""
    write_answer(answer, form, output, lambda: _view(list(answer), examples, rising, pages))
    if form == "table":
        untold = sum(not sentence.has_theme for sentence in sentences) / max(1, len(sentences))
        say(
            f"{len(shown)} of {counted(len(found), 'phrase')}, in {len(sentences):,} sentences of "
            f"{len(visits):,} inspections; {untold:.0%} of all sentences have no theme."
            f"{note}{fewer}",
            quiet=quiet,
        )


def _read(source: Store, since: str, until: str) -> tuple[list[Sentence], list[tuple[Any, ...]]]:
    """The sentences of findings, and the words, page and finding of each; in a fixed order."""
    from themegraph.tagging.emerging import Sentence

    themed = {row["sentence"].value for row in source.rows(_THEMED)}
    rows = sorted(
        (
            row["sentence"].value,
            row["words"].value,
            int(row["page"].value),
            row["finding"].value,
            row["inspection"].value,
            row["authority"].value,
            row["date"].value,
        )
        for row in source.rows(_SENTENCES)
        if since <= row["date"].value <= until
    )
    sentences = [
        Sentence(words, inspection, authority, int(date[:4]), iri in themed)
        for iri, words, _, _, inspection, authority, date in rows
    ]
    return sentences, [(words, page, finding) for _, words, page, finding, *_ in rows]


def _answer(
    phrases: Sequence[Phrase],
    sentences: Sequence[Sentence],
    places: Sequence[tuple[Any, ...]],
    visits: dict[str, int],
    examples: int,
) -> Answer:
    """A row for each example of each phrase; sentences without a theme come first."""
    from themegraph.queries import Answer

    of = Counter(_period(year) for year in visits.values())
    of_sentences = Counter(_period(sentence.year) for sentence in sentences)
    rows = []
    for phrase in phrases:
        using = {sentences[n].inspection: sentences[n].year for n in phrase.sentences}
        count = Counter(_period(year) for year in using.values())
        said = Counter(_period(sentences[n].year) for n in phrase.sentences)
        facts = (
            phrase.words,
            phrase.inspections,
            len(visits),
            phrase.authorities,
            phrase.first,
            phrase.last,
            phrase.unthemed,
            phrase.surplus,
            phrase.rise,
            *_rates(count, of, 100),
            *_rates(said, of_sentences, MANY),
        )
        told = sorted(phrase.sentences, key=lambda n: (sentences[n].has_theme, n))
        rows += [(*facts, *places[n]) for n in told[:examples]]
    return Answer(COLUMNS, tuple(rows))


def _rates(count: Counter[int], of: Counter[int], many: int) -> Iterator[int | None]:
    """How many in so many each period has; None for a period with nothing."""
    for period in range(len(PERIODS)):
        yield round(many * count[period] / of[period]) if of[period] else None


def _period(year: int) -> int:
    return next(n for n, (first, last) in enumerate(PERIODS) if first <= year <= last)


def _view(rows: Sequence[dict[str, Any]], examples: int, rising: bool, pages: Pages) -> str:
    from themegraph.commands.tables import render, shorten, width_of_terminal

    if not rows:
        return f"No phrase {'rises' if rising else 'comes back'} that no theme covers.\n"
    heads = ["phrase", "reports", "bodies", "years", "no theme",
             "–2017", "2018–20", "2021–23", "2024–"]  # fmt: skip
    shown = _SENTENCES_OF if rising else _REPORTS
    of = f"{MANY:,} sentences" if rising else "a hundred reports"
    phrases = {row["phrase"]: row for row in rows}
    lines = [
        [
            phrase,
            str(row["inspections"]),
            str(row["authorities"]),
            f"{row['first']}–{row['last'] % 100:02}",
            f"{row['without_theme']:.0%}",
            *("" if row[name] is None else str(row[name]) for name in shown),
        ]
        for phrase, row in phrases.items()
    ]
    text = render(heads, lines) + f"\nThe last columns: in so many of {of} of those years.\n"
    if not examples:
        return text
    told = [
        textwrap.fill(
            f"{row['phrase']}: “{' '.join(row['words'].split())}” "
            f"({pages.short(row['page'], row['finding'])}, {shorten(row['finding'])})",
            width_of_terminal(),
            subsequent_indent=" " * 4,
        )
        for row in rows
    ]
    return "\n".join([text, *told, ""])
