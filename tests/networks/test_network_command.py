"""``themegraph network`` on the example reports: what people see and what other programs read."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest
from click.testing import Result

from themegraph import ids
from themegraph.networks.mentions import Mentions, Passage, Visit

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
    whole = ask("themes", "--all", "--top", "3").stdout
    assert "Most ways between others lead over" in whole
    assert max(map(len, [*told.stdout.splitlines(), *whole.splitlines()])) <= 80


def test_a_count_says_out_of_how_many(ask: Run) -> None:
    told = [ask("themes", "--stance", stance).stderr for stance in ("any", "weakness")]
    (every, read), (weak, also) = (
        map(int, re.search(r"from ([\d,]+) of ([\d,]+) findings", line).groups())  # type: ignore[union-attr]
        for line in told
    )
    assert weak < every <= read == also
    assert all("of 11 inspections of 2 bodies" in line for line in told)


def test_every_tie_keeps_its_passages(ask: Run) -> None:
    data = json.loads(ask("themes", "--all", "--format", "json").stdout)
    graph = nx.node_link_graph(data, edges="edges")
    assert graph.number_of_edges() > 200
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
    data = json.loads(
        ask("authorities", "--all", "--until", "2019-12-31", "--format", "json").stdout
    )
    assert {node["label"] for node in data["nodes"]} == {"Eastmere", "Westmarch"}
    # What both of two bodies have is what everybody has.
    assert data["edges"] == []


def test_ties_of_one_authority_and_of_one_theme_are_measured_among_all(
    ask: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    weak = {
        "westmarch": ("supervision", "neglect", "case-recording"),
        "eastmere": ("supervision", "neglect"),
        "coventry": ("supervision", "case-recording", "plan-quality"),
        "leeds": ("plan-quality",),
    }
    mentions = Mentions({
        Visit(f"{ids.ID}inspection/{body}", f"{ids.ID}authority/{body}", "sif", "2020-01-01", "",
              "sif"): tuple(
            Passage(f"{ids.ID}finding/{body}/{theme}",
                    ((f"{ids.VOCAB}theme/{theme}", "weakness"),), frozenset())
            for theme in themes)
        for body, themes in weak.items()
    })  # fmt: skip
    monkeypatch.setattr("themegraph.networks.read.read_mentions", lambda _: mentions)

    def ties(*only: str) -> dict[str, dict[str, object]]:
        told = ask("authorities", "--all", "--format", "json", *only).stdout
        bodies = [tuple(tie[end].rpartition("/")[2] for end in ("source", "target")) for tie in
                  json.loads(told)["edges"]]  # fmt: skip
        return {
            "-".join(pair): tie for pair, tie in zip(bodies, json.loads(told)["edges"], strict=True)
        }

    every = ties()
    assert set(every) == {
        "coventry-eastmere", "coventry-leeds", "coventry-westmarch", "eastmere-westmarch",
    }  # fmt: skip
    of_eastmere = {"coventry-eastmere", "eastmere-westmarch"}
    assert ties("--authority", "Eastmere") == {pair: every[pair] for pair in of_eastmere}
    neglect = {"eastmere-westmarch": every["eastmere-westmarch"]}
    assert ties("--theme", "neglect") == neglect
    assert ties("--theme", "neglect", "--authority", "westmarch") == neglect
    assert ties("--theme", "neglect", "--authority", "leeds") == {}
    assert every["eastmere-westmarch"]["by_theme"] == {
        f"{ids.VOCAB}theme/{theme}": [f"{ids.ID}finding/{body}/{theme}" for body in
                                      ("eastmere", "westmarch")]
        for theme in ("neglect", "supervision")
    }  # fmt: skip
    table = ask("authorities", "--all").stdout
    assert "cosine: how alike what is weak in the two is" in " ".join(table.split())
    assert max(map(len, table.splitlines())) <= 80
    text = ask("authorities", "--all", "--format", "graphml").stdout
    assert "by_theme" not in text
    assert len(nx.read_graphml(io.BytesIO(text.encode())).edges) == 4


def test_help_tells_how_ties_of_either_kind_are_judged(run: Run) -> None:
    words = " ".join(run("network", "--help").stdout.split())
    themes, authorities = words.split("Those of authorities")
    assert "disparity filter" in themes
    assert "one weak in all counts nothing" in themes
    assert "hypergeometric" in authorities
    assert "Benjamini and Hochberg" in authorities


def test_authorities_are_not_tied_by_strengths(ask: Run) -> None:
    refused = ask("authorities", "--stance", "strength")
    assert refused.exit_code == 2
    assert "tied by weaknesses" in refused.stderr


AUTHORITIES_NEED = (
    "No ties: a network of authorities needs at least three bodies, since a weakness that everybody "
    "has ties nobody; here are 2."
)


def without_count(told: str) -> str:
    """What is told in one line, without how many ties there are, which is the tagger's matter."""
    return re.sub(r"No ties: of \d+ ties ", "No ties: of these ", " ".join(told.split()))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("authorities",), AUTHORITIES_NEED),
        (("authorities", "--all"), AUTHORITIES_NEED),
        (
            ("authorities", "--all", "--authority", "eastmere"),
            f"{AUTHORITIES_NEED} Try fewer filters.",
        ),
        (
            ("themes", "--type", "area-send"),
            "No ties: of these none stands out from chance. Try --all, or fewer filters.",
        ),
        (
            ("themes", "--all", "--theme", "radicalisation-and-harmful-practices"),
            "No ties: of these none is of what was asked for. Try fewer filters.",
        ),
        (
            ("themes", "--all", "--since", "2090-01-01"),
            "No ties: no inspection that speaks of a theme is left by these filters. "
            "Try fewer filters.",
        ),
    ],
)
class TestNoTies:
    """Why there are none is said, and a picture of nothing is not drawn."""

    def test_a_table_says_why(self, ask: Run, arguments: tuple[str, ...], words: str) -> None:
        told = ask(*arguments)
        assert told.exit_code == 0
        assert without_count(told.stdout) == words
        assert max(map(len, told.stdout.splitlines())) <= 80

    def test_csv_keeps_its_columns(self, ask: Run, arguments: tuple[str, ...], words: str) -> None:
        told = ask(*arguments, "--format", "csv")
        of = {
            "themes": "source,target,weight,jaccard,lift,passages,chance\n",
            "authorities": "source,target,weight,chance,themes,passages\n",
        }
        assert told.stdout == of[arguments[0]]
        assert words in without_count(told.stderr)

    def test_view_fails_and_writes_nothing(
        self, run: Run, examples_place: str, tmp_path: Path, arguments: tuple[str, ...], words: str
    ) -> None:
        file = tmp_path / "x.html"
        told = run("view", *arguments, "--quiet", "--store", examples_place, "-o", str(file))
        assert told.exit_code == 1
        assert without_count(told.stderr) == f"Error: {words} Nothing was written."
        assert not file.exists()


