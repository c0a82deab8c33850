"""Corrections made: what a person wants changed in the tags of a report, replayed when it is read.

A row that does not fit its passage (no longer there, other words, nothing to remove) changes
nothing and becomes a warning on the report; so does one that cannot be understood.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from themegraph.ids import local_ids, report_key, squash
from themegraph.model import (
    Correction,
    Evidence,
    Finding,
    Recommendation,
    Report,
    Span,
    ThemeTag,
)
from themegraph.tagging.correction_tables import BadRow, Corrections

METHOD = "correction"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A correction that does not fit its passage, and why."""

    correction: Correction
    reason: str

    def __str__(self) -> str:
        one = self.correction
        return f"{one.place}: the correction of {one.passage} was not made: {self.reason}"


def correct(report: Report, corrections: Corrections) -> Report:
    """``report`` with the corrections that are about it made, in their order.

    A row is about the report whose key it gives, or that was read from the file it names.
    """
    key = report_key(report)

    def is_about(row: Correction | BadRow) -> bool:
        return row.report == key or report.source.sha256 in row.files

    own = [one for one in corrections.rows if is_about(one)]
    warnings = [str(row) for row in corrections.bad if is_about(row)]
    if not own and not warnings:
        return report
    made: list[Correction] = []
    for one in own:
        try:
            report = _make(report, one)
        except _DoesNotFitError as reason:
            warnings.append(str(Misfit(one, str(reason))))
            continue
        made.append(one)
        if _rests_on_number(report, one):
            warnings.append(
                f"{one.place}: the correction of {one.passage} was made by its printed number "
                "alone, which may be that of another passage when the report is issued again: "
                "write some words of the passage into the column words"
            )
    told = (*report.warnings, *warnings)
    return replace(report, corrections=tuple(made), warnings=told)


def _rests_on_number(report: Report, one: Correction) -> bool:
    """Whether nothing but a printed number says which passage is meant."""
    numbers = {str(item.number) for item in report.findings}
    numbers |= {str(item.number) for item in report.recommendations}
    return one.passage in numbers and not squash(one.words or "")


class _DoesNotFitError(Exception):
    """Why a correction does not fit."""


def _make(report: Report, one: Correction) -> Report:
    names = local_ids(report)
    if one.passage in names.findings:
        number = names.findings.index(one.passage)
        finding = _correct_finding(report.findings[number], one, report)
        findings = (*report.findings[:number], finding, *report.findings[number + 1 :])
        return replace(report, findings=findings)
    if one.passage in names.recommendations:
        number = names.recommendations.index(one.passage)
        item = _correct_recommendation(report.recommendations[number], one, report)
        items = (*report.recommendations[:number], item, *report.recommendations[number + 1 :])
        return replace(report, recommendations=items)
    raise _DoesNotFitError("the report has no such finding or recommendation")


def _correct_finding(finding: Finding, one: Correction, report: Report) -> Finding:
    _check_words(finding.text, one)
    if one.theme is None:
        if finding.polarity == one.stance:
            raise _DoesNotFitError(f"its stance is {one.stance} already")
        return replace(finding, polarity=one.stance)
    trigger = _trigger(finding.span, one, report)
    themes = _correct_themes(finding.themes, one, trigger)
    evidence = tuple(_follow(e, themes, one) for e in finding.evidence)
    said = {theme for e in evidence for theme in e.themes}
    if one.action != "remove" and one.theme not in said:
        # A theme that a person adds is said by the whole passage, as far as the table tells.
        evidence = tuple(replace(e, themes=(*e.themes, one.theme)) for e in evidence)
    return replace(finding, themes=themes, evidence=evidence)


def _correct_recommendation(
    item: Recommendation, one: Correction, report: Report
) -> Recommendation:
    _check_words(" ".join((item.text, *(sub.text for sub in item.items))), one)
    if one.theme is None or one.stance not in (None, "weakness"):
        raise _DoesNotFitError("whatever is recommended is a weakness")
    trigger = _trigger(item.span, one, report)
    return replace(item, themes=_correct_themes(item.themes, one, trigger))


def _trigger(passage: Span, one: Correction, report: Report) -> Span:
    """The words that the table gives for the theme, where they are printed so, or the passage."""
    at = report.text.find(one.words, passage.start, passage.end) if one.words else -1
    if at < 0 or one.words is None:
        return passage
    return Span(at, at + len(one.words), bisect_right(report.page_starts, at))


def _check_words(text: str, one: Correction) -> None:
    if one.words and squash(one.words) not in squash(text):
        raise _DoesNotFitError(f"the passage does not hold the words {one.words!r}")


def _correct_themes(
    tags: tuple[ThemeTag, ...], one: Correction, trigger: Span
) -> tuple[ThemeTag, ...]:
    assert one.theme is not None
    has = {tag.id: tag for tag in tags}
    if one.action == "remove":
        _need(has, one.theme)
        return tuple(tag for tag in tags if tag.id != one.theme)
    fresh = ThemeTag(one.theme, one.stance, trigger, METHOD)
    if one.action == "add":
        if one.theme in has:
            raise _DoesNotFitError(f"it has the theme {one.theme} already")
        return (*tags, fresh)
    old = one.instead_of or one.theme
    _need(has, old)
    if old == one.theme:
        if has[old].polarity == one.stance:
            raise _DoesNotFitError(f"its stance on {old} is {has[old].polarity} already")
        fresh = replace(has[old], polarity=one.stance, method=METHOD)
    elif one.theme in has:
        raise _DoesNotFitError(f"it has the theme {one.theme} already")
    else:
        fresh = replace(fresh, trigger=has[old].trigger)
    return tuple(fresh if tag.id == old else tag for tag in tags)


def _need(has: dict[str, ThemeTag], theme: str) -> None:
    if theme not in has:
        raise _DoesNotFitError(f"it has no theme {theme}")


def _follow(evidence: Evidence, tags: tuple[ThemeTag, ...], one: Correction) -> Evidence:
    """The sentence without a theme that its finding has lost, with the one that took its place."""
    kept = {tag.id for tag in tags}
    swapped = (one.theme if theme == one.instead_of else theme for theme in evidence.themes)
    themes = tuple(theme for theme in swapped if theme is not None and theme in kept)
    return replace(evidence, themes=themes)
