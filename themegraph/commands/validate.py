"""``themegraph validate``: does every report have what a report must have?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
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
    from themegraph.graph.validate import Problem

#: How many reports are named behind a warning; --format csv lists all.
NAMED = 5
COLUMNS = ("report", "page", "severity", "message", "node")


@click.command(short_help="Check that every report in the store is complete and sound (SHACL).")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--report", "keys", multiple=True, metavar="KEY", help="Only this report.")
@format_option(("table", "csv"), "table")
@output_option
@store_option
@jobs_option
@quiet_option
def validate(
    files: tuple[str, ...],
    keys: tuple[str, ...],
    form: str,
    output: str,
    store: str | None,
    jobs: int,
    quiet: bool,
) -> None:
    """Check that every report in the store has what a report must have, and what is derived too.

    With FILEs: check RDF files, taken together, and not the store. Warnings are what an honest
    report can lack; they do not fail it. Exit code 1 when something is amiss.
    """
    from pathlib import PurePath

    from themegraph.commands.tables import write_rows
    from themegraph.graph.added import added_graphs, check_added
    from themegraph.graph.pages import Pages, read_pages
    from themegraph.graph.store import Store
    from themegraph.queries.emptiness import refuse_empty

    pages = Pages({})
    wanted: list[str] = []
    derived: list[str] = []
    added: list[str] = []
    if files:
        found = [_check_files(files)]
    else:
        with Store(store) as source:
            refuse_empty(source)
            wanted = list(keys or sorted(source.reports()))
            derived = [] if keys else _derived_of(source)
            checks = _check(source, wanted, derived, jobs)
            total = len(wanted) + len(derived)
            found = list(tracked(checks, total, "Checking reports", quiet=quiet))
            added = [] if keys else list(added_graphs(source))
            if added:
                found.append(check_added(source))
            pages = read_pages(source) if form == "table" else Pages({})
    problems = [problem for each in found for problem in each]
    faults = [problem for problem in problems if problem.severity != "Warning"]
    shown = problems if form == "csv" else faults
    names = {file: PurePath(file).name for file in files}
    if len(set(names.values())) < len(names):
        names = {}
    if shown or form == "csv":
        rows = [
            (
                names.get(p.report, p.report) if form == "table" else p.report,
                (p.page and pages.without(p.report)) or p.page,
                p.severity.lower(),
                p.message,
                p.node,
            )
            for p in shown
        ]
        write_rows(COLUMNS, rows, form, output)
    checked = counted(len(files), "file") if files else counted(len(wanted), "report")
    if derived:
        checked += f" and what is derived for {counted(len(derived), 'body', 'bodies')}"
    if added:
        checked += f", and {counted(len(added), 'graph')} of others"
    _tell(problems, checked, form, quiet=quiet)
    if faults:
        raise click.exceptions.Exit(1)


def _derived_of(store: Store) -> list[str]:
    """The derived graphs of ``store``."""
    from themegraph import ids

    return [graph for graph in store.graphs() if graph.startswith(ids.GRAPH_DERIVED)]


def _check(
    store: Store, keys: Iterable[str], derived: Iterable[str], jobs: int
) -> Iterator[list[Problem]]:
    """The problems of each report of ``keys``, checked with its provenance, and of each graph of
    ``derived``.
    """
    from themegraph import ids
    from themegraph.graph.export import graphs_of, ntriples
    from themegraph.graph.validate import validate_many

    reports = ((key, graphs_of(store, [key], vocabulary=False)) for key in keys)
    others = ((graph.removeprefix(f"{ids.ID}graph/"), [graph]) for graph in derived)
    texts = ((name, ntriples(store, graphs)) for name, graphs in chain(reports, others))
    return validate_many(texts, jobs=jobs)


def _check_files(files: Sequence[str]) -> list[Problem]:
    """The problems of RDF files, taken together, each told of the file that the node is in."""
    from pathlib import Path

    from themegraph.graph.validate import validate_files
    from themegraph.loaders.inputs import read_path

    return validate_files({file: read_path(Path(file)) for file in files})


def _tell(problems: list[Problem], checked: str, form: str, *, quiet: bool) -> None:
    warnings: dict[str, list[str]] = {}
    for problem in problems:
        if problem.severity == "Warning":
            warnings.setdefault(problem.message, []).append(problem.report)
    for message, reports in sorted(warnings.items()):
        named = sorted(set(reports))
        more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
        say(f"Warning: {message} ({', '.join(named[:NAMED])}{more})", quiet=quiet)
    faults = sum(1 for p in problems if p.severity != "Warning")
    verdict = f"{counted(faults, 'fault')} found" if faults else "all conform"
    seen = counted(sum(map(len, warnings.values())), "warning")
    click.echo(f"{checked} checked: {verdict}, {seen}.", err=form == "csv")
