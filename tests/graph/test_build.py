"""A report becomes canonical N-Quads: no blank nodes, no clock, declared terms only."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from themegraph import ids
from themegraph.graph.build import build_report
from themegraph.graph.terms import lines_of
from themegraph.model import Authority, Report
from themegraph.ontology.shipped import ontology_graph

TG = ids.ONTOLOGY


def quads(report: Report) -> list[ox.Quad]:
    return list(ox.parse(build_report(report).quads, format=ox.RdfFormat.N_QUADS))


def objects(report: Report, subject: str, predicate: str) -> list[str]:
    """The objects of a property, things by the end of their IRI."""
    return [
        quad.object.value.removeprefix(ids.ID).removeprefix(ids.VOCAB)  # type: ignore[union-attr]
        for quad in quads(report)
        if quad.subject.value == ids.ID + subject  # type: ignore[union-attr]
        and quad.predicate.value == TG + predicate
    ]


def test_the_text_is_sorted_and_what_the_store_would_write(reports: tuple[Report, ...]) -> None:
    for report in reports:
        lines = lines_of(build_report(report).quads)
        assert lines == sorted(set(lines))
        written = ox.serialize(quads(report), format=ox.RdfFormat.N_QUADS)
        assert written is not None
        assert written.decode() == "".join(lines)


def test_no_blank_nodes_and_only_the_two_graphs(reports: tuple[Report, ...]) -> None:
    for report in reports:
        built = build_report(report)
        found = quads(report)
        assert found
        assert {quad.graph_name.value for quad in found} == set(built.graphs)  # type: ignore[union-attr]
        for quad in found:
            assert not isinstance(quad.subject, ox.BlankNode)
            assert not isinstance(quad.object, ox.BlankNode)


def test_every_property_and_class_is_declared(reports: tuple[Report, ...]) -> None:
    ontology = {str(subject) for subject in ontology_graph().subjects()}
    used = {quad.predicate.value for report in reports for quad in quads(report)}
    used |= {
        quad.object.value  # type: ignore[union-attr]
        for report in reports
        for quad in quads(report)
        if quad.predicate.value.endswith("#type")
    }
    ours = {name for name in used if name.startswith(TG)}
    assert len(ours) > 60
    assert ours <= ontology


def test_facts_of_a_report(reports: tuple[Report, ...]) -> None:
    sif, ilacs, visit = reports
    key = "northmere-2016-03-07-sif"
    assert objects(sif, f"inspection/{key}", "startDate") == ["2016-03-07"]
    assert objects(sif, f"judgement/{key}/overall", "grade") == ["grade/sif/inadequate"]
    assert objects(sif, f"finding/{key}/7", "identifiesWeaknessIn") == [
        "theme/management-oversight"
    ]
    assert objects(sif, f"recommendation/{key}/2", "asksAgain") == ["true"]
    assert objects(sif, f"recommendation/{key}/1/item/2", "quotation") == ["and before each review"]
    other = "northmere-2021-09-06-ilacs"
    replaced = objects(ilacs, f"judgement/{other}/overall", "replacesJudgement")
    assert replaced == [f"previous-judgement/{other}/overall-2016"]
    assert len(objects(ilacs, f"inspection/{other}", "hasPeriod")) == 2
    (name,) = objects(visit, "inspection/southfell-2019-05-14-focused-visit", "partnership")
    assert name == "organisation/southfell-safeguarding-partnership"


def test_recommendations_are_prompted_by_what_cites_them_or_they_point_to(
    reports: tuple[Report, ...],
) -> None:
    key = "northmere-2016-03-07-sif"
    assert objects(reports[0], f"recommendation/{key}/1", "promptedBy") == [f"finding/{key}/7"]
    (asked,) = ids.local_ids(reports[1]).recommendations
    key = "northmere-2021-09-06-ilacs"
    prompted = objects(reports[1], f"recommendation/{key}/{asked}", "promptedBy")
    assert prompted == [f"finding/{key}/3"]


def test_a_marker_without_a_number_prompts_nothing(reports: tuple[Report, ...]) -> None:
    marked = reports[0].findings[1]
    assert marked.recommendation_marker
    assert not marked.cites
    key = "northmere-2016-03-07-sif"
    assert objects(reports[0], f"recommendation/{key}/2", "promptedBy") == []


def test_a_number_that_two_recommendations_bear_links_neither(reports: tuple[Report, ...]) -> None:
    first, second = reports[0].recommendations
    report = dataclasses.replace(
        reports[0], recommendations=(first, dataclasses.replace(second, number=1))
    )
    assert "promptedBy" not in build_report(report).quads


def test_what_is_found_and_asked_in_the_same_words_has_assignments_of_its_own(
    reports: tuple[Report, ...],
) -> None:
    finding = dataclasses.replace(reports[1].findings[0], number=None)
    asked = dataclasses.replace(
        reports[1].recommendations[0], text=finding.text, themes=finding.themes
    )
    report = dataclasses.replace(reports[1], findings=(finding,), recommendations=(asked,))
    passages = [
        (quad.subject.value, quad.object.value)  # type: ignore[union-attr]
        for quad in quads(report)
        if quad.predicate.value == f"{TG}assignmentOf"
    ]
    assert len({node for node, _ in passages}) == len({passage for _, passage in passages}) == 2


def test_a_registered_body_is_only_referred_to(reports: tuple[Report, ...]) -> None:
    registered = dataclasses.replace(reports[0], authority=Authority("coventry", "Coventry"))
    assert objects(registered, "inspection/coventry-2016-03-07-sif", "inspects")
    subjects = {quad.subject.value for quad in quads(registered)}  # type: ignore[union-attr]
    assert f"{ids.ID}authority/coventry" not in subjects
    assert f"{ids.ID}authority/northmere" in {
        quad.subject.value  # type: ignore[union-attr]
        for quad in quads(reports[0])
    }


def test_text_under_no_heading_is_in_a_section_of_its_own(reports: tuple[Report, ...]) -> None:
    key = "southfell-2019-05-14-focused-visit"
    assert objects(reports[2], f"section/{key}/0", "heading") == ["(summary)"]
    assert "section/northmere-2016-03-07-sif/0>" not in build_report(reports[0]).quads


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_bytes_do_not_depend_on_the_hash_seed(seed: str, tmp_path: Path) -> None:
    program = tmp_path / "digest.py"
    program.write_text(
        "import hashlib\n"
        "from themegraph.graph.build import build_report\n"
        "from themegraph.loaders.report import read_report\n"
        "from importlib.resources import files\n"
        "folder = files('themegraph.examples').joinpath('reports')\n"
        "name = '2018-07-12-westmarch-focused-visit.md'\n"
        "built = build_report(read_report(folder.joinpath(name).read_bytes(), name))\n"
        "print(hashlib.sha256(built.quads.encode()).hexdigest())\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, program],
            env={**os.environ, "PYTHONHASHSEED": value},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for value in (seed, "12")
    }
    assert len(outputs) == 1
