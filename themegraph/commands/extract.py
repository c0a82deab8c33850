"""``themegraph extract``: reports as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

from themegraph.commands.console import say, tracked
from themegraph.commands.options import format_option, jobs_option, output_option, quiet_option

if TYPE_CHECKING:
    from themegraph.loaders.pipeline import Outcome


@click.command(short_help="Print reports as plain data: JSON lines, JSON or CSV.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH|FOLDER|ZIP|URL...")
@format_option(("jsonl", "json", "csv"), "jsonl")
@output_option
@jobs_option
@quiet_option
def extract(paths: tuple[str, ...], form: str, output: str, jobs: int, quiet: bool) -> None:
    """Print reports as plain data.

    jsonl gives one JSON object for each report, json a list of them, csv a row for each finding
    and recommendation. A file that cannot be read, or a row of corrections.csv that cannot be
    understood, gives a message on standard error and exit code 1; the others are still printed.
    """
    from themegraph.commands.hints import passed_over
    from themegraph.commands.output import write_lines
    from themegraph.extract import report_to_line
    from themegraph.loaders.inputs import expand
    from themegraph.loaders.pipeline import read_many
    from themegraph.reading import reader_for

    files = list(expand(paths))
    reader = reader_for(files)
    outcomes = read_many(files, jobs=jobs, read=reader, then=report_to_line)
    seen = _Seen(tracked(outcomes, len(files), "Reading reports", quiet=quiet))
    write_lines(output, _FORMS[form](seen))
    for row in reader.corrections.bad:
        say(str(row))
    if note := passed_over(paths):
        say(note, quiet=quiet)
    if seen.failed or reader.corrections.bad:
        raise click.exceptions.Exit(1)


class _Seen:
    """The JSON of the reports that could be read, as they come; tells and counts the others."""

    def __init__(self, outcomes: Iterator[Outcome[str]]) -> None:
        self._outcomes = outcomes
        self.failed = 0

    def __iter__(self) -> Iterator[str]:
        for outcome in self._outcomes:
            if outcome.report is None:
                say(f"Failed: {outcome.reason}")
                self.failed += 1
            else:
                yield outcome.report


def _as_list(lines: Iterable[str]) -> Iterator[str]:
    before = "["
    for line in lines:
        yield before + line
        before = ","
    yield "]" if before == "," else "[]"


def _as_csv(lines: Iterable[str]) -> Iterator[str]:
    import csv
    import io
    import json

    from themegraph.extract import PASSAGE_COLUMNS, passages

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="")
    rows = passages(json.loads(line) for line in lines)
    for row in (PASSAGE_COLUMNS, *rows):
        writer.writerow(row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()


_FORMS: dict[str, Callable[[Iterable[str]], Iterable[str]]] = {
    "jsonl": iter,
    "json": _as_list,
    "csv": _as_csv,
}
