"""``themegraph verify``: every quotation against its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from themegraph.commands.console import counted, say, tracked
from themegraph.commands.options import (
    format_option,
    jobs_option,
    output_option,
    quiet_option,
    store_option,
)

if TYPE_CHECKING:
    from themegraph.graph.store import Store
    from themegraph.loaders.inputs import InputFile
    from themegraph.loaders.pipeline import Outcome
    from themegraph.verify import Reading, Verdict

COLUMNS = ("report", "page", "fault", "quotation", "node")


@click.command(short_help="Check that every quotation stands in its source, word for word.")
@click.option(
    "--sources", metavar="FOLDER", help="Where the files are. Default: where they were loaded from."
)
@format_option(("table", "csv"), "table")
@output_option
@store_option
@jobs_option
@quiet_option
def verify(
    sources: str | None, form: str, output: str, store: str | None, jobs: int, quiet: bool
) -> None:
    """Check that every quotation in the store stands in its source, word for word.

    Each file is read again. A quotation must stand at its offsets in the text, and in a PDF its
    letters must stand on its page as the PDF library plainly extracts it. Exit code 1 when one
    does not, or when a file is not at hand.
    """
    from themegraph.commands.tables import write_rows
    from themegraph.graph.pages import Pages, read_pages
    from themegraph.graph.store import Store
    from themegraph.queries.emptiness import refuse_empty

    with Store(store) as opened:
        refuse_empty(opened)
        files, missing = _files(opened, sources)
        checks = _check(opened, files, missing, jobs)
        verdicts = list(tracked(checks, len(files), "Reading sources again", quiet=quiet))
        pages = read_pages(opened) if form == "table" else Pages({})
    rows = [
        (
            verdict.key,
            pages.without(verdict.key) or quotation.page,
            fault,
            quotation.words,
            quotation.node,
        )
        for verdict in verdicts
        for quotation, fault in verdict.faults
    ]
    if rows or form == "csv":
        write_rows(COLUMNS, rows, form, output)
    for reason in missing:
        say(f"Not checked: {reason}")
    _tell(verdicts, len(rows), form)
    if rows or missing:
        raise click.exceptions.Exit(1)


def _files(store: Store, sources: str | None) -> tuple[dict[str, InputFile], list[str]]:
    """The file of each report by key, and a reason for each report whose file is not at hand."""
    from themegraph.graph.sources import read_sources
    from themegraph.loaders.inputs import expand
    from themegraph.verify import find_sources

    held = store.reports()
    given = expand([sources]) if sources else None
    found = find_sources(held, read_sources(store.folder), given)
    where = f"not in {sources}" if sources else "say where it is with --sources FOLDER"
    missing = [f"{key}: {held[key].file} is not at hand; {where}." for key in held.keys() - found]
    return dict(sorted(found.items())), sorted(missing)


def _check(
    store: Store, files: dict[str, InputFile], missing: list[str], jobs: int
) -> Iterator[Verdict]:
    """The verdict on each report whose file can be read and is the file that was loaded."""
    from themegraph.loaders.pipeline import read_many
    from themegraph.verify import check, quotations, reread

    held = store.reports()
    outcomes: Iterator[Outcome[Reading]] = read_many(files.values(), jobs=jobs, read=reread)
    for key, outcome in zip(files, outcomes, strict=True):
        if outcome.report is None:
            missing.append(f"{key}: {outcome.reason}")
        elif outcome.report.sha256 != held[key].sha256:
            missing.append(f"{key}: {outcome.origin} is another file than the one loaded.")
        else:
            yield check(key, quotations(store, key), outcome.report)


def _tell(verdicts: list[Verdict], faults: int, form: str) -> None:
    checked = sum(verdict.checked for verdict in verdicts)
    plain = sum(verdict.on_plain_page for verdict in verdicts)
    what = f"{counted(checked, 'quotation')} of {counted(len(verdicts), 'report')} checked"
    found = f"{counted(faults, 'fault')} found" if faults else "all stand word for word"
    click.echo(
        f"{what}: {found}; the {plain:,} that come from PDFs were found again in plain PDF text.",
        err=form == "csv",
    )
