"""The ontology, its modules and its shapes as data, at their addresses."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from themegraph import ids
from themegraph.errors import QueryError
from themegraph.ontology.namespaces import PREFIXES, rebase
from themegraph.ontology.rows import read_text
from themegraph.ontology.shipped import MODULES, QUALITY, SHAPES, ontology_graph
from themegraph.web.negotiation import TRIPLES_AS

#: Beside the shapes of data: those of ontologies and of vocabularies.
ALL_SHAPES = (*SHAPES, *QUALITY)


@cache
def ontology_as(form: str, module: str = "") -> bytes:
    """The ontology, or one of its modules, in a form of TRIPLES_AS.

    Raises QueryError where there is no such module.
    """
    if module and module not in MODULES:
        raise QueryError(f"The ontology has no part {module[:100]!r}: {', '.join(MODULES)}.")
    graph = ontology_graph(ids.BASE, [module] if module else MODULES)
    return _written(graph.serialize(format="nt"), ox.RdfFormat.N_TRIPLES, form)


@cache
def shapes_as(form: str, name: str) -> bytes:
    """A set of shapes in a form of TRIPLES_AS. Raises QueryError where there is no such set."""
    if name not in ALL_SHAPES:
        raise QueryError(f"There are no shapes {name[:100]!r}: {', '.join(ALL_SHAPES)}.")
    text = rebase(read_text(f"shapes/{name}.ttl"), ids.BASE)
    return text.encode() if form == "ttl" else _written(text, ox.RdfFormat.TURTLE, form)


def _written(text: str, read_as: ox.RdfFormat, form: str) -> bytes:
    triples = sorted({quad.triple for quad in ox.parse(text, format=read_as)}, key=str)
    data = ox.serialize(triples, format=TRIPLES_AS[form], prefixes=PREFIXES)
    assert data is not None  # it is None only where an output is given
    return data
