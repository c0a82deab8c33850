"""A report with what its passages are about: themes, stance and services, with their words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from themegraph.model import Evidence, Finding, Polarity, Recommendation, Report, Span, ThemeTag
from themegraph.tagging.passages import Passage, of_finding, of_recommendation
from themegraph.tagging.services import tag_services
from themegraph.tagging.stance import (
    Judged,
    judge,
    stance_of_passage,
    stance_of_sentence,
    stances_of_themes,
)
from themegraph.tagging.themes import METHOD, Tag, tag_themes

#: A sentence speaks of a theme when it says this much of what the sentence that says most does.
SPEAKS = 0.5


def tag_report(report: Report) -> Report:
    """``report`` with every finding and recommendation tagged."""
    return replace(
        report,
        findings=tuple(_finding(finding, report) for finding in report.findings),
        recommendations=tuple(_recommendation(item, report) for item in report.recommendations),
    )


def _finding(finding: Finding, report: Report) -> Finding:
    passage = of_finding(finding, report)
    if not passage.sentences:
        return finding
    tags = tag_themes(passage)
    pieces = [tag.pieces for tag in tags]
    judgement = judge(passage, pieces)
    whole = stance_of_passage(passage, judgement)
    themes = _theme_tags(passage, tags, stances_of_themes(judgement, whole, pieces), report)
    return replace(
        finding,
        polarity=whole,
        themes=themes,
        services=tag_services(passage, [tag.theme for tag in tags]),
        evidence=tuple(
            _evidence(evidence, number, tags, judgement.clauses)
            for number, evidence in enumerate(finding.evidence)
        ),
    )


def _recommendation(item: Recommendation, report: Report) -> Recommendation:
    if item.source == "action":
        # Who is to send an answer, to whom and by when: it asks for no change that a later
        # inspection could find, so it is on no theme.
        return item
    passage = of_recommendation(item, report)
    tags = tag_themes(passage)
    # What is recommended is not good enough.
    themes = _theme_tags(passage, tags, ["weakness"] * len(tags), report)
    services = tag_services(passage, [tag.theme for tag in tags])
    return replace(item, themes=themes, services=services)


def _theme_tags(
    passage: Passage, tags: Sequence[Tag], stances: Sequence[Polarity], report: Report
) -> tuple[ThemeTag, ...]:
    return tuple(
        ThemeTag(
            tag.theme, stance, _trigger(passage, tag, report), METHOD, round(tag.probability, 3)
        )
        for tag, stance in zip(tags, stances, strict=True)
    )


def _trigger(passage: Passage, tag: Tag, report: Report) -> Span | None:
    """The words that say the theme, in the report's text, where the sentence stands there."""
    place = passage.sentences[tag.trigger.sentence].stretch(tag.trigger.start, tag.trigger.end)
    return Span(*place, bisect_right(report.page_starts, place[0])) if place else None


def _evidence(
    evidence: Evidence, number: int, tags: Sequence[Tag], judged: Sequence[Judged]
) -> Evidence:
    themes = tuple(tag.theme for tag in tags if _speaks(tag, number))
    scores = [one.score for one in judged if one.clause.sentence == number]
    return replace(
        evidence,
        polarity=stance_of_sentence(judged, number),
        themes=themes,
        praise=round(-min(scores), 3),
        fault=round(max(scores), 3),
    )


def _speaks(tag: Tag, number: int) -> bool:
    most = tag.said_in(tag.trigger.sentence)
    return tag.said_in(number) >= SPEAKS * most > 0 or number == tag.trigger.sentence
