"""The search page: passages that use the words that were typed, and why each was found."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from themegraph.errors import QueryError
from themegraph.ids import last_part
from themegraph.search import Found, SearchIndex
from themegraph.web.desk import Desk

#: So many passages are on a page.
SHOWN = 20
KINDS = {"finding": "Findings", "recommendation": "Recommendations"}
ORDERS = {"best": "Best match", "newest": "Newest first", "oldest": "Oldest first"}
STANCES = tuple((stance, stance) for stance in ("strength", "weakness", "mixed", "neutral"))
_NARROWED = ("kind", "stance", "authority", "order")


def context(desk: Desk, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page shows for ``q`` in ``asked``, narrowed by ``kind``, ``stance`` and
    ``authority``, in an ``order``, from its ``page`` on.
    """
    typed = asked.get("q", "").strip()
    page = max(1, int(asked["page"])) if asked.get("page", "").isdecimal() else 1
    given = {name: asked[name] for name in _NARROWED if asked.get(name)}
    found, problem = Found(0, ()), ""
    if typed:
        try:
            found = _find(desk.answers.index, typed, given, most=SHOWN, skip=(page - 1) * SHOWN)
        except QueryError as error:
            problem = str(error)
    bodies = {row["body"]: row["name"] for row in desk.ask("reports-list") if row["body"]}
    here = {"q": typed, **given}
    return {
        "title": "Search",
        "typed": typed,
        "given": given,
        "found": found,
        "problem": problem,
        "page": page,
        "pages": -(-found.total // SHOWN),
        "kinds": KINDS,
        "orders": ORDERS,
        "stances": STANCES,
        "bodies": sorted(
            ((last_part(body), name) for body, name in bodies.items()),
            key=lambda choice: choice[1],
        ),
        "address": f"/search?{urlencode(here)}",
        "csv": f"/search.csv?{urlencode(here)}",
    }


def as_csv(index: SearchIndex, asked: Mapping[str, str]) -> str:
    """Every passage that was found, as CSV. Raises QueryError for what cannot be found."""
    given = {name: asked[name] for name in _NARROWED if asked.get(name)}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("authority", "date", "kind", "stance", "page", "words", "why", "passage"))
    for hit in _find(index, asked.get("q", ""), given, most=-1).hits:
        words = "".join(piece.text for piece in hit.text)
        where = (hit.authority, hit.date, hit.kind, hit.stance, hit.page)
        writer.writerow((*where, words, hit.why, hit.passage))
    return out.getvalue()


def _find(
    index: SearchIndex, typed: str, given: Mapping[str, str], *, most: int, skip: int = 0
) -> Found:
    return index.find(
        typed,
        authority=given.get("authority", ""),
        kind=given.get("kind", ""),
        stance=given.get("stance", ""),
        order=given.get("order", "best"),
        most=most,
        skip=skip,
    )
