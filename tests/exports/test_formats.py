"""Every format opened by a program that is not ours, and what stands in it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pandas as pd
import pyoxigraph as ox
import pytest
from antlr4 import CommonTokenStream, InputStream
from antlr4.error.ErrorListener import ErrorListener
from antlr4_cypher import CypherLexer, CypherParser
from lxml import etree, html
from pyld import jsonld
from rdflib import Graph

from themegraph.errors import ExportError
from themegraph.exports.formats import FORMATS, TABLES, write_piece
from themegraph.exports.graph_files import to_networkx
from themegraph.exports.property_graph import STANCE_COLOURS
from themegraph.exports.qualitative import write_qdpx
from themegraph.exports.rows import TABLES as ROWS
from themegraph.exports.rows import read_columns
from themegraph.graph.store import Store
from themegraph.model import Finding, Recommendation, Report
from themegraph.queries import ask
from themegraph.subgraph.cut import cut
from themegraph.subgraph.piece import Piece
from themegraph.subgraph.selection import Selection

from .refi_structure import codebook_faults, project_faults

THEME = "private-fostering"
#: What a spreadsheet would take for a formula, and what mark-up and query languages have a use for.
NASTY = '=HYPERLINK("http://x")\'<b>&amp; \\u0041 \U0001f600 {`} -- // done'


@pytest.fixture(scope="module")
def piece(examples: Store) -> Piece:
    return cut(examples, Selection(themes=(THEME,)))


def written(piece: Piece, form: str, table: str | None = None) -> bytes:
    stream = io.BytesIO()
    write_piece(piece, form, stream, table=table)
    return stream.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_piece_gives_the_same_bytes(examples: Store, piece: Piece, form: str) -> None:
    again = cut(examples, Selection(themes=(THEME,)))
    data = written(piece, form)
    assert data
    assert data == written(again, form)


@pytest.mark.parametrize(
    ("form", "name"), [("ttl", "turtle"), ("nt", "nt"), ("rdfxml", "xml"), ("jsonld", "json-ld")]
)
def test_rdflib_reads_the_same_from_each(piece: Piece, form: str, name: str) -> None:
    there = {str(t.triple) for t in ox.parse(written(piece, "nq"), format=ox.RdfFormat.N_QUADS)}
    graph = Graph(base="https://w3id.org/themegraph/")
    graph.parse(data=written(piece, form), format=name)
    # RDFLib writes numbers and dates as they were written.
    back = graph.serialize(format="nt", encoding="utf-8")
    assert {str(t.triple) for t in ox.parse(back, format=ox.RdfFormat.N_TRIPLES)} == there


def test_json_ld_means_the_same_to_another_reader(piece: Piece) -> None:
    """By the reference implementation of the standard, which knows nothing of RDFLib."""
    document = json.loads(written(piece, "jsonld"))
    back = jsonld.to_rdf(document, {"format": "application/n-quads"})
    there = ox.parse(written(piece, "nt"), format=ox.RdfFormat.N_TRIPLES)
    assert {str(t.triple) for t in ox.parse(back, format=ox.RdfFormat.N_QUADS)} == {
        str(t.triple) for t in there
    }


def test_json_ld_reads_as_people_speak(piece: Piece) -> None:
    things = json.loads(written(piece, "jsonld"))["@graph"]
    finding = next(thing for thing in things if thing.get("type") == "Finding")
    assert finding["id"].startswith("tgid:finding/")
    assert isinstance(finding["onPage"], int)
    assert isinstance(finding["text"], str)
    inspection = next(thing for thing in things if thing.get("type") == "Inspection")
    assert dt.date.fromisoformat(inspection["inspectionDate"])


@pytest.mark.parametrize(
    ("form", "read"),
    [
        ("graphml", lambda data: nx.read_graphml(io.BytesIO(data), force_multigraph=True)),
        ("gexf", lambda data: nx.read_gexf(io.BytesIO(data))),
        ("json", lambda data: nx.node_link_graph(json.loads(data), edges="edges")),
    ],
)
def test_networkx_reads_the_same_graph_from_each(
    piece: Piece, form: str, read: Callable[[bytes], nx.MultiDiGraph]
) -> None:
    told, back = to_networkx(piece), read(written(piece, form))
    assert set(back) == set(told)
    assert back.number_of_edges() == told.number_of_edges()
    for node in told:
        assert back.nodes[node]["label"] == told.nodes[node]["label"]
    tie = next(t for _, _, t in back.edges(data=True) if t.get("stance") == "weakness")
    assert tie["words"]
    assert tie["quotation"]
    assert tie["page"] >= 1
    assert tie["start"] >= "2014"


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_every_edge_has_an_id_of_its_own(piece: Piece, form: str) -> None:
    root = etree.fromstring(written(piece, form))
    found = [edge.get("id") for edge in root.iter("{*}edge")]
    assert len(found) == len(set(found)) == to_networkx(piece).number_of_edges()


def test_codes_are_there_without_the_vocabularies(examples: Store) -> None:
    bare = cut(examples, Selection(themes=(THEME,)), vocabulary=False)
    assert project_faults(written(bare, "qdpx")) == []


def test_gexf_is_drawn_as_it_is_meant(piece: Piece) -> None:
    """Colours by stance, sizes, weights and days are where the format has them."""
    root = etree.fromstring(written(piece, "gexf"))
    names = {"g": "http://www.gexf.net/1.2draft", "v": "http://www.gexf.net/1.2draft/viz"}
    graph = root.find("g:graph", names)
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    told = to_networkx(piece)
    for node in graph.iterfind("g:nodes/g:node", names):
        facts = told.nodes[node.get("id")]
        assert node.get("start") == facts.get("start")
        colour = node.find("v:color", names)
        drawn = "#" + "".join(f"{int(colour.get(part)):02x}" for part in "rgb")
        if "stance" in facts:
            assert drawn == STANCE_COLOURS[facts["stance"]]
    assert {edge.get("weight") for edge in graph.iterfind("g:edges/g:edge", names)} == {"1"}
    assert "content_hash: " in root.findtext("g:meta/g:description", None, names)


@pytest.mark.parametrize("table", TABLES)
def test_pandas_reads_every_table_from_every_format(
    examples: Store, table: str, tmp_path: Path
) -> None:
    piece = cut(examples, Selection(authorities=("eastmere",)))
    by_parquet = pd.read_parquet(io.BytesIO(written(piece, "parquet", table)))
    by_csv = pd.read_csv(io.BytesIO(written(piece, "csv", table)))
    by_excel = pd.read_excel(io.BytesIO(written(piece, "xlsx")), sheet_name=table)
    assert len(by_parquet) > 0
    for other in (by_csv, by_excel):
        assert list(other.columns) == list(by_parquet.columns)
        assert len(other) == len(by_parquet)
        texts = by_parquet.columns[by_parquet.dtypes.map(str).isin(["object", "str", "string"])]
        for name in texts.intersection(["text", "quotation", "passage", "status", "outcome"]):
            assert other[name].fillna("").tolist() == by_parquet[name].fillna("").tolist()


def test_rows_are_what_the_graph_says(examples: Store, piece: Piece) -> None:
    rows = list(csv.DictReader(io.StringIO(written(piece, "csv").decode())))
    assert {r["theme"] for r in rows} == {"Private fostering"}
    told = rows
    story = {row["passage"] for row in ask(examples, "theme-story", theme=THEME)}
    assert {row["passage"] for row in told} == story
    assert {row["stance"] for row in told} >= {"strength", "weakness", "recommended"}
    for row in told:
        assert row["words"] in row["text"] or row["passage_kind"] == "recommendation"


@pytest.fixture
def nasty(reports: tuple[Report, ...], small_store: Callable[..., Store]) -> Piece:
    """A piece whose passages begin like formulas and hold what mark-up has a use for."""
    report = reports[0]
    text = NASTY.ljust(len(report.text))
    cut_to = slice(0, len(NASTY))

    def turned(item: Finding | Recommendation) -> Any:
        return replace(item, text=NASTY)

    report = replace(
        report,
        text=text,
        title=NASTY[cut_to],
        findings=tuple(map(turned, report.findings)),
        recommendations=tuple(map(turned, report.recommendations)),
    )
    store = small_store(report)
    return cut(store, Selection(authorities=("northmere",)))


def test_rows_are_of_what_was_chosen(examples: Store) -> None:
    """A passage that is weak in one theme and strong in another is counted for the first alone."""
    piece = cut(examples, Selection(themes=("needs-and-risks",), stances=("weakness",)))
    rows = list(csv.DictReader(io.StringIO(written(piece, "csv").decode())))
    assert {row["stance"] for row in rows} == {"weakness"}
    assert {row["group"] for row in rows} == {"Needs and risks"}
    assert len({row["theme"] for row in rows}) > 3


def test_every_column_says_what_it_is() -> None:
    columns = {name for table in ROWS.values() for name, _ in table.columns}
    assert set(read_columns()) == columns


def test_no_text_becomes_a_formula(nasty: Piece) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(nasty, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert NASTY in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
    rows = csv.DictReader(io.StringIO(written(nasty, "csv").decode()))
    assert {row["text"] for row in rows} == {f"'{NASTY}"}
    exact = pd.read_parquet(io.BytesIO(written(nasty, "parquet")))
    assert set(exact["text"]) == {NASTY}


def test_cells_have_types(piece: Piece) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(piece, "xlsx")))
    assert book.sheetnames == ["about", "columns", *TABLES]
    head, first, *_ = book["passages"].iter_rows()
    cell = {name.value: value for name, value in zip(head, first, strict=True)}
    assert isinstance(cell["date"].value, dt.datetime)
    assert isinstance(cell["page"].value, int)
    assert isinstance(cell["score"].value, float)
    about = dict(book["about"].iter_rows(max_col=2, values_only=True))
    assert about["selection"] == f"theme {THEME}"
    assert len(about["content hash"]) == 64


def test_a_cell_leads_to_the_page_where_the_address_is_known(
    reports: tuple[Report, ...], small_store: Callable[..., Store]
) -> None:
    report = reports[0]
    address = "https://example.org/report.pdf"
    known = replace(report, source=replace(report.source, address=address))
    sheet = openpyxl.load_workbook(
        io.BytesIO(written(cut(small_store(known), Selection()), "xlsx"))
    )["passages"]
    head = [cell.value for cell in sheet[1]]
    link, page = (sheet.cell(2, head.index(name) + 1) for name in ("address", "page"))
    assert link.hyperlink.target + "#" + link.hyperlink.location == f"{address}#page={page.value}"


def test_refi_qda_keeps_the_published_structure(nasty: Piece, piece: Piece) -> None:
    for one in (nasty, piece):
        assert codebook_faults(written(one, "qdc")) == []
        assert project_faults(written(one, "qdpx")) == []


def test_codings_stand_on_the_words_that_they_are_of(piece: Piece, examples: Store) -> None:
    archive = zipfile.ZipFile(io.BytesIO(written(piece, "qdpx")))
    root = etree.fromstring(archive.read("project.qde"))
    names = {"q": "urn:QDA-XML:project:1.0"}
    code = {c.get("guid"): c.get("name") for c in root.iterfind(".//q:Code", names)}
    told = set()
    for source in root.iterfind(".//q:TextSource", names):
        path = source.get("plainTextPath").replace("internal://", "sources/")
        text = archive.read(path).decode()
        for selection in source.iterfind("q:PlainTextSelection", names):
            start, end = (int(selection.get(f"{at}Position")) for at in ("start", "end"))
            for ref in selection.iterfind("q:Coding/q:CodeRef", names):
                told.add((code[ref.get("targetGUID")], text[start:end]))
    rows = csv.DictReader(io.StringIO(written(piece, "csv").decode()))
    for row in rows:
        assert (row["theme"], row["text"]) in told
        assert (row["stance"].capitalize(), row["text"]) in told


def test_whole_texts_can_be_the_sources(
    reports: tuple[Report, ...], small_store: Callable[..., Store]
) -> None:
    report = reports[0]
    store = small_store(report)
    (key,) = store.reports()
    stream = io.BytesIO()
    write_qdpx(cut(store, Selection()), stream, {key: report.text})
    assert project_faults(stream.getvalue()) == []
    archive = zipfile.ZipFile(stream)
    (source,) = [name for name in archive.namelist() if name.endswith(".txt")]
    assert archive.read(source).decode() == report.text
    (start,) = {
        int(one.get("startPosition"))
        for one in etree.fromstring(archive.read("project.qde")).iter("{*}PlainTextSelection")
        if one.get("name", "").startswith("Managers do not see plans")
    }
    assert report.text[start:].startswith("Managers do not see plans")


def test_a_page_runs_no_script_and_asks_nobody(nasty: Piece) -> None:
    page = written(nasty, "html").decode()
    root = html.fromstring(page)
    assert not root.xpath("//script | //b | //img | //link | //iframe")
    assert "default-src 'none'" in page
    quoted = [text.strip() for text in root.xpath("//blockquote/text()") if text.strip()]
    assert set(quoted) == {NASTY}


def test_cypher_is_merged_by_iri_and_quotes_what_must_be(nasty: Piece) -> None:
    lines = written(nasty, "cypher").decode().splitlines()
    statements = [line for line in lines if not line.startswith("//")]
    assert statements[0].startswith("CREATE CONSTRAINT")
    made = [line for line in statements if line.startswith("MERGE (n:Thing {iri: ")]
    tied = [line for line in statements if line.startswith("MATCH (a:Thing {iri: ")]
    assert len(made) + len(tied) + 1 == len(statements)
    graph = to_networkx(nasty)
    assert (len(made), len(tied)) == (len(graph), graph.number_of_edges())
    for line in statements:
        # Outside of strings and names nothing is left of what a passage says.
        assert "HYPERLINK" not in _without_strings(line)


class _Faults(ErrorListener):
    """Takes note of what a parser does not understand."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def syntaxError(self, recognizer, offending, line, column, message, error) -> None:  # type: ignore[no-untyped-def]  # noqa: N802
        self.told.append(f"{column}: {message}")


