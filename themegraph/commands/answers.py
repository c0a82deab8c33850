"""The answer to a question as csv or json, and text for people, to where the reader wants it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from themegraph.commands.marks import coloured
from themegraph.commands.output import opened
from themegraph.ids import last_part

if TYPE_CHECKING:
    from themegraph.queries import Answer

FORMATS = ("table", "csv", "json")


def write_answer(answer: Answer, form: str, place: str, view: Callable[[], str]) -> None:
    """Write ``answer`` as ``form``: csv and json have every row and column of it, and a table is
    what ``view`` makes of it.
    """
    if form == "table":
        text = coloured(view(), place)
    else:
        text = _as_csv(answer) if form == "csv" else _as_json(answer)
    with opened(place) as stream:
        stream.write(text.encode())


def given(values: Mapping[str, str | None]) -> dict[str, str]:
    """The options that the reader gave."""
    return {name: value for name, value in values.items() if value is not None}


def grouped(rows: Iterable[dict[str, Any]], column: str) -> dict[Any, list[dict[str, Any]]]:
    """The rows by what they have in ``column``, in the order in which each value first comes."""
    groups: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def values(row: Mapping[str, Any], columns: Iterable[str], plain: Container[str]) -> Iterator[Any]:
    """What ``row`` has in each of ``columns``, or None; IRIs in the ``plain`` ones by their ids."""
    for column in columns:
        value = row.get(column)
        yield last_part(value) if column in plain and value is not None else value


def _as_csv(answer: Answer) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows((answer.columns, *answer.rows))
    return out.getvalue()


def _as_json(answer: Answer) -> str:
    """A list with an object for each row; dates as in ISO 8601."""
    return json.dumps(list(answer), ensure_ascii=False, indent=1, default=str) + "\n"
