"""How reports are read and themes found, and how well; and what was not understood."""

from __future__ import annotations

from typing import Any

from themegraph.ids import last_part
from themegraph.web.desk import Desk


def context(desk: Desk) -> dict[str, Any]:
    """What the page shows."""
    return {
        "title": "How it is read, and how well",
        "quality": desk.ask("how-well-tagged"),
        "warnings": desk.ask("warnings"),
    }


def warnings_context(desk: Desk) -> dict[str, Any]:
    """What the page of warnings shows."""
    rows = [row | {"body": last_part(row["body"])} for row in desk.ask("warnings")]
    return {"title": "What was not understood", "rows": rows}
