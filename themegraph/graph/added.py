"""RDF of others in the store: another inspectorate's profile and reports, checked and kept.

Each file is a graph of its own, named after the file, which a file of that name replaces. Checked
is what the core asks of any inspectorate's reports, and no more. What the store says of its own is
not for others to add to: what is asked of it stays as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
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
    """RDF that cannot be kept, whatever it says."""


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


def add_graphs(
    store: Store, files: Mapping[str, Graph], gone: Collection[str] = ()
) -> list[Problem]:
    """Keep ``files``, by their names, in ``store`` and take out the graphs named ``gone``: all of
    that or, where what would be there has a fault, none.

    Returns what is wrong, faults and warnings, each with the name of the graph that the node at
    fault is of. Raises NotAddedError for two files that would have one name, nodes without names,
    things that the store itself tells of, a file that says nothing by the terms of the core, and
    names in ``gone`` that there are not.
    """
    held = added_graphs(store)
    if missing := [name for name in gone if name not in held]:
        known = f"There are: {', '.join(held)}." if held else "Nothing was added."
        raise NotAddedError(f"No graph {missing[0]} was added to the store. {known}")
    graphs = {name_of(file): graph for file, graph in files.items()}
    if len(graphs) < len(files):
        raise NotAddedError(f"{', '.join(files)}: two of these would have one name; rename one.")
    dropped = {*gone, *graphs} & held.keys()
    for file, graph in files.items():
        _refuse_nameless(file, graph)
        _refuse_unknown_terms(file, graph)
        _refuse_known(store, file, graph, {held[name] for name in held})
    kept = {name: read_added(store, name) for name in held.keys() - dropped}
    problems = list(_problems(kept | graphs))
    if not any(problem.severity == "Violation" for problem in problems):
        quads = "".join(_quads(graph, ids.GRAPH_ADDED + name) for name, graph in graphs.items())
        store.replace_graphs([held[name] for name in sorted(dropped)], quads)
    return problems


def check_added(store: Store) -> list[Problem]:
    """What is wrong with the graphs that were added to ``store``, taken together."""
    return list(_problems({name: read_added(store, name) for name in added_graphs(store)}))


def read_added(store: Store, name: str) -> Graph:
    """The graph of this name that was added to ``store``."""
    from rdflib import Graph

    graph = ids.GRAPH_ADDED + name
    end = f" <{graph}> .\n"
    text = "".join(f"{line.removesuffix(end)} .\n" for line in store.lines(graph))
    return Graph().parse(data=text, format="nt")


def _problems(graphs: Mapping[str, Graph]) -> Iterator[Problem]:
    from rdflib import Graph, URIRef

    whole = Graph()
    for graph in graphs.values():
        whole += graph
    if not graphs:
        return
    found = [*problems_of("", whole, sets=SHAPES, authorities=True), *_half_said(whole)]
    for problem in found:
        node = URIRef(problem.node)
        homes = sorted(name for name, graph in graphs.items() if (node, None, None) in graph)
        yield replace(problem, report=", ".join(homes))


def _half_said(graph: Graph) -> Iterator[Problem]:
    """A warning for each thing that is of a kind of others alone, though that is under one of ours:
    questions do not reason.
    """
    from rdflib import RDF, RDFS

    for thing, kind in sorted(graph.subject_objects(RDF.type), key=lambda pair: [*map(str, pair)]):
        ours = [k for k in graph.transitive_objects(kind, RDFS.subClassOf) if _is_ours(k)]
        if ours and not _is_ours(kind) and not any(map(_is_ours, graph.objects(thing, RDF.type))):
            name = f"tg:{str(ours[0]).removeprefix(ids.ONTOLOGY)}"
            words = f"It is of the kind {kind} alone: say {name} too, or no question will find it."
            yield Problem("", str(thing), None, words, "Warning")


def _is_ours(kind: object) -> bool:
    return str(kind).startswith(ids.ONTOLOGY)


def _refuse_nameless(file: str, graph: Graph) -> None:
    from rdflib import BNode

    if any(isinstance(node, BNode) for triple in graph for node in triple):
        raise NotAddedError(
            f"{file}: has nodes without names (blank nodes), which cannot be told apart when it is "
            "added again: give them IRIs."
        )


def _refuse_unknown_terms(file: str, graph: Graph) -> None:
    from themegraph.ontology.shipped import ontology_graph
    from themegraph.suggest import Named, did_you_mean, nearest

    used = {str(n) for triple in graph for n in triple[1:] if str(n).startswith(ids.ONTOLOGY)}
    if not used:
        raise NotAddedError(
            f"{file}: says nothing by the terms of the core, so that nothing could be checked. Its "
            f"namespace is {ids.ONTOLOGY}"
        )
    known = {str(term).removeprefix(ids.ONTOLOGY) for term in ontology_graph().subjects()}
    names = {term.removeprefix(ids.ONTOLOGY) for term in used} - known - {""}
    for name in sorted(names):
        near = nearest(name, [Named(term, term) for term in known if "/" not in term])
        raise NotAddedError(f"{file}: tg:{name} is no term of the ontology.{did_you_mean(near)}")


def _refuse_known(store: Store, file: str, graph: Graph, added: Collection[str]) -> None:
    """Refuse what says more of things that the store tells of in graphs that were not added."""
    values = " ".join(f"<{subject}>" for subject in sorted(set(graph.subjects()), key=str))
    told = f"VALUES ?thing {{ {values} }} GRAPH ?graph {{ ?thing ?p ?o }}"
    others = sorted(
        {
            row["thing"].value
            for row in store.rows(f"SELECT DISTINCT ?thing ?graph {{ {told} }}")
            if row["graph"].value not in added
            and not row["graph"].value.startswith(ids.GRAPH_INFERRED)
        }
    )
    if others:
        more = f", and {len(others) - 1} more" if len(others) > 1 else ""
        raise NotAddedError(
            f"{file}: says something of {others[0]}{more}, of which the store tells itself. Speak "
            "of things of your own, under a base of your own, and refer to those."
        )


def _quads(graph: Graph, name: str) -> str:
    lines = sorted({*graph.serialize(format="nt").splitlines()} - {""})
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    quads = [f"{line.removesuffix(' .')} <{name}> .\n" for line in lines]
    quads += quad_lines([(iri(name), TG["sha256"], string(digest))], name)
    return "".join(sorted(quads))
