"""The first page: what is in the graph, what could not be read, and what is raised most often."""

from __future__ import annotations

from typing import Any

from themegraph.web.desk import Desk

LATEST, OFTEN = 8, 12


def context(desk: Desk) -> dict[str, Any]:
    """What the first page shows."""
    reports = desk.ask("reports-list")
    raised = desk.ask("recurring-themes")
    warnings = desk.ask("warnings")
    dated = sorted(reports, key=_day)
    bodies = {row["body"]: row["name"] for row in reports if row["body"]}
    return {
        "title": "What inspectors keep finding",
        "reports": len(reports),
        "bodies": sorted(bodies.items(), key=lambda item: str(item[1])),
        "years": [day[:4] for day in map(_day, dated) if day],
        "latest": dated[: -LATEST - 1 : -1],
        "raised": raised[:OFTEN],
        "doubted": len({row["report"] for row in warnings}),
    }


def _day(report: dict[str, Any]) -> str:
    """The first day of its inspection, or else that on which it was published; "" for neither."""
    return str(report["start"] or report["published"] or "")
