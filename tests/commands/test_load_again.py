"""Loading once more what was loaded before, and what lies beside reports and is none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from themegraph.graph.read_before import FILE
from themegraph.graph.store import Store
from themegraph.loaders.inputs import InputFile
from themegraph.loaders.pipeline import _Task

Run = Callable[..., Result]
KEY = "westmarch-2018-06-19-focused-visit"


def graphs(place: str) -> list[list[str]]:
    with Store(place) as store:
        return [store.lines(graph) for graph in store.graphs()]


def refuse(_task: object, file: object) -> None:
    raise AssertionError(f"{file} is read")


@pytest.fixture
def again(run: Run, loaded: str, three: Path, tmp_path: Path) -> tuple[Callable[[], str], str]:
    """What a load says of the three reports, in a copy of the store that holds them; its place."""
    place = str(tmp_path / "s")
    shutil.copytree(loaded, place)
    return lambda: run("load", str(three), "--jobs", "1", "--store", place).stderr, place


def test_what_has_not_changed_is_not_read(
    again: tuple[Callable[[], str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load, place = again
    before = graphs(place)
    monkeypatch.setattr("themegraph.loaders.pipeline._Task.one", refuse)
    assert "3 reports read: 0 added, 0 replaced, 3 unchanged" in load()
    assert graphs(place) == before


def test_a_report_that_was_taken_out_is_read_again(
    run: Run, again: tuple[Callable[[], str], str]
) -> None:
    load, place = again
    before = graphs(place)
    run("remove", KEY, "--store", place)
    assert "1 added, 0 replaced, 2 unchanged" in load()
    assert graphs(place) == before


@pytest.mark.parametrize("record", ["{", "[1]", "{}"])
def test_without_a_record_that_can_be_read_all_is_read(
    again: tuple[Callable[[], str], str], record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    load, place = again
    (Path(place) / FILE).write_text(record, encoding="utf-8")
    read: list[str] = []
    one = _Task.one

    def noted(task: _Task, file: InputFile) -> object:
        read.append(file.name)
        return one(task, file)

    monkeypatch.setattr(_Task, "one", noted)
    assert "3 unchanged" in load()
    assert len(read) == 3


def test_a_correction_has_the_report_that_it_names_read_again(
    run: Run, three: Path, tmp_path: Path
) -> None:
    folder, place = tmp_path / "reports", str(tmp_path / "s")
    folder.mkdir()
    for file in three.iterdir():
        if file.suffix != ".pdf":
            shutil.copy(file, folder)
    load = ("load", str(folder), "--jobs", "1", "--store", place)
    run(*load)
    with Store(place) as store:
        found = store.rows("SELECT ?f ?t { ?f a tg:Finding ; tg:hasTheme ?t } ORDER BY ?f ?t")
        row = next(iter(found))
    passage, theme = row["f"].value.split("/")[-1], row["t"].value.rpartition("/")[2]
    file = "2018-07-12-westmarch-focused-visit.md"
    (folder / "corrections.csv").write_text(
        "report,passage,action,theme,stance,instead_of,who,why\n"
        f"{file},{passage},remove,{theme},,,A reader,not on it\n",
        encoding="utf-8",
    )
    assert "0 added, 1 replaced, 1 unchanged" in run(*load).stderr


def test_what_is_passed_over_is_told(run: Run, three: Path, tmp_path: Path) -> None:
    shutil.copy(three / "2018-07-12-westmarch-focused-visit.md", tmp_path)
    for n in range(4):
        (tmp_path / f"letter-{n}.docx").write_bytes(b"x")
    told = "letter-0.docx, letter-1.docx, letter-2.docx and 1 more."
    assert told in run("extract", str(tmp_path)).stderr
    assert "Passed over" not in run("extract", str(tmp_path), "--quiet").stderr


def test_a_text_in_which_nothing_is_found_is_no_report(run: Run, tmp_path: Path) -> None:
    """A page that explains words speaks of inspections and of children, and reports nothing."""
    page = tmp_path / "terms.md"
    page.write_text(
        "# Terms\n\n| term | what it is |\n|---|---|\n"
        "| `Inspection` | What Ofsted inspectors of services for children do. |\n",
        encoding="utf-8",
    )
    done = run("load", str(page), "--store", str(tmp_path / "s"))
    assert done.exit_code == 1
    assert "neither a judgement nor a finding nor a recommendation was found" in done.stderr
    assert not (tmp_path / "s").exists()
