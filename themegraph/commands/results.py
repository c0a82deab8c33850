"""The results of a query in the form asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import pyoxigraph as ox

from themegraph.commands.console import counted
from themegraph.commands.tables import fits, render, shorten
from themegraph.errors import QueryError
from themegraph.graph.export import write_triples
from themegraph.graph.sparql import Bindings
from themegraph.graph.store import Results
from themegraph.queries import value_of

_ROW_FORMS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_TRIPLE_FORMS = ("ttl", "nt", "jsonld", "rdfxml")


def write_results(results: Results, form: str, stream: IO[bytes], bindings: Bindings) -> str:
    """Write ``results`` as ``form``; returns a note for the reader of a table.

    Raises QueryError for a form that such results do not have.
    """
    if isinstance(results, ox.QueryBoolean):
        return _write_yes_or_no(results, form, stream)
    if not isinstance(results, ox.QuerySolutions):
        return _write_triples(results, form, stream)
    if form == "table":
        return _write_table(results, stream, bindings)
    if form not in _ROW_FORMS:
        raise QueryError(f"SELECT gives rows: --format table or {', '.join(_ROW_FORMS)}.")
    stream.write(results.serialize(format=_ROW_FORMS[form]) or b"")
    return ""


def _write_yes_or_no(answer: ox.QueryBoolean, form: str, stream: IO[bytes]) -> str:
    if form in ("json", "xml"):
        stream.write(answer.serialize(format=_ROW_FORMS[form]) or b"")
    else:
        stream.write(b"yes\n" if answer else b"no\n")
    return ""


def _write_triples(triples: Iterable[ox.Triple], form: str, stream: IO[bytes]) -> str:
    if form in _ROW_FORMS:
        raise QueryError(
            f"CONSTRUCT and DESCRIBE give triples: --format {' or '.join(_TRIPLE_FORMS)}."
        )
    lines = sorted(f"{triple} .\n" for triple in triples)
    write_triples(lines, "ttl" if form == "table" else form, stream)
    return ""


def _write_table(rows: ox.QuerySolutions, stream: IO[bytes], bindings: Bindings) -> str:
    """A table without the columns that only repeat what was asked for.

    Where the terminal is narrow the ids of single things go too, since a reader wants the words.
    """
    columns = [variable.value for variable in rows.variables]
    shown = [n for n, column in enumerate(columns) if column not in bindings]
    table = list(rows)
    if not table:
        return "No rows."
    names, cells = _cells(columns, table, shown)
    left_out: list[str] = []
    if not fits(names, cells):
        ids = [n for n in shown if all(_is_part(row[n]) for row in table)]
        if len(shown) - len(ids) > 1:
            left_out = [columns[n] for n in ids]
            names, cells = _cells(columns, table, [n for n in shown if n not in ids])
    stream.write(render(names, cells).encode())
    note = f"{counted(len(cells), 'row')}."
    if left_out:
        note += f" Left out for want of room: {', '.join(left_out)}; --format csv has all."
    return note


def _cells(
    columns: list[str], table: list[ox.QuerySolution], shown: list[int]
) -> tuple[list[str], list[list[str]]]:
    cells = [[shorten(value_of(row[n])) for n in shown] for row in table]
    return [columns[n] for n in shown], cells


def _is_part(term: object) -> bool:
    """Whether ``term`` is the IRI of a part of a report, such as a finding, or is missing.

    The ids of bodies and reports are short, and what other questions take as parameters.
    """
    if term is None:
        return True
    kind = shorten(term.value) if isinstance(term, ox.NamedNode) else ""
    return "/" in kind
