"""JSON-LD that people can read: short names by a context, one object for each thing, in order.

The engine's own JSON-LD has no context but prefixes, and other writers hold all of it in memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby, islice
from typing import IO, Any

import pyoxigraph as ox

from themegraph.ontology.namespaces import PREFIXES

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = PREFIXES["xsd"]
_STRING = f"{_XSD}string"
_NAME = re.compile(r"[A-Za-z]\w*")
_INTEGER = re.compile("0|-?[1-9][0-9]*")
#: Lines that are parsed at a time.
_AT_A_TIME = 10_000


@cache
def context() -> dict[str, Any]:
    """The context: terms of the ontology by their own names, of others with a prefix; ``id`` and
    ``type``; and of each property whether it leads to a thing, or of what type its values are.
    """
    return {
        "@vocab": PREFIXES["tg"],
        "id": "@id",
        "type": "@type",
        **{name: iri for name, iri in PREFIXES.items() if name != "tg"},
        **{name: {"@type": kind} for name, kind in sorted(_types().items())},
    }


@cache
def _types() -> dict[str, str]:
    """What the values of a property are, by its name in the file: "@id", or a type that JSON has no
    form of its own for.
    """
    from rdflib import OWL, RDF, RDFS, URIRef

    from themegraph.ontology.shipped import ontology_graph

    graph = ontology_graph()
    found = {}
    for term in graph.subjects(RDF.type, OWL.ObjectProperty):
        found[_short(str(term))] = "@id"
    # OWL 2 has no type for days: the ontology says of them only that they are literals.
    for range_, name in ((RDFS.Literal, "date"), (URIRef(f"{_XSD}decimal"), "decimal")):
        for term in graph.subjects(RDFS.range, range_):
            found[_short(str(term))] = f"xsd:{name}"
    # A name that stands for itself, an IRI, cannot be given a type.
    return {name: kind for name, kind in found.items() if "/" not in name}


def write_jsonld(lines: Iterable[str], stream: IO[bytes]) -> None:
    """Write sorted N-Triples ``lines`` as JSON-LD, one thing on a line, as they come."""
    head = json.dumps(context(), ensure_ascii=False, indent=1)
    stream.write(f'{{"@context": {head},\n"@graph": [\n'.encode())
    for at, (subject, triples) in enumerate(groupby(_parsed(lines), key=lambda t: t.subject)):
        thing = json.dumps(_thing(subject, triples), ensure_ascii=False)
        stream.write(f"{',' if at else ''}{thing}\n".encode())
    stream.write(b"]}\n")


def _parsed(lines: Iterable[str]) -> Iterator[ox.Triple]:
    source = iter(lines)
    for chunk in iter(lambda: "".join(islice(source, _AT_A_TIME)), ""):
        for quad in ox.parse(chunk, format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple


def _thing(subject: Any, triples: Iterable[ox.Triple]) -> dict[str, Any]:
    told: dict[str, list[Any]] = {"id": [_compact(subject.value)]}
    for triple in triples:
        if triple.predicate.value == _RDF_TYPE:
            assert isinstance(triple.object, ox.NamedNode)
            told.setdefault("type", []).append(_short(triple.object.value))
        else:
            name = _short(triple.predicate.value)
            told.setdefault(name, []).append(_value(name, triple.object))
    return {name: values[0] if len(values) == 1 else values for name, values in told.items()}


def _value(name: str, term: Any) -> Any:
    """A value as the context makes it known, or else with all that is to be said of it."""
    kind = _types().get(name)
    if isinstance(term, ox.NamedNode):
        told = _compact(term.value)
        return told if kind == "@id" else {"id": told}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    of = term.datatype.value
    if kind is not None and kind.replace("xsd:", _XSD) == of:
        return term.value
    if kind is None and (native := _native(term.value, of)) is not None:
        return native
    return {"@value": term.value} | ({} if of == _STRING else {"@type": _short(of)})


def _native(text: str, of: str) -> str | int | bool | None:
    """The value as JSON has it, where reading it gives back the same; otherwise None."""
    if of == _STRING:
        return text
    if of == f"{_XSD}integer" and _INTEGER.fullmatch(text):
        return int(text)
    return {"true": True, "false": False}.get(text) if of == f"{_XSD}boolean" else None


def _short(iri: str) -> str:
    """A term by its own name where it is of the ontology, otherwise with its prefix."""
    name = iri.removeprefix(PREFIXES["tg"])
    # A name that means something else in the file is written out.
    is_plain = name != iri and name not in ("id", "type", *PREFIXES) and _NAME.fullmatch(name)
    return name if is_plain else _compact(iri)


@cache
def _namespaces() -> list[tuple[str, str]]:
    """Prefixes and namespaces, the longest first."""
    return sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def _compact(iri: str) -> str:
    for prefix, namespace in _namespaces():
        rest = iri.removeprefix(namespace)
        # What follows "//" would be taken for an address.
        if rest != iri and prefix != "tg" and not rest.startswith("//"):
            return f"{prefix}:{rest}"
    return iri
