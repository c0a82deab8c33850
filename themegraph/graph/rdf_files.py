"""RDF files as graphs: any format that the engine reads, told by the name's ending."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from themegraph import ids
from themegraph.errors import UnreadableSourceError
from themegraph.graph.embedded import to_text

if TYPE_CHECKING:
    from rdflib import Graph

#: The endings by which files are known for RDF.
SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf")


def read_rdf(path: str, data: bytes) -> Graph:
    """The triples of an RDF file, whatever graphs they stand in.

    ``path`` names the file in messages and tells its format. Raises UnreadableSourceError for a
    file that is no RDF.
    """
    from rdflib import Graph

    quads = parse_rdf(path, data)
    text = to_text((quad.triple for quad in quads), ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=text, format="nt")


def parse_rdf(path: str, data: bytes) -> list[ox.Quad]:
    """The quads of an RDF file; those of a format without named graphs are in none.

    As for :func:`read_rdf`.
    """
    form = ox.RdfFormat.from_extension(path.rpartition(".")[2])
    if form is None:
        raise UnreadableSourceError(f"{path}: is it RDF? Known are {' '.join(SUFFIXES)}")
    try:
        return list(ox.parse(data, format=form, base_iri=ids.BASE))
    except (SyntaxError, ValueError) as error:
        raise UnreadableSourceError(f"{path}: is not sound {form.name} ({error}).") from error
