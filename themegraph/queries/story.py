"""The story of a theme: every inspection in order of time, with what it says word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from themegraph import marks
from themegraph.derivation.facts import unsaid
from themegraph.graph.pages import Pages, read_pages
from themegraph.ids import last_part
from themegraph.ontology import vocab
from themegraph.queries.answer import Answer, ask
from themegraph.queries.binding import resolve
from themegraph.queries.emptiness import no_report
from themegraph.rows import given, grouped, values

if TYPE_CHECKING:
    from themegraph.graph.store import Store

    Row = dict[str, Any]

#: Columns of an inspection and, after them, of a passage; and those named by ids, as says is.
_VISIT = ("theme", "authority", "date", "kind", "status", "trajectory", "comparability", "read")
_PASSAGE = ("says", "words", "page", "passage", "inspection", "sentence_says")
_PLAIN = ("theme", "authority", "kind", "status", "trajectory", "comparability")
_IN_PART = "SELECT DISTINCT ?report { ?report tg:heldInPart true }"


@dataclass(frozen=True, slots=True, repr=False)
class Story(Answer):
    """A row for each passage on a theme, and one without for each inspection that has none.

    ``title`` is the name of the theme; ``note`` says so where there is no report about the
    authority that was asked for.
    """

    title: str
    visits: int
    passages: int
    pages: Pages
    note: str = ""

    def _repr_html_(self) -> str:
        from themegraph.queries.shown import story_html

        return story_html(self)


def tell_story(store: Store, theme: str, authority: str | None = None) -> Story:
    """The story of ``theme`` in one authority or in all, named by id, name or IRI.

    Raises QueryError for a name that the store does not know.
    """
    node = resolve(store, "theme", theme).value
    asked = given({"theme": node, "authority": authority})
    visits = list(ask(store, "theme-assessments", **asked))
    said = ask(store, "theme-story", **asked)
    if authority is not None:
        listed = ask(store, "reports-list", authority=authority)
        partial = {row["report"].value for row in store.rows(_IN_PART)}
        # Where a report is there in part, what it says of the theme may be what is not there.
        visits += _unsaid([row for row in listed if row["report"] not in partial], visits)
    note = "" if visits else no_report(store, authority)
    labels = {one.id: one.label for one in vocab.themes()}
    title = labels.get(last_part(node), marks.words_of(node))
    rows = _rows(node, visits, said)
    return Story((*_VISIT, *_PASSAGE), rows, title, len(visits), len(said), read_pages(store), note)


def heading(visit: Row) -> str:
    """What is said of an inspection before its passages, its shape first: ``visit`` is a row."""
    status = last_part(visit["status"])
    when = visit["date"] or "without a date"
    parts = [
        f"{marks.SHAPES[status]} {when}  {last_part(visit['authority'])}",
        vocab.short_name(last_part(visit["kind"])),
        marks.words_of(visit["status"]),
        marks.words_of(visit["trajectory"]),
    ]
    parts += marks.unlike(visit["comparability"])
    if visit["read"] == 0:
        parts.append("no finding was read")
    return ", ".join(part for part in parts if part)


def choose(told: Sequence[Row], most: int | None) -> tuple[list[Row], int]:
    """Of the rows of an inspection the passages to quote, in their order, and how many others there
    are: those that say what the inspection says in all before others are left out.
    """
    status = last_part(told[0]["status"])
    said = _faults_first([row for row in told if row["words"]])
    wanted = sorted(said, key=lambda row: row["says"] not in (status, "recommended"))[:most]
    for row in said:
        if _says_the_other_side(row, wanted):
            wanted.append(row)
    return [row for row in said if row in wanted], len(said) - len(wanted)


def _unsaid(reports: Sequence[Row], visits: Sequence[Row]) -> list[Row]:
    """The inspections that neither speak of the theme nor follow one that found it weak."""
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


def _rows(theme: str, visits: Sequence[Row], story: Answer) -> tuple[tuple[Any, ...], ...]:
    """A row for each passage, and one without for each inspection that has none; in order."""
    passages = grouped(story, "inspection")
    ordered = sorted(visits, key=lambda v: (str(v["date"] or ""), v["authority"], v["inspection"]))
    return tuple(
        (
            *values(visit | {"theme": theme}, _VISIT, _PLAIN),
            *values(said, _PASSAGE, _PLAIN),
        )
        for visit in ordered
        for said in passages.get(visit["inspection"], [{"inspection": visit["inspection"]}])
    )


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
