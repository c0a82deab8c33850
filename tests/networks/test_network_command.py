"""``themegraph network`` on the example reports: what people see and what other programs read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import networkx as nx
import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def ask(run: Run, examples_place: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "80")
    return lambda *arguments: run("network", *arguments, "--store", examples_place)


def test_people_see_ties_communities_and_how_much_was_read(ask: Run) -> None:
    told = ask("themes", "--top", "3")
    assert told.exit_code == 0
    assert "Missing" in told.stdout or "Timeliness" in told.stdout
    assert "community" in told.stdout
    assert "11 inspections of 2 bodies" in told.stderr
    assert max(map(len, told.stdout.splitlines())) <= 80


def test_every_tie_keeps_its_passages(ask: Run) -> None:
    data = json.loads(ask("themes", "--all", "--format", "json").stdout)
    graph = nx.node_link_graph(data, edges="edges")
    assert graph.number_of_edges() > 250
    for _, _, tie in graph.edges(data=True):
        assert len(tie["passages"]) == tie["weight"]
        assert all("/id/finding/" in passage for passage in tie["passages"])
    rows = list(csv.DictReader(io.StringIO(ask("themes", "--all", "--format", "csv").stdout)))
    assert len(rows) == graph.number_of_edges()
    assert all(len(row["passages"].split()) == int(row["weight"]) for row in rows)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_other_programs_read_it_and_it_has_no_clock(ask: Run, form: str) -> None:
    text = ask("themes", "--format", form).stdout
    assert text == ask("themes", "--format", form).stdout
    assert "lastmodified" not in text
    read = nx.read_graphml if form == "graphml" else nx.read_gexf
    graph = read(io.BytesIO(text.encode()))
    assert {facts["community"] for _, facts in graph.nodes(data=True)} >= {1, 2}


def test_a_theme_a_stance_and_a_period_narrow_it(ask: Run) -> None:
    whole = json.loads(ask("themes", "--all", "--format", "json").stdout)["edges"]
    weak = ask("themes", "--all", "--stance", "weakness", "--since", "2018-01-01", "--type", "ilacs",
               "--authority", "westmarch", "--format", "json")  # fmt: skip
    narrowed = json.loads(weak.stdout)["edges"]
    assert 0 < len(narrowed) < len(whole)
    assert all("westmarch" in passage for tie in narrowed for passage in tie["passages"])
    one = json.loads(ask("themes", "--all", "--theme", "supervision", "--format", "json").stdout)
    assert one["edges"]
    for tie in one["edges"]:
        assert any(tie[end].endswith("/supervision") for end in ("source", "target"))


def test_authorities_are_tied_by_what_is_weak_in_both(ask: Run) -> None:
    assert "No ties stand out" in ask("authorities").stdout
    data = json.loads(
        ask("authorities", "--all", "--until", "2019-12-31", "--format", "json").stdout
    )
    assert {node["label"] for node in data["nodes"]} == {"Eastmere", "Westmarch"}
    for tie in data["edges"]:
        assert tie["themes"]
        assert any("eastmere" in passage for passage in tie["passages"])


def test_an_unknown_name_is_told(ask: Run) -> None:
    refused = ask("themes", "--theme", "supervisoin")
    assert refused.exit_code == 2
    assert "Did you mean supervision" in refused.stderr
