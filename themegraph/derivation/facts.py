"""What the derivation starts from: the inspections of one authority, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from themegraph.model import Polarity
from themegraph.ontology import vocab

Status = Literal[
    "strength",
    "weakness",
    "mixed",
    "mentioned",
    "theme-spoken-of",
    "nothing-said",
    "not-looked-at",
]
Comparability = Literal[
    "like-with-like", "other-framework", "other-scope", "other-framework-and-scope"
]

#: Where one of two inspections looked at a part and the other at the whole.
SCOPE_DIFFERS: tuple[Comparability, ...] = ("other-scope", "other-framework-and-scope")
#: The statuses that say how good something is.
JUDGED: tuple[Status, ...] = ("weakness", "mixed", "strength")
#: Praise prevails over this many times as much fault, and fault over this many times the praise.
PRAISE_PREVAILS, FAULT_PREVAILS = 3, 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a finding: its IRI, where it begins, its stance, the themes it speaks of and
    whether it tells how something was and not how it was found. Of the themes that the finding is
    mixed on: which of them it praises, and with which it finds fault.
    """

    iri: str
    start: int
    stance: str
    themes: frozenset[str]
    looks_back: bool = False
    praises: frozenset[str] = frozenset()
    faults: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Passage:
    """A finding or a recommendation: its IRI, its themes with their stance, the likeliest first,
    the service areas it is about, how sure each theme is, the sentences of a finding, and the stems
    of its words.
    """

    iri: str
    recommends: bool
    themes: Mapping[str, Polarity]
    services: frozenset[str] = frozenset()
    scores: Mapping[str, float] = field(default_factory=dict)
    sentences: tuple[Sentence, ...] = ()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Visit:
    """An inspection of the authority: its key, first day (ISO, may be empty), type and framework,
    how many findings its report has, and the passages: findings that have themes, and all that it
    recommends.
    """

    key: str
    day: str
    report_type: str
    framework: str
    findings: int
    passages: tuple[Passage, ...]

    @property
    def scope(self) -> str:
        """Whether it looked at the whole service or at a part."""
        return vocab.scope_of(self.report_type)

    @property
    def unsaid(self) -> Status:
        """What it means that this inspection says nothing of a theme."""
        return unsaid(self.report_type, self.findings)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings praise, find fault, do both or only describe; how many recommendations, and
    how many of these ask for what one of the findings finds fault with: one fault told twice.
    """

    strengths: int = 0
    weaknesses: int = 0
    mixed: int = 0
    mentions: int = 0
    recommendations: int = 0
    told_twice: int = 0

    @property
    def status(self) -> Status | None:
        """What they say together; None where there are none. See assessment-statuses.csv."""
        praise = self.strengths + self.mixed
        fault = self.weaknesses + self.mixed + self.recommendations - self.told_twice
        if not (praise or fault):
            return "mentioned" if self.mentions else None
        if fault >= FAULT_PREVAILS * praise:
            return "weakness"
        if praise >= PRAISE_PREVAILS * fault and not self.recommendations:
            return "strength"
        return "mixed"

    @property
    def faultless(self) -> bool:
        """Whether nothing finds fault and nothing is recommended."""
        return not (self.weaknesses or self.mixed or self.recommendations)


def count(said: Iterable[tuple[bool, Polarity]]) -> Counts:
    """The counts of passages, each told as whether it recommends and its stance."""
    pairs = list(said)
    found = [stance for recommends, stance in pairs if not recommends]
    return Counts(
        found.count("strength"),
        found.count("weakness"),
        found.count("mixed"),
        found.count("neutral"),
        sum(recommends for recommends, _ in pairs),
    )


def in_order(visits: Iterable[Visit]) -> list[Visit]:
    """Visits in order of time, those of one day by their keys; those without a day come first, as
    nothing follows from them.
    """
    return sorted(visits, key=lambda visit: (visit.day, visit.key))


def by_day(visits: Iterable[Visit]) -> list[list[Visit]]:
    """Visits in order of time, those of one day together: none of them is before another."""
    return [list(found) for _, found in groupby(in_order(visits), key=lambda visit: visit.day)]


def compare(earlier: Visit, later: Visit) -> Comparability:
    """Whether two visits had the same rules and looked at as much."""
    same_rules = vocab.same_rules(earlier.framework, later.framework)
    same_scope = earlier.scope == later.scope
    if same_rules:
        return "like-with-like" if same_scope else "other-scope"
    return "other-framework" if same_scope else "other-framework-and-scope"


def unsaid(report_type: str, findings: int) -> Status:
    """What it means that an inspection says nothing of a theme: by the type of its report, and how
    many findings were read from that.
    """
    looked = vocab.scope_of(report_type) == "whole" and findings > 0
    return "nothing-said" if looked else "not-looked-at"
