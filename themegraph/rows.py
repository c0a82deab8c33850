"""Rows of answers: those that were given, put under a column, and with ids in place of IRIs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from themegraph.ids import last_part

Row = dict[str, Any]


def given(values: Mapping[str, str | None]) -> dict[str, str]:
    """Those of ``values`` that are there: what was not given is not asked for."""
    return {name: value for name, value in values.items() if value is not None}


def grouped(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    """The rows by what they have in ``column``, in the order in which each value first comes."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def values(row: Mapping[str, Any], columns: Iterable[str], plain: Container[str]) -> Iterator[Any]:
    """What ``row`` has in each of ``columns``, or None; IRIs in the ``plain`` ones by their ids."""
    for column in columns:
        value = row.get(column)
        yield last_part(value) if column in plain and value is not None else value
