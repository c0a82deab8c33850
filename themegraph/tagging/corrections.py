"""Corrections: a table that a person keeps beside the reports, replayed whenever they are read.

Each row names a passage and what is to be added to its themes, removed from them or replaced. A row
that cannot be understood, or that does not fit its passage (no longer there, other words, nothing
to remove), changes nothing and becomes a warning on the report.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
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
from themegraph.suggest import Named, did_you_mean, nearest

FILE = "corrections.csv"
METHOD = "correction"
COLUMNS = ("report", "passage", "action", "theme", "stance", "instead_of", "who", "why")
OPTIONAL = ("words",)
#: Columns that hold a theme, by its id or its name.
THEMES = ("theme", "instead_of")


@dataclass(frozen=True, slots=True)
class Misfit:
    """A correction that does not fit its passage, and why."""

    correction: Correction
    reason: str

    def __str__(self) -> str:
        one = self.correction
        return f"{one.place}: the correction of {one.passage} was not made: {self.reason}"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be understood: the report it names, where it stands, and why not."""

    report: str
    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: the correction was not made: {self.reason}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """What tables of corrections say: the rows to be made, and those that cannot be understood."""

    rows: tuple[Correction, ...] = ()
    bad: tuple[BadRow, ...] = ()


def find_corrections(folders: Iterable[Path]) -> Corrections:
    """What the ``corrections.csv`` of each of ``folders`` that has one says.

    Raises UnreadableSourceError as :func:`read_corrections`.
    """
    paths = sorted({folder / FILE for folder in folders})
    tables = [read_corrections(path) for path in paths if path.is_file()]
    return Corrections(
        tuple(row for table in tables for row in table.rows),
        tuple(row for table in tables for row in table.bad),
    )


def read_corrections(path: Path) -> Corrections:
    """The rows of a table of corrections, in its order.

    Raises UnreadableSourceError for a file that is no such table; it names the file and the remedy.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableSourceError(f"{path}: cannot be opened ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(f"{path}: is not a table in UTF-8.") from error
    return parse_corrections(text, str(path))


def parse_corrections(text: str, name: str) -> Corrections:
    """As :func:`read_corrections`, from the table's text; ``name`` is for the messages."""
    reader = csv.DictReader(io.StringIO(text))
    rows: list[Correction] = []
    bad: list[BadRow] = []
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise UnreadableSourceError(f"{name}: add the missing column(s) {', '.join(missing)}.")
        for row in reader:
            place = f"{name}, line {reader.line_num}"
            cells = _cells(row)
            if faults := list(_faults(cells, too_many=None in row)):
                bad.append(BadRow(cells["report"], place, "; ".join(faults)))
            else:
                rows.append(_correction(cells, place))
    except csv.Error as error:
        raise UnreadableSourceError(f"{name}: is no table ({error}).") from error
    return Corrections(tuple(rows), tuple(bad))


def _cells(row: dict[str, str | None]) -> dict[str, str]:
    """The cells with single spaces; a theme is told by its id, where its name was written."""
    cells = {column: " ".join((row.get(column) or "").split()) for column in (*COLUMNS, *OPTIONAL)}
    for column in THEMES:
        cells[column] = _theme_ids().get(cells[column].casefold(), cells[column])
    return cells


@cache
def _theme_ids() -> dict[str, str]:
    """The id of every theme, and of every group of them, by its name or id in lower case."""
    return {name.casefold(): t.id for t in vocab.themes() for name in (t.label, t.id)}


def _faults(cells: dict[str, str], *, too_many: bool) -> Iterator[str]:
    """What is wrong with a row, whatever report it is about."""
    if too_many:
        yield "too many cells; quote those that hold a comma"
        return
    empty = [name for name in ("report", "passage", "action", "who", "why") if not cells[name]]
    if empty:
        yield f"fill in {', '.join(empty)}"
    yield from _not_one_of(cells, "action", get_args(CorrectionAction))
    yield from _not_one_of(cells, "stance", get_args(Polarity))
    if cells["action"] in ("add", "replace") and not cells["stance"]:
        yield f"name the stance, which {cells['action']} needs"
    if cells["action"] in ("add", "remove") and not cells["theme"]:
        yield f"name the theme to {cells['action']}"
    if cells["instead_of"] and cells["action"] in ("add", "remove"):
        yield f"leave instead_of empty, which {cells['action']} has no use for"
    if cells["instead_of"] and cells["action"] == "replace" and not cells["theme"]:
        yield "name the theme to put in the place of that in instead_of"
    for column in THEMES:
        yield from _no_theme(cells, column)


def _not_one_of(cells: dict[str, str], column: str, known: Sequence[str]) -> Iterator[str]:
    if cells[column] and cells[column] not in known:
        yield f"{column} {cells[column]!r} is not known; write one of {', '.join(known)}"


def _no_theme(cells: dict[str, str], column: str) -> Iterator[str]:
    named = cells[column]
    themes = [theme for theme in vocab.themes() if theme.broader]
    if not named or named in {theme.id for theme in themes}:
        return
    under = [theme.id for theme in themes if theme.broader == named]
    if under:
        yield f"{column} {named!r} is a group of themes; write one of {', '.join(under)}"
    else:
        near = nearest(named, [Named(t.id, t.label, t.alt_labels) for t in themes])
        yield f"{column} {named!r} is not known.{did_you_mean(near)} See: themegraph themes --list"


def _correction(cells: dict[str, str], place: str) -> Correction:
    return Correction(**{name: value or None for name, value in cells.items()}, place=place)  # type: ignore[arg-type]


def correct(report: Report, corrections: Corrections) -> Report:
    """``report`` with the corrections that are about it made, in their order.

    A row is about the report whose key, or whose file's name, it gives.
    """
    names = (report_key(report), report.source.file)
    own = [one for one in corrections.rows if one.report in names]
    warnings = [str(row) for row in corrections.bad if row.report in names]
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
