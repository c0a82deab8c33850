"""The pages as a web server gives them: which address shows what, as a page or as data."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable
from urllib.parse import quote

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from themegraph import ids
from themegraph.errors import QueryError
from themegraph.graph.store import Store
from themegraph.queries import find
from themegraph.web.addresses import CONCEPTS, THINGS, iri_of, page_of
from themegraph.web.book import (
    CSV,
    KINDS,
    OWN_TABLES,
    SINGLE,
    TABLES,
    Book,
    data_of,
    table_of,
)
from themegraph.web.desk import Answers, Desk, Put
from themegraph.web.faults import RequestError
from themegraph.web.negotiation import GRAPHS, Form, choose
from themegraph.web.pages import graph, query, search
from themegraph.web.rendering import render
from themegraph.web.worker import Task
from themegraph.web.workers import Workers

#: The first part of an address of a thing itself, and of its IRI.
_SCHEMES = {"id": ids.ID, "vocab": ids.VOCAB}
HTML = Form("html", ("text/html", "application/xhtml+xml"))
#: Nothing is loaded from elsewhere, no script in a page runs, and no other site frames a page.
SECURITY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class Site:
    """The pages on ``store``; queries that readers write run in ``workers``."""

    def __init__(self, store: Store, workers: Workers, base_url: str) -> None:
        self.store = store
        self.answers = Answers(store)
        self.workers = workers
        self.base_url = base_url
        self._book = Book(self.answers)

    def routes(self) -> list[BaseRoute]:
        """Every address."""
        answered: dict[str, Callable[[Request], Response]] = {
            **dict.fromkeys(SINGLE, self._single),
            **{f"/{kind}/{{name:path}}": self._thing for kind in KINDS},
            **{f"{path if path != '/' else '/index'}.csv": self._table for path in TABLES},
            **{f"{path}.csv": self._own_table for path in OWN_TABLES},
            "/search.csv": self._search_csv,
            "/graph.csv": self._graph_csv,
            "/graph/interactive": self._interactive,
            "/query": self._query,
            "/data/{scheme}/{kind}/{name:path}": self._described,
            "/id/{kind}/{name:path}": self._see_other,
            "/vocab/{kind}/{name:path}": self._see_other,
            "/{rest:path}": self._nothing,
        }
        return [Route(path, self._page(answer)) for path, answer in answered.items()]

    def _page(
        self, answer: Callable[[Request], Response]
    ) -> Callable[[Request], Awaitable[Response]]:
        """``answer`` as Starlette asks it: in a thread, with what went wrong as a page."""

        async def respond(request: Request) -> Response:
            try:
                response = await run_in_threadpool(answer, request)
            except QueryError as error:
                response = _error(404, str(error))
            except RequestError as error:
                response = _error(error.status, error.detail)
                response.headers.update(error.headers)
            return response

        return respond

    def _single(self, request: Request) -> Response:
        page = self._book.page(request.url.path, request.query_params)
        return Response(page, media_type="text/html")

    def _thing(self, request: Request) -> Response:
        """A page about a thing, or its data: by a suffix of the address, or as accepted."""
        kind = request.url.path.split("/")[1]
        name, _, suffix = request.path_params["name"].partition(".")
        form = choose(request.headers.get("accept"), (HTML, *data_of(kind)), suffix or None)
        if form in GRAPHS:
            return self._data(iri_of(kind, name), form)
        page = self._book.page(f"/{kind}/{name}", request.query_params)
        if form is CSV:
            told = table_of(Desk(self.answers), kind, name)
            return RedirectResponse(f"/sparql?{query.as_csv(self.store, told)}", 303)
        return Response(page, media_type="text/html", headers={"Vary": "Accept"})

    def _data(self, iri: str, form: Form) -> Response:
        if not self._knows(iri):
            raise QueryError(f"There is no {iri[:200]} here.")
        answer = self.workers.answer(Task(f"DESCRIBE <{iri}>", triples_as=form.name))
        headers = {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}
        return Response(answer.body, media_type=form.media_types[0], headers=headers)

    def _table(self, request: Request) -> Response:
        """The rows of a page on no single thing: its question, put to the endpoint."""
        path = request.url.path.removesuffix(".csv")
        question = TABLES["/" if path == "/index" else path]
        names = {parameter.name for parameter in find(question).parameters}
        asked = request.query_params
        given = tuple((name, asked[name]) for name in sorted(names) if asked.get(name))
        told = Put(question, "", given if path == "/brief" else ())
        return RedirectResponse(f"/sparql?{query.as_csv(self.store, told)}", 303)

    def _own_table(self, request: Request) -> Response:
        make = OWN_TABLES[request.url.path.removesuffix(".csv")]
        text = make(Desk(self.answers), request.query_params)
        return Response(text, media_type="text/csv")

    def _search_csv(self, request: Request) -> Response:
        text = search.as_csv(self.answers.index, request.query_params)
        return Response(text, media_type="text/csv")

    def _graph_csv(self, request: Request) -> Response:
        text = graph.as_csv(Desk(self.answers), request.query_params)
        return Response(text, media_type="text/csv")

    def _interactive(self, request: Request) -> Response:
        page = graph.as_picture(Desk(self.answers), request.query_params)
        headers = {"Content-Security-Policy": _policy_of(page)}
        return Response(page, media_type="text/html", headers=headers)

    def _query(self, request: Request) -> Response:
        context = query.context(
            self.store, self.workers, self.answers.pages, self.base_url, request.query_params
        )
        return Response(render("query", **context), media_type="text/html")

    def _knows(self, iri: str) -> bool:
        """Whether anything is said of a thing."""
        try:
            thing = ox.NamedNode(iri)
        except ValueError:
            return False
        return bool(self.store.query("ASK { ?thing ?p ?o }", {"thing": thing}))

    def _see_other(self, request: Request) -> Response:
        """The address of a thing itself: a page says what it is, data says it to machines."""
        kind, name = request.path_params["kind"], request.path_params["name"]
        headers = {"Vary": "Accept"}
        if kind in (*THINGS, *CONCEPTS) and page_of(iri_of(kind, name)):
            return RedirectResponse(f"/{kind}/{name}", 303, headers=headers)
        scheme = request.url.path.split("/")[1]
        if not self._knows(_iri(scheme, kind, name)):
            raise QueryError("There is no page about this, and no data.")
        form = choose(request.headers.get("accept"), (*GRAPHS, HTML))
        suffix = GRAPHS[0].name if form is HTML else form.name
        return RedirectResponse(
            f"/data/{scheme}/{kind}/{quote(name)}.{suffix}", 303, headers=headers
        )

    def _described(self, request: Request) -> Response:
        """The data of a thing that has no page."""
        told = request.path_params
        name, _, suffix = told["name"].rpartition(".")
        return self._data(_iri(told["scheme"], told["kind"], name), choose(None, GRAPHS, suffix))

    def _nothing(self, request: Request) -> Response:
        raise QueryError(f"There is nothing at {request.url.path}.")


def _iri(scheme: str, kind: str, name: str) -> str:
    return f"{_SCHEMES.get(scheme, '')}{kind}/{name}"


def _policy_of(picture: str) -> str:
    """The policy of a picture: its own scripts run, known by their hashes, and nothing else."""
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", picture, re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in dict.fromkeys(digests))
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _error(status: int, words: str) -> Response:
    title = "Not found" if status == 404 else "That did not work"
    return Response(render("error", title=title, words=words), status, media_type="text/html")
