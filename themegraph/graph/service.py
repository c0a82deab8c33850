"""The store on another machine: any SPARQL 1.1 service, over HTTP.

Queries are posted to the address given. Updates go to the same address, or, where it ends in
``/query``, to the one that ends in ``/update``; ``THEMEGRAPH_UPDATE_URL`` names another. The
service's default graph should be the union of its named graphs.
"""

from __future__ import annotations

import base64
import os
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pyoxigraph as ox

from themegraph.errors import StoreError
from themegraph.graph.terms import lines_of

TIMEOUT_SECONDS = 300.0

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is told and not followed: the password would go to another host."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


class SparqlService:
    """A SPARQL 1.1 service with the interface of the embedded store.

    ``address`` is where queries go, without the user and password that it may have been given with.
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._headers = _credentials(parts.username, parts.password)
        host = parts.netloc.rpartition("@")[2]
        self.address = urlunsplit(parts._replace(netloc=host))
        path = parts.path.removesuffix("/query") + "/update"
        beside = urlunsplit(parts._replace(netloc=host, path=path))
        same = beside if parts.path.endswith("/query") else self.address
        self.update_address = os.environ.get("THEMEGRAPH_UPDATE_URL", same)

    def query(
        self, text: str, prefixes: Mapping[str, str]
    ) -> ox.QuerySolutions | ox.QueryBoolean | list[ox.Triple]:
        """The results of a query, as the embedded store gives them."""
        declared = "".join(f"PREFIX {name}: <{iri}> " for name, iri in prefixes.items())
        accept = f"{_RESULTS}, {_TRIPLES};q=0.9"
        body, media_type = self._post(self.address, declared + text, "query", accept)
        if media_type == _TRIPLES:
            return [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
        return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)

    def replace(self, drop: Iterable[str], quads: str) -> bool:
        """Put ``quads`` in the place of the graphs ``drop``, in one request.

        Returns True: whether something changed is the service's business.
        """
        steps = [f"DROP SILENT GRAPH <{graph}>" for graph in drop]
        by_graph: dict[str, list[str]] = {}
        for line in lines_of(quads):
            triple, graph = line.removesuffix(" .\n").rsplit(" ", 1)
            by_graph.setdefault(graph, []).append(f"{triple} .")
        data = "\n".join(
            f"GRAPH {graph} {{\n{chr(10).join(triples)}\n}}" for graph, triples in by_graph.items()
        )
        if data:
            steps.append(f"INSERT DATA {{ {data} }}")
        self._post(self.update_address, " ;\n".join(steps), "update", "*/*")
        return True

    def lines(self, graph: str) -> list[str]:
        """The quads of one graph as N-Quads lines, sorted."""
        found = self.query(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", {}
        )
        return sorted(f"{triple} <{graph}> .\n" for triple in found)  # type: ignore[union-attr]

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        found = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", {})
        return sorted(row["g"].value for row in found)  # type: ignore[union-attr]

    def as_rdflib(self) -> Any:
        """The service as an ``rdflib.Dataset``, to be read."""
        import rdflib
        from rdflib.plugins.stores.sparqlstore import SPARQLStore

        return rdflib.Dataset(store=SPARQLStore(self.address), default_union=True)

    def close(self) -> None:
        """Nothing is kept open between requests."""

    def _post(self, address: str, text: str, kind: str, accept: str) -> tuple[bytes, str]:
        """The body and media type of the answer. Raises StoreError with what the service said."""
        headers = {"Content-Type": f"application/sparql-{kind}; charset=utf-8", "Accept": accept}
        request = urllib.request.Request(address, text.encode(), headers | self._headers)
        try:
            with _OPENER.open(request, timeout=TIMEOUT_SECONDS) as response:
                return response.read(), response.headers.get_content_type()
        except urllib.error.HTTPError as error:
            said = error.read(500).decode("utf-8", "replace").strip()
            raise StoreError(f"{address}: the service answered {error.code}. {said}") from error
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise StoreError(f"{address}: the service cannot be reached ({reason}).") from error


def _credentials(user: str | None, password: str | None) -> dict[str, str]:
    if not user:
        return {}
    token = base64.b64encode(f"{user}:{password or ''}".encode()).decode()
    return {"Authorization": f"Basic {token}"}
