"""The notebooks of the documentation run from top to bottom, and show what they say they show."""

from __future__ import annotations

import re
import shutil
from html import unescape
from pathlib import Path

import nbclient
import nbformat
import pytest

FOLDER = Path(__file__).parent.parent / "docs" / "notebooks"
#: The marker and the folder of the demo's store, in a folder of data of its own.
DEMO = Path("themegraph", "demo")
#: What must be among the outputs, and why it is there.
SHOWN = {
    "policy-researcher": [
        # A number with its denominators, and the same number of inspections behind it.
        r"Private fostering: weak or mixed in (\d+) of \d+ inspections that could have spoken of it, "
        r"of 11 in all\..* \d+ passages of \1 inspections",
        # A sentence with its page and its address.
        r"“Children who live in private fostering arrangements are not being looked for\.” "
        r"\(westmarch-2014-03-18-sif, p\. 3; https://w3id\.org/themegraph/id/finding/",
        r"other-framework-and-scope",  # which changes can be compared
        r"\d+ of \d+ comparisons are between inspections with the same rules",
        r"precision",  # how often a theme is told rightly
    ],
    "improvement-lead": [
        r"11 reports on 2 bodies",
        r"2014 SIF.*findings read",  # the matrix
        r"▲ 2014-03-18 westmarch, SIF, weakness.*● 2026-05-11 westmarch, ILACS, strength",
        r"Private fostering \(private-fostering\)",  # what to type for a theme
        r"Recommended 2017-02-27: resolved",
        r"Recommended [\d-]+: persists",
        r"eastmere: weakness on 2019-03-11, praised on 2023-09-18",
        r"Beside 1 body, 1 of them in the store\.",
        r"found: “return interview",
        r"Which weak themes belong together in Westmarch",  # the picture
        r"Written: westmarch\.html",
    ],
    "data-user": [
        r"ties of \d+, from \d+ of \d+ findings of 11 inspections of 2 bodies\.",
        r"findings on both, lift \d",
        r"p\. \d+: .*https://w3id\.org/themegraph/id/finding/",  # from a tie to its sentences
        r"clustering",
        r"communities, modularity 0\.\d\d",
        r"ILACS report",  # tables
        r"fostering\.gexf <Piece 'theme private-fostering; since 2018-01-01': \d+ reports in part>",
        r"recommended",  # what was written as Parquet, by stance
        r"[1-9]\d+ nodes, [1-9]\d* rows of the story",  # what was written is read back
    ],
}
WRITTEN = {
    "policy-researcher": ["private-fostering.csv"],
    "improvement-lead": ["westmarch.html"],
    "data-user": ["out/eastmere.ttl", "out/fostering.gexf", "out/fostering.parquet"],
}
#: Nobody goes through more.
MOST_CELLS = 25


@pytest.fixture(scope="module")
def data_folder(examples_place: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's data folder with the store of the demo."""
    folder = tmp_path_factory.mktemp("data")
    (folder / DEMO).parent.mkdir()
    shutil.copytree(examples_place, folder / DEMO)
    return folder


def told(notebook: nbformat.NotebookNode) -> str:
    """All outputs as text, in order."""
    parts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            parts += [output.get("text", ""), data.get("text/plain", "")]
            parts.append(re.sub(r"<[^>]*>", " ", unescape(data.get("text/html", ""))))
    return " ".join(" ".join(parts).split())


def test_every_notebook_is_tried() -> None:
    assert {file.stem for file in FOLDER.glob("*.ipynb")} == set(SHOWN) == set(WRITTEN)


@pytest.mark.parametrize("name", SHOWN)
def test_it_runs_and_shows_what_it_says(
    name: str, data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(data_folder))
    for variable in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(variable, str(tmp_path / "jupyter"))
    work = tmp_path / "work"
    work.mkdir()
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    where = {"metadata": {"path": str(work)}}
    nbclient.NotebookClient(notebook, timeout=120, resources=where).execute()
    shown = told(notebook)
    for pattern in SHOWN[name]:
        assert re.search(pattern, shown), pattern
    files = sorted(str(file.relative_to(work)) for file in work.rglob("*") if file.is_file())
    assert files == WRITTEN[name]
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.get("name") == "stderr"]


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_kept_without_what_belongs_to_a_machine(name: str) -> None:
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    assert len(notebook.cells) <= MOST_CELLS
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for place, cell in enumerate(notebook.cells, 1):
        assert re.fullmatch(rf"[a-z]+-{place:02}", cell.id), "ids say where a cell stands"
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
            assert not cell.metadata
