"""A library answers what the command line answers, and refuses with words that help."""

from __future__ import annotations

import datetime as dt
import doctest
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib
from click.testing import Result

import themegraph
from themegraph import counting, ids
from themegraph.api import library as documented
from themegraph.errors import (
    ComparisonError,
    ExportError,
    QueryError,
    StoreError,
    ThemegraphError,
)
from themegraph.queries import answer, narrowing
from themegraph.queries.report import StoredReport

Run = Callable[..., Result]
Ask = Callable[[themegraph.Library], Any]
VISIT = "westmarch-2018-06-19-focused-visit"
REINSPECTION = "westmarch-2017-02-27-sif-reinspection"
REPORT = ids.resource("report", VISIT)


@pytest.mark.parametrize("module", [documented, answer, narrowing, counting])
def test_what_the_documentation_shows_is_so(module: Any, library: themegraph.Library) -> None:
    told = doctest.testmod(module, extraglobs={"library": library})
    assert told.attempted
    assert not told.failed


@pytest.mark.parametrize(
    ("command", "ask"),
    [
        # One authority, and all of them, which are told in another way.
        (("trace", "Private fostering", "--authority", "westmarch"),
         lambda lib: lib.trace("Private fostering", "westmarch")),
        (("trace", "supervision"), lambda lib: lib.trace("supervision")),
        (("themes", "--authority", "westmarch", "--stance", "recommended"),
         lambda lib: lib.recurring("westmarch", stance="recommended")),
        # A month and a year are read as the command line reads them.
        (("themes", "--since", "2019-04", "--until", "2023", "--region", "Example region"),
         lambda lib: lib.recurring(since="2019-04", until=2023, region="Example region")),
        (("themes", "--list"), lambda lib: lib.themes()),
        (("compare", "westmarch", "eastmere"), lambda lib: lib.compare("westmarch", "eastmere")),
        (("compare", "eastmere", "--neighbours", "--theme", "supervision"),
         lambda lib: lib.compare("eastmere", neighbours=True, theme="supervision")),
        (("follow-up", "westmarch", "--report", REINSPECTION, "--outcome", "resolved"),
         lambda lib: lib.follow_up("westmarch", REINSPECTION, outcome="resolved")),
        (("turned-around", "management-oversight"),
         lambda lib: lib.turned_around("management-oversight")),
        (("search", '"private fostering"', "--order", "oldest", "--authority", "westmarch"),
         lambda lib: lib.search('"private fostering"', order="oldest", authority="westmarch")),
    ],
)  # fmt: skip
def test_it_has_the_rows_of_the_command(
    run: Run, examples_place: str, library: themegraph.Library, command: tuple[str, ...], ask: Ask
) -> None:
    store = () if "--list" in command else ("--store", examples_place)
    told = json.loads(run(*command, "--format", "json", *store).stdout)
    assert told
    assert json.loads(json.dumps(list(ask(library)), default=str)) == told


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        (("themes",), {}),
        (("themes", "--theme", "supervision", "--all", "--since", "2018"),
         {"theme": "supervision", "everything": True, "since": 2018}),
        (("themes", "--authority", "eastmere", "--stance", "weakness", "--type", "ilacs", "--all"),
         {"authority": "eastmere", "stance": "weakness", "kind": "ilacs", "everything": True}),
    ],
)  # fmt: skip
def test_it_has_the_network_of_the_command(
    run: Run,
    examples_place: str,
    library: themegraph.Library,
    command: tuple[str, ...],
    asked: dict[str, Any],
) -> None:
    told = run("network", *command, "--format", "json", "--store", examples_place).stdout
    graph = library.network(**asked)
    data = json.loads(json.dumps(nx.node_link_data(graph, edges="edges"), default=list))
    wanted = json.loads(told)
    assert data["nodes"] == wanted["nodes"]
    assert data["edges"] == wanted["edges"]
    assert data["edges"]
    assert " of 11 inspections of 2 bodies." in graph.graph["words"] or asked


def test_why_a_network_has_no_ties_is_told(library: themegraph.Library) -> None:
    graph = library.network("authorities")
    assert not graph.edges
    assert "needs at least three bodies" in graph.graph["words"]
    nobody = library.network(authority="leeds")
    assert nobody.graph["words"] == "The store holds no report about leeds."
    few = library.network(kind="area-send")
    assert "Try everything=True, or fewer filters." in few.graph["words"]


