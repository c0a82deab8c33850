"""Bring what follows from a store's graphs up to date: an inferred graph beside each of them.

An inferred graph holds what is not stated and follows by the ontology: broader properties, inverses
and, beside the graph that states of what kind a thing is, the kinds above that. So a count over all
graphs meets nothing more often than without. It keeps a digest of what it was made from, so that
only what is new or changed is made again. No question needs any of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.graph.build import quad_lines
from themegraph.graph.terms import TG, TYPE, iri, string

if TYPE_CHECKING:
    from themegraph.graph.store import Store
    from themegraph.ontology.entailment import Rules, Statement

#: What others added to a store says by these of its own terms goes into what follows.
_SCHEMA = ("subClassOf", "subPropertyOf", "domain", "range", "inverseOf")
_MARKS = """SELECT ?graph ?digest WHERE { ?graph tg:sha256 ?digest }"""


class Inference:
    """What must be made anew in ``store``. Its length is the number of graphs to make or drop."""

    def __init__(self, store: Store) -> None:
        self._store = store
        marks = {row["graph"].value: row["digest"].value for row in store.rows(_MARKS)}
        graphs = set(store.graphs())
        held = {graph for graph in graphs if graph.startswith(ids.GRAPH_INFERRED)}
        base = graphs - held - {ids.GRAPH_ONTOLOGY}
        self._sources = _grouped(base)
        self._axioms = _axioms(store)
        by = [marks.get(ids.GRAPH_ONTOLOGY, ""), *self._axioms]
        self._wanted = {
            name: _digest([*by, *_marks_of(sources, marks, store)])
            for name, sources in self._sources.items()
        }
        self._stale = sorted(n for n in self._wanted if marks.get(n) != self._wanted[n])
        self._gone = sorted(held - self._wanted.keys())

    def __len__(self) -> int:
        return len(self._stale) + len(self._gone)

    def run(self) -> Iterator[str]:
        """Make what is stale, one graph at a time; gives the IRI of each when it is stored."""
        for name in self._gone:
            self._store.replace_graph(name, "")
            yield name
        for name in self._stale:
            self._store.replace_graph(name, self._quads(name))
            yield name

    def _quads(self, name: str) -> str:
        stated = {
            statement
            for graph in self._sources[name]
            for statement in statements(self._store.lines(graph), graph)
        }
        at_home = {each.subject for each in stated if each.predicate == TYPE}
        found = {
            each
            for each in self._rules.follow(stated) - stated
            if each.predicate != TYPE or each.subject in at_home
        }
        mark = (iri(name), TG["sha256"], string(self._wanted[name]))
        return "".join(sorted(quad_lines([*found, mark], name)))

    @cached_property
    def _rules(self) -> Rules:
        from themegraph.ontology.entailment import Rules
        from themegraph.ontology.shipped import ontology_graph

        ontology = ontology_graph()
        ontology.parse(data="".join(self._axioms), format="nt")
        return Rules(ontology)


def infer(store: Store) -> int:
    """Bring every inferred graph of ``store`` up to date; how many were made or taken away."""
    return sum(1 for _ in Inference(store).run())


def holds_inferred(store: Store) -> bool:
    """Whether ``store`` holds any inferred graph."""
    return any(graph.startswith(ids.GRAPH_INFERRED) for graph in store.graphs())


def forget_inferred(store: Store) -> int:
    """Take every inferred graph out of ``store``; how many there were."""
    held = [graph for graph in store.graphs() if graph.startswith(ids.GRAPH_INFERRED)]
    for graph in held:
        store.replace_graph(graph, "")
    return len(held)


def statements(lines: Iterable[str], graph: str) -> Iterator[Statement]:
    """The statements of canonical N-Quads ``lines`` of one ``graph``."""
    from themegraph.ontology.entailment import Statement

    end = f" <{graph}> .\n"
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        yield Statement(subject, predicate, rest.removesuffix(end))


def _axioms(store: Store) -> list[str]:
    """The axioms of the ontologies that others added to ``store``, as N-Triples lines, sorted."""
    found = set()
    for graph in store.graphs():
        if graph.startswith(ids.GRAPH_ADDED):
            for s, p, o in statements(store.lines(graph), graph):
                declares = p == TYPE and "/2002/07/owl#" in o
                if declares or p.removesuffix(">").rpartition("#")[2] in _SCHEMA:
                    found.add(f"{s} {p} {o} .\n")
    return sorted(found)


def _grouped(graphs: Iterable[str]) -> dict[str, list[str]]:
    """Inferred graphs with what they are made from: a report with its provenance, else one graph
    each.
    """
    found: dict[str, list[str]] = {}
    for graph in sorted(graphs):
        of = graph.replace(ids.GRAPH_PROVENANCE, ids.GRAPH_REPORT)
        found.setdefault(ids.inferred_graph(of), []).append(graph)
    return found


def _marks_of(graphs: Iterable[str], marks: dict[str, str], store: Store) -> Iterator[str]:
    """Digests of ``graphs``: as they keep them themselves, a report's standing for its provenance.

    A graph that keeps none is read.
    """
    for graph in graphs:
        if graph.startswith(ids.GRAPH_PROVENANCE):
            continue
        yield f"{graph} {marks.get(graph) or _digest(store.lines(graph))}"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
