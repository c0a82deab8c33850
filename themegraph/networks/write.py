"""A network as bytes for other programs: csv, node-link json, GraphML and GEXF.

The same network gives the same bytes: no clock, and lists are joined by spaces in their order.
"""

from __future__ import annotations

import csv
import io
import json
import re

import networkx as nx

FORMATS = ("csv", "json", "graphml", "gexf")
#: GEXF as NetworkX writes it bears the day on which it was written.
_DAY = re.compile(r' lastmodifieddate="[^"]*"')


def write_network(graph: nx.Graph, form: str) -> str:
    """``graph`` as ``form``, one of FORMATS; csv has a row for each edge."""
    if form == "csv":
        return _edges(graph)
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


def _edges(graph: nx.Graph) -> str:
    rows = [
        {"source": one, "target": other, **edge}
        for one, other, edge in sorted(_plain(graph).edges(data=True))
    ]
    columns = list(dict.fromkeys(name for row in rows for name in row)) or ["source", "target"]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