class TestQuery:
    """What comes back is what the form of the query gives."""

    @pytest.mark.parametrize(
        ("question", "parameters", "rows"),
        [
            ("themes-now", {"theme": "supervision"}, 2),  # a named question, one row for each body
            ("themes-now", {"theme": "supervision", "region": None}, 2),  # None is not given
            ("SELECT ?r { ?r a tg:Report }", {}, 11),
            ("SELECT ?r { ?r a tg:Report }", {"r": REPORT}, 1),  # an IRI
            ("SELECT ?p { ?p tg:printedNumber ?n ; a tg:Recommendation }", {"n": 11}, 1),
            ('SELECT ?i { ?i tg:inspectionDate ?d }', {"d": dt.date(2018, 6, 19)}, 1),
            ("SELECT ?b { ?b a tg:Authority ; rdfs:label ?name }", {"name": "Westmarch"}, 1),
        ],
    )  # fmt: skip
    def test_select_gives_rows(
        self, library: themegraph.Library, question: str, parameters: dict[str, Any], rows: int
    ) -> None:
        told = library.query(question, **parameters)
        assert isinstance(told, themegraph.Answer)
        assert len(set(told.rows)) == rows

    def test_ask_gives_yes_or_no(self, library: themegraph.Library) -> None:
        assert library.query("ASK { ?r a tg:Report }") is True
        assert library.query("ASK { ?r a tg:Nothing }") is False

    @pytest.mark.parametrize(
        "query",
        ["CONSTRUCT { ?r dcterms:title ?t } WHERE { ?r dcterms:title ?t }", f"DESCRIBE <{REPORT}>"],
    )
    def test_construct_and_describe_give_a_graph(
        self, library: themegraph.Library, query: str
    ) -> None:
        graph = library.query(query)
        assert isinstance(graph, rdflib.Graph)
        title = rdflib.URIRef("http://purl.org/dc/terms/title")
        (words,) = graph.objects(rdflib.URIRef(REPORT), title)
        assert "Westmarch" in words
        assert "dcterms:title" in graph.serialize(format="turtle")

    def test_a_file_with_a_question(self, library: themegraph.Library, tmp_path: Path) -> None:
        file = tmp_path / "mine.rq"
        file.write_text("SELECT ?r { ?r a tg:Report }", encoding="utf-8")
        told = library.query(file)
        assert isinstance(told, themegraph.Answer)
        assert len(told) == 11
        with pytest.raises(QueryError, match=r"none\.rq: cannot be read"):
            library.query(tmp_path / "none.rq")


class TestReport:
    """A report tells what it is, and what it says is asked for."""

    def test_what_it_is(self, library: themegraph.Library) -> None:
        report = library.report("westmarch-2019-09-30-ilacs")
        assert (report.body, report.authority, report.kind) == ("Westmarch", "westmarch", "ilacs")
        assert (str(report.start), str(report.end)) == ("2019-09-30", "2019-10-11")
        assert report.title == "Inspection of children’s social care services"
        assert library.report(report.iri) == report

    @pytest.mark.parametrize("row", [0, 3, 10])  # the SIF, a visit without grades, the last one
    def test_what_it_says_is_what_the_store_counts(
        self, library: themegraph.Library, row: int
    ) -> None:
        counted = list(library.query("coverage"))[row]  # type: ignore[arg-type]
        report = library.report(ids.last_part(counted["report"]))
        for name in ("judgements", "findings", "recommendations", "statistics"):
            assert len(getattr(report, name)) == counted[name], name
        for said in (report.findings, report.recommendations):
            assert all(one["text"] and one["page"] for one in said)
        assert {one["passage"] for one in report.themes} <= {
            *(one["finding"] for one in report.findings),
            *(one["recommendation"] for one in report.recommendations),
        }


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda lib: lib.report("westmarch-2018"), QueryError,
         "No report 'westmarch-2018' in the store. Did you mean"),
        # The hint is that of the command line, which lists them too.
        (lambda lib: lib.report("nothing"), QueryError, "See: themegraph query reports-list"),
        (lambda lib: lib.trace("supervisoin"), QueryError, "Did you mean supervision?"),
        (lambda lib: lib.trace("supervision", "nowhere"), QueryError, "No authority 'nowhere'"),
        (lambda lib: lib.query("judgement-histroy"), QueryError, "Did you mean judgement-history?"),
        (lambda lib: lib.query("judgement-history"), QueryError, "judgement-history needs authority"),
        (lambda lib: lib.query("SELECT ?x { ?x a ?y"), QueryError, "line 1"),
        (lambda lib: lib.query("SELECT ?x { ?x a ?y }", y=[1]), QueryError,
         "y=[1]: must be a text, an IRI, a number or a day."),
        (lambda lib: lib.query("SELECT ?x { ?x a ?y }", y="http://a b"), QueryError, "is no IRI"),
        (lambda lib: lib.query("INSERT DATA { <a:a> <b:b> <c:c> }"), QueryError, "INSERT is refused"),
        (lambda lib: lib.recurring("westmarch", region="Example region"), QueryError,
         "Give an authority or a region, not both."),
        (lambda lib: lib.recurring(stance="bad"), QueryError, "stance='bad': must be 'any' or"),
        (lambda lib: lib.recurring(since="1/5/2018"), QueryError, "since: '1/5/2018' is no day"),
        (lambda lib: lib.recurring(since=2020, until=2019), QueryError, "is after until=2019"),
        (lambda lib: lib.compare("westmarch"), ComparisonError, "name other authorities, or give"),
        (lambda lib: lib.compare("westmarch", "eastmere", region=True), ComparisonError, "one way"),
        (lambda lib: lib.compare("westmarch", "Westmarch"), ComparisonError,
         "Westmarch cannot be compared with itself."),
        (lambda lib: lib.search("..."), QueryError, "Type at least one word"),
        (lambda lib: lib.search("drift", order="worst"), QueryError, "order='worst': must be"),
        (lambda lib: lib.network("people"), QueryError, "what='people': must be 'themes' or"),
        (lambda lib: lib.network(depth=3), QueryError, "depth=3: must be 1 or 2."),
        (lambda lib: lib.network("authorities", stance="strength"), QueryError,
         "Authorities are tied by weaknesses"),
        (lambda lib: lib.view("authorities"), ExportError, "needs at least three bodies"),
        (lambda lib: lib.load("reports/"), StoreError,
         "opened to be read. To load reports open it with write=True."),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(
    library: themegraph.Library, ask: Ask, error: type[ThemegraphError], words: str
) -> None:
    with pytest.raises(error) as raised:
        ask(library)
    assert words in str(raised.value)


