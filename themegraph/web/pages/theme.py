"""A theme: what it means, where and when it comes back, who turned it round, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from themegraph.errors import QueryError
from themegraph.ids import last_part, resource
from themegraph.ontology import vocab
from themegraph.web.desk import Desk
from themegraph.web.pages.asking import concept_called
from themegraph.web.pages.through_time import FEW, SCOPES, through_time
from themegraph.web.pages.time_chart import draw
from themegraph.web.pages.wording import spoken_with, typical

#: So many bodies and wordings are shown; the questions behind the page give all.
MOST = 25
#: So many themes that are spoken of with it.
FEW_WITH = 8


def context(desk: Desk, name: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page about the theme ``name`` shows; with ``authority`` in ``asked`` also its story
    there. Raises QueryError where there is none.
    """
    concept = concept_called(name, "theme", (t for t in vocab.themes() if t.broader))
    body = asked.get("authority")
    story = desk.ask("theme-story", theme=name, authority=body) if body else []
    # Asked of all themes at once: the answers serve every theme's page.
    often = [row for row in desk.ask("recurring-themes") if last_part(row["theme"]) == name]
    reports = desk.ask("reports-list")
    found = through_time(desk.ask("theme-assessments", theme=name), reports)
    now = desk.ask("themes-now", theme=name)
    now.sort(key=lambda row: str(row["date"] or ""), reverse=True)
    said = desk.ask("theme-word-for-word", theme=name)
    names = {row["body"]: row["name"] for row in reports if row["body"]}
    if body and resource("authority", body) not in names:
        raise QueryError(f"There is no report on {body!r} here; /authorities has all bodies.")
    turned = desk.ask("turned-around", theme=name)
    quality = desk.ask("how-well-tagged", theme=name)
    above = next(theme for theme in vocab.themes() if theme.id == concept.broader)
    return {
        "title": concept.label,
        "theme": concept,
        "above": above,
        "apart": _told_apart(concept),
        "beside": [t for t in vocab.themes() if t.broader == concept.broader and t != concept],
        "often": often[0] if often else None,
        "found": found,
        "chart": draw(found) if found else None,
        "scopes": SCOPES,
        "few": FEW,
        "weak": [row for row in now if _says(row) in ("weakness", "mixed")],
        "strong": [row for row in now if _says(row) == "strength"],
        "turned": turned[:MOST],
        "turned_in_all": len(turned),
        "quality": {last_part(row["metric"]): row for row in quality},
        "most": MOST,
        "body": body,
        "body_name": names[resource("authority", body)] if body else "",
        "names": names,
        "sentences": len(said),
        "wording": typical(said),
        "beside_it": spoken_with(desk, name),
        "few_with": FEW_WITH,
        "story": story,
    }


def _says(row: dict[str, Any]) -> str:
    return last_part(row["status"])


def _told_apart(theme: vocab.Theme) -> list[vocab.Theme]:
    """The themes that its scope note says belong elsewhere ("for … use …"), not those beside it."""
    pointed = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+|(?<=use )[a-z]+", theme.scope_note)
    return [
        other
        for other in vocab.themes()
        if other.id in pointed and other.broader not in (None, theme.broader)
    ]
