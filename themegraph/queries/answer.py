"""The answer to a question as plain Python values, and as a table of pandas or polars.

>>> answer = Answer(("theme", "findings"), (("supervision", 3), ("neglect", None)))
>>> answer
<Answer: 2 rows of theme, findings>
>>> list(answer)
[{'theme': 'supervision', 'findings': 3}, {'theme': 'neglect', 'findings': None}]
>>> answer.to_pandas()["findings"].to_list()
[3, <NA>]
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from themegraph.counting import counted
from themegraph.errors import QueryError, ThemegraphError
from themegraph.queries.binding import Asked, bind
from themegraph.queries.catalogue import find

if TYPE_CHECKING:
    import pandas
    import polars

_XSD = "http://www.w3.org/2001/XMLSchema#"
_READERS: Mapping[str, Callable[[str], Any]] = {
    f"{_XSD}integer": int,
    f"{_XSD}decimal": lambda text: float(text) if "." in text else int(text),
    f"{_XSD}double": float,
    f"{_XSD}boolean": lambda text: text in ("true", "1"),
    f"{_XSD}date": dt.date.fromisoformat,
}


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """Rows under columns. Iterating gives each row as a dict."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        rows = counted(len(self), "row")
        return f"<{type(self).__name__}: {rows} of {', '.join(self.columns)}>"

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a table of pandas: days are dates, and what is missing is ``NA``.

        Raises ThemegraphError where pandas is not installed.
        """
        library = _table_library("pandas")
        frame = library.DataFrame(list(self.rows), columns=list(self.columns), dtype=object)
        for place, column in enumerate(self.columns):
            if self._are_days(place):
                frame[column] = library.to_datetime(frame[column])
        made: pandas.DataFrame = frame.convert_dtypes()
        return made

    def to_polars(self) -> polars.DataFrame:
        """The rows as a table of polars: days are dates, and what is missing is null.

        Raises ThemegraphError where polars is not installed.
        """
        library = _table_library("polars")
        made: polars.DataFrame = library.DataFrame(
            list(self.rows),
            schema=list(self.columns),
            orient="row",
            infer_schema_length=None,  # the first hundred rows may have nothing in a column
        )
        return made

    def _are_days(self, column: int) -> bool:
        days = [row[column] for row in self.rows if row[column] is not None]
        return bool(days) and all(isinstance(day, dt.date) for day in days)

    def _repr_html_(self) -> str:
        from themegraph.queries.shown import answer_html

        return answer_html(self)


def ask(store: Asked, question: str, /, **parameters: str) -> Answer:
    """The answer of ``store`` to a named question, or to any SPARQL SELECT.

    Things are named by id, name or IRI: ``ask(store, "judgement-history", authority="westmarch")``.
    Raises QueryError: unknown question, missing parameter, SPARQL that cannot be read.
    """
    if any(sign in question for sign in " \n{"):
        return read_rows(store.query(question))
    named = find(question)
    return read_rows(store.query(named.text, bind(store, named, parameters)))


def _table_library(name: str) -> ModuleType:
    """Pandas or polars, which only they need who ask for their tables."""
    try:
        return import_module(name)
    except ImportError as error:
        raise ThemegraphError(
            f"{name} cannot be imported ({error}). Install it with: "
            "pip install 'themegraph[tables]'"
        ) from error


def value_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Any:
    """An RDF term as the Python value nearest to it; a thing is the string of its IRI."""
    if term is None or isinstance(term, ox.Triple):
        return str(term) if term else None
    if isinstance(term, ox.Literal) and term.datatype.value in _READERS:
        return _READERS[term.datatype.value](term.value)
    return term.value


def read_rows(results: object) -> Answer:
    """The results of a SELECT. Raises QueryError for those of another form."""
    if not isinstance(results, ox.QuerySolutions):
        raise QueryError("Only SELECT gives rows; use Store.query for ASK, CONSTRUCT, DESCRIBE.")
    columns = tuple(variable.value for variable in results.variables)
    return Answer(columns, tuple(tuple(map(value_of, row)) for row in results))
