"""``/sparql``: the SPARQL 1.1 endpoint, from an HTTP request to an HTTP response."""

from __future__ import annotations

import json
import re

from starlette.requests import Request
from starlette.responses import Response

from themegraph.web.description import Description
from themegraph.web.faults import RequestError
from themegraph.web.known import etag_of, is_known
from themegraph.web.negotiation import GRAPHS, RESULTS, Form, choose
from themegraph.web.protocol import METHODS, Asked, read_request
from themegraph.web.worker import Task
from themegraph.web.workers import Workers

#: A request is as large as this at most, in bytes.
LARGEST_REQUEST = 2**20
#: Any page may ask, and is told what it may read of the answer. No credentials are taken.
CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, Link",
}
_PREFLIGHT = CROSS_ORIGIN | {
    "Allow": ", ".join(METHODS),
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
#: Functions of SPARQL whose value is another each time (words in strings do no harm here).
_VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)
_TYPES = {form.name: form.media_types[0] for form in (*RESULTS, *GRAPHS)}


class Endpoint:
    """Answers the requests to one address with what ``workers`` say."""

    def __init__(self, workers: Workers, description: Description) -> None:
        self.workers = workers
        self.description = description

    async def respond(self, request: Request) -> Response:
        """The response to a request, whatever its method."""
        try:
            return await self._respond(request)
        except RequestError as error:
            return problem(error)

    async def _respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_PREFLIGHT)
        asked = read_request(
            request.method,
            request.scope["query_string"],
            request.headers.get("content-type", ""),
            await _body(request),
        )
        accept = request.headers.get("accept")
        if asked is None:
            form = _form_of_description(request)
            return _described(request, form, self.description.of_service(form))
        return await self._answered(request, asked, accept)

    async def _answered(self, request: Request, asked: Asked, accept: str | None) -> Response:
        task = Task(
            asked.query,
            asked.default_graphs,
            asked.named_graphs,
            _form(accept, RESULTS, asked.form),
            _form(accept, GRAPHS, asked.form),
        )
        if task.rows_as is None and task.triples_as is None:
            choose(accept, (*RESULTS, *GRAPHS), asked.form)  # raises, and says what there is
        # The same query on the same data has the same answer, unless it asks for chance or time.
        etag = (
            None if _VOLATILE.search(asked.query) else etag_of(self.description.version, str(task))
        )
        if etag and is_known(request, etag):
            return Response(status_code=304, headers=_headers(etag))
        answer = await self.workers.in_turn(self.workers.answer, task)
        if etag and is_known(request, etag, made=True):
            return Response(status_code=304, headers=_headers(etag))
        return Response(answer.body, media_type=_TYPES[answer.form], headers=_headers(etag))

    async def describe(self, request: Request) -> Response:
        """``/.well-known/void``: the response that describes the data."""
        try:
            form = _form_of_description(request)
        except RequestError as error:
            return problem(error)
        return _described(request, form, self.description.of_data(form))


def _form_of_description(request: Request) -> str:
    asked = request.query_params.get("format") or request.query_params.get("output")
    return choose(request.headers.get("accept"), GRAPHS, asked).name


def _described(request: Request, form: str, body: bytes) -> Response:
    etag = etag_of(body.decode())
    if is_known(request, etag, made=True):
        return Response(status_code=304, headers=_headers(etag))
    return Response(body, media_type=_TYPES[form], headers=_headers(etag))


def _headers(etag: str | None) -> dict[str, str]:
    # The store may be loaded anew at any time: a copy is good once it was asked about.
    fresh = {"ETag": etag, "Cache-Control": "no-cache"} if etag else {"Cache-Control": "no-store"}
    return CROSS_ORIGIN | fresh | {"Vary": "Accept", "X-Content-Type-Options": "nosniff"}


def problem(error: RequestError) -> Response:
    """The response that tells of a request that cannot be answered, to machines and to people."""
    return Response(
        json.dumps(error.problem(), indent=1) + "\n",
        error.status,
        CROSS_ORIGIN | {"X-Content-Type-Options": "nosniff"} | error.headers,
        "application/problem+json",
    )


def _form(accept: str | None, forms: tuple[Form, ...], named: str | None) -> str | None:
    """The name of the form to give, None where none of ``forms`` is acceptable."""
    try:
        return choose(accept, forms, named).name
    except RequestError as error:
        if error.status != 406:
            raise
        return None


async def _body(request: Request) -> bytes:
    """The body, read no further than may be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_REQUEST:
            raise RequestError(
                413, "too-large", f"A request is at most {LARGEST_REQUEST:,} bytes here."
            )
    return bytes(body)
