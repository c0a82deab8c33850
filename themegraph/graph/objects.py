"""Reports as Python objects: classes of the ontology, their members, properties as attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from themegraph.graph.export import graphs_of, ntriples

if TYPE_CHECKING:
    from themegraph.graph.store import Store


def as_objects(store: Store, *keys: str) -> Any:
    """The reports ``keys`` of ``store`` (none named: all) as an owlready2 ``World``.

    It holds the ontology, the vocabularies and the bodies too, and is a copy: what is changed in it
    changes no store. Raises UnknownReportError for a key that the store does not hold.
    """
    from rdflib import Graph

    from themegraph.ontology.bodies import authorities_graph
    from themegraph.ontology.owl import load_world
    from themegraph.ontology.schemes import vocabulary_graph
    from themegraph.ontology.shipped import ontology_graph

    text = ntriples(store, graphs_of(store, keys or None, vocabulary=False))
    said = Graph().parse(data=text, format="nt")
    return load_world(ontology_graph(), vocabulary_graph(), authorities_graph(), said)
