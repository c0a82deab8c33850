"""A piece as tables: what each kind of row has, as plain values, for spreadsheets and data frames.

A row of ``passages`` is a finding or recommendation with one of its themes, so that it can be
counted by theme; one without a theme has one row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from themegraph.exports.things import Reading, Things
from themegraph.ids import last_part
from themegraph.ontology.rows import parse_rows

#: A cell: what spreadsheets and data frames have types for.
Cell = str | int | float | bool | dt.date | None
_STANCES = {
    "identifiesStrengthIn": "strength",
    "identifiesWeaknessIn": "weakness",
    "isMixedOn": "mixed",
    "mentions": "neutral",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of row: its name, the names and types of its columns, what gives its rows from the
    things of a report or, where ``of_conclusions``, from what follows from reports on a body.
    """

    name: str
    columns: tuple[tuple[str, type], ...]
    rows_of: Callable[[Reading, Things], Iterator[tuple[Cell, ...]]]
    of_conclusions: bool = False

    def rows(self, reading: Reading) -> Iterator[tuple[Cell, ...]]:
        """Every row of a piece."""
        for things in reading.conclusions() if self.of_conclusions else reading.reports():
            yield from self.rows_of(reading, things)


def _visit(reading: Reading, things: Things, inspection: str) -> tuple[Cell, ...]:
    """What every row says of its inspection: bodies, region, day, kind, framework, report."""
    visit = reading.visit(things, inspection)
    return (visit.body, visit.region, visit.day, visit.kind, visit.framework, visit.key)


_VISIT = (
    ("authority", str),
    ("region", str),
    ("date", dt.date),
    ("report_kind", str),
    ("framework", str),
    ("report", str),
)


def _visits(things: Things) -> Iterator[tuple[str, str]]:
    """The IRI of each inspection, and that of its report."""
    for inspection in things.of_kind("Inspection"):
        yield inspection, things.link(inspection, "produced")


def _inspections(reading: Reading, things: Things) -> Iterator[tuple[Cell, ...]]:
    in_part = set(reading.piece.reports_in_part())
    for inspection, report in _visits(things):
        file = things.link(report, "sourceFile")
        yield (
            *_visit(reading, things, inspection),
            things.one(inspection, "startDate"),
            things.one(inspection, "endDate"),
            things.one(report, "published"),
            things.one(report, "title"),
            len(things.links(report, "hasFinding")),
            len(things.links(report, "hasRecommendation")),
            f"<{report}>" in in_part,
            things.one(file, "fileName"),
            things.link(file, "license"),
            reading.pages.source(None, last_part(report)),
            inspection,
        )


def _judgements(reading: Reading, things: Things) -> Iterator[tuple[Cell, ...]]:
    for inspection, report in _visits(things):
        for judgement in things.links(inspection, "hasJudgement"):
            page = things.one(judgement, "onPage")
            yield (
                *_visit(reading, things, inspection),
                reading.name(things.link(judgement, "area"), things),
                reading.name(things.link(judgement, "grade"), things),
                things.one(judgement, "quotation"),
                page,
                reading.pages.source(page, last_part(report)),
                judgement,
            )


def _passages(reading: Reading, things: Things) -> Iterator[tuple[Cell, ...]]:
    for inspection, report in _visits(things):
        visit = _visit(reading, things, inspection)
        tags = tags_of(things)
        for passage in passages_of(things, report):
            page = things.one(passage, "onPage")
            for theme in themes_of(reading, things, passage):
                tag = tags.get((passage, theme), "")
                yield (
                    *visit,
                    kind_of(things, passage),
                    things.one(passage, "printedNumber"),
                    reading.name(things.link(passage, "inSection"), things),
                    things.one(passage, "text"),
                    last_part(theme) or None,
                    reading.name(theme, things) if theme else None,
                    reading.name(group)
                    if (group := reading.words.link(theme, "broader"))
                    else None,
                    stance_on(things, passage, theme),
                    stance_on(things, passage, ""),
                    things.one(tag, "trigger"),
                    things.one(tag, "score"),
                    _names(reading, things, passage, "aboutServiceArea"),
                    page,
                    things.one(passage, "startOffset"),
                    things.one(passage, "endOffset"),
                    reading.pages.source(page, last_part(report)),
                    passage,
                )


