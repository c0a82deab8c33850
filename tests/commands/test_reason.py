"""``themegraph reason``: what it checks, explains, and writes into a store."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
LETTER = "westmarch-2018-06-19-focused-visit"
needs_java = pytest.mark.skipif(
    shutil.which("java") is None, reason="HermiT needs Java, which this machine lacks"
)
PREFIXES = """@prefix tg: <https://w3id.org/themegraph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/> .
"""
ODD = 'ex:Odd a owl:Class ; rdfs:label "Odd"@en ; rdfs:subClassOf tg:Finding, tg:Recommendation .\n'


@needs_java
def test_what_ships_is_sound_together_with_a_report(run: Run, loaded: str) -> None:
    told = run("reason", "--report", LETTER, "--store", loaded)
    assert told.exit_code == 0, told.output
    for words in (
        "OWL 2 DL by its form.",
        "Consistent, says HermiT.",
        "Every class can have members.",
    ):
        assert words in told.stdout
    assert "and 1 graph more" in told.stdout


@needs_java
@pytest.mark.parametrize(
    ("turtle", "lines"),
    [
        (ODD, ["  Nothing can belong to the class https://example.org/Odd.",
               "    - every Odd is of the kind Finding"]),
        (ODD + "ex:x a ex:Odd .", ["  Inconsistent: it contradicts itself.",
                                   "    - x is of the kind Odd"]),
    ],
)  # fmt: skip
def test_a_broken_copy_is_caught_and_explained(
    run: Run, tmp_path: Path, turtle: str, lines: list[str]
) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text(PREFIXES + turtle, encoding="utf-8")
    told = run("reason", str(file))
    assert told.exit_code == 1
    for line in (
        *lines,
        "    - nothing is both of the kind Finding and of the kind Recommendation",
    ):
        assert line in told.stdout.splitlines()


@needs_java
def test_what_is_not_dl_fails(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "full.ttl"
    file.write_text(PREFIXES + "tg:text a owl:ObjectProperty .", encoding="utf-8")
    told = run("reason", str(file))
    assert told.exit_code == 1
    assert (
        "Not OWL 2 DL: https://w3id.org/themegraph/ontology#text: is more than one" in told.stdout
    )


def test_without_java_one_sentence_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    told = run("reason")
    assert told.exit_code == 1
    assert told.stderr.count("\n") == 1
    assert "HermiT needs Java" in told.stderr


def test_what_follows_is_written_kept_and_taken_out(run: Run, own: str) -> None:
    query = ("query", "-", "--store", own, "--format", "csv")
    asks = """SELECT (COUNT(DISTINCT ?x) AS ?n) {
      ?x a <http://www.w3.org/ns/prov#Activity>, tg:Inspection }"""
    assert run(*query, text=asks).stdout.split() == ["n", "0"]
    first = run("reason", "--materialise", "--store", own)
    assert first.exit_code == 0, first.output
    assert "statements that follow" in first.stdout
    assert run(*query, text=asks).stdout.split() == ["n", "3"]
    assert "0 graphs made" in run("reason", "--materialise", "--store", own).stdout
    assert run("remove", LETTER, "--store", own).exit_code == 0
    assert run(*query, text=asks).stdout.split() == ["n", "2"]
    assert "taken out" in run("reason", "--forget", "--store", own).stdout
    assert run(*query, text=asks).stdout.split() == ["n", "0"]


@pytest.mark.parametrize(
    "arguments",
    [("--materialise", "--forget"), ("--materialise", "x.ttl"), ("--forget", "--report", "k")],
)
def test_what_does_not_go_together_is_told(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("reason", *arguments).exit_code == 2
