"""Follow-ups: what became of each recommendation, as far as later inspections say.

A later passage is on what was recommended when it shares a theme with it and is near enough to it
(see ``nearness``). Where an inspection has no such passage and yet speaks of a main theme of what
was recommended, its step says so and rests on the passages that do: it says neither that nothing
was said nor what became of it. A recommendation without a theme, or of an inspection without a day,
cannot be followed: its follow-up says that, and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from themegraph.derivation.facts import (
    JUDGED,
    SCOPE_DIFFERS,
    Comparability,
    Counts,
    Passage,
    Status,
    Visit,
    compare,
    count,
    in_order,
)
from themegraph.derivation.nearness import is_on, main_themes
from themegraph.model import Polarity

Outcome = Literal[
    "persists",
    "partly-resolved",
    "resolved",
    "described",
    "theme-spoken-of",
    "not-looked-at-again",
    "no-later-inspection",
    "not-followed",
]

_OUTCOMES: dict[Status, Outcome] = {
    "weakness": "persists",
    "mixed": "partly-resolved",
    "strength": "resolved",
}


@dataclass(frozen=True, slots=True)
class Step:
    """What one later inspection says of what was recommended, or leaves unsaid; ``comparability``
    is with the inspection that recommended it. The passages are on what was recommended or, by the
    status theme-spoken-of, on a main theme of it.
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
    told_twice = sum(_asks_what_is_found(p, on_it, asked) for p in on_it)
    counts = count((p.recommends, _stance(p, asked)) for p in on_it)
    counts = replace(counts, told_twice=told_twice)
    alike = compare(asking, visit)
    if counts.status:
        return Step(visit, counts.status, counts, on_it, alike)
    main = main_themes(asked)
    nearby = tuple(p for p in visit.passages if not main.isdisjoint(p.themes))
    return Step(visit, "theme-spoken-of" if nearby else visit.unsaid, counts, nearby, alike)


def _asks_what_is_found(passage: Passage, on_it: Sequence[Passage], asked: Passage) -> bool:
    """Whether ``passage`` recommends what a finding beside it finds fault with."""
    return passage.recommends and any(
        not other.recommends
        and _stance(other, asked) in ("weakness", "mixed")
        and next(iter(other.themes)) == next(iter(passage.themes))
        and is_on(other, passage)
        for other in on_it
    )


def _stance(passage: Passage, asked: Passage) -> Polarity:
    """The stance of a passage on the themes it shares with what was asked."""
    stances = {s for theme, s in passage.themes.items() if theme in asked.themes} - {"neutral"}
    if len(stances) > 1:
        return "mixed"
    return stances.pop() if stances else "neutral"


def _last_judged(steps: Sequence[Step]) -> Step | None:
    return next((step for step in reversed(steps) if step.status in JUDGED), None)


def _settles(step: Step) -> bool:
    """Whether praise says that all is done: it finds no fault, and where only a part was looked at
    of what was looked at before, it does not hang on one passage.
    """
    narrower = step.visit.scope == "part" and step.comparability in SCOPE_DIFFERS
    return step.counts.faultless and not (narrower and step.counts.strengths == 1)


def _outcome(steps: Sequence[Step]) -> Outcome:
    if last := _last_judged(steps):
        if last.status == "strength" and not _settles(last):
            return "partly-resolved"
        return _OUTCOMES[last.status]
    if any(step.status == "mentioned" for step in steps):
        return "described"
    if any(step.status == "theme-spoken-of" for step in steps):
        return "theme-spoken-of"
    return "not-looked-at-again"
