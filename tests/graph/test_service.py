"""The same store at a SPARQL 1.1 service, over HTTP."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from themegraph import ids
from themegraph.derivation.derive import derive
from themegraph.errors import StoreError
from themegraph.graph.build import build_report
from themegraph.graph.loading import Loading
from themegraph.graph.service import SparqlService
from themegraph.graph.store import Store
from themegraph.model import Report
from themegraph.queries import ask, questions


class _Handler(BaseHTTPRequestHandler):
    """As much of the SPARQL 1.1 protocol as a client meets, over a store in memory."""

    store: ox.Store

    def do_GET(self) -> None:
        (query,) = parse_qs(urlsplit(self.path).query)["query"]
        self._send(lambda: self._results(query))

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._send(lambda: self._answer(text))

    def _send(self, answer: Callable[[], tuple[str, bytes]]) -> None:
        try:
            media_type, body = answer()
        except (SyntaxError, ValueError) as error:
            self.send_error(400, explain=str(error))
            return
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, text: str) -> tuple[str, bytes]:
        kind = self.headers["Content-Type"]
        if self.path == "/update" and kind.startswith("application/sparql-update"):
            self.store.update(text)
            return "text/plain", b""
        if self.path != "/query" or not kind.startswith("application/sparql-query"):
            raise ValueError("wrong place")
        return self._results(text)

    def _results(self, text: str) -> tuple[str, bytes]:
        results = self.store.query(text, use_default_graph_as_union=True)
        if isinstance(results, ox.QueryTriples):
            return "application/n-triples", results.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        json = results.serialize(format=ox.QueryResultsFormat.JSON)
        return "application/sparql-results+json", json or b""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    handler = type("Handler", (_Handler,), {"store": ox.Store()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/query"
    server.shutdown()
    server.server_close()


def test_reports_are_kept_as_in_the_embedded_store(
    address: str, store: Store, reports: tuple[Report, ...]
) -> None:
    with Store(address, write=True) as remote:
        assert remote.write_vocabulary() is True
        assert remote.write_vocabulary() is False
        loading = Loading(remote)
        assert [loading.put(build_report(report)).became for report in reports] == ["added"] * 3
        assert derive(remote) == 2
        assert derive(remote) == 0
        assert remote.graphs() == store.graphs()
        assert remote.reports() == store.reports()
        for graph in store.graphs():
            assert remote.lines(graph) == store.lines(graph)
        remote.remove("northmere-2021-09-06-ilacs")
        assert len(remote.reports()) == 2


def test_every_question_has_the_same_answer(
    address: str, store: Store, reports: tuple[Report, ...]
) -> None:
    asked = {
        "authority": "northmere",
        "report": "northmere-2016-03-07-sif",
        "finding": "northmere-2016-03-07-sif/7",
        "recommendation": "northmere-2016-03-07-sif/1",
        "service": "private-fostering-function",
        "word": 'a "quoted" \\ word',
        "about": "private",
        "theme": "management-oversight",
        "with_grade": "inadequate",
        "kind": "sif",
        "region": "West Midlands",
        "since": "2016-01-01",
        "until": "2021-12-31",
        "outcome": "partly-resolved",
    }
    with Store(address, write=True) as remote:
        remote.write_vocabulary()
        for report in reports:
            remote.replace_report(report)
        derive(remote)
        for name, question in questions().items():
            values = {parameter.name: asked[parameter.name] for parameter in question.parameters}
            assert ask(remote, name, **values) == ask(store, name, **values), name


def test_rdflib_reads_it(address: str, reports: tuple[Report, ...]) -> None:
    with Store(address, write=True) as remote:
        remote.replace_report(reports[0])
        found = remote.as_rdflib().query(f"SELECT ?r {{ ?r a <{ids.ONTOLOGY}Report> }}")
        assert [str(row[0]) for row in found] == [f"{ids.ID}report/northmere-2016-03-07-sif"]


def test_credentials_travel_in_the_header_and_not_in_the_address() -> None:
    service = SparqlService("http://ann:s3cret@example.org/ds/query?union")
    assert service.address == "http://example.org/ds/query?union"
    assert service.update_address == "http://example.org/ds/update?union"
    expected = base64.b64encode(b"ann:s3cret").decode()
    assert service._headers == {"Authorization": f"Basic {expected}"}


def test_a_service_that_is_not_there_is_told(address: str) -> None:
    port = address.split(":")[2].split("/")[0]
    elsewhere = Store(f"http://127.0.0.1:{port}/elsewhere")
    with pytest.raises(StoreError, match="answered 400"):
        elsewhere.graphs()
    nowhere = Store("http://127.0.0.1:9/query")
    with pytest.raises(StoreError, match="cannot be reached"):
        nowhere.graphs()


def test_a_store_never_shows_its_password() -> None:
    store = Store("http://ann:s3cret@example.org/query")
    assert store.place == "http://example.org/query"


def test_a_redirect_is_told_and_not_followed() -> None:
    """Following it would carry the password to another host."""

    class Elsewhere(BaseHTTPRequestHandler):
        asked: tuple[str, ...] = ()

        def do_POST(self) -> None:
            type(self).asked += (self.path,)
            self.send_response(302)
            self.send_header("Location", "/other")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        store = Store(f"http://ann:s3cret@127.0.0.1:{server.server_port}/query")
        with pytest.raises(StoreError, match="answered 302"):
            store.graphs()
        assert Elsewhere.asked == ("/query",)
    finally:
        server.shutdown()
        server.server_close()
