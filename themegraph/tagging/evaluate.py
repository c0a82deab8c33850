"""How well passages are tagged, measured against what readers said of them.

What readers hold optional is neither wanted nor held against the tagger.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from themegraph.ids import squash
from themegraph.model import Report
from themegraph.tagging.reference import Reference

STANCES = ("strength", "weakness", "mixed", "neutral")
_NUMBER = re.compile(r"^\s*\d{1,3}[.)]\s+")


@dataclass(frozen=True, slots=True)
class Told:
    """What the tagger said of a passage."""

    unit: str
    text: str
    themes: Mapping[str, str]
    stance: str | None
    services: frozenset[str]


@dataclass(slots=True)
class Rate:
    """How many were right, wrongly told and missed."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def add(self, wanted: Iterable[str], got: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Count one passage."""
        want, have = set(wanted), set(got)
        self.right += len(want & have)
        self.missed += len(want - have)
        self.spurious += len(have - want - set(optional))

    @property
    def precision(self) -> float | None:
        """The share of what was told that is right; None where nothing was told."""
        told = self.right + self.spurious
        return self.right / told if told else None

    @property
    def recall(self) -> float | None:
        """The share of what should be told that was; None where nothing should be."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else None

    @property
    def f1(self) -> float | None:
        """Twice the right ones over all told and all wanted (the harmonic mean of the two)."""
        total = 2 * self.right + self.spurious + self.missed
        return 2 * self.right / total if total else None


@dataclass(slots=True)
class Quality:
    """What an evaluation found."""

    themes: dict[str, Rate] = field(default_factory=dict)
    all_themes: Rate = field(default_factory=Rate)
    services: Rate = field(default_factory=Rate)
    #: (wanted, told) of the passages that are findings, and of themes that were rightly told.
    stances: Counter[tuple[str, str]] = field(default_factory=Counter)
    theme_stances: Counter[tuple[str, str]] = field(default_factory=Counter)
    not_found: list[Reference] = field(default_factory=list)


def told_of(report: Report) -> tuple[str, str, tuple[Told, ...]]:
    """The SHA-256 of a report's file, its name, and what was said of its passages."""
    passages = [
        Told(
            "finding",
            finding.text,
            {tag.id: tag.polarity or "" for tag in finding.themes},
            finding.polarity,
            frozenset(finding.services),
        )
        for finding in report.findings
    ]
    passages += [
        Told(
            "recommendation",
            item.text,
            {tag.id: tag.polarity or "" for tag in item.themes},
            None,
            frozenset(item.services),
        )
        for item in report.recommendations
    ]
    return report.source.sha256, report.source.file, tuple(passages)


def evaluate(references: Iterable[Reference], told: Mapping[str, Sequence[Told]]) -> Quality:
    """How well ``told`` (by SHA-256 or file name) agrees with ``references``.

    The stance of a theme is measured where the theme was rightly told, and in findings alone:
    whatever is recommended is a weakness.
    """
    quality = Quality()
    for reference in references:
        found = _find(reference, told.get(reference.report, ()))
        if found is None:
            quality.not_found.append(reference)
            found = Told(reference.unit, "", {}, None, frozenset())
        _count(quality, reference, found)
    return quality


def _find(reference: Reference, told: Sequence[Told]) -> Told | None:
    start = squash(_NUMBER.sub("", reference.start))
    if not start:
        return None
    of_unit = (one for one in told if one.unit == reference.unit)
    return next((o for o in of_unit if squash(_NUMBER.sub("", o.text)).startswith(start)), None)


def _count(quality: Quality, want: Reference, got: Told) -> None:
    quality.all_themes.add(want.themes, got.themes, want.optional)
    for theme in want.themes.keys() | got.themes.keys() - want.optional:
        rate = quality.themes.setdefault(theme, Rate())
        rate.add(want.themes.keys() & {theme}, got.themes.keys() & {theme})
    if want.unit == "finding":
        if want.stance:
            quality.stances[want.stance, got.stance or ""] += 1
        for theme in want.themes.keys() & got.themes.keys():
            quality.theme_stances[want.themes[theme], got.themes[theme]] += 1
    if want.services is not None:
        quality.services.add(want.services, got.services, want.optional_services)


def agreeing(counts: Counter[tuple[str, str]]) -> int:
    """How many of the pairs (wanted, told) agree."""
    return sum(number for (want, got), number in counts.items() if want == got)


def accuracy(counts: Counter[tuple[str, str]]) -> float | None:
    """The share of pairs (wanted, told) that agree."""
    total = counts.total()
    return agreeing(counts) / total if total else None


def by_stance(counts: Counter[tuple[str, str]]) -> Iterator[tuple[str, Rate]]:
    """Of each stance that was wanted or told how often it was right, wrongly told and missed."""
    for stance in STANCES:
        rate = Rate()
        for (want, got), number in counts.items():
            rate.right += number * (want == got == stance)
            rate.missed += number * (want == stance != got)
            rate.spurious += number * (got == stance != want)
        if rate.right + rate.missed + rate.spurious:
            yield stance, rate


def macro_f1(counts: Counter[tuple[str, str]]) -> float | None:
    """The mean F1 of the stances that were wanted."""
    wanted = {want for want, _ in counts}
    scores = [rate.f1 or 0.0 for stance, rate in by_stance(counts) if stance in wanted]
    return sum(scores) / len(scores) if scores else None
