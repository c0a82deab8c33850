"""``themegraph demo``: the whole thing on the example reports that ship with it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

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
    from pathlib import Path

    from themegraph.commands.load import print_summary
    from themegraph.graph.store import Store, user_place
    from themegraph.load import load_reports
    from themegraph.loaders.inputs import expand
    from themegraph.queries import ask

    # Only an option given here counts: THEMEGRAPH_STORE names the reader's own reports.
    given = click.get_current_context().get_parameter_source("store")
    own = given is not ParameterSource.COMMANDLINE
    place = str(Path(user_place()).with_name("demo")) if own or not store else store
    with (
        as_file(files("themegraph.examples").joinpath("reports")) as folder,
        Store(place, write=True) as opened,
    ):
        done = list(load_reports(opened, list(expand([str(folder)]))))
        print_summary(done, place, quiet=quiet)
        history = ask(opened, "judgement-history", authority=AUTHORITY)
        weak = ask(opened, "weaknesses-through-time", authority=AUTHORITY)
    click.echo("\nWestmarch, a council that does not exist: how it was judged\n")
    click.echo(_judgements(history))
    click.echo("What it was asked to improve most often, and where it was found weak\n")
    click.echo(_weaknesses(weak))
    click.echo(
        "◆ a recommendation of that inspection asks for it\n"
        "◇ a finding names it as a weakness, or as better and not yet good\n"
        "  An empty cell may be an inspection that did not look.\n"
    )
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


def _weaknesses(weak: Answer) -> str:
    """Themes by inspections, a mark where one was found weak or was asked for."""
    from themegraph.commands.tables import render

    dates = sorted({row["date"] for row in weak})
    found = {(row["label"], row["date"]): row for row in weak}
    times = Counter(label for label, _ in found)
    asked = Counter(label for (label, _), row in found.items() if row["recommendations"])
    back = sorted(times, key=lambda label: (-asked[label], -times[label], label))[:MOST_THEMES]
    rows = [[label, *(_mark(found.get((label, date))) for date in dates)] for label in back]
    return render(["theme", *map(_month, dates)], rows)


def _mark(row: dict[str, Any] | None) -> str:
    return "" if row is None else "◆" if row["recommendations"] else "◇"


def _month(date: object) -> str:
    """Month and year, which a narrow column breaks in two; two inspections may share a year."""
    return f"{date:%b %Y}"


def _next_steps(place: str) -> str:
    themegraph = program()
    return f"""The graph is in {place}. Ask it:
  {themegraph} query --list
  {themegraph} query judgement-history -p authority=westmarch --store {place}
  {themegraph} query findings-search -p word=supervision --store {place}
  {themegraph} export --report westmarch-2019-09-30-ilacs --store {place}
Then load your own: {themegraph} load FOLDER"""
