"""Triples that have lost their graphs put back into those that a store keeps them in.

Formats without named graphs hold each triple once, whichever graphs said it. Where it belongs is
told by its subject: the IRI of what is in a report has the report's key. What has none, such as a
person, is described wherever something points at it, as it was.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from themegraph import ids

#: The kinds of things that the graph with the provenance of a report and the derived graph of a
#: body describe; all others that have the key of a report are of the report itself.
_PROVENANCE = ("assignment", "correction", "text")
_DERIVED = ("assessment", "follow-up")
#: Kinds whose IRIs have no key.
_SHARED = ("organisation", "person", "file")
#: What an export is, and what wrote it: said beside it, and never kept in a store.
_OF_EXPORT = ("dataset", "software")
_ASSESSES = f"{ids.ONTOLOGY}assessedAuthority"
_INSPECTS = f"{ids.ONTOLOGY}inspects"


def regrouped(triples: Iterable[ox.Triple], known: Container[str], rest: str) -> Iterator[ox.Quad]:
    """``triples`` in the graphs they belong to; in the graph ``rest`` those that belong to none.

    What is said of the subjects that are ``known`` (IRIs) is left out: the ontology, the
    vocabularies and the register describe them.
    """
    said = [triple for triple in triples if _iri(triple.subject) not in known]
    bodies = {
        ids.last_part(_iri(triple.subject)): ids.last_part(_iri(triple.object))
        for triple in said
        if triple.predicate.value == _INSPECTS
    }
    # Of an inspection of several bodies each has conclusions of its own.
    assessed = {
        _iri(triple.subject): ids.last_part(_iri(triple.object))
        for triple in said
        if triple.predicate.value == _ASSESSES
    }
    shared: list[ox.Triple] = []
    pointing: dict[str, set[str]] = {}
    for triple in said:
        subject = _iri(triple.subject)
        if _kind(subject) in _OF_EXPORT:
            continue
        if graph := _home(subject, bodies, assessed):
            pointing.setdefault(_iri(triple.object), set()).add(graph)
            yield _quad(triple, graph)
        else:
            shared.append(triple)
    for triple in shared:
        subject = _iri(triple.subject)
        graphs = pointing.get(subject, set())
        if _kind(subject) == "file":  # reports point at it too, and say no more
            graphs = {graph for graph in graphs if graph.startswith(ids.GRAPH_PROVENANCE)}
        for graph in sorted(graphs or {rest}):
            yield _quad(triple, graph)


def _home(subject: str, bodies: dict[str, str], assessed: dict[str, str]) -> str:
    """The graph that describes ``subject``; "" for what has none, or more than one."""
    kind = _kind(subject)
    if not kind or kind in _SHARED:
        return ""
    name = subject.removeprefix(f"{ids.ID}{kind}/")
    key = name.partition("/")[0]
    if kind == "graph":
        sort, _, key = name.partition("/")
        return ids.provenance_graph(key) if sort == "report" else subject
    if kind == "authority":
        return f"{ids.GRAPH_BODY}{name}"
    if kind in _DERIVED:
        body = assessed.get(subject) or bodies.get(key)
        return ids.derived_graph(body) if body else ""
    return ids.provenance_graph(key) if kind in _PROVENANCE else ids.report_graph(key)


def _quad(triple: ox.Triple, graph: str) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))


def _kind(subject: str) -> str:
    """The kind of thing that an IRI of ours names; "" for any other."""
    return subject.removeprefix(ids.ID).partition("/")[0] if subject.startswith(ids.ID) else ""


def _iri(term: Any) -> str:
    """The IRI of a node; "" for what has none."""
    return str(term.value) if isinstance(term, ox.NamedNode) else ""
