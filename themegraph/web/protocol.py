"""The SPARQL 1.1 Protocol, query half: from the parts of an HTTP request to what is asked.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from themegraph.web.faults import RequestError

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
#: What names the form of an answer; that is ours, and may stand in any address.
_FORM_NAMES = ("format", "output")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the graphs that make up its dataset (none named: all of them), and the form of
    answer that the ``format`` parameter names.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    form: str | None = None


def read_request(method: str, parameters: bytes, media_type: str, body: bytes) -> Asked | None:
    """What a request asks: None where its address asks nothing but for a form.

    ``parameters`` is what stands behind the ? of the address, ``media_type`` the Content-Type.
    Raises RequestError: 400 for no query, several or one that is not UTF-8, 405, 415.
    """
    pairs = _pairs(parameters)
    kind, _, options = media_type.partition(";")
    kind = kind.strip().lower()
    if method in ("GET", "HEAD"):
        return _asked(pairs) if any(name not in _FORM_NAMES for name, _ in pairs) else None
    if method != "POST":
        raise RequestError(
            405, "method", f"{method} is not answered here.", {"Allow": ", ".join(METHODS)}
        )
    if kind == FORM:
        if beside := sorted({name for name, _ in pairs if name not in _FORM_NAMES}):
            raise RequestError(
                400,
                "not-a-query",
                f"The form asks, and the address has {', '.join(beside)}: write that in the form.",
            )
        return _asked(_pairs(body) + pairs)
    if kind == UPDATE:
        raise RequestError(415, "media-type", "This endpoint reads; it takes no update.")
    if kind != DIRECT:
        told = f"not {kind}" if kind else "and the request names no Content-Type"
        raise RequestError(415, "media-type", f"A POST is {FORM} or {DIRECT}, {told}.")
    if any(name == "query" for name, _ in pairs):
        raise RequestError(400, "not-a-query", "The query is in the body; the address has another.")
    charset = options.lower().replace(" ", "").partition("charset=")[2].strip('"') or "utf-8"
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise RequestError(415, "media-type", f"A query is UTF-8, not {charset}.")
    return _asked([*pairs, ("query", _decoded(body))])


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    """The names and values of a form, or of the part of an address behind the ?."""
    if not encoded:
        return []
    try:
        # Letters that ought to be escaped, and are not, are read as what they are.
        return parse_qsl(
            encoded.decode("utf-8"), keep_blank_values=True, encoding="utf-8", errors="strict"
        )
    except (UnicodeDecodeError, ValueError) as error:
        raise RequestError(
            400, "not-a-query", f"The parameters are not UTF-8 ({error})."
        ) from error


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, "not-a-query", f"The query is not UTF-8 ({error}).") from error


def _asked(pairs: list[tuple[str, str]]) -> Asked:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in pairs if key == name)

    if values("update"):
        raise RequestError(400, "refused", "This endpoint reads; it takes no update.")
    queries = values("query")
    if len(queries) != 1 or not queries[0].strip():
        told = "none is given" if len(queries) < 2 else f"{len(queries)} are given"
        raise RequestError(400, "not-a-query", f"Give one query; {told}.")
    form = values("format") or values("output") or (None,)
    return Asked(
        queries[0],
        tuple(dict.fromkeys(values("default-graph-uri"))),
        tuple(dict.fromkeys(values("named-graph-uri"))),
        form[0],
    )
