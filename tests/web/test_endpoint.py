"""The endpoint beyond the protocol: limits, refusals, caches, other origins, and what it is."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, VOID
from starlette.testclient import TestClient

from themegraph.graph.store import Store
from themegraph.web.app import build_app
from themegraph.web.endpoint import LARGEST_REQUEST
from themegraph.web.faults import RequestError
from themegraph.web.negotiation import GRAPHS, RESULTS, choose
from themegraph.web.worker import Task
from themegraph.web.workers import Workers

DATA = tuple(f"http://example.org/data{n}" for n in (1, 2, 3))
TIME_LIMIT = 2.0
ONE = "SELECT ?x { ?x <http://example.org/says> '1' }"
#: Counts every way to take six words of the ontology: no end of work.
ENDLESS = """SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r
  FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j), STR(?m), STR(?p))) = 3) }"""


@pytest.mark.parametrize(
    ("accept", "rows", "triples", "why"),
    [
        (None, "json", "ttl", "nothing asked for: the first"),
        ("", "json", "ttl", "an empty header asks for nothing"),
        ("*/*", "json", "ttl", "everything is liked equally"),
        ("application/json", "json", "jsonld", "the common name of a form"),
        ("application/*", "json", "nt", "a type of which any subtype will do"),
        ("text/*;q=0.5, application/rdf+xml", "csv", "rdfxml", "weights"),
        ("text/turtle;q=0.1, application/ld+json", None, "jsonld", "the heavier of two"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "xml", "ttl", "q=0 means never"),
        ("text/html", None, None, "no such form"),
        ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "json", "ttl", "Java's default"),
        (
            "application/sparql-results+json; charset=utf-8",
            "json",
            None,
            "a parameter of no matter",
        ),
        ("text/csv;header=present", "csv", None, "another"),
        ("text/csv; q=0.4; header=present, text/turtle;q=0.9", "csv", "ttl", "a weight among them"),
        ('text/csv;note="a, b; q=0", junk, /, ;;', "csv", None, "parts that are none are skipped"),
        ("Text/CSV;Q=1", "csv", None, "capitals"),
        ("text/csv;q=0.2, text/csv;q=0.9, application/json;q=0.5", "csv", "jsonld", "told twice"),
    ],
)
def test_a_form_is_chosen_by_what_is_accepted(
    accept: str | None, rows: str | None, triples: str | None, why: str
) -> None:
    for forms, expected in ((RESULTS, rows), (GRAPHS, triples)):
        if expected is None:
            with pytest.raises(RequestError) as caught:
                choose(accept, forms)
            assert caught.value.status == 406, why
        else:
            assert choose(accept, forms).name == expected, why


def test_a_header_that_is_none_is_told() -> None:
    with pytest.raises(RequestError, match="cannot be read") as caught:
        choose("junk;;", RESULTS)
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
        ("text/csv", "text/csv"),
    ],
)
def test_a_parameter_may_name_the_form(client: TestClient, name: str, media_type: str) -> None:
    response = client.get(
        "/sparql", params={"query": ONE, "format": name}, headers={"Accept": "text/html"}
    )
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert "data1#thing" in response.text


def test_no_form_is_acceptable(client: TestClient) -> None:
    for query, accept in ((ONE, "text/html"), (ONE, "text/turtle"), ("DESCRIBE <x:y>", "text/csv")):
        response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert response.status_code == 406
        assert response.json()["reason"] == "not-acceptable"


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", 400, "refused"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 400, "refused"),
        ("SELECT * FROM <http://example.org/elsewhere> { ?s ?p ?o }", 400, "unknown-graph"),
        ("SELECT * FROM NAMED <http://example.org/elsewhere> { ?s ?p ?o }", 400, "unknown-graph"),
        ("PREFIX x: <http://example.org/> SELECT * FROM x:elsewhere { ?s ?p ?o }", 400,
         "unknown-graph"),
        ("SELECT * FROM foo:g { ?s ?p ?o }", 400, "not-sparql"),
        ("SELECT * FROM <x:g> { ?s ?p ?o", 400, "not-sparql"),
        ("SELECT * { BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b)SERVICE#>\n<x:y> { ?s ?p ?z } }", 400,
         "refused"),
        ("SELECT * { SERVICESILENT<x:y> { ?s ?p ?o } }", 400, "not-sparql"),
        ("SELECT * { FILTER(" + "!" * 60_000 + "?s) }", 400, "refused"),
        ("DROP ALL", 400, "refused"),
        ("INSERT DATA { <x:s> <x:p> 1 }", 400, "refused"),
        ("SELECT", 400, "not-sparql"),
        ("", 400, "not-a-query"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why(client: TestClient, query: str, status: int, reason: str) -> None:
    response = client.post("/sparql", data={"query": query})
    assert (response.status_code, response.json()["reason"]) == (status, reason)
    assert response.json()["detail"]


def test_an_undeclared_prefix_of_a_graph_is_shown_in_its_place(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": "SELECT *\nFROM foo:g { ?s ?p ?o }"})
    detail = response.json()["detail"]
    assert "line 2, column 6: the prefix foo: is not declared" in detail


def test_a_query_may_name_graphs_that_are_here(client: TestClient) -> None:
    query = "PREFIX x: <http://example.org/> SELECT ?o FROM x:data2 { ?s ?p ?o }"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert [row["o"]["value"] for row in rows] == ["2"]
    query = f"SELECT ?o FROM NAMED <{DATA[2]}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert [row["o"]["value"] for row in rows] == ["3"]


def test_an_update_is_no_query(client: TestClient) -> None:
    update = "INSERT DATA { <x:s> <x:p> 1 }"
    assert client.post("/sparql", data={"update": update}).status_code == 400
    headers = {"Content-Type": "application/sparql-update"}
    assert client.post("/sparql", content=update, headers=headers).status_code == 415


def test_a_request_may_be_too_large(client: TestClient) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    response = client.post("/sparql", content="#" * (LARGEST_REQUEST + 1), headers=headers)
    assert (response.status_code, response.json()["reason"]) == (413, "too-large")


def test_any_origin_may_ask_and_none_gives_credentials(client: TestClient) -> None:
    for response in (
        client.get("/sparql", params={"query": ONE}, headers={"Origin": "https://example.org"}),
        client.get("/sparql", params={"query": "SELECT"}),
        client.options("/sparql", headers={"Access-Control-Request-Method": "POST"}),
    ):
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers


def test_options_and_head(client: TestClient) -> None:
    options = client.options("/sparql")
    assert options.status_code == 204
    assert options.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
    head, get = (
        client.request(method, "/sparql", params={"query": ONE}) for method in ("HEAD", "GET")
    )
    assert not head.content
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == get.headers[name]


def test_an_answer_that_is_known_is_not_given_again(client: TestClient) -> None:
    first = client.get("/sparql", params={"query": ONE})
    again = client.get(
        "/sparql", params={"query": ONE}, headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(
        "/sparql",
        params={"query": ONE},
        headers={"If-None-Match": first.headers["etag"], "Accept": "text/csv"},
    )
    assert other.status_code == 200
    assert other.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("query", "status", "why"),
    [
        (ONE, 304, "there is an answer"),
        ("SELECT * {", 400, "a syntax error has none"),
        ("SELECT * FROM <x:elsewhere> { ?s ?p ?o }", 400, "nor has a graph that is not here"),
    ],
)
def test_any_answer_is_known_where_there_is_one(
    client: TestClient, query: str, status: int, why: str
) -> None:
    headers = {"If-None-Match": "*"}
    response = client.get("/sparql", params={"query": query}, headers=headers)
    assert response.status_code == status, why


def test_a_mark_promises_the_same_answer_and_not_the_same_bytes(client: TestClient) -> None:
    query = "CONSTRUCT { [] <x:p> ?o } WHERE { ?s <http://example.org/says> ?o }"
    asked = {"query": query, "format": "nt"}
    once, again = (client.get("/sparql", params=asked) for _ in range(2))
    assert once.text != again.text  # blank nodes have other labels each time
    assert once.headers["etag"] == again.headers["etag"]
    assert once.headers["etag"].startswith('W/"')


@pytest.mark.parametrize("name", ["format", "output"])
def test_the_form_of_the_description_may_be_named(client: TestClient, name: str) -> None:
    response = client.get("/sparql", params={name: "ttl"}, headers={"Accept": "text/html"})
    assert response.headers["content-type"].startswith("text/turtle")
    assert "sparql-service-description" in response.text
    assert client.get("/sparql", params={name: "csv"}).status_code == 406


@pytest.mark.parametrize("method", ["PROPFIND", "TRACE", "PUT"])
@pytest.mark.parametrize("address", ["/sparql", "/.well-known/void", "/themes"])
def test_another_method_is_told_of_alike_everywhere(
    client: TestClient, method: str, address: str
) -> None:
    response = client.request(method, address)
    assert response.status_code == 405
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["reason"] == "method"
    assert response.headers["allow"].startswith("GET, HEAD")


def test_what_changes_by_itself_is_not_kept(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": "SELECT (NOW() AS ?now) {}"})
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


def test_other_data_has_another_etag(client: TestClient, tmp_path: Path) -> None:
    with Store(tmp_path / "store", write=True) as store:
        store.write_vocabulary()
    app = build_app(tmp_path / "store", base_url="http://testserver", query_timeout=TIME_LIMIT)
    with TestClient(app) as other:
        etags = {c.get("/sparql", params={"query": ONE}).headers["etag"] for c in (client, other)}
    assert len(etags) == 2


def test_the_endpoint_says_what_it_is(client: TestClient) -> None:
    response = client.get("/sparql", headers={"Accept": "application/rdf+xml"})
    described = Graph().parse(data=response.content, format="xml")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    found = described.query(
        f"SELECT ?name {{ <http://testserver/sparql> a <{sd}Service> ;"
        f" <{sd}defaultDataset>/<{sd}namedGraph>/<{sd}name> ?name }}"
    )
    assert {str(row.name) for row in found} == set(DATA)
    assert "stopped after 2 seconds" in response.text


def test_the_data_is_described_where_it_is_looked_for(client: TestClient) -> None:
    response = client.get("/.well-known/void", headers={"Accept": "text/turtle"})
    described = Graph().parse(data=response.content, format="turtle")
    (data,) = described.subjects(RDF.type, VOID.Dataset)
    assert str(described.value(data, VOID.sparqlEndpoint)) == "http://testserver/sparql"
    assert described.value(data, VOID.triples).toPython() == len(DATA)
    again = client.get("/.well-known/void", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which a careless query has work without end."""
    folder = tmp_path_factory.mktemp("large") / "store"
    with Store(folder, write=True) as store:
        store.write_vocabulary()
    return folder


