"""The bodies inspected as plain values: authorities, what became of them, and who runs services
for them.

Facts of ``authorities.csv`` are those of Ofsted's and ONS's registers of current bodies;
``former-authorities.csv`` adds bodies abolished before it was drawn up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from themegraph.ontology.rows import (
    Row,
    VocabularyError,
    check_ids,
    check_known,
    check_labels,
    read_rows,
    split_list,
)

_COLUMNS = ("id", "urn", "la_code", "gss", "name", "also_known_as", "region", "type")


@dataclass(frozen=True, slots=True)
class RegisteredAuthority:
    """A council with children's services, now or formerly; ``neighbours`` are ids."""

    id: str
    name: str
    urn: int | None
    la_code: str
    gss: str
    region: str
    type: str
    also_known_as: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """``body`` ceased at ``date`` (ISO); ``successor`` took over all or part of its area."""

    body: str
    event: str
    successor: str
    date: str
    note: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A trust or company that runs children's services for ``authority`` between two years."""

    id: str
    name: str
    authority: str
    start: str
    end: str | None
    also_known_as: tuple[str, ...] = ()
    note: str | None = None


@cache
def authorities() -> tuple[RegisteredAuthority, ...]:
    """Every authority known, current and former, by id.

    Raises :class:`VocabularyError` when an id, name or code stands twice or a neighbour is unknown.
    """
    current = read_rows("authorities.csv", (*_COLUMNS, "statistical_neighbours"))
    rows = [*current, *read_rows("former-authorities.csv", (*_COLUMNS, "note"))]
    name = "authorities.csv and former-authorities.csv"
    check_ids(name, (row["id"] for row in rows))
    check_labels(name, (row["name"] for row in rows))
    by_gss = {row["gss"]: row["id"] for row in rows}
    if len(by_gss) != len(rows):
        raise VocabularyError(f"{name}: every body needs a gss code of its own")
    return tuple(sorted((_authority(row, by_gss) for row in rows), key=lambda body: body.id))


def _authority(row: Row, by_gss: dict[str, str]) -> RegisteredAuthority:
    codes = row.get("statistical_neighbours", "").split()
    check_known("authorities.csv", f"neighbour of {row['name']}:", codes, by_gss)
    return RegisteredAuthority(
        row["id"],
        row["name"],
        int(row["urn"]) if row["urn"] else None,
        row["la_code"],
        row["gss"],
        row["region"],
        row["type"],
        split_list(row["also_known_as"]),
        tuple(by_gss[code] for code in codes),
        row.get("note") or None,
    )


@cache
def successions() -> tuple[Succession, ...]:
    """Every succession known; raises :class:`VocabularyError` for a body that is not."""
    name = "succession.csv"
    rows = read_rows(name, ("body", "event", "successor", "date", "note"))
    known = {body.id for body in authorities()}
    for column in ("body", "successor"):
        check_known(name, f"authority in column {column}:", (row[column] for row in rows), known)
    return tuple(
        Succession(row["body"], row["event"], row["successor"], row["date"], row["note"])
        for row in rows
    )


@cache
def deliveries() -> tuple[Delivery, ...]:
    """Every trust or company with an authority it works for, one value for each such pair.

    Raises :class:`VocabularyError` for an unknown authority or a body with two names.
    """
    name = "delivery.csv"
    rows = read_rows(name, ("id", "name", "also_known_as", "authority", "from", "to", "note"))
    check_ids(name, dict.fromkeys(row["id"] for row in rows))
    known = {body.id for body in authorities()}
    check_known(name, "authority", (row["authority"] for row in rows), known)
    if len({row["id"] for row in rows}) != len({row["name"] for row in rows}):
        raise VocabularyError(f"{name}: a body must have one id and one name throughout")
    return tuple(
        Delivery(
            row["id"],
            row["name"],
            row["authority"],
            row["from"],
            row["to"] or None,
            split_list(row["also_known_as"]),
            row["note"] or None,
        )
        for row in rows
    )