def _evidence(reading: Reading, things: Things) -> Iterator[tuple[Cell, ...]]:
    for inspection, report in _visits(things):
        visit = _visit(reading, things, inspection)
        for finding in things.links(report, "hasFinding"):
            for evidence in things.links(finding, "supportedBy"):
                at = things.link(evidence, "hasSelector")
                page = things.one(evidence, "onPage")
                yield (
                    *visit,
                    things.one(at, "exact"),
                    last_part(things.link(evidence, "stance")) or None,
                    _names(reading, things, evidence, "hasTheme"),
                    reading.name(kind, things)
                    if (kind := things.link(evidence, "evidenceKind"))
                    else None,
                    page,
                    things.one(at, "start"),
                    things.one(at, "end"),
                    reading.pages.source(page, last_part(report)),
                    finding,
                    evidence,
                )


def _statistics(reading: Reading, things: Things) -> Iterator[tuple[Cell, ...]]:
    for inspection, report in _visits(things):
        visit = _visit(reading, things, inspection)
        for statistic in things.links(report, "hasStatistic"):
            page = things.one(statistic, "onPage")
            as_of = things.one(statistic, "asOf")
            yield (
                *visit,
                _number(things.one(statistic, "value")),
                things.one(statistic, "unit"),
                things.one(statistic, "describes"),
                None if as_of is None else str(as_of),
                things.one(things.link(statistic, "hasSelector"), "exact"),
                page,
                reading.pages.source(page, last_part(report)),
                statistic,
            )


def _assessments(reading: Reading, things: Things) -> Iterator[tuple[Cell, ...]]:
    for one in things.of_kind("ThemeAssessment"):
        theme = things.link(one, "assessedTheme")
        group = reading.words.link(theme, "broader")
        yield (
            *_known(reading, things.link(one, "assessmentOf")),
            last_part(theme),
            reading.name(theme, things),
            reading.name(group) if group else None,
            *(
                reading.name(told, things) if (told := things.link(one, name)) else None
                for name in ("status", "trajectory", "comparability")
            ),
            *(
                things.one(one, name)
                for name in (
                    "timesInARow",
                    "strengths",
                    "weaknesses",
                    "mixedFindings",
                    "recommendationCount",
                    "findingsRead",
                )
            ),
            one,
        )


def _follow_ups(reading: Reading, things: Things) -> Iterator[tuple[Cell, ...]]:
    for one in things.of_kind("FollowUp"):
        asked = things.link(one, "followsUp")
        known = reading.asked.get(asked)
        steps = [
            f"{reading.visits[inspection].day or ''} {last_part(things.link(step, 'status'))}"
            for step in things.links(one, "hasStep")
            if (inspection := things.link(step, "atInspection")) in reading.visits
        ]
        yield (
            *_known(reading, known.inspection if known else ""),
            known.number if known else None,
            known.text if known else None,
            known.page if known else None,
            reading.name(things.link(one, "outcome"), things),
            "; ".join(sorted(steps)) or None,
            asked,
            one,
        )


def _known(reading: Reading, inspection: str) -> tuple[Cell, ...]:
    """What every row says of its inspection, of one that was read before."""
    visit = reading.visits.get(inspection)
    if visit is None:
        return (None,) * len(_VISIT)
    return (visit.body, visit.region, visit.day, visit.kind, visit.framework, visit.key)


def themes_of(reading: Reading, things: Things, passage: str) -> list[str]:
    """The themes of a passage, or [""] where it has none.

    Where themes were chosen, those of them of which it says what was chosen too: the piece has its
    other themes as well, and a table of them would answer what nobody asked.
    """
    themes = things.links(passage, "hasTheme")
    meant = reading.piece.meant
    if not meant.themes or meant.depth:
        return themes or [""]
    return [
        theme
        for theme in themes
        if theme in meant.themes
        and (not meant.stances or stance_on(things, passage, theme) in meant.stances)
    ]


