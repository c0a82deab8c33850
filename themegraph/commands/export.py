"""``themegraph export``: the graph, or a piece of it that stands on its own, for other tools."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from pathlib import Path

import click

from themegraph.commands.asking import asking
from themegraph.commands.console import say
from themegraph.commands.options import (
    days_options,
    format_option,
    output_option,
    quiet_option,
    store_option,
)
from themegraph.commands.output import opened, write_lines
from themegraph.errors import ExportError
from themegraph.exports.formats import FORMATS, TABLES, write_piece
from themegraph.subgraph.selection import DEEPEST, STANCES, Selection

#: Columns of an answer that name things, the first that is there being meant.
_OF_THINGS = ("passage", "finding", "recommendation", "evidence", "iri", "report", "inspection")


@click.command(short_help="Write the graph, or a piece of it, for other tools.")
@click.option("--report", "reports", multiple=True, metavar="KEY", help="This report.")
@click.option("--authority", "authorities", multiple=True, metavar="NAME", help="On this body.")
@click.option("--region", "regions", multiple=True, metavar="NAME", help="On bodies there.")
@click.option("--framework", "frameworks", multiple=True, metavar="NAME", help="Under it.")
@click.option("--type", "kinds", multiple=True, metavar="KIND", help="Reports of this kind.")
@days_options
@click.option(
    "--theme", "themes", multiple=True, metavar="NAME", help="Passages on it, or on those under it."
)
@click.option("--service", "services", multiple=True, metavar="NAME", help="Passages on it.")
@click.option(
    "--stance",
    "stances",
    multiple=True,
    type=click.Choice(STANCES),
    help="Passages that say this, of the themes named or else as a whole.",
)
@click.option("--iri", "iris", multiple=True, metavar="IRI", help="This thing.")
@click.option(
    "--iris",
    "iri_list",
    metavar="FILE|-",
    help="Things: an IRI on each line, or the csv of a question.",
)
@click.option(
    "--construct", metavar="FILE|-", help="What a CONSTRUCT query makes, and what it names."
)
@click.option(
    "--depth",
    type=click.IntRange(0, DEEPEST),
    default=0,
    show_default=True,
    help="Also what is tied to these, so many steps away.",
)
@click.option(
    "--vocabulary/--no-vocabulary",
    default=None,
    help="With all of the ontology, vocabularies and register of bodies, or with none. Default: "
    "all with the whole graph, and with a piece the concepts and bodies that it names.",
)
@click.option(
    "--table",
    type=click.Choice(TABLES),
    help="Which rows csv and parquet have.  [default: passages]",
)
@click.option(
    "--full-text", is_flag=True, help="qdpx: whole reports as sources, read from their files again."
)
@click.option(
    "--sources", metavar="FOLDER", help="Where the files are. Default: where they were loaded from."
)
@click.option("--list", "as_list", is_flag=True, help="List the formats.")
@format_option(tuple(FORMATS), "ttl")
@output_option
@store_option
@quiet_option
def export(
    iris: tuple[str, ...],
    iri_list: str | None,
    construct: str | None,
    depth: int,
    since: dt.date | None,
    until: dt.date | None,
    vocabulary: bool | None,
    table: str | None,
    full_text: bool,
    sources: str | None,
    as_list: bool,
    form: str,
    output: str,
    store: str | None,
    quiet: bool,
    **chosen: tuple[str, ...],
) -> None:
    """Write the graph, or a piece of it, for other tools.

    Options that choose may be given several times: of one kind they are alternatives, and kinds
    narrow each other. A piece is closed: every passage, sentence, report, concept and name that it
    needs comes along, and what was concluded from its passages alone. It says what was asked, which
    licences its sources state, and a hash of what it holds.

    nq and trig keep the named graphs, other formats merge them. csv and parquet have one table,
    xlsx all of them. The same store gives the same bytes.
    """
    from themegraph.subgraph.cut import cut
    from themegraph.texts import read_texts

    if as_list:
        write_lines(output, [f"{name:8} {known.what}" for name, known in FORMATS.items()])
        return
    _check_terminal(form, output)
    if full_text and not FORMATS[form].takes_texts:
        raise click.UsageError("--full-text is for --format qdpx.")
    named = (*iris, *_lines(iri_list)) if iri_list else iris
    query = _read(construct) if construct else ""
    selection = Selection(
        iris=named, construct=query, depth=depth, since=since, until=until, **chosen
    )
    with asking(store, quiet=quiet, may_be_empty=True) as source:
        piece = cut(source, selection, vocabulary=vocabulary)
        texts = read_texts(source, piece.reports(), sources) if full_text else None
        with opened(output) as stream:
            rows = write_piece(piece, form, stream, table=table, texts=texts)
        where = "" if output == "-" else f" to {output}"
        say(f"Exported{where}: {piece.told()}.", quiet=quiet)
    if rows == 0:
        say(
            f"The table {table or TABLES[0]} is empty: the piece has nothing of the kind. Other "
            "tables (--table) may have something; --depth 1 takes in what is tied to it."
        )


def _check_terminal(form: str, output: str) -> None:
    """A terminal cannot show what is no text."""
    if output == "-" and not FORMATS[form].is_text and sys.stdout.isatty():
        raise click.UsageError(f"A terminal cannot show {form}: name a file with -o FILE.{form}")


def _lines(place: str) -> list[str]:
    """The IRIs of a list: one on each line, or a table with a column of them."""
    text = _read(place)
    first = next(iter(csv.reader(text.splitlines())), [])
    if named := [name for name in _OF_THINGS if name in first]:
        rows = csv.DictReader(text.splitlines())
        found = [str(row[named[0]] or "") for row in rows]
    else:
        found = [line.strip() for line in text.splitlines()]
    if not any(found):
        raise ExportError(f"{_named(place)}: has no IRI.")
    return [line for line in found if line]


def _read(place: str) -> str:
    if place == "-":
        return sys.stdin.read()
    try:
        return Path(place).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ExportError(f"{place}: cannot be read ({reason}).") from error


def _named(place: str) -> str:
    return "standard input" if place == "-" else place
