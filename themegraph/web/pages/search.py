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
from themegraph.web.faults import RequestError
from themegraph.web.pages.asking import chosen, page_number

#: So many passages are on a page.
SHOWN = 20
KINDS = {"finding": "Findings", "recommendation": "Recommendations"}
ORDERS = {"best": "Best match", "newest": "Newest first", "oldest": "Oldest first"}
STANCES = tuple((stance, stance) for stance in ("strength", "weakness", "mixed", "neutral"))
_CHOICES = {"kind": KINDS, "stance": dict(STANCES), "order": ORDERS}


def context(desk: Desk, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page shows for ``q`` in ``asked``, narrowed by ``kind``, ``stance`` and
    ``authority``, in an ``order``, from its ``page`` on.
    """
    typed = asked.get("q", "").strip()
    bodies = _bodies(desk)
    given = _given(asked, bodies)
    found, problem, page = Found(0, ()), "", 1
    if typed:
        try:
            total = _find(desk.answers.index, typed, given, most=0).total
            page = page_number(asked, total, SHOWN)
            found = _find(desk.answers.index, typed, given, most=SHOWN, skip=(page - 1) * SHOWN)
        except QueryError as error:
            problem = str(error)
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


def as_csv(desk: Desk, asked: Mapping[str, str]) -> str:
    """Every passage that was found, as CSV. Raises RequestError for what cannot be asked."""
    given = _given(asked, _bodies(desk))
    try:
        found = _find(desk.answers.index, asked.get("q", ""), given, most=-1)
    except QueryError as error:
        raise RequestError(400, "parameter", str(error)) from error
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("authority", "date", "kind", "stance", "page", "words", "why", "passage"))
    for hit in found.hits:
        words = "".join(piece.text for piece in hit.text)
        where = (hit.authority, hit.date, hit.kind, hit.stance, hit.page)
        writer.writerow((*where, words, hit.why, hit.passage))
    return out.getvalue()


def _bodies(desk: Desk) -> dict[str, str]:
    """The authorities that reports are on, with their names."""
    return {row["body"]: row["name"] for row in desk.ask("reports-list") if row["body"]}


def _given(asked: Mapping[str, str], bodies: Mapping[str, str]) -> dict[str, str]:
    return chosen(asked, {**_CHOICES, "authority": {last_part(body) for body in bodies}})


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
