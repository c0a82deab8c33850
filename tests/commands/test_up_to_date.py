"""A load that is stopped leaves a store that is up to date, or that is said not to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

import themegraph.commands.load as command
import themegraph.load as loading
from themegraph.derivation.derive import Derivation
from themegraph.graph.store import Store
from themegraph.model import Report

Run = Callable[..., Result]


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "store")


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C after the first report."""
    real = loading.load_reports

    def cut(*arguments: object, **options: object) -> Iterator[loading.Loaded]:
        for loaded in real(*arguments, **options):  # type: ignore[arg-type]
            yield loaded
            raise KeyboardInterrupt

    monkeypatch.setattr(loading, "load_reports", cut)


@pytest.mark.usefixtures("stopped")
def test_a_load_that_is_stopped_brings_up_to_date_what_it_kept(
    run: Run, place: str, examples_folder: Path
) -> None:
    told = run("load", str(examples_folder), "--store", place)
    assert told.exit_code == 130
    assert "Stopped: 1 of " in told.stderr
    assert "Load again to go on." in told.stderr
    with Store(place) as store:
        assert len(store.reports()) == 1
        assert len(Derivation(store)) == 0
        assert list(store.rows("SELECT ?x { ?x a tg:ThemeAssessment }"))
    assert "other rules" not in run("themes", "--store", place).stderr


@pytest.mark.usefixtures("stopped")
def test_a_second_one_stops_at_once_and_the_next_question_says_what_is_missing(
    run: Run, place: str, examples_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "bring_up_to_date", interrupted)
    told = run("load", str(examples_folder), "--store", place)
    assert told.exit_code == 130
    assert "not up to date. Load again." in told.stderr
    asked = run("themes", "--store", place, "--quiet")
    assert "follow-ups of 1 body were made from other reports or by other rules." in asked.stderr
    assert f"Load the reports again: themegraph load FOLDER --store {place}\n" in asked.stderr
    assert "load FOLDER" in asked.stderr


def test_what_a_changed_report_makes_stale_is_told(
    run: Run, place: str, small_report: Callable[..., Report]
) -> None:
    with Store(place, write=True) as store:
        store.write_vocabulary()
        store.replace_report(small_report("leeds", "2018-03-01", "ilacs", ["W"]))
        for _ in Derivation(store).run():
            pass
    assert "other rules" not in run("trace", "supervision", "--store", place).stderr
    with Store(place, write=True) as store:
        store.replace_report(small_report("leeds", "2018-03-01", "ilacs", ["S"]))
    assert (
        "1 body were made from other reports"
        in run("trace", "supervision", "--store", place).stderr
    )
