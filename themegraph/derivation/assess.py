"""Theme assessments: what each inspection says of each theme, and how that goes on to the next.

An inspection is assessed on every theme it speaks of, and on every theme that was weak or mixed
when the authority was last judged on it, also where it says nothing: what is not looked at again is
not resolved. It is compared with inspections of earlier days alone; of two of one day neither comes
before the other, and one without a day is compared with none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from themegraph.derivation.facts import (
    JUDGED,
    Comparability,
    Counts,
    Passage,
    Sentence,
    Status,
    Visit,
    by_day,
    compare,
    count,
)

Trajectory = Literal[
    "new-weakness",
    "new-strength",
    "persisting",
    "improved",
    "resolved",
    "declined",
    "sustained-strength",
    "not-revisited",
]

#: By which stances, of a passage or a sentence, what an inspection says in all is said; the
#: clearest first. What is weak in part is told by what is weak.
_SAYS: Mapping[Status, tuple[str, ...]] = {
    "strength": ("strength",),
    "mixed": ("weakness", "mixed"),
    "weakness": ("weakness", "mixed"),
    "mentioned": ("neutral",),
    "nothing-said": (),
    "not-looked-at": (),
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one inspection says of one theme.

    ``previous`` is the last visit of an earlier day that judged the theme; ``trajectory`` is None
    for a theme that is only mentioned and was never weak, and where the visit has no day. A judged
    theme is on one side, strong or not (weak or mixed): ``since`` is the first visit of the
    unbroken run that found it on that side, ``times`` how many there are in it.
    """

    visit: Visit
    theme: str
    counts: Counts
    status: Status
    passages: tuple[Passage, ...]
    previous: Visit | None = None
    trajectory: Trajectory | None = None
    comparability: Comparability | None = None
    since: Visit | None = None
    times: int = 0

    @property
    def example(self) -> str | None:
        """The IRI of the sentence or recommendation that says most clearly what the status is.

        A passage that says so of the theme comes before one that does not, and in it a sentence
        that itself says so: one on the theme or, failing that, one that has no theme and goes with
        it. One that looks back says less than any that judges now, for what is mixed in all also
        less than praise. Then the passage whose theme is surest comes first, and then the first in
        the report.
        """
        told = [
            (
                passage.themes[self.theme] not in _SAYS[self.status],
                self._unclearness(sentence),
                -passage.scores.get(self.theme, 0.0),
                sentence.start,
                sentence.iri,
            )
            for passage in self.passages
            for sentence in passage.sentences
            if self.theme in sentence.themes or not sentence.themes
        ]
        told += [
            (False, (0, 0), -passage.scores.get(self.theme, 0.0), 0, passage.iri)
            for passage in self.passages
            if passage.recommends and "weakness" in _SAYS[self.status]
        ]
        return min(told)[-1] if told else None

    @property
    def other_side(self) -> str | None:
        """The IRI of the sentence by which a finding that is mixed on the theme praises it, where
        the example is a sentence of that finding that finds fault, or the other way round. None
        where no such sentence tells how it was found now.
        """
        example = self.example
        for passage in self.passages:
            for sentence in passage.sentences:
                if sentence.iri == example:
                    return self._against(sentence, passage)
        return None

    def _against(self, example: Sentence, passage: Passage) -> str | None:
        if passage.themes[self.theme] != "mixed":
            return None
        for sentence in passage.sentences:
            others = {"weakness": sentence.praises, "strength": sentence.faults}
            if self.theme in others.get(example.stance, ()) and not sentence.looks_back:
                return sentence.iri
        return None

    def _unclearness(self, sentence: Sentence) -> tuple[int, int]:
        """How far ``sentence`` is from saying what the status is: the least says it best."""
        says, on_theme = _SAYS[self.status], self.theme in sentence.themes
        if sentence.stance in says and not sentence.looks_back:
            return (0 if on_theme else 1), says.index(sentence.stance)
        if not on_theme:
            return 6, 0
        if sentence.stance in says:
            return 3, says.index(sentence.stance)
        if self.status == "mixed" and sentence.stance == "strength" and not sentence.looks_back:
            return 2, 0
        return (4 if sentence.stance in ("", "neutral") else 5), 0

    @property
    def is_judged(self) -> bool:
        """Whether the inspection says how good it is."""
        return self.status in JUDGED


def assess(visits: Iterable[Visit]) -> Iterator[Assessment]:
    """The assessments of one authority's inspections, by time and then by theme."""
    last: dict[str, Assessment] = {}
    for together in by_day(visits):
        made = [one for visit in together for one in _assess_visit(visit, last)]
        yield from made
        last |= {one.theme: one for one in made if one.is_judged and one.visit.day}


def _assess_visit(visit: Visit, last: Mapping[str, Assessment]) -> Iterator[Assessment]:
    """What ``visit`` says of each theme, after ``last``: the last assessments that judged one."""
    said: dict[str, list[Passage]] = {}
    for passage in visit.passages:
        for theme in passage.themes:
            said.setdefault(theme, []).append(passage)
    open_before = {theme for theme, one in last.items() if one.status != "strength"}
    for theme in sorted(said.keys() | open_before):
        yield _assess_theme(visit, theme, said.get(theme, []), last.get(theme))


def _assess_theme(
    visit: Visit, theme: str, passages: list[Passage], before: Assessment | None
) -> Assessment:
    counts = count((passage.recommends, passage.themes[theme]) for passage in passages)
    status = counts.status or visit.unsaid
    placed = bool(visit.day) and status in JUDGED
    comparability = compare(before.visit, visit) if before else None
    alike = comparability == "like-with-like"
    goes_on = placed and before and (before.status == "strength") == (status == "strength")
    return Assessment(
        visit,
        theme,
        counts,
        status,
        tuple(passages),
        before.visit if before else None,
        _trajectory(status, counts, before, alike=alike) if visit.day else None,
        comparability,
        (before.since if before and goes_on else visit) if placed else None,
        (before.times if before and goes_on else 0) + 1 if placed else 0,
    )


def current(assessments: Iterable[Assessment]) -> list[Assessment]:
    """Of each theme the last assessment that judged it; ``assessments`` are as ``assess`` gives
    them, and of one day the last counts.
    """
    last = {one.theme: one for one in assessments if one.is_judged and one.visit.day}
    return list(last.values())


def _trajectory(
    status: Status, counts: Counts, before: Assessment | None, *, alike: bool
) -> Trajectory | None:
    was_weak = before is not None and before.status != "strength"
    if status not in JUDGED:
        return "not-revisited" if was_weak else None
    if before is None:
        return "new-strength" if status == "strength" else "new-weakness"
    if status == "strength" and was_weak:
        return "resolved" if counts.faultless else "improved"
    step = JUDGED.index(status) - JUDGED.index(before.status)
    # How much of the fault is praised besides can be compared only where as much was looked at.
    if step and (alike or "strength" in (status, before.status)):
        return "improved" if step > 0 else "declined"
    return "sustained-strength" if status == "strength" else "persisting"
