"""Follow-ups: what became of each recommendation, as far as later inspections say.

A later passage is on what was recommended when it shares a theme with it and is near enough to it:
by its themes (the cosine of how sure each is in the one and in the other) and, counting half as
much, by the service areas it is about (how many of all that either is about are shared). The weight
and the bound were chosen on 120 pairs read by hand; docs/explanation/how-themes-go-on.md says how
often the rule is right. A recommendation without a theme, or of an inspection without a day, cannot
be followed so: its follow-up says that, and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, hypot
from typing import Literal

from themegraph.derivation.facts import (
    JUDGED,
    Comparability,
    Counts,
    Passage,
    Status,
    Visit,
    compare,
    count,
    in_order,
)
from themegraph.model import Polarity

Outcome = Literal[
    "persists",
    "partly-resolved",
    "resolved",
    "described",
    "not-looked-at-again",
    "no-later-inspection",
    "not-followed",
]

_OUTCOMES: dict[Status, Outcome] = {
    "weakness": "persists",
    "mixed": "partly-resolved",
    "strength": "resolved",
}
#: How much shared service areas count beside shared themes, and how near is near enough: a higher
#: bound loses more of what was asked than it keeps out of what was not.
SERVICES_COUNT, NEAR_ENOUGH = 0.5, 0.7


@dataclass(frozen=True, slots=True)
class Step:
    """What one later inspection says of what was recommended, or leaves unsaid; ``comparability``
    is with the inspection that recommended it.
    """

    visit: Visit
    status: Status
    counts: Counts
    passages: tuple[Passage, ...]
    comparability: Comparability


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A recommendation of ``visit``, the later inspections in order, and what became of it."""

    visit: Visit
    recommendation: Passage
    outcome: Outcome
    steps: tuple[Step, ...] = ()

    @property
    def comparability(self) -> Comparability | None:
        """Of the inspection whose judgement is the outcome, with the one that recommended it."""
        last = _last_judged(self.steps)
        return last.comparability if last else None


def follow_up(visits: Iterable[Visit]) -> Iterator[FollowUp]:
    """The follow-ups of every recommendation in one authority's inspections."""
    ordered = in_order(visits)
    for visit in ordered:
        later = [other for other in ordered if other.day > visit.day]
        for passage in visit.passages:
            if passage.recommends:
                yield _follow(visit, passage, later)


def _follow(visit: Visit, asked: Passage, later: Sequence[Visit]) -> FollowUp:
    if not visit.day:
        return FollowUp(visit, asked, "not-followed")
    if not later:
        return FollowUp(visit, asked, "no-later-inspection")
    if not asked.themes:
        return FollowUp(visit, asked, "not-followed")
    steps = tuple(_step(visit, asked, other) for other in later)
    return FollowUp(visit, asked, _outcome(steps), steps)


def _step(asking: Visit, asked: Passage, visit: Visit) -> Step:
    on_it = tuple(passage for passage in visit.passages if is_on(passage, asked))
    counts = count((p.recommends, _stance(p, asked)) for p in on_it)
    status = counts.status or visit.unsaid
    return Step(visit, status, counts, on_it, compare(asking, visit))


def is_on(passage: Passage, asked: Passage) -> bool:
    """Whether ``passage`` is on what ``asked`` recommends."""
    return (
        not asked.themes.keys().isdisjoint(passage.themes)
        and _theme_nearness(passage.scores, asked.scores)
        + SERVICES_COUNT * _service_nearness(passage.services, asked.services)
        >= NEAR_ENOUGH
    )


def _theme_nearness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of the two, from 0 (nothing shared) to 1; both name a theme."""
    shared = fsum(one[theme] * other[theme] for theme in one.keys() & other.keys())
    return shared / (hypot(*one.values()) * hypot(*other.values()))


def _service_nearness(one: frozenset[str], other: frozenset[str]) -> float:
    """How many of the areas that either is about both are about, from 0 to 1."""
    either = one | other
    return len(one & other) / len(either) if either else 0.0


def _stance(passage: Passage, asked: Passage) -> Polarity:
    """The stance of a passage on the themes it shares with what was asked."""
    stances = {s for theme, s in passage.themes.items() if theme in asked.themes} - {"neutral"}
    if len(stances) > 1:
        return "mixed"
    return stances.pop() if stances else "neutral"


def _last_judged(steps: Sequence[Step]) -> Step | None:
    return next((step for step in reversed(steps) if step.status in JUDGED), None)


def _outcome(steps: Sequence[Step]) -> Outcome:
    if last := _last_judged(steps):
        some_fault = last.status == "strength" and not last.counts.faultless
        return "partly-resolved" if some_fault else _OUTCOMES[last.status]
    if any(step.status == "mentioned" for step in steps):
        return "described"
    return "not-looked-at-again"
