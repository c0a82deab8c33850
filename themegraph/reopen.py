"""A file of RDF that was exported, open to be asked as the store was that it came from."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from themegraph import ids
from themegraph.derivation.derive import derive
from themegraph.errors import UnreadableSourceError
from themegraph.graph.added import name_of
from themegraph.graph.embedded import to_text
from themegraph.graph.grouping import regrouped
from themegraph.graph.rdf_files import parse_rdf
from themegraph.graph.store import MEMORY, Store
from themegraph.loaders.inputs import read_path

_SHARED = (ids.GRAPH_ONTOLOGY, ids.GRAPH_VOCABULARY, ids.GRAPH_AUTHORITIES)
_IN_PART = ox.NamedNode(f"{ids.ONTOLOGY}heldInPart")
_DESCRIBED = f"""SELECT DISTINCT ?thing {{ GRAPH ?graph {{ ?thing ?p ?o }}
  FILTER(?graph IN ({", ".join(f"<{graph}>" for graph in _SHARED)})) }}"""


def open_file(path: Path) -> Store:
    """A store in memory with what the RDF file at ``path`` says.

    Its ontology, vocabularies and register are those of this version, whatever the file has of
    them. Assessments and follow-ups are those of the file; where it has none, and its reports are
    whole, they are made of these. Raises UnreadableSourceError for a file that cannot be read, is
    no RDF or holds no report.
    """
    quads = parse_rdf(str(path), read_path(path))
    store = Store(MEMORY, write=True)
    store.write_vocabulary()
    known = {row["thing"].value for row in store.rows(_DESCRIBED)}
    loose = (quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph))
    rest = f"{ids.GRAPH_ADDED}{name_of(path.name)}"
    kept = [quad for quad in quads if _is_kept(quad)]
    in_part = sorted({str(quad.subject) for quad in quads if quad.predicate == _IN_PART})
    kept += [
        ox.Quad(
            ox.NamedNode(report[1:-1]),
            _IN_PART,
            ox.Literal(True),
            ox.NamedNode(ids.report_graph(ids.last_part(report[1:-1]))),
        )
        for report in in_part
    ]
    kept += regrouped(loose, known, rest)
    store.replace_graphs((), to_text(kept, ox.RdfFormat.N_QUADS))
    store.place = str(path)
    if store.is_empty():
        raise UnreadableSourceError(
            f"{path}: holds no report. Name a file that themegraph export wrote."
        )
    # Of some of the reports on a body other conclusions would be drawn than of all of them.
    has_conclusions = store.query("ASK { ?assessment a tg:ThemeAssessment }")
    if not (in_part or has_conclusions):
        derive(store)
    return store


def _is_kept(quad: ox.Quad) -> bool:
    """Whether a quad is in a graph that a store keeps as it was written."""
    name = quad.graph_name
    return isinstance(name, ox.NamedNode) and name.value not in (*_SHARED, ids.GRAPH_DATASET)
