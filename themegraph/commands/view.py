"""``themegraph view``: a network as an interactive picture, in one file to send on."""

from __future__ import annotations

import datetime as dt

import click

from themegraph.commands.answers import given
from themegraph.commands.asking import asking
from themegraph.commands.console import say
from themegraph.commands.network import STANCES, denominators
from themegraph.commands.options import (
    authority_option,
    iso,
    period_options,
    quiet_option,
    region_option,
    store_option,
    theme_option,
)


@click.command(short_help="A theme graph as an interactive picture: one HTML file.")
@click.argument(
    "what", type=click.Choice(["themes", "authorities"]), default="themes", required=False
)
@authority_option
@region_option
@period_options
@theme_option
@click.option(
    "--depth",
    type=click.IntRange(1, 2),
    default=1,
    show_default=True,
    help="With --theme: only themes tied to it, or (2) also those tied to these.",
)
@click.option(
    "--stance",
    type=click.Choice(STANCES),
    default="any",
    show_default=True,
    help="Only what findings say so of a theme; authorities are always tied by weaknesses.",
)
@click.option("--all", "everything", is_flag=True, help="All ties, also those that may be chance.")
@click.option(
    "-o",
    "--output",
    default="themegraph.html",
    show_default=True,
    metavar="FILE",
    help="The file to write; - for standard output.",
)
@store_option
@quiet_option
def view(
    what: str,
    authority: str | None,
    region: str | None,
    kind: str | None,
    since: dt.datetime | None,
    until: dt.datetime | None,
    theme: str | None,
    depth: int,
    stance: str,
    everything: bool,
    output: str,
    store: str | None,
    quiet: bool,
) -> None:
    """Draw the network of THEMES (the default) or AUTHORITIES as one HTML file.

    The file needs nothing else and asks no other host: it can be mailed. It has a legend, a search
    field, and the same content as a table.
    """
    from themegraph.commands.output import opened
    from themegraph.networks.picture import draw, heaviest
    from themegraph.networks.read import read_network

    if what == "authorities" and stance == "strength":
        raise click.UsageError(
            "Authorities are tied by weaknesses: --stance strength is of themes."
        )
    only = given({"region": region, "kind": kind, "since": iso(since), "until": iso(until)})
    with asking(store, quiet=quiet) as source:
        found = read_network(
            source,
            what,
            only,
            stance=stance,
            everything=everything,
            theme=theme,
            authority=authority,
            depth=depth,
        )
    told = denominators(found, what)
    if not found.graph.number_of_edges():
        say("No ties." if everything else "No ties stand out. --all draws every tie.")
        return
    shown = heaviest(found.graph)
    if len(shown) < len(found.graph):
        told += f" Drawn are the {len(shown)} of {len(found.graph)} with the heaviest ties."
    page = draw(shown, _title(what, authority, region, theme, stance), told)
    with opened(output) as stream:
        stream.write(page.encode())
    where = "" if output == "-" else f" Open {output} in a browser."
    say(told + where, quiet=quiet)


def _title(
    what: str, authority: str | None, region: str | None, theme: str | None, stance: str
) -> str:
    """What the picture shows, in words."""
    kind = {"any": "", "weakness": " weak", "strength": " strong"}[stance]
    words = f"Which{kind} themes belong together" if what == "themes" else "Who shares weaknesses"
    of = [f"around {theme}"] if theme else []
    of += [f"in {place}" for place in (authority, region) if place]
    return " ".join((words, *of))
