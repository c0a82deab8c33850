"""Any question put to a store: a named one, SPARQL in a text or in a file; whatever comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from themegraph.errors import QueryError
from themegraph.queries.answer import Answer, read_rows
from themegraph.queries.binding import Term, bind
from themegraph.queries.catalogue import Question, find, parse_question

if TYPE_CHECKING:
    from rdflib import Graph

    from themegraph.graph.store import Store

_DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")


def put(
    store: Store, question: str | Path, parameters: Mapping[str, object]
) -> Answer | bool | Graph:
    """What ``store`` answers to a named question, SPARQL or a file with either: rows, yes or no, or
    for CONSTRUCT and DESCRIBE a graph.

    Values of a question are named as people name them; in other SPARQL an IRI or any other value
    takes the place of the variable. None is as if it were not there. Raises QueryError.
    """
    asked = _question(question)
    told = {name: value for name, value in parameters.items() if value is not None}
    results = store.query(asked.text, bound(store, asked, told))
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    if isinstance(results, ox.QuerySolutions):
        return read_rows(results)
    return _as_graph(results)


def _question(question: str | Path) -> Question:
    """The named question, or the SPARQL in a text or a file as one without a name."""
    if isinstance(question, Path):
        return read_question(question)
    if any(sign in question for sign in " \n{"):
        return parse_question("", "", question, strict=False)
    return find(question)


def bound(store: Store, question: Question, values: Mapping[str, object]) -> Mapping[str, Term]:
    """The terms for the parameters of a question or, of SPARQL without a header, for variables."""
    if question.columns:
        return bind(store, question, {name: str(value) for name, value in values.items()})
    return {name: _as_term(name, value) for name, value in values.items()}


def read_question(path: Path) -> Question:
    """The question in a file; SPARQL without a header is one too. Raises QueryError."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise QueryError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: is not a text in UTF-8.") from error
    return parse_question(str(path), "", text, strict=False)


def _as_term(name: str, value: object) -> Term:
    """A value that takes the place of a variable."""
    if isinstance(value, str):
        try:
            return ox.NamedNode(value) if "://" in value else ox.Literal(value)
        except ValueError as error:
            raise QueryError(f"{name}={value!r}: is no IRI ({error}).") from error
    if isinstance(value, bool | int | float):
        return ox.Literal(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return ox.Literal(value.isoformat(), datatype=_DATE)
    raise QueryError(f"{name}={value!r}: must be a text, an IRI, a number or a day.")


def _as_graph(triples: Iterable[ox.Triple]) -> Graph:
    import rdflib

    from themegraph.graph.embedded import to_text
    from themegraph.ontology.namespaces import PREFIXES

    graph = rdflib.Graph()
    for name, iri in PREFIXES.items():
        graph.bind(name, iri)
    return graph.parse(data=to_text(triples, ox.RdfFormat.N_TRIPLES), format="nt")
