"""How reports are read and themes found, and how well; and what was not understood."""

from __future__ import annotations

from typing import Any

from themegraph.ids import last_part
from themegraph.web.desk import Desk


def context(desk: Desk) -> dict[str, Any]:
    """What the page shows."""
    measured: dict[str, dict[str, Any]] = {}
    for row in desk.ask("how-well-tagged"):
        found = measured.setdefault(row["theme"], {"label": row["label"], "theme": row["theme"]})
        found[last_part(row["metric"])] = row
    return {
        "title": "How it is read, and how well",
        "themes": sorted(
            (row for row in measured.values() if "recall" in row and "/theme/" in row["theme"]),
            key=lambda row: row["label"],
        ),
        "wholes": [row for row in measured.values() if "/theme/" not in row["theme"]],
        "warnings": desk.ask("warnings"),
    }


def warnings_context(desk: Desk) -> dict[str, Any]:
    """What the page of warnings shows."""
    rows = [row | {"body": last_part(row["body"])} for row in desk.ask("warnings")]
    return {"title": "What was not understood", "rows": rows}
