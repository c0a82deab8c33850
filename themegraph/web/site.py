"""The pages as a web server gives them: which address shows what, as a page or as data."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from themegraph.errors import QueryError
from themegraph.graph.store import Store
from themegraph.web.addresses import CONCEPTS, THINGS, iri_of, page_of
from themegraph.web.desk import Answers, Desk
from themegraph.web.faults import RequestError
from themegraph.web.negotiation import GRAPHS, Form, choose
from themegraph.web.pages import (
    about,
    authority,
    brief,
    compare,
    graph,
    home,
    inspection,
    lists,
    query,
    report,
    search,
    service,
    theme,
)
from themegraph.web.rendering import render
from themegraph.web.worker import Task
from themegraph.web.workers import Workers

HTML = Form("html", ("text/html", "application/xhtml+xml"))
CSV = Form("csv", ("text/csv",))
#: Forms of a page about a thing, the page itself first.
FORMS = (HTML, *GRAPHS, CSV)
#: Nothing is loaded from elsewhere, no script runs, and no other site frames a page.
SECURITY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
#: What each kind of page is filled by, and with which template.
_ABOUT: dict[str, tuple[str, Callable[[Desk, str, Mapping[str, str]], dict[str, Any]]]] = {
    "authority": ("authority", authority.context),
    "theme": ("theme", theme.context),
    "service": ("service", service.context),
    "inspection": ("inspection", inspection.context),
    "judgement": ("judgement", inspection.judgement_context),
    "evidence": ("evidence", inspection.evidence_context),
    "report": ("report", report.context),
    "finding": ("passage", functools.partial(report.passage_context, "finding")),
    "recommendation": ("passage", functools.partial(report.passage_context, "recommendation")),
}


class Site:
    """The pages on ``store``; queries that readers write run in ``workers``."""

    def __init__(self, store: Store, workers: Workers, base_url: str) -> None:
        self.store = store
        self.answers = Answers(store)
        self.workers = workers
        self.base_url = base_url

    def routes(self) -> list[BaseRoute]:
        """Every address."""
        plain = {
            "/": ("home", home.context),
            "/authorities": ("authorities", lists.authorities),
            "/themes": ("themes", lists.themes),
            "/services": ("services", lists.services),
            "/about": ("about", about.context),
        }
        shown = [
            Route(path, self._page(functools.partial(self._plain, *filled)))
            for path, filled in plain.items()
        ]
        about_things = [
            Route(f"/{kind}/{{name:path}}", self._page(functools.partial(self._thing, kind)))
            for kind in _ABOUT
        ]
        return [
            *shown,
            *about_things,
            Route("/brief", self._page(functools.partial(self._asked, "brief", brief.context))),
            Route(
                "/compare", self._page(functools.partial(self._asked, "compare", compare.context))
            ),
            Route("/search", self._page(self._search)),
            Route("/search.csv", self._page(self._search_csv)),
            Route("/graph", self._page(functools.partial(self._asked, "graph", graph.context))),
            Route("/graph.csv", self._page(self._graph_csv)),
            Route(
                "/graph/tie", self._page(functools.partial(self._asked, "tie", graph.tie_context))
            ),
            Route("/graph/interactive", self._page(self._interactive)),
            Route("/query", self._page(self._query)),
            Route("/id/{kind}/{name:path}", self._page(self._see_other)),
            Route("/vocab/{kind}/{name:path}", self._page(self._see_other)),
            Route("/{rest:path}", self._page(self._nothing)),
        ]

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
            for name, value in SECURITY.items():
                response.headers.setdefault(name, value)
            return response

        return respond

    def _plain(
        self, template: str, context: Callable[[Desk], dict[str, Any]], request: Request
    ) -> Response:
        desk = Desk(self.answers)
        return Response(render(template, put=desk.put, **context(desk)), media_type="text/html")

    def _asked(
        self,
        template: str,
        context: Callable[[Desk, QueryParams], dict[str, Any]],
        request: Request,
    ) -> Response:
        desk = Desk(self.answers)
        filled = context(desk, request.query_params)
        return Response(render(template, put=desk.put, **filled), media_type="text/html")

    def _search(self, request: Request) -> Response:
        desk = Desk(self.answers)
        filled = search.context(desk, self.answers.index, request.query_params)
        return Response(render("search", **filled), media_type="text/html")

    def _search_csv(self, request: Request) -> Response:
        text = search.as_csv(self.answers.index, request.query_params)
        return Response(text, media_type="text/csv")

    def _graph_csv(self, request: Request) -> Response:
        return Response(
            graph.as_csv(Desk(self.answers), request.query_params), media_type="text/csv"
        )

    def _interactive(self, request: Request) -> Response:
        page = graph.as_picture(Desk(self.answers), request.query_params)
        headers = {"Content-Security-Policy": _policy_of(page)}
        return Response(page, media_type="text/html", headers=headers)

    def _thing(self, kind: str, request: Request) -> Response:
        """A page about a thing, or its data: by a suffix of the address, or as accepted."""
        name, _, suffix = request.path_params["name"].partition(".")
        form = choose(request.headers.get("accept"), FORMS, suffix or None)
        if form in GRAPHS:
            return self._data(iri_of(kind, unquote(name)), form)
        template, context = _ABOUT[kind]
        desk = Desk(self.answers)
        filled = context(desk, unquote(name), request.query_params)
        if form is CSV:
            return RedirectResponse(f"/sparql?{query.as_csv(self.store, desk.put[0])}", 303)
        here = f"/{kind}/{name}"
        page = render(template, put=desk.put, here=here, alternates=FORMS[1:], **filled)
        return Response(page, media_type="text/html", headers={"Vary": "Accept"})

    def _data(self, iri: str, form: Form) -> Response:
        if not self.store.query(f"ASK {{ <{iri}> ?p ?o }}"):
            raise QueryError(f"There is no <{iri}> here.")
        answer = self.workers.answer(Task(f"DESCRIBE <{iri}>", triples_as=form.name))
        headers = {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}
        return Response(answer.body, media_type=form.media_types[0], headers=headers)

    def _query(self, request: Request) -> Response:
        context = query.context(self.store, self.workers, self.base_url, request.query_params)
        return Response(render("query", **context), media_type="text/html")

    def _see_other(self, request: Request) -> Response:
        """The address of a thing itself: a page says what it is, data says it to machines."""
        kind, name = request.path_params["kind"], request.path_params["name"]
        if kind not in (*THINGS, *CONCEPTS) or page_of(iri_of(kind, name)) is None:
            raise QueryError("There is no page about this.")
        return RedirectResponse(f"/{kind}/{name}", 303, headers={"Vary": "Accept"})

    def _nothing(self, request: Request) -> Response:
        raise QueryError(f"There is nothing at {request.url.path}.")


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
