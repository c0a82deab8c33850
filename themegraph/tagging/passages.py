"""Findings and recommendations as the taggers take them: sentences with their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from themegraph.loaders.sentences import split_sentences
from themegraph.model import Finding, Recommendation, Report
from themegraph.tagging.abbreviations import find_abbreviations

Kind = Literal["finding", "recommendation"]

#: So many characters in a row must agree for words to be found again behind what broke into them.
_AGREEMENT = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; ``places`` holds the offset of each of its characters in the canonical text.

    A place is None for a character that is not found there; ``places`` is empty where none is.
    """

    text: str
    places: Sequence[int | None] = ()

    def stretch(self, start: int, end: int) -> tuple[int, int] | None:
        """Where ``text[start:end]`` stands in the canonical text, if it is found there."""
        found = [place for place in self.places[start:end] if place is not None]
        return (found[0], found[-1] + 1) if found else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A finding or a recommendation, the heading it stands under, its kind of report, and what the
    abbreviations mean that its report explains.
    """

    kind: Kind
    report_type: str
    section: str
    sentences: tuple[Sentence, ...]
    abbreviations: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Its sentences in one line."""
        return " ".join(sentence.text for sentence in self.sentences)


def of_finding(finding: Finding, report: Report) -> Passage:
    """A finding as a passage: its evidence is its sentences."""
    sentences = tuple(
        Sentence(e.text, range(e.span.start, e.span.start + len(e.text))) for e in finding.evidence
    )
    meanings = find_abbreviations(report.text)
    return Passage("finding", report.report_type, finding.section, sentences, meanings)


def of_recommendation(item: Recommendation, report: Report) -> Passage:
    """A recommendation as a passage, with its sub-bullets."""
    places = find_places(item.text, item.span.of(report.text), item.span.start)
    sentences = [
        Sentence(item.text[a:b], places[a:b] if places else ())
        for a, b in split_sentences(item.text)
    ]
    sentences += [
        Sentence(sub.text, range(sub.span.start, sub.span.start + len(sub.text)))
        for sub in item.items
    ]
    meanings = find_abbreviations(report.text)
    return Passage("recommendation", report.report_type, item.section, tuple(sentences), meanings)


def find_places(words: str, printed: str, start: int) -> list[int | None]:
    """Where each character of ``words`` stands in ``printed``, which begins at ``start``.

    ``printed`` holds the same words with line ends, and perhaps with a number before them, a
    footer between them or hyphens where lines ended. Spaces have no place.
    """
    shown = [(at, char) for at, char in enumerate(printed) if not char.isspace()]
    squashed = "".join(char for _, char in shown)
    places: list[int | None] = [None] * len(words)
    asked = [(at, char) for at, char in enumerate(words) if not char.isspace()]
    wanted = "".join(char for _, char in asked)
    here = 0
    for number, (at, char) in enumerate(asked):
        if not squashed.startswith(char, here):
            ahead = squashed.find(wanted[number : number + _AGREEMENT], here)
            if ahead < 0:
                continue
            here = ahead
        places[at] = start + shown[here][0]
        here += 1
    return places
