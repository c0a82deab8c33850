"""A network as bytes for other programs: csv, node-link json, GraphML and GEXF.

The same network gives the same bytes: no clock, and lists are joined by spaces in their order.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence

import networkx as nx

FORMATS = ("csv", "json", "graphml", "gexf")
#: What csv tells of a tie, where there are none too: of themes, and of authorities.
TIE_COLUMNS = {
    "themes": ("weight", "jaccard", "lift", "passages", "chance"),
    "authorities": ("weight", "chance", "themes", "passages"),
}
#: GEXF as NetworkX writes it bears the day on which it was written.
_DAY = re.compile(r' lastmodifieddate="[^"]*"')


def write_network(graph: nx.Graph, form: str, columns: Sequence[str] = ()) -> str:
    """``graph`` as ``form``, one of FORMATS; csv has a row for each edge, and ``columns`` first."""
    if form == "csv":
        return _edges(graph, columns)
    plain = _plain(graph)
    if form == "json":
        data = nx.node_link_data(graph, edges="edges")
        return json.dumps(data, ensure_ascii=False, indent=1, default=list) + "\n"
    lines = nx.generate_graphml(plain) if form == "graphml" else nx.generate_gexf(plain)
    return _DAY.sub("", "\n".join(lines)) + "\n"


def _plain(graph: nx.Graph) -> nx.Graph:
    """``graph`` with lists as words and without tables, which those formats cannot hold."""
    made = graph.copy()
    for _, _, edge in made.edges(data=True):
        for name, value in list(edge.items()):
            if isinstance(value, tuple):
                edge[name] = " ".join(value)
            elif isinstance(value, dict):
                del edge[name]
    return made


def _edges(graph: nx.Graph, first: Sequence[str]) -> str:
    rows = [
        {"source": one, "target": other, **edge}
        for one, other, edge in sorted(_plain(graph).edges(data=True))
    ]
    named = ("source", "target", *first, *(name for row in rows for name in row))
    columns = list(dict.fromkeys(named))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
