"""A piece as RDF in the formats of the W3C."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from themegraph.exports import jsonld
from themegraph.graph.export import merged_triples, write_graphs

if TYPE_CHECKING:
    from themegraph.subgraph.piece import Piece


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
    """Write RDF/XML."""
    write_graphs(piece, "rdfxml", stream)


def write_jsonld(piece: Piece, stream: IO[bytes]) -> None:
    """Write JSON-LD with a context that people can read; named graphs are merged."""
    jsonld.write_jsonld(merged_triples(piece), stream)