def test_columns_are_the_same_with_ties_and_without(ask: Run) -> None:
    heads = {
        ask("themes", *more, "--format", "csv").stdout.splitlines()[0]
        for more in ((), ("--all",), ("--since", "2090-01-01"))
    }
    assert heads == {"source,target,weight,jaccard,lift,passages,chance"}


def test_figures_are_even_and_explained(ask: Run) -> None:
    told = ask("themes", "--all", "--top", "30").stdout
    words = " ".join(told.split())
    assert "jaccard: their share of those on either; lift: how many times as many as" in words
    figures = re.findall(r"  +(\d+)  +(\d+\.\d+)  +(\d+\.\d+)$", told, re.MULTILINE)
    assert len(figures) == 30
    assert all(len(n.partition(".")[2]) == 2 for row in figures for n in row[1:])


def test_a_theme_has_its_group_and_few_ties_do_not_hang_on_the_hash_seed(
    examples_place: str,
) -> None:
    told = {
        subprocess.run(
            [sys.executable, "-m", "themegraph", "network", "themes", "--theme", "supervision",
             "--all", "--format", "json", "--store", examples_place],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1
    assert all(node["group"] for node in json.loads(told.pop())["nodes"])


def test_an_unknown_name_is_told(ask: Run) -> None:
    refused = ask("themes", "--theme", "supervisoin")
    assert refused.exit_code == 2
    assert "Did you mean supervision" in refused.stderr
