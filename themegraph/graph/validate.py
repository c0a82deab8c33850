"""Whether reports have what a report must have: SHACL, one report at a time.

A report is checked with the concepts and the body it names, and not with the whole vocabulary, so
that the time it takes does not depend on how many reports there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from themegraph.graph.rdf_files import read_rdf
from themegraph.ontology.namespaces import Namespaces
from themegraph.ontology.shipped import SHAPES, shapes_graph
from themegraph.parallel import map_in_order

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

# A report's key and its triples as N-Triples text.
NamedText = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a node: the report it is of, its page if it has one, and the rule."""

    report: str
    node: str
    page: int | None
    message: str
    severity: str


def validate_many(reports: Iterable[NamedText], *, jobs: int = 1) -> Iterator[list[Problem]]:
    """The problems of each report, given as its key and its N-Triples; in the order given."""
    return map_in_order(validate_report, reports, jobs=jobs)


def validate_report(report: NamedText) -> list[Problem]:
    """The problems of one report, given as its key and its N-Triples."""
    from rdflib import Graph

    key, ntriples = report
    data = Graph().parse(data=ntriples, format="nt")
    _add_named(data)
    return _problems(key, data)


def validate_files(files: Mapping[str, bytes]) -> list[Problem]:
    """The problems of RDF files (a format by its suffix), taken together, checked with all
    vocabularies and bodies; of each the file that its node is in.

    By the shapes of what is derived only where anything is: reports of others have no tags. Raises
    UnreadableSourceError for a file that is no RDF.
    """
    from rdflib import RDF, Graph, URIRef

    graphs = {file: read_rdf(file, data) for file, data in files.items()}
    whole = Graph()
    for graph in graphs.values():
        whole += graph
    tagged = (None, RDF.type, URIRef(f"{Namespaces().tg}ThemeAssignment")) in whole
    sets = SHAPES if tagged else tuple(name for name in SHAPES if name != "derived")
    found = []
    for problem in problems_of("", whole, sets=sets, authorities=True):
        node = URIRef(problem.node)
        homes = [file for file, graph in graphs.items() if (node, None, None) in graph]
        found.append(replace(problem, report=", ".join(homes or files)))
    return found


def problems_of(
    name: str,
    graph: Graph,
    *,
    sets: tuple[str, ...] = SHAPES,
    authorities: bool = False,
    alone: bool = False,
) -> list[Problem]:
    """The problems of ``graph``, which ``name`` tells in them, by these sets of shapes.

    It is checked with all vocabularies and, where ``authorities`` is true, the register of bodies;
    ``alone``, with neither.
    """
    if alone:
        return _problems(name, graph, sets)
    whole = graph + _vocabulary()
    return _problems(name, whole + _authorities() if authorities else whole, sets)


def _problems(report: str, data: Graph, sets: tuple[str, ...] = SHAPES) -> list[Problem]:
    import pyshacl
    from rdflib import RDF, SH, Graph, URIRef

    _, results, _ = pyshacl.validate(data, shacl_graph=_shapes(sets), inplace=True)
    assert isinstance(results, Graph)
    on_page = URIRef(f"{Namespaces().tg}onPage")
    found = []
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus = results.value(result, SH.focusNode)
        value = results.value(result, SH.value)
        at = value if isinstance(value, URIRef) and (value, None, None) in data else focus
        page = str(data.value(at, on_page) or data.value(focus, on_page) or "")
        message = results.value(result, SH.resultMessage)
        severity = str(results.value(result, SH.resultSeverity)).rpartition("#")[2]
        found.append(
            Problem(
                report, str(at), int(page) if page.isdecimal() else None, str(message), severity
            )
        )
    return sorted(found, key=lambda p: (p.severity, p.page or 0, p.node, p.message))


def _add_named(data: Graph) -> None:
    """Add what the vocabularies and the register say of the things that ``data`` names."""
    words = _descriptions()
    for thing in set(data.objects()):
        for triple in words.get(thing, ()):
            data.add(triple)


@cache
def _descriptions() -> dict[Node, list[tuple[Node, Node, Node]]]:
    """The triples of every concept and body, by subject; of a body only those about itself.

    Its neighbours and successors would have to be described in their turn.
    """
    from rdflib import RDF, Literal

    found: dict[Node, list[tuple[Node, Node, Node]]] = {}
    for triple in _vocabulary():
        found.setdefault(triple[0], []).append(triple)
    for s, p, o in _authorities():
        if p == RDF.type or isinstance(o, Literal):
            found.setdefault(s, []).append((s, p, o))
    return found


@cache
def _vocabulary() -> Graph:
    from themegraph.ontology.schemes import vocabulary_graph

    return vocabulary_graph()


@cache
def _authorities() -> Graph:
    from themegraph.ontology.bodies import authorities_graph

    return authorities_graph()


@cache
def _shapes(sets: tuple[str, ...]) -> Graph:
    return shapes_graph(sets=sets)
