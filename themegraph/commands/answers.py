"""The answer to a question as csv or json, and text for people, to where the reader wants it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from themegraph.commands.marks import coloured
from themegraph.commands.output import opened

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


def _as_csv(answer: Answer) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows((answer.columns, *answer.rows))
    return out.getvalue()


def _as_json(answer: Answer) -> str:
    """A list with an object for each row; dates as in ISO 8601."""
    return json.dumps(list(answer), ensure_ascii=False, indent=1, default=str) + "\n"
