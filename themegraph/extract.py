"""A report as plain data: the stable JSON form that ``docs/reference/extract.md`` describes.

Beyond the fields promised there, passages carry ``start`` and ``end``: offsets into the canonical
text that ``themegraph text`` prints.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from themegraph.model import (
    Authority,
    Evidence,
    Finding,
    Inspector,
    Recommendation,
    Report,
    Span,
    Statistic,
    ThemeTag,
)

Json = dict[str, Any]

# What some programs take for the end of a line; JSON may hold them as they are.
_LINE_ENDS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}

PASSAGE_COLUMNS = (
    "file",
    "authority",
    "report_type",
    "inspection_start",
    "kind",
    "number",
    "section",
    "page",
    "text",
)


def report_to_dict(report: Report) -> Json:
    """``report`` as the JSON object of the extract contract."""
    return {
        "source": {
            "file": report.source.file,
            "sha256": report.source.sha256,
            "media_type": report.source.media_type,
            "pages": report.source.pages,
        },
        "title": report.title,
        "authority": _authority(report.authority) if report.authority else None,
        "report_type": report.report_type,
        "framework": report.framework,
        "inspection_start": _day(report.inspection_start),
        "inspection_end": _day(report.inspection_end),
        "periods": [[start.isoformat(), end.isoformat()] for start, end in report.periods],
        "dates_inferred": report.dates_inferred,
        "published": _day(report.published),
        "published_source": report.published_source,
        "inspectors": [_person(i) for i in report.inspectors],
        "other_people": [_person(i) for i in report.other_people],
        "judgements": [
            {"area": j.area, "grade": j.grade, "quote": j.quote, **_place(j.span)}
            for j in report.judgements
        ],
        "not_judged": list(report.not_judged),
        "previous_judgements": [
            {"date": p.date, "area": p.area, "grade": p.grade, "quote": p.quote, **_place(p.span)}
            for p in report.previous_judgements
        ],
        "sections": [
            {"heading": s.heading, "kind": s.kind, **_place(s.span)} for s in report.sections
        ],
        "recommendations": [_recommendation(r) for r in report.recommendations],
        "findings": [_finding(f) for f in report.findings],
        "statistics": [_statistic(s) for s in report.statistics],
        "warnings": list(report.warnings),
    }


def report_to_line(report: Report) -> str:
    """``report`` as one line of JSON, without its line end."""
    line = json.dumps(report_to_dict(report), ensure_ascii=False, separators=(",", ":"))
    return line.translate(_LINE_ENDS)


def passages(reports: Iterable[Json]) -> Iterable[tuple[Any, ...]]:
    """The findings and recommendations of extracted reports as flat rows of PASSAGE_COLUMNS."""
    for report in reports:
        authority = report["authority"]
        about = (
            report["source"]["file"],
            authority["name"] if authority else None,
            report["report_type"],
            report["inspection_start"],
        )
        for kind in ("recommendation", "finding"):
            for item in report[f"{kind}s"]:
                rest = (item["number"], item["section"], item["page"], item["text"])
                yield (*about, kind, *rest)


def _authority(authority: Authority) -> Json:
    return {
        "id": authority.id,
        "name": authority.name,
        "urn": authority.urn,
        "gss": authority.gss,
        "printed": authority.printed,
        "delivered_by": authority.delivered_by,
        "partnership": authority.partnership,
    }


def _person(person: Inspector) -> Json:
    return {"name": person.name, "role": person.role, "organisation": person.organisation}


def _recommendation(item: Recommendation) -> Json:
    return {
        "number": item.number,
        "source": item.source,
        "section": item.section,
        "text": item.text,
        **_place(item.span),
        "items": [sub.text for sub in item.items],
        "addressee": item.addressee,
        "responsible_body": item.responsible_body,
        "framework_reference": item.framework_reference,
        "points_to": list(item.points_to),
        "repeated": item.repeated,
        "lead_in": item.lead_in,
        "themes": [_theme(tag) for tag in item.themes],
        "services": list(item.services),
    }


def _finding(item: Finding) -> Json:
    return {
        "number": item.number,
        "section": item.section,
        "text": item.text,
        **_place(item.span),
        "recommendation_marker": item.recommendation_marker,
        "cites": list(item.cites),
        "illustrative": item.illustrative,
        "polarity": item.polarity,
        "themes": [_theme(tag) for tag in item.themes],
        "services": list(item.services),
        "evidence": [_evidence(e) for e in item.evidence],
    }


def _evidence(item: Evidence) -> Json:
    return {
        "text": item.text,
        **_place(item.span),
        "polarity": item.polarity,
        "themes": list(item.themes),
        "kind": item.kind,
    }


def _statistic(item: Statistic) -> Json:
    return {
        "value": int(item.value) if float(item.value).is_integer() else item.value,
        "unit": item.unit,
        "what": item.what,
        "as_of": item.as_of,
        "quote": item.quote,
        **_place(item.span),
    }


def _theme(tag: ThemeTag) -> Json:
    return {
        "id": tag.id,
        "polarity": tag.polarity,
        "trigger": [tag.trigger.start, tag.trigger.end] if tag.trigger else None,
        "method": tag.method,
        "score": tag.score,
    }


def _place(span: Span) -> Json:
    return {"page": span.page, "start": span.start, "end": span.end}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
