"""The pages as a web server gives them: which address shows what, as a page or as data."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Awaitable, Callable
from functools import cache
from urllib.parse import quote

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from themegraph import __version__, ids
from themegraph.errors import QueryError
from themegraph.graph.store import Store
from themegraph.networks.picture import scripts
from themegraph.ontology.namespaces import PREFIXES
from themegraph.queries import bind, find
from themegraph.web import sheet
from themegraph.web.addresses import CONCEPTS, THINGS, iri_of, page_of
from themegraph.web.book import (
    CSV,
    KINDS,
    OWN_TABLES,
    SINGLE,
    TABLES,
    Book,
    data_of,
    data_query,
    table_of,
)
from themegraph.web.desk import Answers, Desk, Put
from themegraph.web.faults import RequestError
from themegraph.web.known import etag_of, is_known
from themegraph.web.negotiation import GRAPHS, TRIPLES_AS, Form, choose
from themegraph.web.pages import graph, query, search
from themegraph.web.pages.ontology import ontology_version
from themegraph.web.rendering import render
from themegraph.web.sheet import guarded
from themegraph.web.terms_data import ontology_as, shapes_as
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
_OF_DATA = {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}


#: The page that lists what has pages of a kind.
_LISTS = {
    "authority": "/authorities",
    "theme": "/themes",
    "service": "/services",
    "question": "/questions",
}


class Site:
    """The pages on ``store``, which holds ``version``; queries that readers write, and they alone,
    run in ``workers``.
    """

    def __init__(self, store: Store, workers: Workers, base_url: str, version: str) -> None:
        self.store = store
        self.answers = Answers(store)
        self.workers = workers
        self.base_url = base_url
        self.version = version
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
            "/vocab/{kind}": self._see_vocabulary,
            "/ontology.{suffix}": self._ontology_data,
            "/ontology/{version:path}/{name}": self._version,
            "/ontology/{name}": self._module,
            "/shapes/{name}": self._shapes,
            "/{rest:path}": self._nothing,
        }
        return [Route(path, self._page(answer)) for path, answer in answered.items()]

    def _page(
        self, answer: Callable[[Request], Response]
    ) -> Callable[[Request], Awaitable[Response]]:
        """``answer`` as Starlette asks it: in a thread, with what went wrong as a page. What runs a
        reader's query waits for its turn without one.
        """

        async def respond(request: Request) -> Response:
            runs = answer == self._query and query.is_run(request.query_params)
            in_thread = self.workers.in_turn if runs else run_in_threadpool
            try:
                response = await in_thread(answer, request)
            except QueryError as error:
                response = _error(404, error.told, request.url.path)
            except RequestError as error:
                response = _error(error.status, error.detail)
                response.headers.update(error.headers)
            return response

        return respond

    def _single(self, request: Request) -> Response:
        if request.url.path == "/ontology":
            form = choose(request.headers.get("accept"), (HTML, *GRAPHS))
            if form is not HTML:
                return _data_as(ontology_as(form.name), form)
        page = self._book.page(request.url.path, request.query_params)
        return Response(page, media_type="text/html", headers={"Vary": "Accept"})

    def _thing(self, request: Request) -> Response:
        """A page about a thing, or its data: by a suffix of the address, or as accepted."""
        kind = request.url.path.split("/")[1]
        name, _, suffix = request.path_params["name"].partition(".")
        form = choose(request.headers.get("accept"), (HTML, *data_of(kind)), suffix or None)
        if form in GRAPHS:
            return self._data(iri_of(kind, name), form, kind)
        page = self._book.page(f"/{kind}/{name}", request.query_params)
        if form is CSV:
            return self._rows(table_of(Desk(self.answers), kind, name))
        return Response(page, media_type="text/html", headers={"Vary": "Accept"})

    def _data(self, iri: str, form: Form, kind: str = "") -> Response:
        if not self._knows(iri):
            raise QueryError(f"There is no {iri[:200]} here.")
        triples = self.store.query(data_query(kind, iri))
        assert isinstance(triples, ox.QueryTriples)
        # What several reports say is said once, and in one order.
        once = sorted(set(triples), key=str)
        body = ox.serialize(once, format=TRIPLES_AS[form.name], prefixes=PREFIXES)
        return _data_as(body or b"", form)

    def _ontology_data(self, request: Request) -> Response:
        form = choose(None, GRAPHS, request.path_params["suffix"])
        return _data_as(ontology_as(form.name), form)

    def _version(self, request: Request) -> Response:
        """A part of this version of the ontology; no other is kept."""
        version, name = (request.path_params[part] for part in ("version", "name"))
        if version != ontology_version():
            raise QueryError(f"Version {version[:20]!r} of the ontology is not kept here.")
        return RedirectResponse(f"/ontology/{quote(name)}", 303, headers={"Vary": "Accept"})

    def _module(self, request: Request) -> Response:
        """A part of the ontology, or this version of it: a place on its page, or data."""
        whole = request.path_params["name"]
        if whole == ontology_version():
            return RedirectResponse("/ontology", 303, headers={"Vary": "Accept"})
        if whole.replace(".", "").isdecimal():
            raise QueryError(f"Version {whole[:20]!r} of the ontology is not kept here.")
        name, _, suffix = whole.partition(".")
        form = choose(request.headers.get("accept"), (HTML, *GRAPHS), suffix or None)
        if form is not HTML:
            return _data_as(ontology_as(form.name, name), form)
        ontology_as("ttl", name)  # there is such a part
        return RedirectResponse(f"/ontology#module-{name}", 303, headers={"Vary": "Accept"})

    def _shapes(self, request: Request) -> Response:
        name, _, suffix = request.path_params["name"].partition(".")
        form = choose(request.headers.get("accept"), (*GRAPHS, HTML), suffix or None)
        form = GRAPHS[0] if form is HTML else form
        return _data_as(shapes_as(form.name, name), form)

    def _see_vocabulary(self, request: Request) -> Response:
        """The address of a vocabulary: a page or data."""
        return self._to_vocabulary(request, request.path_params["kind"])

    def _to_vocabulary(self, request: Request, name: str, concept: str = "") -> Response:
        if not self._knows(iri_of("vocabulary", name)):
            raise QueryError(f"There is no vocabulary {name[:100]!r}.")
        form = choose(request.headers.get("accept"), (HTML, *GRAPHS))
        place = f"/vocabulary/{quote(name)}"
        ends = (f"#{quote(concept)}" if concept else "") if form is HTML else f".{form.name}"
        return RedirectResponse(place + ends, 303, headers={"Vary": "Accept"})

    def _rows(self, put: Put) -> Response:
        """The rows of a question, for a spreadsheet."""

        def made() -> str:
            named = find(put.question)
            rows = self.store.rows(named.text, bind(self.store, named, dict(put.parameters)))
            table = rows.serialize(format=ox.QueryResultsFormat.CSV) or b""
            return guarded(table.decode())

        table = self.answers.keep(("rows", put.question, put.parameters), made)
        return Response(table, media_type=sheet.MEDIA_TYPE, headers=_OF_DATA)

    def _table(self, request: Request) -> Response:
        """The rows of a page on no single thing: its question, put to the endpoint."""
        path = request.url.path.removesuffix(".csv")
        question = TABLES["/" if path == "/index" else path]
        names = {parameter.name for parameter in find(question).parameters}
        asked = request.query_params
        given = tuple((name, asked[name]) for name in sorted(names) if asked.get(name))
        return self._rows(Put(question, "", given if path == "/brief" else ()))

    def _own_table(self, request: Request) -> Response:
        make = OWN_TABLES[request.url.path.removesuffix(".csv")]
        text = make(Desk(self.answers), request.query_params)
        return Response(guarded(text), media_type=sheet.MEDIA_TYPE)

    def _search_csv(self, request: Request) -> Response:
        text = search.as_csv(Desk(self.answers), request.query_params)
        return Response(guarded(text), media_type=sheet.MEDIA_TYPE)

    def _graph_csv(self, request: Request) -> Response:
        text = graph.as_csv(Desk(self.answers), request.query_params)
        return Response(guarded(text), media_type=sheet.MEDIA_TYPE)

    def _interactive(self, request: Request) -> Response:
        given = tuple((name, request.query_params.get(name, "")) for name in graph.ASKED)
        etag = etag_of(__version__, self.version, str(given))
        headers = {
            "Content-Security-Policy": _picture_policy(),
            "ETag": etag,
            "Cache-Control": "no-cache",
        }
        if is_known(request, etag):
            return Response(status_code=304, headers=headers)
        page = self.answers.keep(
            ("picture", given), lambda: graph.as_picture(Desk(self.answers), dict(given))
        )
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

    def _knows_scheme(self, name: str) -> bool:
        scheme = {"scheme": ox.NamedNode(iri_of("vocabulary", name))}
        return bool(self.store.query("ASK { ?scheme a skos:ConceptScheme }", scheme))

    def _see_other(self, request: Request) -> Response:
        """The address of a thing itself: a page says what it is, data says it to machines."""
        kind, name = request.path_params["kind"], request.path_params["name"]
        headers = {"Vary": "Accept"}
        if kind in (*THINGS, *CONCEPTS) and page_of(iri_of(kind, name)):
            return RedirectResponse(f"/{kind}/{name}", 303, headers=headers)
        scheme = request.url.path.split("/")[1]
        if not self._knows(_iri(scheme, kind, name)):
            raise QueryError("There is no page about this, and no data.")
        form = choose(request.headers.get("accept"), (HTML, *GRAPHS))
        path = f"{kind}/{name}"
        whole = scheme == "vocab" and self._knows_scheme(path)
        if whole or (scheme == "vocab" and form is HTML):
            vocabulary, _, concept = (path, "", "") if whole else path.rpartition("/")
            return self._to_vocabulary(request, vocabulary, concept)
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


def _data_as(body: bytes, form: Form) -> Response:
    return Response(body, media_type=form.media_types[0], headers=_OF_DATA)


def _iri(scheme: str, kind: str, name: str) -> str:
    return f"{_SCHEMES.get(scheme, '')}{kind}/{name}"


@cache
def _picture_policy() -> str:
    """The policy of a picture: the scripts that every picture has run, known by their hashes, and
    nothing else, whatever a page holds.
    """
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts())
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _error(status: int, words: str, path: str = "") -> Response:
    """What went wrong as a page; ``path`` tells of which list something was sought."""
    title = "Not found" if status == 404 else "That did not work"
    listed = _LISTS.get(path.removeprefix("/").partition("/")[0])
    told = render("error", title=title, words=words, list=listed)
    return Response(told, status, media_type="text/html")
