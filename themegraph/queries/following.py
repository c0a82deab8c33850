"""Recommendations and what became of them, by what later inspections say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from themegraph import marks
from themegraph.counting import counted
from themegraph.graph.pages import Pages, read_pages
from themegraph.ids import last_part
from themegraph.ontology import vocab
from themegraph.queries.answer import Answer, ask
from themegraph.queries.emptiness import no_report
from themegraph.queries.matrix import JUDGED
from themegraph.queries.undated import left_out
from themegraph.rows import given, grouped, values

if TYPE_CHECKING:
    from themegraph.graph.store import Store

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


@dataclass(frozen=True, slots=True, repr=False)
class FollowUp(Answer):
    """A row for each later passage, or for each later inspection that says nothing, after what was
    recommended and what became of it.

    ``asked`` are the rows of the question ``follow-up`` and ``steps`` those of ``follow-up-steps``.
    ``nobody`` says so where there is no report, ``note`` what is left out for want of a date.
    """

    asked: tuple[Row, ...]
    steps: tuple[Row, ...]
    pages: Pages
    nobody: str = ""
    note: str = ""

    def _repr_html_(self) -> str:
        from themegraph.queries.shown import follow_up_html

        return follow_up_html(self)


def follow_up(
    store: Store, authority: str, report: str | None = None, outcome: str | None = None
) -> FollowUp:
    """What became of what was recommended to ``authority``: in one ``report`` or in all, and with
    one ``outcome`` or any.

    Raises QueryError for a name that the store does not know.
    """
    of = given({"authority": authority, "report": report})
    asked = ask(store, "follow-up", **of, **given({"outcome": outcome}))
    steps = ask(store, "follow-up-steps", **of)
    return FollowUp(
        COLUMNS,
        _rows(asked, steps),
        tuple(asked),
        tuple(steps),
        read_pages(store),
        "" if asked.rows else no_report(store, authority),
        left_out(store, authority=authority, of="the later ones"),
    )


def rests_on(steps: Sequence[Row]) -> int:
    """How many passages say what became of a recommendation: those of the last inspection that
    judged what was recommended, what they only describe left out.
    """
    judged = [step for step in steps if last_part(step["status"]) in JUDGED]
    return sum(
        step["inspection"] == judged[-1]["inspection"] and step["says"] not in (None, "neutral")
        for step in judged
    )


def summary(found: FollowUp) -> str:
    """How many recommendations there are, and how many of them have which outcome."""
    asked, later = found.asked, grouped(found.steps, "recommendation")
    count = Counter(last_part(row["outcome"]) for row in asked)
    alone = Counter(
        last_part(row["outcome"])
        for row in asked
        if rests_on(later.get(row["recommendation"], [])) == 1
    )
    parts = [_in_all(each, count[each], alone[each]) for each in OUTCOMES if count[each]]
    told = f": {'; '.join(parts)}" if parts else ""
    return f"{counted(len(asked), 'recommendation')}{told}."


def numbered(asked: Row) -> str:
    """The words of a recommendation in one line, its printed number first."""
    number = f"{asked['number']}. " if asked["number"] else ""
    return f"{number}{' '.join(asked['text'].split())}"


def became(asked: Row, steps: Sequence[Row]) -> str:
    """What became of a recommendation, in words, and on how many passages that rests."""
    words = ", ".join([outcome_words(asked["outcome"]), *marks.unlike(asked["comparability"])])
    number = rests_on(steps)
    return f"{words}; rests on {counted(number, 'passage')}" if number else words


def outcome_words(outcome: object) -> str:
    """An outcome as people say it."""
    return vocab.label_of("follow-up-outcome", last_part(outcome)).lower()


def shape_of_step(step: Row) -> str:
    """The shape of a passage; what is on the theme alone says nothing of what was asked."""
    status = last_part(step["status"])
    return marks.SHAPES[status] if status == ON_THEME else marks.shape_of(step["says"])


def visit_head(told: Sequence[Row]) -> str:
    """A later inspection (its steps) in short: its shape, how many passages, its year and kind."""
    number = sum(step["words"] is not None for step in told)
    shape = marks.SHAPES[last_part(told[0]["status"])]
    head = marks.inspection_head(told[0]["date"], told[0]["kind"])
    return f"{shape}{number or ''} {head}"


def _rows(asked: Answer, steps: Answer) -> tuple[tuple[Any, ...], ...]:
    later = grouped(steps, "recommendation")
    rows = []
    for row in asked:
        told = later.get(row["recommendation"], [])
        front = row | {"rests_on": rests_on(told) or None}
        for step in told or [dict[str, Any]()]:
            # What says nothing was derived from the whole report, which is no passage.
            said = step if step.get("words") else step | {"passage": None}
            rows.append((*values(front, _ASKED, _PLAIN), *values(said, _LATER, _PLAIN)))
    return tuple(rows)


def _in_all(outcome: str, number: int, alone: int) -> str:
    """So many have this outcome, and so many of them rest on one passage."""
    words = outcome_words(outcome)
    if outcome == "persists" and number > 1:
        words = "persist"
    elif outcome == "no-later-inspection":
        words = f"with {words}"
    if not alone:
        return f"{number} {words}"
    of_them = f"{alone} of them " if alone < number else "each " if number > 1 else ""
    return f"{number} {words}, {of_them}on one passage alone"
