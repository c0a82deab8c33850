"""The store: whole reports in named graphs, on this machine or at a SPARQL service.

>>> store = Store(":memory:", write=True)
>>> store.graphs()
[]
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from themegraph import ids
from themegraph.errors import UnknownReportError
from themegraph.graph.build import BuiltReport, build_report
from themegraph.graph.embedded import EmbeddedStore
from themegraph.graph.places import default_place
from themegraph.graph.refusals import refuse_outside_calls
from themegraph.graph.service import SparqlService
from themegraph.graph.sparql import Bindings, syntax_error, with_values
from themegraph.model import Report
from themegraph.ontology.namespaces import PREFIXES

MEMORY = ":memory:"

Results = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean | list[ox.Triple]

_HELD = f"""
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX tg: <{ids.ONTOLOGY}>
SELECT ?graph ?file ?sha256 ?media ?digest WHERE {{
  FILTER(STRSTARTS(STR(?graph), "{ids.GRAPH_PROVENANCE}"))
  GRAPH ?graph {{
  ?content prov:wasDerivedFrom ?text ; tg:sha256 ?digest .
  ?text tg:extractedFrom ?source .
  ?source tg:fileName ?file ; tg:sha256 ?sha256 ; tg:mediaType ?media .
}} }} ORDER BY ?graph ?file"""


@dataclass(frozen=True, slots=True)
class Held:
    """A report in the store: the file it was read from, and the digest of what was read."""

    key: str
    file: str
    sha256: str
    media_type: str
    digest: str


class Store:
    """Reports as a graph. ``place`` is a folder, the address of a SPARQL service or ``:memory:``.

    Without a place it is THEMEGRAPH_STORE, or else the user's data folder. Several programs may
    read a folder at a time; one that writes (``write=True``) needs it to itself. A new folder in
    which nothing was written is gone when the store is closed.
    """

    def __init__(self, place: str | Path | None = None, *, write: bool = False) -> None:
        """Raises StoreError when it cannot be opened: the message says why and what to do."""
        self.place = str(place or default_place())
        self.folder: Path | None = None
        self._backend: EmbeddedStore | SparqlService
        if self.place.startswith(("http://", "https://")):
            service = SparqlService(self.place)
            self.place = service.address  # which may be shown: a password may not
            self._backend = service
        else:
            self.folder = None if self.place == MEMORY else Path(self.place).expanduser()
            self._backend = EmbeddedStore(self.folder, write=write)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        self._backend.close()

    def query(self, text: str, bindings: Bindings | None = None) -> Results:
        """The results of a SPARQL query over everything in the store.

        The project's prefixes need not be declared. ``bindings`` are values for variables of its
        outermost pattern. Raises QueryError for a query that is wrong or asks for what is refused
        (SERVICE, FROM <file:…>).
        """
        _check(text)
        return self._backend.query(with_values(text, bindings or {}), PREFIXES)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return self._backend.graphs()

    def lines(self, graph: str) -> list[str]:
        """One graph as canonical N-Quads lines, sorted."""
        return self._backend.lines(graph)

    def reports(self) -> dict[str, Held]:
        """The reports in the store by key."""
        held = {}
        for row in self.rows(_HELD):
            key = row["graph"].value.removeprefix(ids.GRAPH_PROVENANCE)
            names = ("file", "sha256", "media", "digest")
            held[key] = Held(key, *(row[name].value for name in names))
        return held

    def is_empty(self) -> bool:
        """Whether it holds no report."""
        return not self.query(f"ASK {{ GRAPH ?graph {{ ?report a <{ids.ONTOLOGY}Report> }} }}")

    def replace_report(self, report: Report | BuiltReport, drop: tuple[str, ...] = ()) -> bool:
        """Put a report in the place of what the store holds under its key, whole or not at all.

        ``drop`` are the keys of other reports to take out in the same transaction. Returns whether
        anything changed.
        """
        built = report if isinstance(report, BuiltReport) else build_report(report)
        graphs = [graph for key in (built.key, *drop) for graph in _graphs_of(key)]
        return self._backend.replace(graphs, built.quads)

    def remove(self, *keys: str) -> None:
        """Take reports out, all or none. Raises UnknownReportError when one is not there."""
        missing = sorted(set(keys) - self.reports().keys())
        if missing:
            raise UnknownReportError(
                f"No report {' or '.join(missing)} in the store. "
                "See which there are: themegraph query reports-list"
            )
        self._backend.replace([graph for key in keys for graph in _graphs_of(key)], "")

    def replace_graph(self, graph: str, quads: str) -> bool:
        """Put ``quads`` (N-Quads) in the place of ``graph``; whether that changed anything."""
        return self._backend.replace([graph], quads)

    def replace_graphs(self, graphs: Collection[str], quads: str) -> bool:
        """Put ``quads`` (N-Quads) in the place of ``graphs``, all or none; whether that changed
        anything.
        """
        return self._backend.replace(graphs, quads)

    def write_vocabulary(self) -> bool:
        """Bring the ontology, vocabulary and authorities graphs up to date; whether any changed."""
        from themegraph.graph.vocabulary import stale_graphs

        changed = False
        for graph, quads in stale_graphs(self):
            changed |= self._backend.replace([graph], quads)
        return changed

    def holds(self, graph: str, sha256: str) -> bool:
        """Whether ``graph`` is in the store in the version with this digest."""
        mark = f'GRAPH <{graph}> {{ <{graph}> <{ids.ONTOLOGY}sha256> "{sha256}" }}'
        return bool(self.query(f"ASK {{ {mark} }}"))

    def as_rdflib(self) -> Any:
        """The store as an ``rdflib.Dataset`` whose default graph is the union of all graphs.

        From then on RDFLib reads no file or address that a query names.
        """
        import rdflib.plugins.sparql

        rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
        return self._backend.as_rdflib()

    def rows(self, text: str, bindings: Bindings | None = None) -> ox.QuerySolutions:
        """As :meth:`query`, for a SELECT: its rows."""
        results = self.query(text, bindings)
        assert isinstance(results, ox.QuerySolutions)
        return results


def _graphs_of(key: str) -> tuple[str, str]:
    return ids.report_graph(key), ids.provenance_graph(key)


def _check(text: str) -> None:
    """Raise QueryError for a query that is refused or cannot be read, before any store sees it."""
    try:
        refuse_outside_calls(text)
        ox.Store().query(text, prefixes=PREFIXES)
    except SyntaxError as fault:
        raise syntax_error(text, fault) from fault
