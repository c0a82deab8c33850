"""A named question: what it asks, its parameters and columns, and its SPARQL; and the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from themegraph.queries import by_reader, find
from themegraph.web.desk import Desk


def context(_desk: Desk, name: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page about the question ``name`` shows, with the parameters in ``asked`` as given.

    Raises QueryError where there is none.
    """
    question = find(name)
    lines = question.text.splitlines(keepends=True)
    return {
        "title": question.title,
        "question": question,
        "sparql": "".join(line for line in lines if not line.startswith("#+")).strip(),
        "given": {p.name: asked[p.name] for p in question.parameters if asked.get(p.name)},
    }


def list_context(_desk: Desk) -> dict[str, Any]:
    """What the list of questions shows."""
    return {"title": "Named questions", "groups": by_reader()}
