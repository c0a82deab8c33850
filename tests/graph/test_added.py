"""Another inspectorate's reports under the core: checked, kept, asked, and taken out again."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from rdflib import RDF, Graph, URIRef

from themegraph.graph.added import (
    NotAddedError,
    add_graphs,
    added_graphs,
    check_added,
    name_of,
)
from themegraph.graph.export import write_graphs
from themegraph.graph.inference import infer
from themegraph.graph.rdf_files import read_rdf
from themegraph.graph.store import Store
from themegraph.graph.validate import validate_files
from themegraph.model import Report
from themegraph.ontology.check import check
from themegraph.ontology.clashes import clashes
from themegraph.ontology.profile import profile
from themegraph.ontology.schemes import vocabulary_graph
from themegraph.ontology.shipped import ontology_graph
from themegraph.queries import ask
from themegraph.subgraph.cut import cut
from themegraph.subgraph.selection import Selection

HARBOURS = Path(__file__).parents[2] / "docs" / "examples" / "harbours"
HERE = "https://example.org/harbours/"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def turtle() -> str:
    names = sorted(map(str, HARBOURS.glob("*.txt")))
    command = [sys.executable, str(HARBOURS / "harbours.py"), *names]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def files(turtle: str) -> dict[str, Graph]:
    file = HARBOURS / "profile.ttl"
    return {
        "profile.ttl": read_rdf("profile.ttl", file.read_bytes()),
        "reports.ttl": read_rdf("reports.ttl", turtle.encode()),
    }


@pytest.fixture
def harbours(files: dict[str, Graph]) -> Store:
    store = Store(":memory:", write=True)
    store.write_vocabulary()
    assert add_graphs(store, files) == []
    return store


def test_its_profile_is_an_ontology_without_fault_on_the_core_alone(
    files: dict[str, Graph],
) -> None:
    core = ontology_graph(modules=["core"])
    assert [f for f in check(core + files["profile.ttl"]) if f.node.startswith(HERE)] == []
    whole = ontology_graph() + vocabulary_graph() + files["profile.ttl"] + files["reports.ttl"]
    assert profile(whole).is_dl
    assert clashes(whole) == []


@pytest.mark.parametrize(
    ("question", "values", "rows"),
    [
        ("judgement-history", {"authority": "Skerry Haven"}, 6),
        ("reports-list", {}, 3),
        ("who-inspected-what", {}, 3),
        ("recurring-weaknesses", {"authority": "Skerry Haven"}, 1),
        ("findings-of-service", {"service": f"{HERE}service/moorings"}, 2),
        ("recommendations-of-inspection", {"report": f"{HERE}report/skerry-haven-2023"}, 2),
        ("evidence-for-finding", {"finding": f"{HERE}finding/skerry-haven-2023/1"}, 1),
        ("themes-by-service", {}, 4),
    ],
)
def test_the_questions_of_the_core_are_answered(
    harbours: Store, question: str, values: dict[str, str], rows: int
) -> None:
    assert len(ask(harbours, question, **values)) == rows


def test_every_quotation_stands_in_its_text(harbours: Store) -> None:
    found = list(
        harbours.rows(
            """SELECT ?file ?start ?end ?words {
              ?evidence oa:hasSelector ?selector ; oa:hasSource/tg:extractedFrom/tg:fileName ?file .
              ?selector oa:start ?start ; oa:end ?end ; oa:exact ?words }"""
        )
    )
    assert len(found) == 7
    for row in found:
        text = (HARBOURS / row["file"].value).read_text(encoding="utf-8")
        assert text[int(row["start"].value) : int(row["end"].value)] == row["words"].value


def test_what_lacks_what_a_report_must_have_is_not_added(
    files: dict[str, Graph], harbours: Store
) -> None:
    broken = Graph() + files["reports.ttl"]
    report = URIRef(f"{HERE}report/puffin-sound-2024")
    broken.remove((report, None, URIRef(f"{HERE}text/puffin-sound-2024")))
    before = harbours.lines(added_graphs(harbours)["reports"])
    problems = add_graphs(harbours, {"reports.ttl": broken})
    assert "A report must name the one text that its offsets refer to" in problems[0].message
    assert harbours.lines(added_graphs(harbours)["reports"]) == before


def test_a_file_of_the_same_name_replaces_it(files: dict[str, Graph], harbours: Store) -> None:
    fewer = Graph()
    for triple in files["reports.ttl"]:
        if "puffin" not in " ".join(map(str, triple)):
            fewer.add(triple)
    assert add_graphs(harbours, {"elsewhere/reports.ttl": fewer}) == []
    assert len(ask(harbours, "reports-list")) == 2
    assert add_graphs(harbours, {}, ["reports"]) == []
    assert len(ask(harbours, "reports-list")) == 0
    with pytest.raises(NotAddedError, match="There are: profile"):
        add_graphs(harbours, {}, ["profile", "reports"])
    assert list(added_graphs(harbours)) == ["profile"]


def test_what_others_need_is_not_taken_out(harbours: Store) -> None:
    before = harbours.graphs()
    problems = add_graphs(harbours, {}, ["profile"])
    assert {problem.report for problem in problems} == {"reports"}
    assert harbours.graphs() == before
    assert check_added(harbours) == []


def test_another_inspectorate_may_inspect_a_body_that_ships(files: dict[str, Graph]) -> None:
    moved = Graph()
    for s, p, o in files["reports.ttl"]:
        there = str(o).endswith("harbour/skerry-haven")
        moved.add(
            (s, p, URIRef("https://w3id.org/themegraph/id/authority/coventry") if there else o)
        )
    store = Store(":memory:", write=True)
    store.write_vocabulary()
    assert add_graphs(store, files | {"reports.ttl": moved}) == []
    assert len(ask(store, "judgement-history", authority="coventry")) == 6


def test_what_the_store_tells_is_not_added_to(reports: tuple[Report, ...]) -> None:
    store = Store(":memory:", write=True)
    store.write_vocabulary()
    store.replace_report(reports[0])
    key = next(iter(store.reports()))
    stream = io.BytesIO()
    write_graphs(cut(store, Selection(reports=(key,)), vocabulary=False), "nt", stream)
    before = store.graphs()
    for data in (
        stream.getvalue(),
        b"<https://w3id.org/themegraph/id/authority/coventry> "
        b'<https://w3id.org/themegraph/ontology#urn> "1" .',
        b"<https://w3id.org/themegraph/ontology#Finding> "
        b"<http://www.w3.org/2000/01/rdf-schema#subClassOf> "
        b"<https://w3id.org/themegraph/ontology#Theme> .",
    ):
        with pytest.raises(NotAddedError, match="of which the store tells itself"):
            add_graphs(store, {"x.nt": read_rdf("x.nt", data)})
    assert store.graphs() == before
    assert list(store.reports()) == [key]


def test_what_questions_would_not_find_is_a_warning(files: dict[str, Graph]) -> None:
    half = Graph() + files["profile.ttl"]
    puffin = URIRef(f"{HERE}harbour/puffin-sound")
    half.remove((puffin, RDF.type, URIRef("https://w3id.org/themegraph/ontology#Authority")))
    store = Store(":memory:", write=True)
    store.write_vocabulary()
    (problem,) = add_graphs(store, {"profile.ttl": half})
    assert (problem.severity, problem.node, problem.report) == ("Warning", str(puffin), "profile")
    assert "say tg:Authority too" in problem.message


def test_files_are_checked_together(turtle: str) -> None:
    profile_ = (HARBOURS / "profile.ttl").read_bytes()
    reports_ = turtle.encode()
    assert validate_files({"profile.ttl": profile_, "reports.ttl": reports_}) == []
    alone = validate_files({"reports.ttl": reports_})
    assert {problem.report for problem in alone} == {"reports.ttl"}


def test_what_follows_from_the_axioms_of_others_is_inferred(files: dict[str, Graph]) -> None:
    store = Store(":memory:", write=True)
    store.write_vocabulary()
    infer(store)
    tg = "https://w3id.org/themegraph/ontology#"
    profile_ = Graph() + files["profile.ttl"]
    for subject in list(profile_.subjects(RDF.type, URIRef(f"{HERE}terms#HarbourAuthority"))):
        profile_.remove((subject, RDF.type, URIRef(f"{tg}Authority")))
    told = add_graphs(store, {"profile.ttl": profile_})
    assert {problem.severity for problem in told} == {"Warning"}
    infer(store)
    bodies = f"?x a <{HERE}terms#HarbourAuthority>, tg:Authority, org:FormalOrganization"
    assert len(list(store.rows(f"SELECT ?x {{ {bodies} }}"))) == 2


@pytest.mark.parametrize(
    ("graphs", "message"),
    [
        ({"a/x.ttl": "", "b/x.nt": ""}, "two of these would have one name"),
        ({"x.ttl": "[] <http://e.org/p> 1 ."}, "x.ttl: has nodes without names"),
        ({"x.ttl": "<http://e.org/x> a <https://w3id.org/themegraph/ontolgy#Finding> ."},
         "x.ttl: says nothing by the terms of the core"),
        ({"x.ttl": "<http://e.org/x> <https://w3id.org/themegraph/ontology#startDte> 1 ."},
         "x.ttl: tg:startDte is no term of the ontology. Did you mean startDate"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(graphs: dict[str, str], message: str) -> None:
    parsed = {name: Graph().parse(data=text, format="turtle") for name, text in graphs.items()}
    store = Store(":memory:", write=True)
    with pytest.raises(NotAddedError, match=message):
        add_graphs(store, parsed)
    assert store.graphs() == []


@pytest.mark.parametrize(
    ("file", "name"), [("x/Reports 2024.ttl", "reports-2024"), ("profile.ttl", "profile")]
)
def test_a_graph_is_named_after_its_file(file: str, name: str) -> None:
    assert name_of(file) == name


def test_the_command_adds_says_what_is_wrong_and_takes_out(
    run: Run, turtle: str, tmp_path: Path
) -> None:
    store, reports = str(tmp_path / "store"), tmp_path / "reports.ttl"
    reports.write_text(turtle, encoding="utf-8")
    alone = run("add", str(reports), "--store", store)
    assert alone.exit_code == 1
    assert "from the vocabulary of" in alone.stderr
    assert "Nothing was added or taken out." in alone.stderr
    profile_file = str(HARBOURS / "profile.ttl")
    told = run("add", profile_file, str(reports), "--store", store)
    assert told.exit_code == 0, told.stderr
    assert "2 graphs of others in the store" in told.stderr
    asked = run("query", "judgement-history", "-p", "authority=Puffin Sound", "--store", store)
    assert "unsafe" in asked.stdout
    told = run("add", "--remove", "reports", str(reports), "--store", store)
    assert "2 graphs of others in the store" in told.stderr
    assert run("add", "--remove", "reports", "--store", store).exit_code == 0
    assert run("add", "--remove", "reports", "--store", store).exit_code == 1
    assert run("add", "--store", store).exit_code == 2
