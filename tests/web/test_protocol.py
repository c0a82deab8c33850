"""The W3C's tests of the SPARQL 1.1 Protocol, query half, under their own names.

https://w3c.github.io/rdf-tests/sparql/sparql11/protocol/ describes each; the graphs are ours.
"""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

DATA = tuple(f"http://example.org/data{n}" for n in (1, 2, 3))
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ASK = "ASK {}"
#: What a dataset of the second graph alone and of the third as a named one says.
SAYS = 'ASK {{ ?x <http://example.org/says> "{}" }}'
NAMED = 'ASK {{ GRAPH <{}> {{ ?x <http://example.org/says> "{}" }} }}'


def post(client: TestClient, body: str | bytes, media_type: str | None, **parameters: object):
    headers = {"Content-Type": media_type} if media_type else {}
    content = body.encode() if isinstance(body, str) else body
    address = "/sparql" + (f"?{urlencode(parameters, doseq=True)}" if parameters else "")
    return client.post(address, content=content, headers=headers)


def told(response) -> bool:
    assert response.status_code == 200, response.text
    return response.json()["boolean"]


class TestQuery:
    def test_query_get(self, client: TestClient) -> None:
        assert told(client.get("/sparql", params={"query": ASK}))

    def test_query_post_form(self, client: TestClient) -> None:
        assert told(post(client, urlencode({"query": ASK}), FORM))

    def test_query_post_direct(self, client: TestClient) -> None:
        assert told(post(client, ASK, DIRECT))


class TestDataset:
    """The dataset of the request goes before that of the query."""

    def asked(self, client: TestClient, way: str, query: str, **dataset: object) -> bool:
        if way == "get":
            return told(client.get("/sparql", params={"query": query, **dataset}))
        if way == "form":
            return told(post(client, urlencode({"query": query, **dataset}, doseq=True), FORM))
        return told(post(client, query, DIRECT, **dataset))

    @pytest.mark.parametrize("way", ["get", "form", "direct"])
    def test_query_dataset_default_graph(self, client: TestClient, way: str) -> None:
        only = {"default-graph-uri": DATA[0]}
        assert self.asked(client, way, SAYS.format(1), **only)
        assert not self.asked(client, way, SAYS.format(2), **only)

    @pytest.mark.parametrize("way", ["get", "form", "direct"])
    def test_query_dataset_default_graphs(self, client: TestClient, way: str) -> None:
        both = {"default-graph-uri": DATA[:2]}
        assert self.asked(client, way, SAYS.format(1), **both)
        assert self.asked(client, way, SAYS.format(2), **both)
        assert not self.asked(client, way, SAYS.format(3), **both)

    @pytest.mark.parametrize("way", ["get", "form", "direct"])
    def test_query_dataset_named_graphs(self, client: TestClient, way: str) -> None:
        named = {"named-graph-uri": DATA[:2]}
        assert self.asked(client, way, NAMED.format(DATA[0], 1), **named)
        assert self.asked(client, way, NAMED.format(DATA[1], 2), **named)
        assert not self.asked(client, way, NAMED.format(DATA[2], 3), **named)
        assert not self.asked(client, way, SAYS.format(1), **named)

    @pytest.mark.parametrize("way", ["get", "form", "direct"])
    def test_query_dataset_full(self, client: TestClient, way: str) -> None:
        full = {"default-graph-uri": DATA[2], "named-graph-uri": DATA[:2]}
        assert self.asked(client, way, SAYS.format(3), **full)
        assert not self.asked(client, way, SAYS.format(1), **full)
        assert self.asked(client, way, NAMED.format(DATA[0], 1), **full)
        assert not self.asked(client, way, NAMED.format(DATA[2], 3), **full)

    @pytest.mark.parametrize("way", ["get", "form", "direct"])
    def test_query_multiple_dataset(self, client: TestClient, way: str) -> None:
        query = f'ASK FROM <{DATA[0]}> {{ ?x <http://example.org/says> "2" }}'
        assert self.asked(client, way, query, **{"default-graph-uri": DATA[1]})


