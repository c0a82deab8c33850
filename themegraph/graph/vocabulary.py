"""The graphs that are the same for every report: ontology, vocabularies, register of authorities.

They are written to a store when it lacks them or holds those of another version. What tells is a
digest of the files they are made from, kept in each of them, so that most runs build nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.graph.build import quad_lines
from themegraph.graph.terms import TG, iri, lines_of, string

if TYPE_CHECKING:
    from themegraph.graph.store import Store
    from themegraph.ontology.register import RegisteredAuthority


def stale_graphs(store: Store) -> Iterator[tuple[str, str]]:
    """The graphs that ``store`` lacks or holds in another version, each with its N-Quads."""
    names = (ids.GRAPH_ONTOLOGY, ids.GRAPH_VOCABULARY, ids.GRAPH_AUTHORITIES)
    marks = {
        name: quad_lines([(iri(name), TG["sha256"], string(_digest()))], name) for name in names
    }
    stale = [name for name in names if not store.holds(name, _digest())]
    if stale:
        made = _build()
        for name in stale:
            yield name, "".join(sorted([*made[name], *marks[name]]))


def is_of_another_version(store: Store) -> bool:
    """Whether another version of this program wrote the ontology graph of ``store``: what it means
    by its terms may differ.
    """
    name = ids.GRAPH_ONTOLOGY
    mark = f"GRAPH <{name}> {{ <{name}> <{ids.ONTOLOGY}sha256> ?digest }}"
    return bool(store.query(f'ASK {{ {mark} FILTER(?digest != "{_digest()}") }}'))


def _build() -> dict[str, list[str]]:
    from themegraph.ontology.bodies import authorities_graph
    from themegraph.ontology.schemes import to_ntriples, vocabulary_graph
    from themegraph.ontology.shipped import ontology_graph

    graphs = {
        ids.GRAPH_ONTOLOGY: ontology_graph(),
        ids.GRAPH_VOCABULARY: vocabulary_graph(),
        ids.GRAPH_AUTHORITIES: authorities_graph(),
    }
    return {name: _quads(to_ntriples(graph), name) for name, graph in graphs.items()}


def _quads(triples: str, name: str) -> list[str]:
    """N-Triples lines as N-Quads lines of the graph ``name``."""
    return [f"{line.removesuffix(' .' + chr(10))} <{name}> .\n" for line in lines_of(triples)]


def own_body(body: RegisteredAuthority) -> tuple[str, str]:
    """The graph of a body that a user registered, and its N-Quads."""
    from themegraph.ontology.bodies import body_graph
    from themegraph.ontology.schemes import to_ntriples

    name = f"{ids.GRAPH_BODY}{body.id}"
    return name, "".join(sorted(_quads(to_ntriples(body_graph(body)), name)))


@cache
def _digest() -> str:
    """A digest of every file of the ontology, its code included, and of the base IRI."""
    digest = hashlib.sha256(ids.BASE.encode())
    for file in _files_in(files("themegraph.ontology")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files_in(folder: Traversable) -> Iterator[Traversable]:
    """Every file in ``folder`` and under it, but for what Python compiles."""
    for place in sorted(folder.iterdir(), key=lambda place: place.name):
        if place.is_file():
            yield place
        elif place.name != "__pycache__":
            yield from _files_in(place)
