"""The answer to a question as plain Python values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from themegraph.errors import QueryError
from themegraph.queries.binding import Asked, bind
from themegraph.queries.catalogue import find

_XSD = "http://www.w3.org/2001/XMLSchema#"
_READERS: Mapping[str, Callable[[str], Any]] = {
    f"{_XSD}integer": int,
    f"{_XSD}decimal": lambda text: float(text) if "." in text else int(text),
    f"{_XSD}double": float,
    f"{_XSD}boolean": lambda text: text in ("true", "1"),
    f"{_XSD}date": dt.date.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows under columns. Iterating gives each row as a dict, which ``pandas.DataFrame`` takes."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def ask(store: Asked, question: str, /, **parameters: str) -> Answer:
    """The answer of ``store`` to a named question, or to any SPARQL SELECT.

    Things are named by id, name or IRI: ``ask(store, "judgement-history", authority="westmarch")``.
    Raises QueryError: unknown question, missing parameter, SPARQL that cannot be read.
    """
    if any(sign in question for sign in " \n{"):
        return _read(store.query(question))
    named = find(question)
    return _read(store.query(named.text, bind(store, named, parameters)))


def value_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Any:
    """An RDF term as the Python value nearest to it; a thing is the string of its IRI."""
    if term is None or isinstance(term, ox.Triple):
        return str(term) if term else None
    if isinstance(term, ox.Literal) and term.datatype.value in _READERS:
        return _READERS[term.datatype.value](term.value)
    return term.value


def _read(results: object) -> Answer:
    if not isinstance(results, ox.QuerySolutions):
        raise QueryError("Only SELECT gives rows; use Store.query for ASK, CONSTRUCT, DESCRIBE.")
    columns = tuple(variable.value for variable in results.variables)
    return Answer(columns, tuple(tuple(map(value_of, row)) for row in results))
