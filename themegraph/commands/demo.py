"""``themegraph demo``: the whole thing on the example reports that ship with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from themegraph.commands.console import program
from themegraph.commands.options import quiet_option, store_option

if TYPE_CHECKING:
    from themegraph.queries import Answer

AUTHORITY = "westmarch"
SEND = "/area-send-outcome"
#: So many themes are shown, those that came back most often.
MOST_THEMES = 12


@click.command(short_help="Load the example reports and show what the graph says of them.")
@store_option
@quiet_option
def demo(store: str | None, quiet: bool) -> None:
    """Load the example reports that ship with themegraph, and show what the graph says of them.

    The reports are about councils that do not exist. Without --store they go to a store of their
    own, beside yours, whatever THEMEGRAPH_STORE says.
    """
    from importlib.resources import as_file, files

    from themegraph.commands.load import print_summary
    from themegraph.commands.marks import coloured
    from themegraph.commands.themes import matrix_text
    from themegraph.graph.places import demo_place
    from themegraph.graph.store import Store
    from themegraph.load import load_reports
    from themegraph.loaders.inputs import expand
    from themegraph.queries import ask
    from themegraph.queries.matrix import build_matrix

    # Only an option given here counts: THEMEGRAPH_STORE names the reader's own reports.
    given = click.get_current_context().get_parameter_source("store")
    own = given is not ParameterSource.COMMANDLINE
    place = demo_place() if own or not store else store
    with (
        as_file(files("themegraph.examples").joinpath("reports")) as folder,
        Store(place, write=True) as opened,
    ):
        done = list(load_reports(opened, list(expand([str(folder)]))))
        print_summary(done, place, quiet=quiet)
        history = ask(opened, "judgement-history", authority=AUTHORITY)
        themes = list(ask(opened, "theme-assessments", authority=AUTHORITY))
        reports = list(ask(opened, "reports-list", authority=AUTHORITY))
    click.echo("\nWestmarch, a council that does not exist: how it was judged\n")
    click.echo(_judgements(history))
    click.echo("The themes that came back most, inspection by inspection\n")
    click.echo(coloured(matrix_text(build_matrix(themes, reports), MOST_THEMES), "-"))
    click.echo(_next_steps(place))


def _judgements(history: Answer) -> str:
    """Areas by inspections, a grade in each cell where one was given."""
    from themegraph.commands.tables import render

    # An area SEND inspection judges a partnership on a scale of its own.
    judged = [row for row in history if not str(row["judgement"]).endswith(SEND)]
    dates = sorted({row["date"] for row in judged})
    grades = {(row["area"], row["date"]): row["grade"] for row in judged}
    areas = dict.fromkeys(area for area, _ in grades)
    rows = [[area, *(grades.get((area, date), "") for date in dates)] for area in areas]
    return render(["area", *map(_month, dates)], rows)


def _month(date: object) -> str:
    """Month and year, which a narrow column breaks in two; two inspections may share a year."""
    return f"{date:%b %Y}"


def _next_steps(place: str) -> str:
    themegraph = program()
    return f"""The graph is in {place}. Ask it:
  {themegraph} trace private-fostering --authority westmarch --store {place}
  {themegraph} follow-up westmarch --report westmarch-2017-02-27-sif-reinspection --store {place}
  {themegraph} turned-around supervision --store {place}
  {themegraph} query --list
  {themegraph} query judgement-history -p authority=westmarch --store {place}
  {themegraph} query findings-search -p word=supervision --store {place}
  {themegraph} export --report westmarch-2019-09-30-ilacs --store {place}
Then load your own: {themegraph} load FOLDER"""
