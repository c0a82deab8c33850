"""The ontology and the shapes, as they ship: Turtle files beside this module, part by part.

A part can be left out: what another inspectorate needs is ``core``, what nobody but reasoners and
readers of other vocabularies needs is ``mappings``.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph

from themegraph.ids import BASE
from themegraph.ontology.namespaces import rebase
from themegraph.ontology.rows import read_text

#: The parts of the ontology; each is told in its own header.
MODULES = ("core", "childrens-services", "derived", "mappings")
#: The sets of shapes for data; each goes with the module of its name.
SHAPES = ("core", "childrens-services", "derived")

#: The sets of shapes for the ontology and for the vocabularies themselves.
QUALITY = ("ontology", "vocabulary")


def ontology_graph(base: str = BASE, modules: Iterable[str] = MODULES) -> Graph:
    """The ontology, or some of its ``modules``, with its IRIs under ``base``.

    The whole has a header of its own besides those of its modules.
    """
    names = tuple(modules)
    whole = ("ontology",) if set(names) == set(MODULES) else ()
    return _parse("modules", (*whole, *names), base)


def shapes_graph(base: str = BASE, sets: Iterable[str] = SHAPES) -> Graph:
    """What data must have, as SHACL: all shapes or some ``sets`` of them."""
    return _parse("shapes", sets, base)


def quality_shapes(base: str = BASE, sets: Iterable[str] = QUALITY) -> Graph:
    """What the ontology and the vocabularies themselves must have, as SHACL."""
    return _parse("shapes", sets, base)


def _parse(folder: str, names: Iterable[str], base: str) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(data=rebase(read_text(f"{folder}/{name}.ttl"), base), format="turtle")
    return graph
