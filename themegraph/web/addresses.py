"""Addresses of pages: from an IRI of the graph to the page about it, and back."""

from __future__ import annotations

from urllib.parse import quote

from themegraph import ids

#: Kinds of things that have a page, by the first part of their address.
THINGS = (
    "authority",
    "inspection",
    "report",
    "finding",
    "recommendation",
    "evidence",
    "judgement",
)
CONCEPTS = ("theme", "service")


def page_of(iri: object) -> str | None:
    """The address of the page about a thing or concept; None where there is none.

    >>> page_of("https://w3id.org/themegraph/id/authority/westmarch")
    '/authority/westmarch'
    >>> page_of("https://w3id.org/themegraph/vocab/theme/supervision")
    '/theme/supervision'
    """
    text = str(iri)
    for prefix, kinds in ((ids.ID, THINGS), (ids.VOCAB, CONCEPTS)):
        kind, _, rest = text.removeprefix(prefix).partition("/")
        if text.startswith(prefix) and kind in kinds and rest:
            return f"/{kind}/{quote(rest)}"
    return None


def iri_of(kind: str, name: str) -> str:
    """The IRI of the thing, concept or vocabulary that the page ``/kind/name`` is about."""
    if kind == "vocabulary":
        return f"{ids.VOCAB}{name}"
    return f"{ids.VOCAB if kind in CONCEPTS else ids.ID}{kind}/{name}"
