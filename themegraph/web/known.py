"""Marks of answers (ETags): a client that has an answer is not given it again."""

from __future__ import annotations

import hashlib

from starlette.requests import Request


def etag_of(*parts: str) -> str:
    """A mark of what an answer says, not of its bytes: rows in no order may come in another, and
    blank nodes have other labels each time.
    """
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def is_known(request: Request, etag: str, *, made: bool = False) -> bool:
    """Whether the client says that it has this answer. ``*``, any answer that there is, counts once
    it is ``made``.
    """
    if request.method not in ("GET", "HEAD"):
        return False
    told = request.headers.get("if-none-match", "")
    known = {tag.strip().removeprefix("W/") for tag in told.split(",")}
    return etag.removeprefix("W/") in known or (made and "*" in known)