class TestContentType:
    @pytest.mark.parametrize("accept", [None, "application/sparql-results+xml", "text/csv"])
    @pytest.mark.parametrize("query", ["SELECT (1 AS ?value) {}", "ASK {}"], ids=["select", "ask"])
    def test_query_content_type_select_and_ask(
        self, client: TestClient, query: str, accept: str | None
    ) -> None:
        headers = {"Accept": accept} if accept else {}
        response = client.get("/sparql", params={"query": query}, headers=headers)
        assert response.status_code == 200
        expected = accept or "application/sparql-results+json"
        assert response.headers["content-type"].partition(";")[0] == expected

    @pytest.mark.parametrize(
        "accept",
        ["text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json"],
    )
    @pytest.mark.parametrize(
        "query",
        ["DESCRIBE <http://example.org/data1#thing>", "CONSTRUCT { <x:s> <x:p> 1 } WHERE {}"],
        ids=["describe", "construct"],
    )
    def test_query_content_type_describe_and_construct(
        self, client: TestClient, query: str, accept: str
    ) -> None:
        response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == accept


class TestBad:
    def refused(self, response, status: int) -> dict[str, object]:
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
        problem = response.json()
        assert problem["status"] == status
        return problem

    def test_bad_query_method(self, client: TestClient) -> None:
        for method in ("PUT", "DELETE", "PATCH"):
            response = client.request(method, "/sparql", params={"query": ASK})
            self.refused(response, 405)
            assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"

    def test_bad_multiple_queries(self, client: TestClient) -> None:
        twice = [("query", ASK), ("query", "SELECT * {}")]
        for response in (
            client.get("/sparql", params=twice),
            post(client, urlencode(twice), FORM),
            post(client, ASK, DIRECT, query=ASK),
        ):
            assert self.refused(response, 400)["reason"] == "not-a-query"

    def test_bad_query_in_form_and_address(self, client: TestClient) -> None:
        """Ours: what stands in the address of a form would be left out in silence."""
        for name, value in (
            ("query", ASK),
            ("default-graph-uri", DATA[0]),
            ("named-graph-uri", "x:"),
        ):
            response = post(client, urlencode({"query": ASK}), FORM, **{name: value})
            problem = self.refused(response, 400)
            assert problem["reason"] == "not-a-query"
            assert name in str(problem["detail"])

    def test_query_post_form_unescaped(self, client: TestClient) -> None:
        """Ours: letters that ought to be escaped are read, and what is not UTF-8 is told so."""
        assert told(post(client, "query=ASK { FILTER('é' = \"\\u00e9\") }", FORM))
        response = post(client, b"query=ASK { FILTER('\xe9' = 'x') }", FORM)
        assert "not UTF-8" in str(self.refused(response, 400)["detail"])

    def test_bad_query_wrong_media_type(self, client: TestClient) -> None:
        problem = self.refused(post(client, ASK, "text/plain"), 415)
        assert problem["reason"] == "media-type"

    def test_bad_query_missing_form_type(self, client: TestClient) -> None:
        problem = self.refused(post(client, urlencode({"query": ASK}), None), 415)
        assert problem["reason"] == "media-type"

    def test_bad_query_missing_direct_type(self, client: TestClient) -> None:
        problem = self.refused(post(client, ASK, None), 415)
        assert problem["reason"] == "media-type"

    def test_bad_query_non_utf8(self, client: TestClient) -> None:
        other = post(client, ASK.encode("utf-16"), f"{DIRECT}; charset=UTF-16")
        assert self.refused(other, 415)["reason"] == "media-type"
        for response in (
            post(client, ASK.encode("utf-16"), DIRECT),
            client.get("/sparql?query=ASK%20%7B%20%3Fx%20%3Fy%20%22%E9%22%7D"),
        ):
            assert "UTF-8" in str(self.refused(response, 400)["detail"])

    def test_bad_query_syntax(self, client: TestClient) -> None:
        problem = self.refused(client.get("/sparql", params={"query": "SELECT * {\n ?s ?p"}), 400)
        assert problem["reason"] == "not-sparql"
        assert "line 2" in problem["detail"]
