"""Follow-ups: what became of each recommendation, as far as later inspections say.

A later passage is on what was recommended when it has the recommendation's first theme, or two of
its themes, and speaks of a service that the recommendation is about. Services are not asked for
where two themes agree, where either names none, or where the theme is a need or risk, which tells
the subject by itself. Pace is part of everything: it counts as a theme where it is the only one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from themegraph.derivation.facts import JUDGED, Counts, Passage, Status, Visit, count, in_order
from themegraph.model import Polarity
from themegraph.ontology import vocab

Outcome = Literal[
    "persists",
    "partly-resolved",
    "resolved",
    "described",
    "not-looked-at-again",
    "no-later-inspection",
]

_OUTCOMES: dict[Status, Outcome] = {
    "weakness": "persists",
    "mixed": "partly-resolved",
    "strength": "resolved",
}
#: Leaders answer for everything, and a board works through its partners: these service areas do not
#: tell one recommendation from another.
_EVERYWHERE = frozenset({"corporate-leadership", "safeguarding-partnership-body"})
_PACE = "timeliness-drift-and-delay"
_NEEDS = "needs-and-risks"


@dataclass(frozen=True, slots=True)
class Step:
    """What one later inspection says of what was recommended, or leaves unsaid."""

    visit: Visit
    status: Status
    counts: Counts
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A recommendation of ``visit``, the later inspections in order, and what became of it."""

    visit: Visit
    recommendation: Passage
    outcome: Outcome
    steps: tuple[Step, ...]


def follow_up(visits: Iterable[Visit]) -> Iterator[FollowUp]:
    """The follow-ups of every recommendation in one authority's inspections that has a theme."""
    ordered = in_order(visit for visit in visits if visit.day)
    for visit in ordered:
        later = [other for other in ordered if other.day > visit.day]
        for passage in visit.passages:
            if passage.recommends:
                steps = tuple(_step(passage, other) for other in later)
                yield FollowUp(visit, passage, _outcome(steps), steps)


def _step(asked: Passage, visit: Visit) -> Step:
    on_it = tuple(passage for passage in visit.passages if is_on(passage, asked))
    counts = count((p.recommends, _stance(p, asked)) for p in on_it)
    return Step(visit, counts.status or visit.unsaid, counts, on_it)


def is_on(passage: Passage, asked: Passage) -> bool:
    """Whether ``passage`` is on what ``asked`` recommends."""
    subjects = [theme for theme in asked.themes if theme != _PACE] or list(asked.themes)
    shared = [theme for theme in subjects if theme in passage.themes]
    if len(shared) > 1:
        return True
    first = next(iter(subjects), None)
    if not shared or shared[0] != first:
        return False
    wanted, there = asked.services - _EVERYWHERE, passage.services - _EVERYWHERE
    return not wanted or not there or bool(wanted & there) or first in _needs()


def _stance(passage: Passage, asked: Passage) -> Polarity:
    """The stance of a passage on the themes it shares with what was asked."""
    stances = {s for theme, s in passage.themes.items() if theme in asked.themes} - {"neutral"}
    if len(stances) > 1:
        return "mixed"
    return stances.pop() if stances else "neutral"


def _outcome(steps: tuple[Step, ...]) -> Outcome:
    if not steps:
        return "no-later-inspection"
    judged = [step for step in steps if step.status in JUDGED]
    if judged:
        last = judged[-1]
        some_fault = last.status == "strength" and not last.counts.faultless
        return "partly-resolved" if some_fault else _OUTCOMES[last.status]
    if any(step.status == "mentioned" for step in steps):
        return "described"
    return "not-looked-at-again"


@cache
def _needs() -> frozenset[str]:
    return frozenset(theme.id for theme in vocab.themes() if theme.broader == _NEEDS)
