"""``themegraph status``: what is in the store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from themegraph.commands.console import counted, say
from themegraph.commands.options import format_option, output_option, quiet_option, store_option

if TYPE_CHECKING:
    from themegraph.queries import Answer

_COUNTED = ("judgements", "findings", "recommendations", "statistics", "warnings")
COLUMNS = ("inspection_type", "years", "reports", *_COUNTED)
# Short enough for a table of eight columns.
_HEADINGS = ("kind", "years", "reports", "judgements", "findings", "recs", "stats", "warnings")


@click.command(short_help="Say what is in the store.")
@format_option(("table", "csv"), "table")
@output_option
@store_option
@quiet_option
def status(form: str, output: str, store: str | None, quiet: bool) -> None:
    """Say what is in the store: reports by kind, what was read from them, and what is in doubt."""
    from themegraph.commands.tables import write_rows
    from themegraph.graph.store import Store
    from themegraph.queries import ask
    from themegraph.queries.emptiness import refuse_empty

    with Store(store) as source:
        refuse_empty(source)
        answer = ask(source, "coverage")
    rows = _by_type(answer)
    if form == "table" and len(rows) > 1:
        rows.append(_row("all", answer))
    write_rows(COLUMNS if form == "csv" else _HEADINGS, rows, form, output)
    reports = counted(len(answer), "report")
    bodies = counted(len({row["body"] for row in answer}), "body", "bodies")
    say(f"{reports} on {bodies} in {source.place}. Next: themegraph query --list", quiet=quiet)


def _by_type(answer: Answer) -> list[tuple[Any, ...]]:
    kinds = sorted({row["inspection_type"] for row in answer})
    return [_row(kind, [r for r in answer if r["inspection_type"] == kind]) for kind in kinds]


def _row(kind: str, reports: Iterable[dict[str, Any]]) -> tuple[Any, ...]:
    reports = list(reports)
    years = sorted({row["date"].year for row in reports if row["date"]})
    span = f"{years[0]}–{years[-1]}" if years[1:] else "".join(map(str, years))
    sums = (sum(row[name] for row in reports) for name in _COUNTED)
    return (kind, span, len(reports), *sums)
