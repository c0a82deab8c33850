"""How reports are read and themes found, and how well."""

from __future__ import annotations

from typing import Any

from themegraph.web.desk import Desk


def context(desk: Desk) -> dict[str, Any]:
    """What the page shows."""
    return {
        "title": "How it is read, and how well",
        "quality": desk.ask("how-well-tagged"),
        "warnings": desk.ask("warnings"),
    }
