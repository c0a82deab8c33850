"""Property graphs as files: GraphML, GEXF and node-link JSON through NetworkX, and Cypher.

No clock, and everything in order: the same piece gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

import networkx as nx

from themegraph.exports.property_graph import (
    STANCE_COLOURS,
    Edge,
    Node,
    Value,
    looks,
    nodes_and_edges,
    words_of,
)
from themegraph.exports.tables import about_piece
from themegraph.exports.things import Reading

if TYPE_CHECKING:
    from themegraph.subgraph.piece import Piece

#: GEXF as NetworkX writes it bears the day on which it was written.
_DAY = re.compile(r' lastmodifieddate="[^"]*"')
#: What XML 1.0 cannot hold.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: The key of an edge in a multigraph, which NetworkX writes as one more attribute.
_KEY = re.compile(r' *<attribute id="(\d+)" title="networkx_key"[^>]*>\n')


def to_networkx(piece: Piece) -> nx.MultiDiGraph:
    """The piece as a NetworkX graph: nodes by IRI, edges by the property that they come from."""
    reading = Reading(piece)
    graph = nx.MultiDiGraph(**{name.replace(" ", "_"): v for name, v in about_piece(reading)})
    for part in nodes_and_edges(reading):
        if isinstance(part, Node):
            graph.add_node(part.iri, **part.attributes)
        else:
            graph.add_edge(part.source, part.target, key=part.link, **part.attributes)
    return graph


def write_node_link(piece: Piece, stream: IO[bytes]) -> None:
    """Write the piece as node-link JSON, which NetworkX, D3 and others read."""
    data = nx.node_link_data(to_networkx(piece), edges="edges")
    stream.write((json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode())


def write_graphml(piece: Piece, stream: IO[bytes]) -> None:
    """Write the piece as GraphML."""
    graph = _numbered(_writable(to_networkx(piece)))
    for line in nx.generate_graphml(graph):
        stream.write(f"{line}\n".encode())


def _numbered(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """``graph`` with a key of its own for each edge: NetworkX makes ids of keys."""
    made = nx.MultiDiGraph(**graph.graph)
    made.add_nodes_from(graph.nodes(data=True))
    for number, (source, target, told) in enumerate(graph.edges(data=True)):
        made.add_edge(source, target, key=f"e{number}", **told)
    return made


def write_gexf(piece: Piece, stream: IO[bytes]) -> None:
    """Write the piece as GEXF for Gephi: labels, colours by stance and kind, sizes, weights, and
    the day of the inspection from which on a thing is there.
    """
    graph = _writable(to_networkx(piece))
    about = " ".join(f"{name}: {value}" for name, value in graph.graph.items())
    for _, told in graph.nodes(data=True):
        look = next(look for look in looks().values() if look.kind == told["kind"])
        colour = STANCE_COLOURS.get(str(told.get("stance")), look.colour)
        told["viz"] = {"color": _rgb(colour), "size": float(look.size)}
    for _, _, told in graph.edges(data=True):
        if "stance" in told:
            told["viz"] = {"color": _rgb(STANCE_COLOURS[told["stance"]])}
    graph.graph.clear()
    graph.graph["mode"] = "dynamic"
    text = _without_keys("\n".join(nx.generate_gexf(graph)) + "\n")
    stream.write(_with_meta(_DAY.sub("", text), about).encode())


def _without_keys(text: str) -> str:
    """GEXF without the keys of edges: their kind says the same."""
    if found := _KEY.search(text):
        text = _KEY.sub("", text)
        text = re.sub(rf' *<attvalue for="{found[1]}"[^>]*>\n', "", text)
    return text


def _with_meta(text: str, about: str) -> str:
    """The GEXF with what it is in its head, where its format has a place for that."""
    from xml.sax.saxutils import escape

    told = f"<description>{escape(about)}</description>"
    return text.replace("</creator>", f"</creator>\n    {told}", 1)


def _rgb(colour: str) -> dict[str, Any]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return {"r": red, "g": green, "b": blue, "a": 1.0}


def _writable(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """``graph`` with no letter that XML cannot hold, each attribute of one type throughout."""
    told = [graph.graph, *(d for _, d in graph.nodes(data=True))]
    told += [d for _, _, d in graph.edges(data=True)]
    mixed = _of_several_types(told[1:])
    for attributes in told:
        for name, value in attributes.items():
            if name in mixed:
                value = float(value) if mixed[name] is float else str(value)
            attributes[name] = _UNWRITABLE.sub("\ufffd", value) if isinstance(value, str) else value
    return graph


def _of_several_types(told: list[dict[str, Any]]) -> dict[str, type]:
    """The attributes with values of several types, and the type that holds them all."""
    types: dict[str, set[type]] = {}
    for attributes in told:
        for name, value in attributes.items():
            types.setdefault(name, set()).add(type(value))
    return {
        name: float if found == {int, float} else str
        for name, found in types.items()
        if len(found) > 1
    }


def write_cypher(piece: Piece, stream: IO[bytes]) -> None:
    """Write the piece as Cypher for Neo4j and its kin: a constraint, nodes, then edges.

    Everything is merged by its IRI, so that a file can be run again, and on top of others. A node
    has the label Thing beside its own.
    """
    reading = Reading(piece)
    for name, value in about_piece(reading):
        stream.write(f"// {name}: {' '.join(value.split())}\n".encode())
    stream.write(
        b"CREATE CONSTRAINT thing_iri IF NOT EXISTS FOR (n:Thing) REQUIRE n.iri IS UNIQUE;\n"
    )
    # Nodes of all parts come first: an edge is tied to what is there.
    for part in nodes_and_edges(reading):
        if isinstance(part, Node):
            stream.write(f"{_node_cypher(part)}\n".encode())
    for part in nodes_and_edges(reading):
        if isinstance(part, Edge):
            stream.write(f"{_edge_cypher(part)}\n".encode())


def _node_cypher(node: Node) -> str:
    told = {name: v for name, v in node.attributes.items() if name != "iri"}
    return f"MERGE (n:Thing {{iri: {_literal(node.iri)}}}) SET n:{node.cls}, n += {_map(told)};"


def _edge_cypher(edge: Edge) -> str:
    name = _name(words_of(edge.link).replace(" ", "_").upper())
    ends = f"(a:Thing {{iri: {_literal(edge.source)}}}), (b:Thing {{iri: {_literal(edge.target)}}})"
    return f"MATCH {ends} MERGE (a)-[r:{name}]->(b) SET r += {_map(edge.attributes)};"


def _map(told: Mapping[str, Value]) -> str:
    pairs = (f"{_name(name)}: {_literal(value)}" for name, value in told.items())
    return f"{{{', '.join(pairs)}}}"


def _name(name: str) -> str:
    """A name as Cypher quotes it."""
    doubled = name.replace("`", "``")
    return f"`{doubled}`"


def _literal(value: Value) -> str:
    """A value as openCypher writes it: JSON's escapes are its own, and quotes are single."""
    if not isinstance(value, str):
        return json.dumps(value)
    inner = json.dumps(value, ensure_ascii=True)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"'{inner}'"
