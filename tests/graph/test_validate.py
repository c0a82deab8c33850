"""A sound report conforms; one that lacks something is told where and what."""

from __future__ import annotations

import dataclasses

import pytest

from themegraph.errors import UnreadableSourceError
from themegraph.graph.build import build_report
from themegraph.graph.export import graphs_of, ntriples
from themegraph.graph.store import Store
from themegraph.graph.validate import Problem, validate_files, validate_many, validate_report
from themegraph.model import Report


def problems(report: Report) -> list[Problem]:
    with Store(":memory:", write=True) as store:
        built = build_report(report)
        store.replace_report(built)
        text = ntriples(store, graphs_of(store, [built.key], vocabulary=False))
    return validate_report((built.key, text))


def test_the_three_reports_conform(reports: tuple[Report, ...]) -> None:
    found = [problem for report in reports for problem in problems(report)]
    assert [p for p in found if p.severity == "Violation"] == []


def test_a_broken_report_does_not(reports: tuple[Report, ...]) -> None:
    finding = reports[0].findings[0]
    bare = dataclasses.replace(finding, evidence=())
    report = dataclasses.replace(reports[0], findings=(bare, *reports[0].findings[1:]))
    (problem,) = [p for p in problems(report) if p.severity == "Violation"]
    assert problem.report == "northmere-2016-03-07-sif"
    assert problem.page == 2
    assert problem.node.endswith("/finding/northmere-2016-03-07-sif/7")
    assert "evidence" in problem.message or "sentence" in problem.message


def test_a_concept_that_does_not_exist_is_found(reports: tuple[Report, ...]) -> None:
    finding = dataclasses.replace(reports[0].findings[0], services=("no-such-service",))
    report = dataclasses.replace(reports[0], findings=(finding, *reports[0].findings[1:]))
    assert [p for p in problems(report) if p.severity == "Violation"]


def test_several_are_checked_in_order(store: Store) -> None:
    keys = sorted(store.reports())
    texts = [(key, ntriples(store, graphs_of(store, [key], vocabulary=False))) for key in keys]
    broken = ("broken", "<x:s> <x:p> <x:o> .\n")
    results = list(validate_many([*texts, broken]))
    assert len(results) == 4


def test_a_file_is_checked_with_all_vocabularies(store: Store) -> None:
    graphs = graphs_of(store, None, vocabulary=False)
    text = ntriples(store, graphs)
    assert [p for p in validate_files({"all.nt": text.encode()}) if p.severity == "Violation"] == []
    less = "".join(line for line in text.splitlines(keepends=True) if "#extractedText>" not in line)
    found = validate_files({"less.nt": less.encode()})
    assert {p.severity for p in found} >= {"Violation"}


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("report.pdf", b"%PDF", "is it RDF"),
        ("report.ttl", b"<x:s> <x:p> .", "is not sound Turtle"),
    ],
)
def test_what_is_no_rdf_is_told(name: str, data: bytes, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        validate_files({name: data})