@pytest.mark.parametrize("which", ["piece", "nasty"])
def test_cypher_is_what_its_grammar_says(which: str, request: pytest.FixtureRequest) -> None:
    """Every kind of node and edge is read by the grammar of openCypher, which knows no constraints;
    the parser is slow, so a few of each kind.
    """
    lines = written(request.getfixturevalue(which), "cypher").decode().splitlines()
    of_kind: dict[str, list[str]] = {}
    for line in lines:
        if line.startswith(("MERGE", "MATCH")):
            kind = re.search(r"SET n:(\w+)|-\[r:(`\w+`)\]", line)
            assert kind
            of_kind.setdefault(kind[0], []).append(line)
    assert len(of_kind) > 8
    for some in of_kind.values():
        for line in some[:4]:
            faults = _Faults()
            lexer = CypherLexer(InputStream(line.removesuffix(";")))
            parser = CypherParser(CommonTokenStream(lexer))
            for reader in (lexer, parser):
                reader.removeErrorListeners()
                reader.addErrorListener(faults)
            parser.script()
            assert not faults.told, line


def _without_strings(line: str) -> str:
    """A statement of Cypher without its strings, by the rules of openCypher."""
    kept, inside, escaped = [], False, False
    for letter in line:
        if not inside and letter != "'":
            kept.append(letter)
        elif letter == "'" and not escaped:
            inside = not inside
        escaped = inside and letter == "\\" and not escaped
    assert not inside
    return "".join(kept)


@pytest.mark.parametrize(
    ("form", "table", "message"),
    [
        ("doc", None, "No format 'doc'. There are: ttl"),
        ("xlsx", "evidence", "a table is chosen with csv, parquet"),
        ("csv", "people", "No table 'people'. There are: passages"),
    ],
)
def test_what_there_is_not_is_told(
    piece: Piece, form: str, table: str | None, message: str
) -> None:
    with pytest.raises(ExportError, match=message):
        written(piece, form, table)