def passages_of(things: Things, report: str) -> list[str]:
    """The findings and recommendations of a report, in the order in which they stand in it."""
    found = things.links(report, "hasFinding") + things.links(report, "hasRecommendation")
    return sorted(found, key=lambda passage: (things.one(passage, "startOffset") or 0, passage))


def kind_of(things: Things, passage: str) -> str:
    """Whether a passage finds or recommends."""
    return "recommendation" if "Recommendation" in things.kinds(passage) else "finding"


def stance_on(things: Things, passage: str, theme: str) -> str | None:
    """What a passage says of ``theme`` or, where that is "", as a whole; a recommendation asks."""
    if kind_of(things, passage) == "recommendation":
        return "recommended"
    for name, stance in _STANCES.items():
        if theme and theme in things.links(passage, name):
            return stance
    return None if theme else last_part(things.link(passage, "stance")) or None


def tags_of(things: Things) -> dict[tuple[str, str], str]:
    """Why a passage has its theme: the assignment by passage and theme."""
    return {
        (things.link(tag, "assignmentOf"), things.link(tag, "assignedTheme")): tag
        for tag in things.of_kind("ThemeAssignment")
    }


def _names(reading: Reading, things: Things, thing: str, name: str) -> str | None:
    return "; ".join(sorted(reading.name(one, things) for one in things.links(thing, name))) or None


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


@cache
def read_columns() -> dict[str, str]:
    """What each column is, by its name, as columns.csv has it."""
    text = files("themegraph.exports").joinpath("columns.csv").read_text(encoding="utf-8")
    return {
        row["column"]: row["meaning"]
        for row in parse_rows(text, "columns.csv", ("column", "meaning"))
    }


_SOURCE = (("page", int), ("address", str))
TABLES = {
    table.name: table
    for table in (
        Table(
            "passages",
            (
                *_VISIT,
                ("passage_kind", str),
                ("number", int),
                ("section", str),
                ("text", str),
                ("theme_id", str),
                ("theme", str),
                ("group", str),
                ("stance", str),
                ("passage_stance", str),
                ("words", str),
                ("score", float),
                ("services", str),
                ("page", int),
                ("start_offset", int),
                ("end_offset", int),
                ("address", str),
                ("passage", str),
            ),
            _passages,
        ),
        Table(
            "inspections",
            (
                *_VISIT,
                ("start", dt.date),
                ("end", dt.date),
                ("published", dt.date),
                ("title", str),
                ("findings", int),
                ("recommendations", int),
                ("in_part", bool),
                ("file", str),
                ("licence", str),
                ("address", str),
                ("inspection", str),
            ),
            _inspections,
        ),
        Table(
            "judgements",
            (
                *_VISIT,
                ("area", str),
                ("grade", str),
                ("quotation", str),
                *_SOURCE,
                ("judgement", str),
            ),
            _judgements,
        ),
        Table(
            "evidence",
            (
                *_VISIT,
                ("words", str),
                ("stance", str),
                ("themes", str),
                ("evidence_kind", str),
                ("page", int),
                ("start_offset", int),
                ("end_offset", int),
                ("address", str),
                ("finding", str),
                ("evidence", str),
            ),
            _evidence,
        ),
        Table(
            "statistics",
            (
                *_VISIT,
                ("value", float),
                ("unit", str),
                ("describes", str),
                ("as_of", str),
                ("quotation", str),
                *_SOURCE,
                ("statistic", str),
            ),
            _statistics,
        ),
        Table(
            "assessments",
            (
                *_VISIT,
                ("theme_id", str),
                ("theme", str),
                ("group", str),
                ("status", str),
                ("trajectory", str),
                ("comparability", str),
                ("times_in_a_row", int),
                ("strengths", int),
                ("weaknesses", int),
                ("mixed", int),
                ("recommendations", int),
                ("findings_read", int),
                ("assessment", str),
            ),
            _assessments,
            of_conclusions=True,
        ),
        Table(
            "follow_ups",
            (
                *_VISIT,
                ("number", int),
                ("text", str),
                ("page", int),
                ("outcome", str),
                ("later", str),
                ("recommendation", str),
                ("follow_up", str),
            ),
            _follow_ups,
            of_conclusions=True,
        ),
    )
}