def test_a_closed_library_says_so(examples_place: str) -> None:
    with themegraph.open(examples_place) as library:
        assert len(library.reports()) == 11
    assert repr(library) == f"<Library {examples_place!r}: closed>"
    with pytest.raises(StoreError, match=r"is closed\. Open it again: themegraph\.open"):
        library.reports()


class TestTables:
    """Answers as tables of pandas and polars."""

    def test_days_numbers_and_what_is_missing(self, library: themegraph.Library) -> None:
        story = library.trace("private-fostering", "westmarch")
        frame = story.to_pandas()
        assert list(frame.columns) == list(story.columns)
        assert frame["date"].dt.year.max() == 2026
        assert frame["page"].isna().sum() == sum(row["page"] is None for row in story) > 0
        assert frame["page"].sum() == sum(row["page"] or 0 for row in story)
        table = story.to_polars()
        assert table["date"].dt.year().max() == 2026
        assert table["page"].null_count() == frame["page"].isna().sum()
        assert table.rows() == list(story.rows)

    def test_an_answer_without_rows_keeps_its_columns(self) -> None:
        none = themegraph.Answer(("theme", "findings"), ())
        assert list(none.to_pandas().columns) == none.to_polars().columns == ["theme", "findings"]

    @pytest.mark.parametrize("name", ["pandas", "polars"])
    def test_what_to_install_is_told(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, name, None)  # as where it is not installed
        with pytest.raises(ThemegraphError) as raised:
            getattr(themegraph.Answer(("a",), ((1,),)), f"to_{name}")()
        assert str(raised.value).startswith(f"{name} cannot be imported")
        assert str(raised.value).endswith("Install it with: pip install 'themegraph[tables]'")

    def test_they_are_imported_only_where_they_are_wanted(self, examples_place: str) -> None:
        program = (
            "import sys, themegraph\n"
            f"library = themegraph.open({examples_place!r})\n"
            "library.recurring('westmarch')._repr_html_()\n"
            "print([n for n in ('pandas', 'polars', 'owlready2', 'rdflib', 'pyvis', 'click') "
            "if n in sys.modules])\n"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
        assert done.stdout == "[]\n", done.stderr


def test_a_picture_is_the_page_that_the_command_writes(
    run: Run, examples_place: str, library: themegraph.Library, tmp_path: Path
) -> None:
    picture = library.view(theme="supervision", everything=True)
    saved = picture.save(tmp_path / "mine.html")
    other = tmp_path / "other.html"
    run("view", "--theme", "supervision", "--all", "--store", examples_place, "-o", str(other))
    assert saved.read_bytes() == other.read_bytes()
    with pytest.raises(ExportError, match="cannot be written"):
        picture.save(tmp_path / "no" / "folder.html")


def test_it_is_seen_as_rdf_and_as_objects(library: themegraph.Library) -> None:
    dataset = library.as_rdflib()
    kinds = dataset.subjects(rdflib.RDF.type, rdflib.URIRef(f"{ids.ONTOLOGY}Report"))
    assert len(set(kinds)) == 11
    world = library.as_objects(VISIT)
    findings = world.get_namespace(ids.ONTOLOGY).Finding.instances()
    assert len(findings) == 10
    assert isinstance(library.report(VISIT), StoredReport)


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        # A filter that finds nothing must not export everything.
        ({"themes": []}, "themes: names nothing"),
        ({"themes": [None]}, "themes: names nothing"),
        ({"themes": 5}, "themes: 5 is not a name"),
        ({"authority": "westmarch"}, "Did you mean authorities?"),
    ],
)
def test_what_cannot_be_exported_is_told(
    examples_place: str, tmp_path: Path, chosen: dict[str, Any], message: str
) -> None:
    with (
        themegraph.open(examples_place) as library,
        pytest.raises(ThemegraphError, match=message),
    ):
        library.export(tmp_path / "x.ttl", **chosen)
    assert not list(tmp_path.iterdir())


def test_a_piece_of_a_closed_library_says_so(examples_place: str, tmp_path: Path) -> None:
    with themegraph.open(examples_place) as library:
        piece = library.export(tmp_path / "x.TTL", authorities="eastmere")
    with pytest.raises(StoreError, match="closed"):
        list(piece.lines(piece.names()[0]))
