"""The command line as a user meets it: results, messages, exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from themegraph.cli import COMMANDS
from themegraph.graph.embedded import MARKER
from themegraph.graph.store import Store

Run = Callable[..., Result]
HEAVY = ("rdflib", "networkx", "owlready2", "pyvis", "pypdfium2", "pyshacl", "pyoxigraph", "lxml",
         "rich", "multiprocessing")  # fmt: skip
KEY = "westmarch-2018-06-19-focused-visit"


class TestHelp:
    """What there is, told at once."""

    def test_every_command_has_help(self, run: Run) -> None:
        listing = run("--help").stdout
        for name in COMMANDS:
            assert re.search(rf"^  {name} +[A-Z].*", listing, re.MULTILINE)
            told = run(name, "--help").stdout
            assert "Usage: " in told
            options = re.findall(r"^  (?:-\w, )?--[\w-]+.*", told, re.MULTILINE)
            assert options

    def test_help_loads_nothing_heavy(self) -> None:
        program = (
            "import sys\n"
            "from click.testing import CliRunner\n"
            "from themegraph.cli import cli\n"
            "before = set(sys.modules)\n"
            "assert CliRunner().invoke(cli, ['--help']).exit_code == 0\n"
            f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
        assert done.stdout == "[]\n", done.stderr

    def test_importing_the_package_loads_nothing_heavy(self) -> None:
        program = f"import sys, themegraph\nprint([n for n in {HEAVY!r} if n in sys.modules])"
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
        assert done.stdout == "[]\n", done.stderr

    def test_wrong_usage_is_exit_code_2(self, run: Run) -> None:
        for arguments in (["load"], ["query"], ["nosuch"], ["query", "x", "-p", "novalue"]):
            assert run(*arguments).exit_code == 2


class TestQuery:
    """Asking the graph."""

    def test_a_table_fits_eighty_columns(self, run: Run, loaded: str) -> None:
        for name in ("reports-list", "coverage", "inspections-by-type-and-year", "warnings"):
            done = run("query", name, "--store", loaded)
            assert done.exit_code == 0
            assert all(len(line) <= 80 for line in done.stdout.splitlines())
        assert "\x1b" not in done.stdout

    def test_forms_of_rows(self, run: Run, loaded: str) -> None:
        def asked(form: str) -> str:
            done = run("query", "reports-list", "-p", "authority=westmarch", "--store", loaded,
                       "--format", form)  # fmt: skip
            assert done.exit_code == 0
            return done.stdout

        assert len(list(csv.reader(io.StringIO(asked("csv"))))) == 4
        assert asked("tsv").startswith("?body\t?name\t")
        assert len(json.loads(asked("json"))["results"]["bindings"]) == 3
        assert asked("xml").count("<result>") == 3

    def test_forms_of_triples(self, run: Run, loaded: str) -> None:
        text = "CONSTRUCT { ?r a tg:Report } WHERE { ?r a tg:Report }"
        done = run("query", "-", "--store", loaded, text=text)
        assert done.stdout.count("a tg:Report") == 3
        for form in ("ttl", "nt", "jsonld", "rdfxml"):
            assert KEY in run("query", "-", "--store", loaded, "--format", form, text=text).stdout
        wrong = run("query", "-", "--store", loaded, "--format", "csv", text=text)
        assert wrong.exit_code == 2
        assert "--format ttl" in wrong.stderr
        rows = run("query", "reports-list", "--store", loaded, "--format", "ttl")
        assert "SELECT gives rows" in rows.stderr

    def test_yes_or_no(self, run: Run, loaded: str) -> None:
        ask = "ASK { ?r a tg:Report }"
        assert run("query", "-", "--store", loaded, text=ask).stdout == "yes\n"
        answer = run("query", "-", "--store", loaded, "--format", "json", text=ask).stdout
        assert json.loads(answer)["boolean"] is True

    def test_a_file_and_its_parameters(self, run: Run, loaded: str, tmp_path: Path) -> None:
        path = tmp_path / "mine.rq"
        path.write_text(
            "SELECT ?title { ?r dcterms:title ?title ; tg:reportType/skos:notation ?kind }"
        )
        done = run("query", str(path), "-p", "kind=ilacs", "--store", loaded, "--format", "csv")
        assert len(done.stdout.splitlines()) == 2
        assert run("query", str(tmp_path / "none.rq"), "--store", loaded).exit_code == 2

    def test_the_list_names_every_question(self, run: Run) -> None:
        listing = run("query", "--list").stdout
        assert "judgement-history\n      How has an authority been judged" in listing
        assert "-p authority=westmarch\n" in listing
        assert "-p word='private fostering'\n" in listing
        for line in listing.splitlines():
            if line.startswith("      -p "):
                words = shlex.split(line.removesuffix(" (may be left out)"))
                assert len(words) == 2, "what a shell makes of it is one value for -p"

    def test_a_question_can_be_shown_and_pasted(self, run: Run, loaded: str) -> None:
        shown = run("query", "coverage", "--show").stdout
        assert shown.startswith("#+ title: ")
        assert run("query", "-", "--store", loaded, text=shown).exit_code == 0

    @pytest.mark.parametrize(
        ("arguments", "text", "message"),
        [
            (["judgement-histry"], None,
             "Did you mean judgement-history? See all: themegraph query --list\n"),
            (["judgement-history"], None, "needs authority"),
            (["-"], "SELECT * {\n ?s ?p }", "SPARQL syntax error at line 2, column"),
            (["-"], "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "SERVICE is refused"),
            (["-"], "SELECT * FROM <file:///x> { ?s ?p ?o }", "FROM <file:///x> is refused"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_asked_is_told(
        self, run: Run, loaded: str, arguments: list[str], text: str | None, message: str
    ) -> None:
        done = run("query", *arguments, "--store", loaded, text=text)
        assert done.exit_code == 2
        assert message in done.stderr
        assert done.stdout == ""

    def test_no_rows_are_told(self, run: Run, loaded: str) -> None:
        done = run("query", "findings-search", "-p", "word=zzzz", "--store", loaded)
        assert (done.exit_code, done.stdout, done.stderr) == (0, "", "No rows.\n")


class TestStore:
    """What is in the store, and out of it again."""

    def test_status(self, run: Run, loaded: str) -> None:
        done = run("status", "--store", loaded)
        assert re.search(r"^Focused.* 2018–2020 +2 ", done.stdout, re.MULTILINE)
        assert "3 reports on 1 body in" in done.stderr
        rows = list(
            csv.DictReader(io.StringIO(run("status", "--store", loaded, "--format", "csv").stdout))
        )
        assert [row["reports"] for row in rows] == ["2", "1"]

    def test_remove(self, run: Run, own: str) -> None:
        assert "1 report removed." in run("remove", KEY, "--store", own).stderr
        with Store(own) as store:
            assert KEY not in store.reports()
            assert len(store.reports()) == 2
        again = run("remove", KEY, "--store", own)
        assert again.exit_code == 2
        assert f"No report {KEY} in the store" in again.stderr

    @pytest.mark.parametrize(
        "arguments", [["status"], ["query", "coverage"], ["export"], ["validate"], ["verify"]]
    )
    def test_a_store_that_is_not_there_is_told(
        self, run: Run, tmp_path: Path, arguments: list[str]
    ) -> None:
        done = run(*arguments, "--store", str(tmp_path / "none"))
        assert done.exit_code == 1
        assert "no store here yet. Load reports first: themegraph load FOLDER" in done.stderr

    @pytest.mark.parametrize(
        "arguments",
        [
            ["load", "empty", "bad.pdf", "--store", "new/store"],
            ["load", "empty", "--store", "there"],
            ["remove", KEY, "--store", "new/store"],
        ],
    )
    def test_what_loads_nothing_makes_no_store(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        for folder in ("empty", "there"):
            (tmp_path / folder).mkdir()
        (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
        done = run(*arguments)
        assert done.exit_code == 1
        assert "The store is" not in done.stderr
        assert sorted(path.name for path in tmp_path.rglob("*")) == ["bad.pdf", "empty", "there"]
        assert "no store here yet" in run("status", "--store", "new/store").stderr

    def test_a_load_that_fails_leaves_a_store_that_is_there(self, run: Run, own: str) -> None:
        assert run("load", "nowhere.pdf", "--store", own).exit_code == 1
        with Store(own) as store:
            assert len(store.reports()) == 3

    def test_an_empty_store_is_said_to_be_empty(self, run: Run, own: str) -> None:
        with Store(own) as store:
            keys = tuple(store.reports())
        assert run("remove", *keys, "--store", own).exit_code == 0
        told = "The store is empty. Load reports first: themegraph load FOLDER"
        for arguments in (["status"], ["themes"], ["trace", "neglect"], ["verify"], ["validate"]):
            done = run(*arguments, "--store", own)
            assert (done.exit_code, done.stdout) == (1, ""), arguments
            assert done.stderr == f"Error: {own}: {told} --store {own}\n"
        asked = run("query", "coverage", "--store", own)
        assert (asked.exit_code, asked.stderr) == (0, f"No rows. {told}\n")
        wanted = run("query", "judgement-history", "-p", "authority=westmarch", "--store", own)
        assert wanted.stderr.endswith(f"in the store. {told}\n")
        assert len(run("query", "how-well-tagged", "--store", own).stdout.splitlines()) > 70

    def test_a_store_without_anything_is_empty_too(self, run: Run, tmp_path: Path) -> None:
        place = str(tmp_path)
        (tmp_path / MARKER).write_text('{"format": 1}', encoding="utf-8")
        Store(place, write=True).close()
        asked = run("query", "coverage", "--store", place)
        assert asked.stderr == (
            "No rows. The store is empty. Load reports first: themegraph load FOLDER\n"
        )

    def test_the_store_is_a_setting(
        self, run: Run, loaded: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("THEMEGRAPH_STORE", loaded)
        assert run("status").exit_code == 0

    def test_a_store_in_use_is_told(self, run: Run, own: str, three: Path) -> None:
        with Store(own):
            done = run("load", str(three), "--store", own)
        assert done.exit_code == 1
        assert (
            "in use by another themegraph (loading, serving, or open in a notebook)" in done.stderr
        )
        assert "or stop or close it, or use another folder" in done.stderr


class TestExport:
    """The graph for other tools."""

    def test_parts(self, run: Run, loaded: str, tmp_path: Path) -> None:
        def lines(*arguments: str) -> int:
            done = run("export", *arguments, "--store", loaded, "--format", "nq")
            assert done.exit_code == 0
            return len(done.stdout.splitlines())

        whole = lines()
        part = lines("--no-vocabulary")
        one = lines("--report", KEY)
        assert whole > part > one > 100
        assert lines("--authority", "Westmarch", "--no-vocabulary") == part
        assert whole > lines("--authority", "Westmarch") > part
        bare = lines("--report", KEY, "--no-vocabulary")
        assert one > bare
        assert lines("--report", KEY, "--vocabulary") - bare == whole - part

    def test_to_a_file(self, run: Run, loaded: str, tmp_path: Path) -> None:
        path = tmp_path / "out.ttl"
        done = run("export", "--store", loaded, "-o", str(path), "--report", KEY)
        assert (done.exit_code, done.stdout) == (0, "")
        assert path.read_text(encoding="utf-8").startswith("@base")
        assert [p.name for p in tmp_path.iterdir()] == ["out.ttl"]
        wrong = run("export", "--store", loaded, "-o", str(tmp_path / "no" / "out.ttl"))
        assert wrong.exit_code == 1
        assert "cannot be written" in wrong.stderr

    def test_a_report_that_is_not_there_writes_nothing(
        self, run: Run, loaded: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "out.ttl"
        done = run("export", "--store", loaded, "-o", str(path), "--report", "nowhere")
        assert done.exit_code == 2
        assert not path.exists()


class TestChecks:
    """Validation and verification."""

    def test_what_is_loaded_conforms(self, run: Run, loaded: str) -> None:
        done = run("validate", "--store", loaded)
        assert done.exit_code == 0
        assert (
            done.stdout
            == "3 reports and what is derived for 1 body checked: all conform, 0 warnings.\n"
        )

    def test_a_broken_file_does_not(self, run: Run, loaded: str, tmp_path: Path) -> None:
        whole = run("export", "--store", loaded, "--report", KEY, "--format", "nt").stdout
        good, bad = tmp_path / "good.nt", tmp_path / "bad.nt"
        good.write_text(whole, encoding="utf-8")
        kept = [line for line in whole.splitlines(keepends=True) if "#supportedBy>" not in line]
        bad.write_text("".join(kept), encoding="utf-8")
        assert run("validate", str(good)).exit_code == 0
        done = run("validate", str(bad))
        assert done.exit_code == 1
        assert "bad.nt" in done.stdout
        (tmp_path / "two").mkdir()
        again = tmp_path / "two" / "bad.nt"
        again.write_text("".join(kept), encoding="utf-8")
        both = run("validate", str(bad), str(again), "--format", "table").stdout
        assert "two" in both, "files of one name are told apart"
        rows = list(
            csv.DictReader(io.StringIO(run("validate", str(bad), "--format", "csv").stdout))
        )
        assert {row["severity"] for row in rows} >= {"violation"}
        assert {row["page"] for row in rows} <= {"1", "2", "3", ""}

    def test_every_quotation_stands(self, run: Run, loaded: str, three: Path) -> None:
        done = run("verify", "--store", loaded)
        assert done.exit_code == 0
        assert re.match(
            r"\d+ quotations of 3 reports checked: all stand word for word", done.stdout
        )
        assert run("verify", "--store", loaded, "--sources", str(three)).exit_code == 0

    def test_a_file_that_is_not_at_hand_is_told(
        self, run: Run, loaded: str, tmp_path: Path
    ) -> None:
        done = run("verify", "--store", loaded, "--sources", str(tmp_path))
        assert done.exit_code == 1
        assert done.stderr.count("is not at hand; not in") == 3

    def test_a_quotation_that_does_not_stand_is_told(self, run: Run, own: str) -> None:
        with Store(own, write=True) as store:
            graph = f"https://w3id.org/themegraph/id/graph/report/{KEY}"
            lines = store.lines(graph)
            told = next(line for line in lines if "/oa#exact>" in line)
            changed = re.sub(r'"(\w+) ', '"Reworded ', told, count=1)
            assert changed != told
            store._backend.replace([graph], "".join(lines).replace(told, changed))
        done = run("verify", "--store", own, "--format", "csv")
        assert done.exit_code == 1
        assert "does not stand at its offsets" in done.stdout
        assert "Reworded" in done.stdout
        assert "1 fault found" in done.stderr


class TestDemo:
    """The whole thing on the examples."""

    def test_it_tells_the_story(self, run: Run, tmp_path: Path) -> None:
        done = run("demo", "--store", str(tmp_path / "demo"))
        assert done.exit_code == 0
        assert "11 reports read: 11 added" in done.stderr
        assert re.search(
            r"^Overall +Inadequate +Requires +Requires +Good", done.stdout, re.MULTILINE
        )
        drift = re.search(r"^  Timeliness, drift and.*$", done.stdout, re.MULTILINE)
        assert drift
        assert drift.group().count("◆") >= 5
        assert f"The graph is in {tmp_path / 'demo'}" in done.stdout
        shown = [line for line in done.stdout.splitlines() if str(tmp_path) not in line]
        assert all(len(line) <= 80 for line in shown)

    def test_it_has_a_store_of_its_own(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("THEMEGRAPH_STORE", raising=False)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        assert "or try: themegraph demo" in run("status").stderr
        assert run("demo", "--quiet").exit_code == 0
        assert run("demo", "--quiet").stderr == ""
        none = run("status")
        assert none.exit_code == 1
        place = str(tmp_path / "themegraph" / "demo")
        assert f"The demo's store is {place}; add --store {place}\n" in none.stderr
        assert "11 reports" in run("status", "--store", place).stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_closed_pipe_ends_quietly(loaded: str) -> None:
    command = f"{sys.executable} -m themegraph export --store {loaded} --format nt | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_output_is_utf8_whatever_the_locale(loaded: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "themegraph", "status", "--store", loaded],
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        check=True,
    )
    assert "2018–2020" in done.stdout.decode("utf-8")
