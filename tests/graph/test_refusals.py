"""A query calls no other host, however it is written: tried against a host that counts its calls."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themegraph.errors import QueryError
from themegraph.graph.refusals import dataset_of, names_dataset, refuse_outside_calls
from themegraph.ontology.namespaces import PREFIXES


class Listener:
    """A host, and how often it was called."""

    def __init__(self) -> None:
        self.calls = 0
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.calls += 1
                self.send_error(500)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture(scope="module")
def host() -> Iterator[Listener]:
    listener = Listener()
    thread = threading.Thread(target=listener.server.serve_forever)
    thread.start()
    yield listener
    listener.server.shutdown()
    thread.join()
    listener.server.server_close()


def run(query: str) -> None:
    """Let the engine answer. That it may fail is no matter here: the host tells if it was called."""
    with suppress(SyntaxError, OSError, RuntimeError, TypeError):
        for _ in ox.Store().query(query, prefixes=PREFIXES):
            pass


CALLS = [
    ("SELECT * { SERVICE <HOST> { ?s ?p ?o } }", "in plain sight"),
    ("SELECT * { service silent <HOST> { ?s ?p ?o } }", "in small letters"),
    ("SELECT * { BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b)SERVICE#>\n<HOST> { ?s ?p ?z } }",
     "what begins like an IRI is a comparison"),
    ("SELECT * { FILTER(1<2)SERVICE<HOST>{ ?s ?p ?o } }", "the same with numbers"),
    ("SELECT * { SERVICESILENT<HOST> { ?s ?p ?o } }", "two keywords in one word"),
    ("PREFIX x: <HOST> SELECT * { SERVICEx:y { ?s ?p ?o } }", "a keyword and a name in one word"),
    ("PREFIX : <HOST> SELECT * { SERVICE:y { ?s ?p ?o } }", "a keyword that looks like a prefix"),
    ("PREFIX : <HOST> PREFIX service: <x:> PREFIX servicd: <x:> SELECT * { SERVICE:y { ?s ?p ?o } }",
     "prefixes that differ in case, and one that a disguise could take"),
    ("ASK { FILTER EXISTS { SERVICE <HOST> { ?s ?p ?o } } }", "within a filter"),
    ("SELECT * { MINUS {} SERVICE <HOST> { ?s ?p ?o } }", "behind a bracket"),
    ("SELECT * { { SELECT * { SERVICE <HOST> { ?s ?p ?o } } } }", "in a query within"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "why"), CALLS)
def test_a_call_is_refused_that_the_engine_would_make(host: Listener, query: str, why: str) -> None:
    asked = query.replace("HOST", host.address)
    before = host.calls
    run(asked)
    assert host.calls > before, f"{why}: the engine calls nobody, so that this shows nothing"
    with pytest.raises((QueryError, SyntaxError)):
        refuse_outside_calls(asked)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("SELECT ?service { ?x tg:aboutServiceArea ?service }", "names of variables and properties"),
        ("SELECT * { ?x ?y 'SERVICE <http://x/> {' }", "a string"),
        ("SELECT * { ?x ?y \"\"\"it's a service\"\"\"@en-service }", "a language"),
        ("SELECT * { ?x ?y <http://x/SERVICE> } # SERVICE <http://x/> {}", "an IRI, a comment"),
        ("PREFIX service: <x:> PREFIX SERVICE: <y:> SELECT * { service:a SERVICE:b _:service }",
         "prefixes that differ in case alone"),
        ("SELECT ?service { ?x ?y ?service FILTER(CONTAINS(?service, 'caf\\u00e9')) }", "an escape"),
        ("SELECT ?serviced ?servicd { ?x ?serviced ?servicd }", "words that a disguise could take"),
    ],
)  # fmt: skip
def test_the_word_alone_is_no_call(query: str, why: str) -> None:
    refuse_outside_calls(query)
    assert ox.Store().query(query, prefixes=PREFIXES) is not None, why


def test_what_cannot_be_told_is_refused() -> None:
    with pytest.raises(QueryError, match="characters themselves"):
        refuse_outside_calls('SELECT ?service { ?x ?service "\\u0022" }')


def test_a_query_that_holds_every_disguise_is_refused() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    every = " ".join(f"servi{one}{other}" for one in letters for other in letters)
    with pytest.raises(SyntaxError, match="every disguise"):
        refuse_outside_calls(f"SELECT ?x {{ ?x ?y ?z }} # {every}")


pieces = st.lists(
    st.sampled_from(
        ["SERVICE", "service", "SILENT", "<HOST>", "x:", "x:y", ":y", ":", "?s", "?service", "{", "}",
         "{ ?s ?p ?o }", "(", ")", "<", ">", "?a<?b)", "FILTER(", "#>\n", "#", "\n", " ", "'", '"', "'''",
         "\\u0053ERVICE", "\\u0027", "1", "true", "a", ".", ";", "@en", "OPTIONAL", "UNION", "BIND(1 AS ?a)"]
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=400)
@given(pieces)
def test_what_is_let_pass_calls_nobody(host: Listener, parts: list[str]) -> None:
    head = "PREFIX x: <HOST> PREFIX : <HOST> SELECT * { "
    query = (head + "".join(parts) + " SERVICE<HOST> { ?s ?p ?o } }").replace("HOST", host.address)
    try:
        refuse_outside_calls(query)
    except (QueryError, SyntaxError):
        return
    before = host.calls
    run(query)
    assert host.calls == before


@pytest.mark.parametrize(
    ("query", "graphs"),
    [
        ("SELECT * FROM <x:g> { ?s ?p ?o }", ["x:g"]),
        ("SELECT * FROM<x:g>FROM NAMED<x:h>{ ?s ?p ?o }", ["x:g", "x:h"]),
        ("PREFIX x: <http://x/> ASK FROM x:g { ?s ?p ?o }", ["http://x/g"]),
        ("SELECT ?from { ?s ?p ?from } # FROM <x:g>", None),
        ("SELECT * { ?s ?p 'FROM <x:g>' }", None),
    ],
)
def test_the_graphs_of_from_are_found(query: str, graphs: list[str] | None) -> None:
    assert names_dataset(query) == (graphs is not None)
    if graphs:
        assert dataset_of(query) == graphs


def test_graphs_that_cannot_be_told_are_not_guessed_at() -> None:
    query = "SELECT (?x<2AS?c)FROM#>\n<x:g> { ?s ?p ?x }"  # which RDFLib does not read
    assert ox.Store().query(query) is not None
    assert names_dataset(query)
    with pytest.raises(QueryError, match="default-graph-uri"):
        dataset_of(query)


@pytest.mark.parametrize(
    "deep",
    ["{" * 101 + "}" * 101, "FILTER(" + "!" * 101 + "?s)", "FILTER(" + "! " * 60_000 + "?s)",
     "FILTER(" + "-" * 101 + "1)"],
)  # fmt: skip
def test_what_is_nested_too_deep_is_refused(deep: str) -> None:
    with pytest.raises(QueryError, match="deeper than 100"):
        refuse_outside_calls(f"SELECT * {{ ?s ?p ?o {deep} }}")


def test_many_signs_are_not_deep() -> None:
    long = " + ".join(["-1"] * 200) + "-1" * 200
    query = f"SELECT * {{ BIND(!!!(1 != 1) && {long} < 0 AS ?so) }}"
    refuse_outside_calls(query)
    assert [str(row["so"].value) for row in ox.Store().query(query)] == ["true"]
