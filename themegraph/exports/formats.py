"""The formats that a piece can be written in, by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any

from themegraph.errors import SelectionError

if TYPE_CHECKING:
    from themegraph.subgraph.piece import Piece

#: The kinds of rows that csv and parquet can have; rows.TABLES says what is in them.
TABLES = (
    "passages",
    "inspections",
    "judgements",
    "evidence",
    "statistics",
    "assessments",
    "follow_ups",
)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: for what, whether it is text that a terminal can show, and what writes it."""

    what: str
    is_text: bool
    writer: str
    #: Whether it has one of TABLES; and whether it can have the whole texts of reports.
    takes_table: bool = False
    takes_texts: bool = False


_RDF = "themegraph.exports.rdf"
_GRAPHS = "themegraph.exports.graph_files"
FORMATS = {
    "ttl": Format("Turtle", True, f"{_RDF}:write_ttl"),
    "nt": Format("N-Triples, sorted", True, f"{_RDF}:write_nt"),
    "nq": Format("N-Quads, sorted, with named graphs", True, f"{_RDF}:write_nq"),
    "trig": Format("TriG, with named graphs", True, f"{_RDF}:write_trig"),
    "jsonld": Format("JSON-LD with a context", True, f"{_RDF}:write_jsonld"),
    "rdfxml": Format("RDF/XML", True, f"{_RDF}:write_rdfxml"),
    "graphml": Format("GraphML: yEd, Cytoscape, igraph", True, f"{_GRAPHS}:write_graphml"),
    "gexf": Format("GEXF: Gephi", True, f"{_GRAPHS}:write_gexf"),
    "json": Format("node-link JSON: NetworkX, D3", True, f"{_GRAPHS}:write_node_link"),
    "cypher": Format("Cypher: Neo4j, Memgraph", True, f"{_GRAPHS}:write_cypher"),
    "csv": Format("one table", True, "themegraph.exports.tables:write_csv", True),
    "xlsx": Format("all tables: Excel", False, "themegraph.exports.tables:write_xlsx"),
    "parquet": Format("one table", False, "themegraph.exports.tables:write_parquet", True),
    "qdc": Format("REFI-QDA codebook", True, "themegraph.exports.qualitative:write_qdc"),
    "qdpx": Format(
        "REFI-QDA project: NVivo, ATLAS.ti, MAXQDA",
        False,
        "themegraph.exports.qualitative:write_qdpx",
        takes_texts=True,
    ),
    "html": Format("a page to read or print", True, "themegraph.exports.brief:write_html"),
}


def write_piece(
    piece: Piece,
    form: str,
    stream: IO[bytes],
    *,
    table: str | None = None,
    texts: Mapping[str, str] | None = None,
) -> int | None:
    """Write ``piece`` as ``form``, one of FORMATS; ``table`` is one of TABLES where the format has
    but one ("passages" where none is named), ``texts`` are whole texts by the keys of their reports
    for a format that can have them. The same piece gives the same bytes. Returns how many rows were
    written, where it is a table.

    Raises SelectionError for a format or table that there is not, and ExportError for what the
    format cannot hold.
    """
    if form not in FORMATS:
        raise SelectionError(f"No format {form!r}. There are: {', '.join(FORMATS)}.")
    known = FORMATS[form]
    if table is not None and not known.takes_table:
        one = ", ".join(name for name, other in FORMATS.items() if other.takes_table)
        raise SelectionError(f"{form} has no single table; a table is chosen with {one}.")
    if table is not None and table not in TABLES:
        raise SelectionError(f"No table {table!r}. There are: {', '.join(TABLES)}.")
    if texts is not None and not known.takes_texts:
        raise SelectionError(f"{form} has no whole texts; qdpx has.")
    home, _, name = known.writer.partition(":")
    write: Callable[..., Any] = getattr(import_module(home), name)
    if known.takes_table:
        return int(write(piece, stream, table or TABLES[0]))
    if texts is not None:
        write(piece, stream, texts)
    else:
        write(piece, stream)
    return None
