"""Corrections: a table that a person keeps beside the reports, replayed whenever they are read.

Each row names a passage and what is to be added to its themes, removed from them or replaced. A row
that does not fit its passage (no longer there, other words, nothing to remove) changes nothing and
becomes a warning on the report.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from themegraph.errors import UnreadableSourceError
from themegraph.ids import local_ids, report_key, squash
from themegraph.model import (
    Correction,
    CorrectionAction,
    Evidence,
    Finding,
    Polarity,
    Recommendation,
    Report,
    Span,
    ThemeTag,
)
from themegraph.ontology import vocab

FILE = "corrections.csv"
METHOD = "correction"
COLUMNS = ("report", "passage", "action", "theme", "stance", "instead_of", "who", "why")
OPTIONAL = ("words",)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A correction that does not fit its passage, and why."""

    correction: Correction
    reason: str

    def __str__(self) -> str:
        one = self.correction
        return f"{one.place}: the correction of {one.passage} was not made: {self.reason}"


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The rows of a table of corrections, in its order.

    Raises UnreadableSourceError, which names the file, the line and what to write there.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableSourceError(f"{path}: cannot be opened ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(f"{path}: is not a table in UTF-8.") from error
    return parse_corrections(text, str(path))


def parse_corrections(text: str, name: str) -> tuple[Correction, ...]:
    """As :func:`read_corrections`, from the table's text; ``name`` is for the messages."""
    reader = csv.DictReader(io.StringIO(text))
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise UnreadableSourceError(f"{name}: add the missing column(s) {', '.join(missing)}.")
        return tuple(_parse(row, f"{name}, line {reader.line_num}") for row in reader)
    except csv.Error as error:
        raise UnreadableSourceError(f"{name}: is no table ({error}).") from error


def _parse(row: dict[str, str | None], place: str) -> Correction:
    if None in row:
        raise UnreadableSourceError(f"{place}: too many cells; quote those that hold a comma.")
    cells = {column: " ".join((row.get(column) or "").split()) for column in (*COLUMNS, *OPTIONAL)}
    empty = [name for name in ("report", "passage", "action", "who", "why") if not cells[name]]
    if empty:
        raise UnreadableSourceError(f"{place}: fill in {', '.join(empty)}.")
    _check(cells, "action", get_args(CorrectionAction), place)
    _check(cells, "stance", get_args(Polarity), place)
    themes = [theme.id for theme in vocab.themes() if theme.broader]
    _check(cells, "theme", themes, place)
    _check(cells, "instead_of", themes, place)
    if not (cells["theme"] or cells["stance"]):
        raise UnreadableSourceError(f"{place}: name a theme, a stance or both.")
    if cells["action"] in ("add", "remove") and not cells["theme"]:
        raise UnreadableSourceError(f"{place}: name the theme to {cells['action']}.")
    return Correction(**{name: value or None for name, value in cells.items()}, place=place)  # type: ignore[arg-type]


def _check(cells: dict[str, str], column: str, known: Sequence[str], place: str) -> None:
    if cells[column] and cells[column] not in known:
        hint = f"one of {', '.join(known)}" if len(known) < 10 else "see: themegraph query themes"
        raise UnreadableSourceError(f"{place}: {column} {cells[column]!r} is not known; {hint}.")


def find_corrections(folders: Iterable[Path]) -> tuple[Correction, ...]:
    """The corrections in the ``corrections.csv`` of each of ``folders`` that has one."""
    paths = sorted({folder / FILE for folder in folders})
    return tuple(row for path in paths if path.is_file() for row in read_corrections(path))


def correct(report: Report, corrections: Iterable[Correction]) -> Report:
    """``report`` with the corrections that are about it made, in their order.

    A row is about the report whose key, or whose file's name, it gives.
    """
    names = (report_key(report), report.source.file)
    own = [one for one in corrections if one.report in names]
    if not own:
        return report
    made: list[Correction] = []
    misfits: list[str] = []
    for one in own:
        try:
            report = _make(report, one)
            made.append(one)
        except _DoesNotFitError as reason:
            misfits.append(str(Misfit(one, str(reason))))
    warnings = (*report.warnings, *misfits)
    return replace(report, corrections=tuple(made), warnings=warnings)


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
    default = finding.polarity or "neutral"
    trigger = _trigger(finding.span, one, report)
    themes = _correct_themes(finding.themes, one, one.stance or default, trigger)
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
    return replace(item, themes=_correct_themes(item.themes, one, "weakness", trigger))


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
    tags: tuple[ThemeTag, ...], one: Correction, stance: Polarity, trigger: Span
) -> tuple[ThemeTag, ...]:
    assert one.theme is not None
    has = {tag.id: tag for tag in tags}
    if one.action == "remove":
        _need(has, one.theme)
        return tuple(tag for tag in tags if tag.id != one.theme)
    fresh = ThemeTag(one.theme, stance, trigger, METHOD)
    if one.action == "add":
        if one.theme in has:
            raise _DoesNotFitError(f"it has the theme {one.theme} already")
        return (*tags, fresh)
    old = one.instead_of or one.theme
    _need(has, old)
    if old == one.theme:
        if one.stance is None or has[old].polarity == one.stance:
            raise _DoesNotFitError(f"its stance on {old} is {has[old].polarity} already")
        fresh = replace(has[old], polarity=one.stance, method=METHOD)
    elif one.theme in has:
        raise _DoesNotFitError(f"it has the theme {one.theme} already")
    else:
        fresh = replace(fresh, polarity=one.stance or has[old].polarity, trigger=has[old].trigger)
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
