"""The results of a query in the form asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

import pyoxigraph as ox

from themegraph import ids
from themegraph.commands.console import counted
from themegraph.commands.tables import fits, render, shorten
from themegraph.errors import QueryError
from themegraph.graph.export import write_triples
from themegraph.graph.pages import Pages
from themegraph.graph.sparql import Bindings
from themegraph.graph.store import Results
from themegraph.queries import value_of
from themegraph.queries.binding import KINDS

#: The note on an answer without rows.
NO_ROWS = "No rows."

_ROW_FORMS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_TRIPLE_FORMS = ("ttl", "nt", "jsonld", "rdfxml")


def write_results(
    results: Results, form: str, stream: IO[bytes], bindings: Bindings, pages: Pages | None = None
) -> str:
    """Write ``results`` as ``form``; returns a note for the reader of a table. With ``pages`` the
    table of a named question tells no page of what has none.

    Raises QueryError for a form that such results do not have.
    """
    if isinstance(results, ox.QueryBoolean):
        return _write_yes_or_no(results, form, stream)
    if not isinstance(results, ox.QuerySolutions):
        return _write_triples(results, form, stream)
    if form == "table":
        return _write_table(results, stream, bindings, pages)
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


def _write_table(
    rows: ox.QuerySolutions, stream: IO[bytes], bindings: Bindings, pages: Pages | None
) -> str:
    """A table without the columns that are empty or only repeat what was asked for.

    Where the terminal is narrow, ids that no question takes go too: a reader wants the words.
    """
    columns = [variable.value for variable in rows.variables]
    table = list(rows)
    if not table:
        return NO_ROWS
    empty = [n for n in range(len(columns)) if all(row[n] is None for row in table)]
    shown = [n for n, name in enumerate(columns) if name not in bindings and n not in empty]
    told = [[value_of(term) for term in row] for row in table]
    if pages:
        told = [pages.told(columns, row) for row in told]
    names, cells = _cells(columns, told, shown)
    left_out: list[int] = []
    if not fits(names, cells):
        spare = [n for n in shown if all(_is_of_no_use(row[n]) for row in table)]
        if len(shown) - len(spare) > 1:
            left_out = spare
            names, cells = _cells(columns, told, [n for n in shown if n not in spare])
    stream.write(render(names, cells).encode())
    note = f"{counted(len(cells), 'row')}."
    for what, which in (("No values in", empty), ("Left out for want of room:", left_out)):
        if which:
            note += f" {what} {', '.join(columns[n] for n in which)}."
    return note + (" --format csv has every column." if left_out else "")


def _cells(
    columns: list[str], told: list[list[Any]], shown: list[int]
) -> tuple[list[str], list[list[str]]]:
    cells = [[shorten(row[n]) for n in shown] for row in told]
    return [columns[n] for n in shown], cells


def _is_of_no_use(term: object) -> bool:
    """Whether ``term`` is missing, or the IRI of a thing that no question takes as a parameter."""
    if term is None:
        return True
    if not isinstance(term, ox.NamedNode) or not term.value.startswith(ids.ID):
        return False
    return term.value.removeprefix(ids.ID).partition("/")[0] not in KINDS
