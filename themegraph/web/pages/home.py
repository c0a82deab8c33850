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
    dated = sorted(reports, key=lambda row: str(row["start"] or row["published"] or ""))
    bodies = {row["body"]: row["name"] for row in reports if row["body"]}
    return {
        "title": "What inspectors keep finding",
        "reports": len(reports),
        "bodies": sorted(bodies.items(), key=lambda item: str(item[1])),
        "years": [str(row["start"] or row["published"] or "")[:4] for row in dated if row["start"]],
        "latest": dated[: -LATEST - 1 : -1],
        "raised": raised[:OFTEN],
        "doubted": len({row["report"] for row in warnings}),
        "warnings": warnings,
    }
