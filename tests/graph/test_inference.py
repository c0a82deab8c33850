"""What follows is kept beside what it follows from, made again only where that changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from themegraph import ids
from themegraph.derivation.derive import derive
from themegraph.graph.export import graphs_of
from themegraph.graph.inference import Inference, forget_inferred, holds_inferred, infer
from themegraph.graph.store import Store
from themegraph.load import load_reports
from themegraph.loaders.inputs import expand
from themegraph.model import Report
from themegraph.queries import ask, questions


@pytest.fixture
def filled(reports: tuple[Report, ...]) -> Store:
    store = Store(":memory:", write=True)
    store.write_vocabulary()
    for report in reports:
        store.replace_report(report)
    derive(store)
    return store


def inferred(store: Store) -> dict[str, list[str]]:
    graphs = [graph for graph in store.graphs() if graph.startswith(ids.GRAPH_INFERRED)]
    return {graph: store.lines(graph) for graph in graphs}


def test_every_graph_has_one_beside_it_and_nothing_is_said_twice(filled: Store) -> None:
    base = [graph for graph in filled.graphs() if graph != ids.GRAPH_ONTOLOGY]
    stated = {line.rsplit(" ", 2)[0] for graph in base for line in filled.lines(graph)}
    assert infer(filled) == len(inferred(filled))
    follows = [line.rsplit(" ", 2)[0] for lines in inferred(filled).values() for line in lines]
    assert len(follows) > 500
    assert stated.isdisjoint(follows)


@pytest.mark.parametrize(
    "pattern",
    [
        "?x a tg:Inspection, prov:Activity",
        "?x a tg:Finding, oa:Annotation ; oa:hasTarget ?passage",
        "?finding tg:findingOf ?report ; ^tg:hasFinding ?report",
        "?report dcterms:hasPart ?section . ?section a tg:Section",
        "?x a tg:Authority, org:FormalOrganization, org:Organization",
    ],
)
def test_other_vocabularies_can_be_asked_then_and_not_before(filled: Store, pattern: str) -> None:
    assert not filled.query(f"ASK {{ {pattern} }}")
    infer(filled)
    assert filled.query(f"ASK {{ {pattern} }}")


def test_only_what_changed_is_made_again(filled: Store, reports: tuple[Report, ...]) -> None:
    infer(filled)
    before = inferred(filled)
    assert len(Inference(filled)) == 0
    key = ids.report_key(reports[0])
    filled.remove(key)
    derive(filled)
    made = set(Inference(filled).run())
    gone = ids.inferred_graph(ids.report_graph(key))
    assert gone in made
    assert gone not in inferred(filled)
    kept = before.keys() - made
    assert ids.inferred_graph(ids.report_graph(ids.report_key(reports[1]))) in kept
    assert {graph: inferred(filled)[graph] for graph in kept} == {g: before[g] for g in kept}


def test_it_is_the_same_however_it_came_about(filled: Store, reports: tuple[Report, ...]) -> None:
    infer(filled)
    other = Store(":memory:", write=True)
    for report in reversed(reports):
        other.replace_report(report)
        infer(other)
    other.write_vocabulary()
    derive(other)
    infer(other)
    assert inferred(other) == inferred(filled)


def test_it_can_be_taken_out_again(filled: Store) -> None:
    before = filled.graphs()
    made = infer(filled)
    assert holds_inferred(filled)
    assert graphs_of(filled, None, vocabulary=True) == before
    assert forget_inferred(filled) == made
    assert filled.graphs() == before
    assert not holds_inferred(filled)


def test_loading_keeps_it_up_to_date(examples_folder: Path, tmp_path: Path) -> None:
    letters = [str(file) for kind in ("md", "html") for file in examples_folder.glob(f"*.{kind}")]
    assert len(letters) > 1
    with Store(tmp_path / "store", write=True) as store:
        list(load_reports(store, list(expand(letters[:1]))))
        assert not holds_inferred(store)
        infer(store)
        list(load_reports(store, list(expand(letters))))
        assert len(Inference(store)) == 0
        assert sum("inferred/report" in graph for graph in store.graphs()) == len(letters)


def test_no_question_is_answered_otherwise(examples_place: str, tmp_path: Path) -> None:
    import shutil

    asked: dict[str, Callable[[Store], object]] = {}
    for question in questions().values():
        values = {p.name: p.example for p in question.parameters if p.required}
        asked[question.name] = lambda store, n=question.name, v=values: ask(store, n, **v).rows
    shutil.copytree(examples_place, tmp_path / "store")
    with Store(tmp_path / "store", write=True) as store:
        before = {name: answer(store) for name, answer in asked.items()}
        infer(store)
        assert {name: answer(store) for name, answer in asked.items()} == before
