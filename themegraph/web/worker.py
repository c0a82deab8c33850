"""The process in which queries run: it opens the store and answers one query after another."""

from __future__ import annotations

import importlib
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox

from themegraph.errors import QueryError
from themegraph.graph.embedded import EmbeddedStore
from themegraph.graph.refusals import dataset_of, names_dataset, refuse_outside_calls
from themegraph.graph.sparql import syntax_error
from themegraph.ontology.namespaces import PREFIXES
from themegraph.web.beginning import Beginning, begin
from themegraph.web.confined import confine, limit_work
from themegraph.web.faults import RequestError
from themegraph.web.negotiation import ROWS_AS, TRIPLES_AS

_log = logging.getLogger(__name__)

READY = "ready"


@dataclass(frozen=True, slots=True)
class Task:
    """A query with its dataset (no graph named: all of them), and the forms that its answer may
    take: those for rows and those for triples, by name; None where that would not be acceptable.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    rows_as: str | None = "json"
    triples_as: str | None = "ttl"


@dataclass(frozen=True, slots=True)
class Glance:
    """A query to all graphs of which a page shows the beginning."""

    query: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer in a form: ``form`` is ``rows_as`` or ``triples_as`` of its task."""

    form: str
    body: bytes


class _Sheet(BytesIO):
    """A buffer that an answer fits in or does not."""

    def __init__(self, largest: int) -> None:
        super().__init__()
        self._largest = self._left = largest

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._left -= len(data)
        if self._left < 0:
            raise _TooLargeError(self._largest)
        return super().write(data)


class _TooLargeError(Exception):
    """The answer is larger than may be given."""


def serve(line: Connection, folder: Path, largest: int, memory: int, time_limit: float) -> None:
    """Answer what comes through ``line`` until it is closed: a Task with an Answer, a Glance with a
    Beginning, or either with the arguments of the RequestError that it meets.

    ``largest`` is that of an answer and ``memory`` that of the process, in bytes. Who waits for an
    answer longer than ``time_limit`` (in seconds) ends the process; were that who gone, it ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its workers itself
    confine(memory)
    store = EmbeddedStore(folder, write=False)
    importlib.import_module("rdflib.plugins.sparql.algebra")  # not in the time of the first query
    line.send(READY)
    while True:
        try:
            task = line.recv()
        except EOFError:
            return
        limit_work(time_limit)
        line.send(_said(store.oxigraph, task, largest))


def _said(
    store: ox.Store, task: Task | Glance, largest: int
) -> Answer | Beginning | tuple[int, str, str]:
    try:
        return glance(store, task) if isinstance(task, Glance) else answer(store, task, largest)
    except RequestError as fault:
        return fault.status, fault.reason, fault.detail
    except MemoryError:
        return 503, "out-of-memory", OUT_OF_MEMORY
    except Exception as fault:
        _log.exception("A query could not be answered: %s", task.query)
        return 503, "failed", f"The query could not be answered: {fault}"


OUT_OF_MEMORY = "The query was stopped: it needed more memory than there is. Ask for less."


def answer(store: ox.Store, task: Task, largest: int) -> Answer:
    """The answer of ``store`` to ``task``, whole, in at most ``largest`` bytes.

    Raises RequestError: 400 for what is not SPARQL, refused, or about a graph that is not there;
    406; 503 for an answer that is too large or ends in an error.
    """
    with _told(task.query):
        return _written(_evaluate(store, task), task, largest)


def glance(store: ox.Store, task: Glance) -> Beginning:
    """The beginning of the answer of ``store`` to a query. Raises RequestError as ``answer``."""
    with _told(task.query):
        return begin(_evaluate(store, Task(task.query)))


@contextmanager
def _told(query: str) -> Iterator[None]:
    """What goes wrong with ``query`` as a RequestError."""
    try:
        refuse_outside_calls(query)
        yield
    except QueryError as error:
        raise RequestError(400, "refused", str(error)) from error
    except SyntaxError as fault:
        raise RequestError(400, "not-sparql", str(syntax_error(query, fault))) from fault
    except _TooLargeError as error:
        raise RequestError(
            503,
            "answer-too-large",
            f"The answer is larger than {error.args[0]:,} bytes, and no part of it is given. Add "
            "LIMIT, ask for fewer columns, or export the graph and ask your own copy.",
        ) from error
    except (OSError, RuntimeError) as error:
        _log.warning("A query ended in an error (%s): %s", error, query)
        raise RequestError(503, "failed", f"The query ended in an error: {error}") from error


def _evaluate(store: ox.Store, task: Task) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    prefixes = dict(PREFIXES)
    if task.default_graphs or task.named_graphs:
        # What the request says goes before what the query says (SPARQL 1.1 Protocol, 2.1.4).
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = []
        default += [_graph(store, iri) for iri in task.default_graphs]
        named: list[ox.NamedNode | ox.BlankNode] = []
        named += [_graph(store, iri) for iri in task.named_graphs]
        return store.query(task.query, prefixes=prefixes, default_graph=default, named_graphs=named)
    if names_dataset(task.query):
        ox.Store().query(task.query, prefixes=prefixes)  # is it a query at all?
        for iri in dataset_of(task.query):
            _graph(store, iri)
        return store.query(task.query, prefixes=prefixes)
    return store.query(task.query, prefixes=prefixes, use_default_graph_as_union=True)


def _graph(store: ox.Store, iri: str) -> ox.NamedNode:
    """The graph of this name. Raises RequestError: none is fetched from elsewhere."""
    try:
        node = ox.NamedNode(iri)
    except ValueError as error:
        raise RequestError(400, "unknown-graph", f"{iri!r} is not an IRI.") from error
    if not store.contains_named_graph(node):
        raise RequestError(
            400,
            "unknown-graph",
            f"There is no graph <{iri}> here, and none is fetched. The graphs that are: "
            "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
        )
    return node


def _written(
    results: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, task: Task, largest: int
) -> Answer:
    sheet = _Sheet(largest)
    if isinstance(results, ox.QueryTriples):
        form = _acceptable(task.triples_as)
        # What several named graphs say is one triple of the answer, which is a graph.
        once = dict.fromkeys(results)
        ox.serialize(once, output=sheet, format=TRIPLES_AS[form], prefixes=PREFIXES)
    else:
        form = _acceptable(task.rows_as)
        results.serialize(output=sheet, format=ROWS_AS[form])
    return Answer(form, sheet.getvalue())


def _acceptable(form: str | None) -> str:
    if form is None:
        raise RequestError(
            406, "not-acceptable", "The answer to this query has no form that you accept."
        )
    return form
