"""``export`` as it is typed: what chooses, where it is written, and what is told."""

from __future__ import annotations

import csv
import io
import os
import pty
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from themegraph.exports.formats import FORMATS

Run = Callable[..., Result]
FINDING = "https://w3id.org/themegraph/id/finding/westmarch-2019-09-30-ilacs/4"


@pytest.fixture
def export(run: Run, examples_place: str) -> Run:
    def invoke(*arguments: str, text: str | None = None) -> Result:
        return run("export", "--store", examples_place, *arguments, text=text)

    return invoke


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--authority", "eastmere"), "Exported: 2 reports."),
        # Values of one kind are alternatives.
        (("--authority", "eastmere", "--authority", "westmarch"), "Exported: 11 reports."),
        (
            ("--theme", "private-fostering", "--authority", "eastmere"),
            "Exported: 2 reports in part.",
        ),
        (("--type", "sif"), "Exported: 2 reports."),  # takes in re-inspections
        (("--since", "2026"), "Exported: 1 report."),
        (("--iri", FINDING), "Exported: 1 report in part."),
        # A concept alone needs no report.
        (("--iri", "https://w3id.org/themegraph/vocab/theme/supervision"), "Exported: 0 reports."),
        (("--quiet", "--authority", "eastmere"), ""),
        ((), "Exported: 11 reports."),
    ],
)
def test_how_much_was_exported_is_told(export: Run, arguments: tuple[str, ...], told: str) -> None:
    done = export(*arguments, "--format", "nt")
    assert done.exit_code == 0
    assert done.stderr.strip() == told
    assert done.stdout.startswith("<")


def test_things_come_from_a_list(export: Run, tmp_path: Path) -> None:
    (tmp_path / "things.txt").write_text(f"{FINDING}\n\n", encoding="utf-8")
    from_file = export("--iris", str(tmp_path / "things.txt"), "--format", "nt")
    from_input = export("--iris", "-", "--format", "nt", text=f"<{FINDING}>\n")
    assert from_file.exit_code == from_input.exit_code == 0
    named = export("--iri", FINDING, "--format", "nt").stdout
    assert from_file.stdout == named
    assert f"<{FINDING}> " in from_input.stdout


def test_the_answer_to_a_question_is_a_list(export: Run, run: Run, examples_place: str) -> None:
    asked = ("query", "findings-search", "-p", "word=fostering", "--format", "csv")
    found = run(*asked, "--store", examples_place).stdout
    done = export("--iris", "-", "--format", "csv", text=found)
    told = {row["passage"] for row in csv.DictReader(io.StringIO(done.stdout))}
    assert told == {row["finding"] for row in csv.DictReader(io.StringIO(found))}


def test_an_empty_table_is_told(export: Run) -> None:
    body = "https://w3id.org/themegraph/id/authority/westmarch"
    done = export("--iri", body, "--format", "csv")
    assert done.exit_code == 0
    assert "The table passages is empty" in done.stderr


def test_a_query_makes_the_piece(export: Run, tmp_path: Path) -> None:
    query = "CONSTRUCT { ?f tg:seen true } WHERE { ?f tg:isMixedOn ?theme }"
    (tmp_path / "mixed.rq").write_text(query, encoding="utf-8")
    done = export("--construct", str(tmp_path / "mixed.rq"), "--format", "nq")
    assert done.exit_code == 0
    made = [line for line in done.stdout.splitlines() if "#seen>" in line]
    assert made
    findings = {line.split(" ")[0] for line in made}
    # What it names comes along, with its words.
    told = {line.split(" ")[0] for line in done.stdout.splitlines() if "#text>" in line}
    assert findings <= told


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--authority", "westmark"), 2, "No authority 'westmark' in the store. Did you mean"),
        (("--theme", "nothing"), 2, "No theme 'nothing'"),
        (("--since", "2020", "--until", "2019"), 2, "--since 2020-01-01 is after --until"),
        (("--since", "2050"), 1, "No inspection in the store matches: since 2050-01-01."),
        (("--iri", FINDING, "--theme", "supervision"), 2, "named alone"),
        (("--depth", "1"), 2, "choose a part, or no depth"),
        (("--iris", "none.txt"), 1, "none.txt: cannot be read (No such file or directory)."),
        (("--iris", "-"), 1, "standard input: has no IRI."),
        (("--table", "evidence"), 2, "a table is chosen with csv, parquet"),
        (("--full-text",), 2, "--full-text is for --format qdpx"),
        (("-o", "nowhere/x.csv"), 1, "nowhere/x.csv: cannot be written"),
        (("-o", "."), 1, ".: is a folder; name a file in it."),
        # Turtle under another name would mislead.
        (("-o", "x.docx"), 2, "there is none for a file that ends in .docx"),
    ],
)
def test_what_cannot_be_is_told(
    export: Run, arguments: tuple[str, ...], code: int, message: str
) -> None:
    done = export(*arguments, text="")
    assert done.exit_code == code
    assert message in " ".join(done.stderr.split())
    assert done.stdout == ""


def test_the_ending_tells_the_format(export: Run, tmp_path: Path) -> None:
    place = tmp_path / "x.csv"
    assert (
        export("--authority", "eastmere", "--table", "judgements", "-o", str(place)).exit_code == 0
    )
    rows = list(csv.DictReader(io.StringIO(place.read_text(encoding="utf-8"))))
    assert {row["authority"] for row in rows} == {"Eastmere"}
    assert {row["grade"] for row in rows} >= {"Good", "Outstanding"}


def test_what_lies_beside_a_file_is_left_alone(export: Run, tmp_path: Path) -> None:
    (tmp_path / "x.nt.part").write_text("precious", encoding="utf-8")
    (tmp_path / "target.nt").write_text("old", encoding="utf-8")
    (tmp_path / "x.nt").symlink_to(tmp_path / "target.nt")
    assert export("--authority", "eastmere", "-o", str(tmp_path / "x.nt")).exit_code == 0
    assert (tmp_path / "x.nt.part").read_text(encoding="utf-8") == "precious"
    assert (tmp_path / "x.nt").is_symlink()
    assert (tmp_path / "target.nt").read_text(encoding="utf-8").startswith("<")
    assert len(list(tmp_path.iterdir())) == 3


def test_formats_are_listed(run: Run) -> None:
    listed = run("export", "--list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(FORMATS)


def test_whole_reports_are_sources_of_a_project(export: Run, tmp_path: Path) -> None:
    place = tmp_path / "x.qdpx"
    chosen = ("--theme", "private-fostering", "--authority", "eastmere")
    assert export(*chosen, "--full-text", "-o", str(place)).exit_code == 0
    with zipfile.ZipFile(place) as archive:
        texts = [archive.read(name) for name in archive.namelist() if name.endswith(".txt")]
    assert len(texts) == 2
    assert min(map(len, texts)) > 3000  # characters: more than the passages on the theme
    place.unlink()
    missing = export(*chosen, "--full-text", "--sources", str(tmp_path), "-o", str(place))
    assert missing.exit_code == 1
    assert "say where the files are with --sources" in " ".join(missing.stderr.lower().split())
    assert not place.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are made in another way there")
def test_a_terminal_is_not_given_what_is_no_text(examples_place: str) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "themegraph", "export", "--store", examples_place]
    done = subprocess.run(
        [*command, "--format", "xlsx"], stdout=theirs, stderr=subprocess.PIPE, check=False
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert b"A terminal cannot show xlsx: name a file with -o FILE.xlsx" in done.stderr
