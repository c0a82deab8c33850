"""What inspections say of themes in one part of the service: assessed anew from its passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from themegraph.derivation import facts
from themegraph.derivation.assess import Assessment, assess
from themegraph.ids import last_part
from themegraph.networks.mentions import Only
from themegraph.networks.read import Source

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OnService:
    """Rows as of the questions ``theme-assessments`` and ``reports-list``, told from the passages
    on a service alone.
    """

    assessments: list[Row]
    reports: list[Row]


def on_service(source: Source, reports: Sequence[Row], service: str) -> OnService:
    """The rows of one body, whose ``reports`` are given, told from its passages on ``service``.

    An inspection with no finding on it did not look at it.
    """
    if not reports:
        return OnService([], [])
    meant = Only(authority=reports[0]["body"], service=service)
    visits = [
        facts.Visit(
            last_part(visit.inspection),
            visit.date,
            visit.kind,
            visit.framework,
            sum(not passage.is_recommendation for passage in passages),
            tuple(
                facts.Passage(p.iri, p.is_recommendation, dict(p.themes), p.services)  # type: ignore[arg-type]
                for p in passages
            ),
        )
        for visit, passages in source.mentions.only(meant).visits()
    ]
    read = {visit.key: visit.findings for visit in visits}
    return OnService(
        [_row(one, source) for one in assess(visits)],
        [{**row, "findings": read[last_part(row["report"])]} for row in reports],
    )


def _row(one: Assessment, source: Source) -> Row:
    return {
        "inspection": one.visit.key,
        "theme": one.theme,
        "label": source.labels[one.theme],
        "domain": source.groups[one.theme],
        "date": one.visit.day or None,
        "kind": one.visit.report_type,
        "status": one.status,
        "trajectory": one.trajectory,
        "comparability": one.comparability,
        "strengths": one.counts.strengths,
        "weaknesses": one.counts.weaknesses,
        "mixed": one.counts.mixed,
        "recommendations": one.counts.recommendations,
        "read": one.visit.findings,
    }
