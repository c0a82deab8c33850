"""Which form an answer takes: what was asked for, and what there is to give.

Accept headers are weighed by WebOb, after RFC 9110 (wildcards, ``q=0``); before that they are put
in the order that WebOb insists on, for what clients send is older than the RFC and looser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from webob.acceptparse import create_accept_header

from themegraph.web.faults import RequestError


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an answer: its name, its media types (it is sent as the first), and what else
    clients call it in the ``format`` parameter.
    """

    name: str
    media_types: tuple[str, ...]
    aliases: tuple[str, ...] = ()


RESULTS = (
    Form("json", ("application/sparql-results+json", "application/json")),
    Form("xml", ("application/sparql-results+xml", "application/xml", "text/xml")),
    Form("csv", ("text/csv",)),
    Form("tsv", ("text/tab-separated-values",)),
)
GRAPHS = (
    Form("ttl", ("text/turtle", "application/x-turtle"), ("turtle",)),
    Form("nt", ("application/n-triples", "text/plain"), ("ntriples", "n-triples")),
    Form("jsonld", ("application/ld+json", "application/json"), ("json-ld", "json")),
    Form(
        "rdfxml", ("application/rdf+xml", "application/xml", "text/xml"), ("rdf+xml", "rdf", "xml")
    ),
)
#: What Oxigraph calls these forms.
ROWS_AS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TRIPLES_AS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def choose(accept: str | None, forms: Sequence[Form], named: str | None = None) -> Form:
    """The form of ``forms`` that the reader likes best; of equals the one that stands first.

    ``named`` is a form's name or media type, and wins over the header ``accept``. Raises
    RequestError: 406 where there is none, with those there are.
    """
    if named:
        for form in forms:
            if named in (form.name, *form.media_types, *form.aliases):
                return form
        raise RequestError(406, "not-acceptable", f"There is no {named} here; {_offered(forms)}")
    by_type: dict[str, Form] = {}
    for form in forms:
        for media_type in form.media_types:
            by_type.setdefault(media_type, form)
    # In the order of the forms, what each is sent as before its other names.
    offers = sorted(
        by_type,
        key=lambda offer: (by_type[offer].media_types.index(offer), forms.index(by_type[offer])),
    )
    readable = _readable(accept or "")
    if accept and not readable:
        raise RequestError(400, "not-acceptable", f"The Accept header cannot be read: {accept}")
    found = create_accept_header(readable or None).acceptable_offers(offers)
    if not found:
        raise RequestError(406, "not-acceptable", f"{accept} is not given here; {_offered(forms)}")
    return by_type[found[0][0]]


_PART = re.compile(r"(?:[^,\"]|\"(?:[^\"\\]|\\.)*\")+")
_NAME = r"[\w!#$&^.+-]+"
_RANGE = re.compile(rf"\s*(\*|\*/\*|{_NAME}/\*|{_NAME}/{_NAME})\s*(;.*)?", re.ASCII | re.DOTALL)
_WEIGHT = re.compile(r";\s*q\s*=\s*((?:0?\.|[01])[0-9.]*)\s*(?=;|$)", re.IGNORECASE)
_NUMBER = re.compile(r"[01]?\.?[0-9]*", re.ASCII)


def _readable(accept: str) -> str:
    """The parts of a header that can be read, each as ``type/subtype;q=weight``: ``*`` is ``*/*``,
    as Java writes it, and no other parameter than the weight tells our forms apart.
    """
    weights: dict[str, float] = {}
    for part in _PART.findall(accept):
        if not (match := _RANGE.fullmatch(part)):
            continue
        name = "*/*" if match[1] == "*" else match[1].lower()
        told = _WEIGHT.search(match[2] or "")
        if told and not _NUMBER.fullmatch(told[1]):  # 0.1.2
            continue
        weight = min(float(told[1]), 1.0) if told else 1.0
        weights[name] = max(weight, weights.get(name, 0.0))
    return ", ".join(f"{name};q={weight:.3f}" for name, weight in weights.items())


def _offered(forms: Sequence[Form]) -> str:
    return "there are " + ", ".join(f"{form.name} ({form.media_types[0]})" for form in forms) + "."
