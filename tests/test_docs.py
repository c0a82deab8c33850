"""The documentation tells of what there is, and of nothing that is not."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import shlex
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import fields
from importlib.resources import as_file, files
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from themegraph.cli import COMMANDS, cli
from themegraph.graph.store import Store
from themegraph.queries import ask, questions
from themegraph.tagging.correction_tables import parse_corrections
from themegraph.tagging.evaluate import Reference

TOP = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "make_reference", TOP / "scripts" / "make_reference.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands.md", "questions.md", "terms.md"])
def test_reference_pages_are_up_to_date(maker: ModuleType, name: str) -> None:
    page = (TOP / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert page == maker.PAGES[name](), "run: make docs"


def test_every_command_that_the_readme_shows_is_there() -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    blocks = "\n".join(readme.split("```")[1::2])
    shown = set(re.findall(r"^themegraph ([a-z-]+)", blocks, re.MULTILINE))
    assert shown
    assert shown <= set(COMMANDS)
    assert set(COMMANDS) - {"demo"} <= shown
    for name in re.findall(r"themegraph query ([a-z]+(?:-[a-z]+)+)(?:\s|`)", readme):
        assert name in questions()


def test_every_command_of_the_readme_gives_something(
    run: Callable[..., Result],
    examples_folder: Path,
    examples_place: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On the example reports, in a folder with the files that it names."""
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    (sparql,) = re.findall(r"```sparql\n(.*?)```", readme, re.DOTALL)
    letter = "2018-07-12-westmarch-focused-visit.md"
    passage = {"seed": letter, "unit": "finding", "start": "Progress in the MASH has been"}
    shutil.copytree(examples_folder, tmp_path / "reports")
    shutil.copy(examples_folder / letter, tmp_path / "report.pdf")  # told apart by what it holds
    shutil.copytree(examples_place, tmp_path / "store")
    shutil.copy(TOP / "docs" / "examples" / "harbours" / "profile.ttl", tmp_path / "profile.ttl")
    (tmp_path / "my-question.rq").write_text(sparql, encoding="utf-8")
    (tmp_path / "answers.jsonl").write_text(json.dumps({**passage, "themes": []}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THEMEGRAPH_STORE", str(tmp_path / "store"))
    before = set(tmp_path.iterdir())
    ran = 0
    blocks = "\n".join(readme.split("```")[1::2])
    for line in re.findall(r"^themegraph (?!serve|site)(.+)$", blocks, re.MULTILINE):
        command = shlex.split(re.split(r"\s{2,}", line)[0])
        if command == ["reason"] and shutil.which("java") is None:
            continue
        done = run(*command)
        assert done.exit_code == 0, (line, done.stderr)
        written = {path for path in tmp_path.iterdir() if path.stat().st_size} - before
        assert done.stdout or written or command[0] in ("load", "remove", "add"), line
        assert not re.search(r"^(No|Nobody|0)\b|no report", done.output, re.MULTILINE), line
        for path in written:
            path.unlink()
        ran += 1
    assert ran > 20


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")]
    checked = 0
    for page in pages:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
            checked += 1
    assert checked


def test_the_answers_of_the_how_to_can_be_measured(tmp_path: Path) -> None:
    page = (TOP / "docs" / "how-to" / "measure-the-tagging.md").read_text("utf-8")
    (rows,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    gold = tmp_path / "answers.jsonl"
    gold.write_text(rows, encoding="utf-8")
    (command,) = re.findall(r"^ +themegraph (evaluate .*)$", page, re.MULTILINE)
    name, answers, reports = command.split()
    assert (TOP / reports).is_dir() or not (TOP / "themegraph").is_dir()
    with as_file(files("themegraph.examples").joinpath("reports")) as folder:
        arguments = [name, str(gold), str(folder), "--jobs", "1"]
        told = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert answers == gold.name
    assert told.exit_code == 0
    assert "3 of 3 passages found." in told.stderr
    for key in ("sha256", "seed", *(field.name for field in fields(Reference))):
        if key not in ("report", "optional", "stance"):
            assert f"`{key}`" in page


def test_the_python_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (TOP / "README.md").read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    reports = tmp_path / "reports"
    reports.mkdir()
    for file in files("themegraph.examples").joinpath("reports").iterdir():
        if "ilacs" in file.name and "westmarch" in file.name:
            (reports / file.name).write_bytes(file.read_bytes())
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(code, {})
    assert " added\n" in printed.getvalue()
    assert " Good\n" in printed.getvalue()


def test_the_corrections_of_the_how_to_can_be_made(examples: Store) -> None:
    page = (TOP / "docs" / "how-to" / "correct-a-tag.md").read_text("utf-8")
    (table,) = re.findall(r" *```csv\n(.*?) *```", page, re.DOTALL)
    read = parse_corrections("".join(line.lstrip() + "\n" for line in table.splitlines()), "page")
    assert len(read.rows) == 3
    assert all(row.words for row in read.rows)
    assert read.bad == ()
    for row in read.rows:
        (text,) = [
            passage["text"]
            for passage in ask(examples, "passages-of-report", report=row.report)
            if passage["passage"].rpartition("/")[2] == row.passage
        ]
        assert row.words in text
    (finding,) = re.findall(r"why-this-theme -p finding=(\S+)", page)
    assert finding == f"{read.rows[0].report}/{read.rows[0].passage}"


@pytest.mark.parametrize(
    ("page", "sparql"),
    [
        (page.name, sparql)
        for page in sorted((TOP / "docs").glob("*/*.md"))
        for sparql in re.findall(r"```sparql\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    ],
)
def test_every_query_that_is_shown_is_answered_on_the_examples(
    page: str, sparql: str, examples: Store
) -> None:
    assert list(examples.rows(sparql)), page


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (page.name, code)
        for page in sorted((TOP / "docs" / "how-to").glob("*.md"))
        for code in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
        if "my-store" in code
    ],
)
def test_the_python_of_the_how_tos_runs(
    page: str,
    code: str,
    examples_place: str,
    examples_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copytree(examples_place, tmp_path / "my-store")
    (tmp_path / "reports").mkdir()
    shutil.copy(examples_folder / "2018-07-12-westmarch-focused-visit.md", tmp_path / "reports")
    monkeypatch.chdir(tmp_path)
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(code, {})
    assert printed.getvalue(), page
    assert " failed " not in printed.getvalue()
