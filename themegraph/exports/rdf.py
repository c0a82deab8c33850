"""A piece as RDF in the formats of the W3C."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from themegraph.errors import ExportError
from themegraph.exports import jsonld
from themegraph.graph.export import merged_triples, write_graphs, write_triples

if TYPE_CHECKING:
    from themegraph.subgraph.piece import Piece

#: A property whose last part can be the name of an element, and the escapes of letters that XML 1.0
#: has no place for.
_NAMED = re.compile(r"[^\W\d][\w.-]*>$")
_NOT_IN_XML = re.compile(r"\\(?:[bf]|u00(?:0[0-8BCEF]|1[0-9A-F])|uFFF[EF])")


def write_ttl(piece: Piece, stream: IO[bytes]) -> None:
    """Write Turtle."""
    write_graphs(piece, "ttl", stream)


def write_nt(piece: Piece, stream: IO[bytes]) -> None:
    """Write sorted N-Triples."""
    write_graphs(piece, "nt", stream)


def write_nq(piece: Piece, stream: IO[bytes]) -> None:
    """Write sorted N-Quads."""
    write_graphs(piece, "nq", stream)


def write_trig(piece: Piece, stream: IO[bytes]) -> None:
    """Write TriG."""
    write_graphs(piece, "trig", stream)


def write_rdfxml(piece: Piece, stream: IO[bytes]) -> None:
    """Write RDF/XML. Raises ExportError for what XML cannot hold."""
    write_triples(map(_in_xml, merged_triples(piece)), "rdfxml", stream)


def _in_xml(line: str) -> str:
    """``line`` of N-Triples, if XML can hold it: properties are names of elements there."""
    _, predicate, value = line.split(" ", 2)
    if not _NAMED.search(predicate):
        raise ExportError(f"RDF/XML has no way to write the property {predicate}: use ttl or nt.")
    if value.startswith('"') and _NOT_IN_XML.search(value.replace("\\\\", "")):
        raise ExportError("RDF/XML cannot hold a control character of a text: use ttl or nt.")
    return line


def write_jsonld(piece: Piece, stream: IO[bytes]) -> None:
    """Write JSON-LD with a context that people can read; named graphs are merged."""
    jsonld.write_jsonld(merged_triples(piece), stream)
