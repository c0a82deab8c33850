"""Findings and recommendations as the taggers take them: sentences with their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from themegraph.loaders.sentences import split_sentences
from themegraph.model import Finding, Recommendation, Report

Kind = Literal["finding", "recommendation"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and its offset in the report's canonical text where it stands there as it is."""

    text: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A finding or a recommendation, the heading it stands under and its kind of report."""

    kind: Kind
    report_type: str
    section: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """Its sentences in one line."""
        return " ".join(sentence.text for sentence in self.sentences)


def of_finding(finding: Finding, report: Report) -> Passage:
    """A finding as a passage: its evidence is its sentences."""
    sentences = tuple(Sentence(e.text, e.span.start) for e in finding.evidence)
    return Passage("finding", report.report_type, finding.section, sentences)


def of_recommendation(item: Recommendation, report: Report) -> Passage:
    """A recommendation as a passage, with its sub-bullets."""
    start = item.span.start
    placed = report.text[start : start + len(item.text)] == item.text
    sentences = [
        Sentence(item.text[a:b], start + a if placed else None)
        for a, b in split_sentences(item.text)
    ]
    sentences += [Sentence(sub.text, sub.span.start) for sub in item.items]
    return Passage("recommendation", report.report_type, item.section, tuple(sentences))
