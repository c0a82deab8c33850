"""What changed between versions: told term by term, and every changed concept says why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from rdflib import OWL, SKOS, Graph, URIRef

from themegraph.ids import DEFAULT_BASE
from themegraph.ontology import vocab
from themegraph.ontology.changes import (
    Change,
    UnknownReleaseError,
    as_table,
    changes,
    read_release,
    releases,
    said_in,
)
from themegraph.ontology.namespaces import Namespaces
from themegraph.ontology.schemes import vocabulary_graph
from themegraph.ontology.shipped import ontology_graph

BASE = DEFAULT_BASE
ONTOLOGY, WORDS = ontology_graph(BASE), vocabulary_graph(BASE)
VERSION = str(ONTOLOGY.value(URIRef(f"{BASE}ontology"), OWL.versionInfo))
PREFIXES = "".join(f"@prefix {n}: <{i}> .\n" for n, i in Namespaces(BASE).prefixes().items())
OLD = """tg:A a owl:Class ; rdfs:label "A"@en ; skos:definition "One."@en .
tg:B a owl:Class ; rdfs:label "B"@en . tgv:s a skos:ConceptScheme ; skos:prefLabel "S"@en .
<V/s/x> a skos:Concept ; skos:prefLabel "X"@en ; skos:altLabel "ex"@en, "ecks"@en .
"""
NEW = """tg:A a owl:Class ; rdfs:label "A"@en ; skos:definition "One and one."@en .
tg:C a owl:Class ; rdfs:label "C"@en . tgv:s a skos:ConceptScheme ; skos:prefLabel "S"@en .
<V/s/x> a skos:Concept ; skos:prefLabel "X"@en ; skos:altLabel "ecks"@en, "iks"@en .
prov:Entity a owl:Class .
"""


def turtle(text: str) -> Graph:
    data = PREFIXES + text.replace("V/", f"{BASE}vocab/")
    return Graph().parse(data=data, format="turtle")


def test_what_changed_is_told_term_by_term() -> None:
    assert changes(said_in(turtle(OLD)), said_in(turtle(NEW))) == [
        Change("changed", "ontology#A", "definition", "One.", "One and one."),
        Change("removed", "ontology#B", "", "B", ""),
        Change("added", "ontology#C", "", "", "C"),
        Change("changed", "vocab/s/x", "alternative label", "ex", "iks"),
    ]


def test_a_release_reads_back_as_it_was_kept() -> None:
    said = said_in(ONTOLOGY + WORDS)
    lines = as_table(said).splitlines()
    assert lines[0] == "term,property,value"
    assert len(lines) > 3000
    assert changes(said, said) == []
    assert VERSION not in releases(), "a new version begins with a new number"


def test_a_release_that_there_is_not_is_told() -> None:
    with pytest.raises(UnknownReleaseError, match=r"Known are: 0\.1\.0"):
        read_release("9.9.9")


def test_every_concept_that_changed_says_why() -> None:
    """Likenesses say why in their own table."""
    found = changes(read_release(releases()[-1]), said_in(WORDS))
    told = [c for c in found if c.kind != "removed" and not c.property.endswith(" match")]
    changed = {change.term for change in told if change.term.startswith("vocab/")}
    noted = {
        str(concept).removeprefix(BASE)
        for concept, note in WORDS.subject_objects(SKOS.changeNote)
        if str(note).startswith(f"{VERSION}: ")
    }
    assert changed == noted
    assert noted == {f"vocab/{n.concept}" for n in vocab.change_notes() if n.version == VERSION}


def test_the_command_tells_it_and_compares_files(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    told = run("vocab", "diff", "--format", "json")
    assert told.exit_code == 0
    rows = json.loads(told.stdout)
    assert {"kind": "added", "term": "ontology#Body", "property": "", "before": "",
            "after": "Body"} in rows  # fmt: skip
    files = []
    for name, text in (("old.ttl", OLD), ("new.ttl", NEW)):
        turtle(text).serialize(tmp_path / name, format="turtle")
        files.append(str(tmp_path / name))
    told = run("vocab", "diff", *files)
    assert "4 changes" in told.stderr
    assert "ontology#C" in told.stdout
    assert run("vocab", "diff", "9.9.9").exit_code == 1


def test_the_command_checks_what_ships_and_files(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    assert run("vocab", "check").exit_code == 0
    file = tmp_path / "bad.ttl"
    file.write_text(
        PREFIXES
        + "<http://e.org/o> a owl:Ontology ; vann:preferredNamespaceUri 'http://e.org/o#' ."
        "<http://e.org/o#A> a owl:Class .",
        encoding="utf-8",
    )
    told = run("vocab", "check", str(file))
    assert told.exit_code == 1
    assert "http://e.org/o#A has no label in English (rdfs:label, @en)." in told.stdout
    assert (
        "http://e.org/o: An ontology must have a licence (dcterms:license), by its IRI."
        in told.stdout
    )
