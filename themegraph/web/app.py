"""The web application: which address is answered by what."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from themegraph.graph.store import Store
from themegraph.web.description import Description
from themegraph.web.endpoint import Endpoint, problem
from themegraph.web.faults import RequestError
from themegraph.web.protocol import METHODS
from themegraph.web.site import SECURITY, Site
from themegraph.web.workers import LARGEST_ANSWER, Workers


def build_app(
    folder: Path,
    *,
    base_url: str,
    query_timeout: float,
    workers: int = 2,
    largest: int = LARGEST_ANSWER,
    warm: bool = False,
) -> Starlette:
    """The application on the store in ``folder``, which is found under ``base_url``.

    ``query_timeout`` is in seconds, ``largest`` (of an answer) in bytes; so many queries as there
    are ``workers`` run at a time. With ``warm`` what many pages need is asked at once, beside.
    Raises StoreError when the store cannot be opened.
    """
    store = Store(folder)
    description = Description(
        store, f"{base_url}/sparql", time_limit=query_timeout, largest=largest
    )
    pool = Workers(folder, count=workers, time_limit=query_timeout, largest=largest)
    endpoint = Endpoint(pool, description)

    site = Site(store, pool, base_url, description.version)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        stopped = threading.Event()
        ahead = threading.Thread(target=site.answers.warm, args=[lambda: not stopped.is_set()])
        if warm:
            ahead.start()
        yield
        stopped.set()
        if warm:
            ahead.join()
        pool.close()
        store.close()

    routes = [
        Route("/sparql", endpoint.respond, methods=METHODS),
        Route("/.well-known/void", endpoint.describe),
        Mount("/static", StaticFiles(packages=[("themegraph.web", "static")])),
        *site.routes(),
    ]
    middleware = [Middleware(_Secured)]
    faults = {405: _other_method}
    return Starlette(
        routes=routes, lifespan=lifespan, middleware=middleware, exception_handlers=faults
    )


async def _other_method(request: Request, fault: Exception) -> Response:
    """What an address says to a method that it does not take, known or not."""
    told = (fault.headers or {}).get("Allow", "") if isinstance(fault, HTTPException) else ""
    allowed = ", ".join(method for method in METHODS if method in told.split(", "))
    words = f"{request.method} is not answered here; {allowed} are."
    return problem(RequestError(405, "method", words, {"Allow": allowed}))


class _Secured:
    """Puts SECURITY on every answer that has no policy of its own, faults and files included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application within does."""

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, secured)
