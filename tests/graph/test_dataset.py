"""A data set says what it is: licences of its sources, program, and a hash of what it holds."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from themegraph import ids
from themegraph.graph.dataset import dataset_triples, described, sources_of
from themegraph.graph.store import Store
from themegraph.loaders.report import read_licence
from themegraph.model import Report
from themegraph.subgraph.cut import cut
from themegraph.subgraph.selection import Selection

OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/"


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("You may reuse this under the terms of the Open\nGovernment Licence.", OGL),
        ("licensed under the Open Government Licence v3.0 except where", f"{OGL}version/3/"),
        (
            "see www.nationalarchives.gov.uk/doc/open-government-licence/version/3",
            f"{OGL}version/3/",
        ),
        ("The government opened its licence.", None),
    ],
)
def test_a_report_is_under_the_licence_that_it_states(text: str, licence: str | None) -> None:
    assert read_licence(text) == licence


@pytest.fixture
def held(reports: tuple[Report, ...]) -> Store:
    store = Store(":memory:", write=True)
    store.write_vocabulary()
    first, *others = reports
    licensed = replace(first, source=replace(first.source, licence=OGL))
    for report in (licensed, *others):
        store.replace_report(report)
    return store


def test_licences_are_those_of_the_source_files(held: Store, reports: tuple[Report, ...]) -> None:
    files = sources_of(held)
    assert len(files) == len({report.source.sha256 for report in reports})
    assert [licence for _, licence in files if licence] == [OGL]
    key = ids.report_key(reports[1])
    told = cut(held, Selection(reports=(key,))).header
    assert len([o for _, p, o in told if p.endswith("wasDerivedFrom>")]) == 1
    assert not [o for _, p, o in told if p.endswith("license>")]


def test_the_hash_is_of_what_is_held_and_no_other(held: Store, reports: tuple[Report, ...]) -> None:
    lines = "".join(line for graph in held.graphs() for line in held.lines(graph))
    said = described(cut(held, Selection()))
    digest = hashlib.sha256(lines.encode()).hexdigest()
    assert [o for _, p, o in said if p.endswith("sha256>")] == [f'"{digest}"']
    assert described(cut(held, Selection())) == said
    held.remove(ids.report_key(reports[2]))
    assert described(cut(held, Selection())) != said


def test_the_header_is_dcat_void_and_prov() -> None:
    said = list(dataset_triples("<urn:x>", [("urn:file", OGL)]))
    kinds = {o for s, p, o in said if s == "<urn:x>" and p.endswith("type>")}
    assert {"<http://www.w3.org/ns/dcat#Dataset>", "<http://rdfs.org/ns/void#Dataset>"} <= kinds
    assert ("<urn:x>", "<http://purl.org/dc/terms/license>", f"<{OGL}>") in said
    assert ("<urn:x>", "<http://www.w3.org/ns/prov#wasDerivedFrom>", "<urn:file>") in said
