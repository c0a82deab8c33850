"""``themegraph view``: a network as an interactive picture, in one file to send on."""

from __future__ import annotations

from typing import Any

import click

from themegraph.commands.console import say
from themegraph.commands.network import network_options, read_asked
from themegraph.commands.options import quiet_option, store_option


@click.command(short_help="A theme graph as an interactive picture: one HTML file.")
@click.argument(
    "what", type=click.Choice(["themes", "authorities"]), default="themes", required=False
)
@network_options
@click.option(
    "--depth",
    type=click.IntRange(1, 2),
    default=1,
    show_default=True,
    help="With --theme: only themes tied to it, or (2) also those tied to these.",
)
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
    what: str, depth: int, output: str, store: str | None, quiet: bool, **options: Any
) -> None:
    """Draw the network of THEMES (the default) or AUTHORITIES as one HTML file.

    The file needs nothing else and asks no other host: it can be mailed. It has a legend, a search
    field, and the same content as a table. Where there are no ties nothing is written, and the exit
    code is 1.
    """
    from themegraph.commands.output import opened
    from themegraph.errors import ExportError
    from themegraph.networks.told import why_none
    from themegraph.networks.view import picture_of

    found, asked, note = read_asked(store, what, quiet=quiet, depth=depth, **options)
    if not found.graph.number_of_edges():
        why = note or why_none(found, what, asked, "--all")
        raise ExportError(f"{why} Nothing was written.")
    picture = picture_of(found, what, asked)
    with opened(output) as stream:
        stream.write(picture.html.encode())
    where = "" if output == "-" else f" Open {output} in a browser."
    say(picture.words + where, quiet=quiet)
