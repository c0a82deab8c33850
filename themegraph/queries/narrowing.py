"""Which inspections are meant, where not all are: those of a kind, a framework or a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from themegraph.days import read_day
from themegraph.errors import QueryError
from themegraph.ids import last_part
from themegraph.ontology import vocab

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Inspections of a kind (or one under it), under the rules of a family of frameworks, from a
    day on or up to one (ISO 8601). "" where it does not matter.
    """

    kind: str = ""
    family: str = ""
    since: str = ""
    until: str = ""

    def has(self, row: Row) -> bool:
        """Whether ``row``, of the question ``reports-list``, is about one of them. One without a
        day is in no period.
        """
        day = day_of(row)
        if not day and (self.since or self.until):
            return False
        return (
            (not self.kind or last_part(row["kind"]) in vocab.kinds_within(self.kind))
            and (not self.family or vocab.family_of(last_part(row["framework"])) == self.family)
            and self.since <= day
            and (not self.until or day <= self.until)
        )


def day_of(report: Row) -> str:
    """The day by which an inspection has its place in time (ISO 8601), "" where none is known;
    ``report`` is a row of the question ``reports-list``.
    """
    return str(report["start"] or report["published"] or "")


def period(since: object, until: object) -> dict[str, str | None]:
    """A period as days in ISO 8601: ``since`` and ``until`` are days, or a day, month or year as
    people write it; None where it is open.

    Raises QueryError for what is no day, and for a period that ends before it begins.

    >>> period(2018, "2019-06")
    {'since': '2018-01-01', 'until': '2019-06-30'}
    """
    days: dict[str, str | None] = {}
    for name, given in (("since", since), ("until", until)):
        try:
            day = None if given is None else read_day(str(given), last=name == "until")
        except ValueError as error:
            raise QueryError(f"{name}: {error}") from error
        days[name] = day.isoformat() if day else None
    if days["since"] and days["until"] and days["since"] > days["until"]:
        raise QueryError(f"since={since} is after until={until}.")
    return days
