"""RDF of others in the store: another inspectorate's profile and reports, checked and kept.

Each file is a graph of its own, named after the file, which a file of that name replaces. Checked
is what the core asks of any inspectorate's reports, and no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.errors import ThemegraphError
from themegraph.graph.build import quad_lines
from themegraph.graph.terms import TG, iri, string
from themegraph.graph.validate import Problem, problems_of

if TYPE_CHECKING:
    from rdflib import Graph

    from themegraph.graph.store import Store

#: The set of shapes that any inspectorate's data must keep.
SHAPES = ("core",)


class NotAddedError(ThemegraphError):
    """RDF that cannot be kept: two files of one name, or nodes without names."""


def added_graphs(store: Store) -> dict[str, str]:
    """The graphs that were added to ``store``: their names, and their IRIs."""
    start = ids.GRAPH_ADDED
    return {g.removeprefix(start): g for g in store.graphs() if g.startswith(start)}


def name_of(file: str) -> str:
    """What the graph of a file is named by.

    >>> name_of("harbours/Reports 2024.ttl")
    'reports-2024'
    """
    return ids.slug(PurePath(file).stem)


def add_graphs(store: Store, files: Mapping[str, Graph]) -> list[Problem]:
    """Keep ``files``, by their names, in ``store``: all of them or, where any has a fault, none.

    Returns what is wrong with them, faults and warnings; they are checked together, and with what
    was added before. Raises NotAddedError for two files that would have one name, and for nodes
    without names.
    """
    from rdflib import Graph

    graphs = {ids.GRAPH_ADDED + name_of(file): graph for file, graph in files.items()}
    if len(graphs) < len(files):
        raise NotAddedError(f"{', '.join(files)}: two of these would have one name; rename one.")
    for file, graph in files.items():
        _refuse_nameless(file, graph)
    whole = Graph()
    for name in set(added_graphs(store).values()) - graphs.keys():
        whole += _read(store, name)
    for graph in graphs.values():
        whole += graph
    named = {name_of(file): file for file in files}
    problems = problems_of(", ".join(named), whole, sets=SHAPES)
    if not any(problem.severity == "Violation" for problem in problems):
        for name, graph in graphs.items():
            store.replace_graph(name, _quads(graph, name))
    return problems


def drop_added(store: Store, name: str) -> None:
    """Take the graph of this name out of ``store``. Raises NotAddedError where there is none."""
    graphs = added_graphs(store)
    if name not in graphs:
        known = f"There are: {', '.join(graphs)}." if graphs else "Nothing was added."
        raise NotAddedError(f"No graph {name} was added to the store. {known}")
    store.replace_graph(graphs[name], "")


def _refuse_nameless(file: str, graph: Graph) -> None:
    from rdflib import BNode

    if any(isinstance(node, BNode) for triple in graph for node in triple):
        raise NotAddedError(
            f"{file}: has nodes without names (blank nodes), which cannot be told apart when it is "
            "added again: give them IRIs."
        )


def _quads(graph: Graph, name: str) -> str:
    lines = sorted({*graph.serialize(format="nt").splitlines()} - {""})
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    quads = [f"{line.removesuffix(' .')} <{name}> .\n" for line in lines]
    quads += quad_lines([(iri(name), TG["sha256"], string(digest))], name)
    return "".join(sorted(quads))


def _read(store: Store, name: str) -> Graph:
    from rdflib import Graph

    end = f" <{name}> .\n"
    text = "".join(f"{line.removesuffix(end)} .\n" for line in store.lines(name))
    return Graph().parse(data=text, format="nt")
