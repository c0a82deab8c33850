"""Lists: of the authorities in the store, of themes under what they are part of, of services."""

from __future__ import annotations

from typing import Any

from themegraph.ids import last_part
from themegraph.ontology import vocab
from themegraph.web.desk import Desk


def authorities(desk: Desk) -> dict[str, Any]:
    """What the list of authorities shows."""
    bodies: dict[str, dict[str, Any]] = {}
    for report in desk.ask("reports-list"):
        if report["body"]:
            row = bodies.setdefault(report["body"], {"name": report["name"], "days": []})
            row["days"].append(report["start"] or report["published"])
    rows = []
    for body, row in bodies.items():
        days = sorted(day for day in row["days"] if day)
        rows.append(
            {
                "body": body,
                "name": row["name"],
                "inspections": len(row["days"]),
                "first": days[0] if days else None,
                "last": days[-1] if days else None,
            }
        )
    return {"title": "Authorities", "rows": sorted(rows, key=lambda row: row["name"])}


def themes(desk: Desk) -> dict[str, Any]:
    """What the list of themes shows."""
    found = {last_part(row["theme"]): row for row in desk.ask("recurring-themes")}
    tops = [theme for theme in vocab.themes() if not theme.broader]
    domains = [
        (top, [found[t.id] for t in vocab.themes() if t.broader == top.id and t.id in found])
        for top in tops
    ]
    return {"title": "Themes", "domains": [(top, rows) for top, rows in domains if rows]}


def services(_desk: Desk) -> dict[str, Any]:
    """What the list of services shows."""
    return {"title": "Services", "services": vocab.services()}
