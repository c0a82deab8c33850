"""The bodies that were inspected, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themegraph.ids import last_part
from themegraph.queries.answer import Answer, ask
from themegraph.rows import grouped

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_COLUMNS = ("authority", "name", "region", "inspections", "first", "last", "body")
_REGIONS = "SELECT DISTINCT ?body ?region { ?body tg:region ?region }"


def list_bodies(store: Store) -> Answer:
    """Each body (its id, name and region) with how many inspections of it are in ``store``, the
    days of the first and the last of these, and its IRI; by id. Reports whose body is
    not known come last, under no name.
    """
    regions = {row["body"].value: row["region"].value for row in store.rows(_REGIONS)}
    rows = []
    for body, told in grouped(ask(store, "reports-list"), "body").items():
        days = sorted(day for row in told if (day := row["start"] or row["published"]))
        first, last = (days[0], days[-1]) if days else (None, None)
        named = (last_part(body), told[0]["name"], regions.get(body))
        rows.append((*named, len(told), first, last, body))
    return Answer(_COLUMNS, tuple(sorted(rows, key=lambda row: (row[6] is None, row[0]))))
