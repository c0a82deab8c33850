"""``themegraph text``: the canonical text that all offsets refer to."""

from __future__ import annotations

import click

from themegraph.commands.options import output_option


@click.command(short_help="Print the text of a report that offsets refer to.")
@click.argument("path", metavar="FILE")
@output_option
def text(path: str, output: str) -> None:
    """Print the canonical text of one report, to the letter.

    The start and end of every quotation are offsets into it, counted in characters.
    """
    from themegraph.commands.output import opened
    from themegraph.errors import UnreadableSourceError
    from themegraph.loaders.inputs import expand
    from themegraph.loaders.report import read_report

    files = list(expand([path]))
    if len(files) != 1:
        raise UnreadableSourceError(f"{path}: holds {len(files)} reports; name one file.")
    (file,) = files
    report = read_report(file.read(), file.name, dict(file.metadata))
    with opened(output) as stream:
        stream.write(report.text.encode())