class TestLimits:
    def test_a_slow_query_is_stopped_while_others_are_answered(self, large: Path) -> None:
        workers = Workers(large, count=2, time_limit=TIME_LIMIT)
        try:
            workers.answer(Task("ASK {}"))
            with ThreadPoolExecutor() as pool:
                began = time.monotonic()
                slow = pool.submit(workers.answer, Task(ENDLESS))
                for _ in range(10):
                    assert b"true" in workers.answer(Task("ASK { ?theme a tg:Theme }")).body
                assert not slow.done()
                error = slow.exception()
                assert isinstance(error, RequestError)
                assert (error.status, error.reason) == (503, "time-limit")
                assert time.monotonic() - began >= TIME_LIMIT
            assert workers.answer(Task("ASK {}")).body  # another has taken its place
        finally:
            workers.close()

    def test_who_finds_no_worker_is_told_to_come_again(self, large: Path) -> None:
        workers = Workers(large, count=1, time_limit=TIME_LIMIT, patience=0.2)
        try:
            workers.answer(Task("ASK {}"))
            with ThreadPoolExecutor() as pool:
                slow = pool.submit(workers.answer, Task(ENDLESS))
                time.sleep(0.3)
                with pytest.raises(RequestError) as caught:
                    workers.answer(Task("ASK {}"))
                assert caught.value.reason == "busy"
                assert "Retry-After" in caught.value.headers
                assert slow.exception()
        finally:
            workers.close()

    def test_an_answer_is_whole_or_none(self, large: Path) -> None:
        workers = Workers(large, count=1, time_limit=20, largest=2000)
        try:
            assert workers.answer(Task("SELECT * { ?s ?p ?o } LIMIT 2")).body
            for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
                with pytest.raises(RequestError) as caught:
                    workers.answer(Task(query))
                assert (caught.value.status, caught.value.reason) == (503, "answer-too-large")
            assert workers.answer(Task("SELECT * { ?s ?p ?o } LIMIT 2")).body
        finally:
            workers.close()

    def test_a_query_has_so_much_memory(self, large: Path) -> None:
        workers = Workers(large, count=1, time_limit=60, memory=2**30)
        try:
            with pytest.raises(RequestError) as caught:
                workers.answer(Task("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?i"))
            assert (caught.value.status, caught.value.reason) == (503, "out-of-memory")
            assert workers.answer(Task("ASK {}")).body
        finally:
            workers.close()
