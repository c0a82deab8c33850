"""The documentation tells of what there is, and of nothing that is not."""

from __future__ import annotations

import importlib.util
import io
import re
from contextlib import redirect_stdout
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

from themegraph.cli import COMMANDS
from themegraph.queries import questions
from themegraph.tagging.corrections import parse_corrections

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


@pytest.mark.parametrize("name", ["commands.md", "questions.md"])
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


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")]
    checked = 0
    for page in pages:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
            checked += 1
    assert checked


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
        exec(code.replace("coventry", "westmarch"), {})
    assert " added\n" in printed.getvalue()
    assert " Good\n" in printed.getvalue()


def test_the_corrections_of_the_how_to_can_be_made() -> None:
    page = (TOP / "docs" / "how-to" / "correct-a-tag.md").read_text("utf-8")
    (table,) = re.findall(r" *```csv\n(.*?) *```", page, re.DOTALL)
    read = parse_corrections("".join(line.lstrip() + "\n" for line in table.splitlines()), "page")
    assert len(read.rows) == 3
    assert read.bad == ()
