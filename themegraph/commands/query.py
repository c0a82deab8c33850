"""``themegraph query``: a named question, a file or standard input; rows or triples back."""

from __future__ import annotations

import sys
from shlex import quote
from typing import TYPE_CHECKING

import click

from themegraph.commands.asking import asking
from themegraph.commands.console import say
from themegraph.commands.options import format_option, output_option, quiet_option, store_option

if TYPE_CHECKING:
    from themegraph.queries import Question

#: In seconds. The endpoint stops sooner: there others wait.
TIME_LIMIT = 300.0
FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "rdfxml")


@click.command(short_help="Ask the graph: a named question, a SPARQL file or standard input.")
@click.argument("question", required=False, metavar="NAME|FILE|-")
@click.option(
    "-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A value for a parameter."
)
@click.option("--list", "as_list", is_flag=True, help="List the named questions.")
@click.option("--show", is_flag=True, help="Print the SPARQL of the question and do not run it.")
@click.option(
    "--query-timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=TIME_LIMIT,
    show_default=True,
    help="A query that takes longer is stopped; 0 for no limit.",
)
@format_option(FORMATS, "table")
@output_option
@store_option
@quiet_option
def query(
    question: str | None,
    params: tuple[str, ...],
    as_list: bool,
    show: bool,
    query_timeout: float,
    form: str,
    output: str,
    store: str | None,
    quiet: bool,
) -> None:
    """Ask the graph.

    NAME is that of a question (see --list), FILE one with SPARQL, - is standard input. A query only
    reads. The prefixes tg: rdf: rdfs: owl: skos: dcterms: dqv: prov: oa: qb: org: schema: and xsd:
    need not be declared.
    Rows come as a table, csv, tsv, json or xml; what CONSTRUCT and DESCRIBE give as ttl, nt,
    jsonld or rdfxml. Things are named by id, name or IRI: -p authority=westmarch.
    """
    from themegraph.commands.output import opened, write_lines

    if as_list:
        write_lines(output, _listing())
        return
    if question is None:
        raise click.UsageError("Name a question, or see which there are with --list.")
    values = _values(params)
    asked = _find(question)
    if show:
        write_lines(output, asked.text.rstrip("\n").split("\n"))
        return
    from themegraph.commands.results import NO_ROWS, write_results
    from themegraph.commands.time_limit import in_time
    from themegraph.graph.pages import read_pages
    from themegraph.queries.emptiness import why_empty
    from themegraph.queries.put import bound

    with asking(store, quiet=quiet, may_be_empty=True) as source:
        bindings = bound(source, asked, values)
        pages = read_pages(source) if asked.columns and form == "table" else None
        with opened(output) as stream:
            note = in_time(
                lambda: write_results(
                    source.query(asked.text, bindings), form, stream, bindings, pages
                ),
                query_timeout,
            )
        if note == NO_ROWS:
            note = f"{note} {why_empty(source, asked.text, bindings)}".rstrip()
    if note:
        say(note, quiet=quiet)


def _values(params: tuple[str, ...]) -> dict[str, str]:
    pairs = [param.partition("=") for param in params]
    for name, sign, _ in pairs:
        if not (name and sign):
            raise click.BadParameter(f"{name!r} should be NAME=VALUE", param_hint="-p")
    return {name: value for name, _, value in pairs}


def _find(question: str) -> Question:
    """The named question, or the SPARQL in a file or on standard input as one without a name."""
    from pathlib import Path

    from themegraph.queries import find, parse_question
    from themegraph.queries.put import read_question

    path = Path(question)
    if question == "-":
        return parse_question(question, "", sys.stdin.read(), strict=False)
    if not path.suffix and not path.is_file():
        return find(question)
    return read_question(path)


def _listing() -> list[str]:
    from themegraph.queries import by_reader

    lines: list[str] = []
    for readers, named in by_reader().items():
        lines += [*([""] if lines else []), readers]
        for question in named:
            lines += [f"  {question.name}", f"      {question.title}"]
            for parameter in question.parameters:
                need = "" if parameter.required else " (may be left out)"
                lines.append(f"      -p {parameter.name}={quote(parameter.example)}{need}")
    return lines
