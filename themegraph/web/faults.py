"""What can be wrong with a request, as a status, a reason for machines and words for people."""

from __future__ import annotations

from collections.abc import Mapping

#: Reasons that a client may tell apart, as the last part of the problem's ``type``.
REASONS = {
    "not-sparql": "The query is not SPARQL 1.1",
    "refused": "The query asks for what this endpoint refuses",
    "not-a-query": "The request holds no query, or more than one",
    "unknown-graph": "The dataset names a graph that is not here",
    "not-found": "There is nothing at this address",
    "parameter": "A parameter of the address means nothing here",
    "method": "The method is not one of those that this address takes",
    "not-acceptable": "The answer cannot be given in any form that was asked for",
    "too-large": "The request is larger than this endpoint takes",
    "media-type": "The request is in a form that this endpoint does not read",
    "time-limit": "The query took longer than this endpoint lets it",
    "busy": "The endpoint is answering as many queries as it can",
    "answer-too-large": "The answer is larger than this endpoint gives",
    "failed": "The query could not be answered",
    "out-of-memory": "The query needed more memory than this endpoint gives",
    "crashed": "The query ended the process that read it",
    "cannot-start": "The endpoint cannot start a process to answer queries in",
}


class RequestError(Exception):
    """A request that cannot be answered: ``status``, ``reason`` (a key of REASONS), and the detail
    for a person, which says what to do.
    """

    def __init__(
        self, status: int, reason: str, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.reason = reason
        self.detail = detail
        self.headers = dict(headers or {})

    def problem(self) -> dict[str, object]:
        """The fault as problem details (RFC 9457)."""
        return {
            "type": f"https://w3id.org/themegraph/problem/{self.reason}",
            "title": REASONS[self.reason],
            "status": self.status,
            "reason": self.reason,
            "detail": self.detail,
        }
