"""Three of the reports that ship, and a store that holds them, for tests of commands."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A markdown, an HTML and a PDF report of those that ship."""
    folder = tmp_path_factory.mktemp("reports")
    with as_file(files("themegraph.examples").joinpath("reports")) as there:
        for name in ("2018-07-12-westmarch-focused-visit.md",
                     "2020-12-08-westmarch-focused-visit.pdf",
                     "2023-05-09-westmarch-ilacs-inspection.html"):  # fmt: skip
            shutil.copy(there / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def loaded(three: Path, once: Callable[..., Path]) -> str:
    """A store with the three reports; to be read only."""

    def load(place: Path) -> None:
        command = [sys.executable, "-m", "themegraph", "load", str(three), "--store", str(place)]
        subprocess.run(command, check=True, capture_output=True)

    return str(once("loaded", load))


@pytest.fixture
def own(loaded: str, tmp_path: Path) -> str:
    """A copy of the store, to be written to."""
    shutil.copytree(loaded, tmp_path / "own")
    return str(tmp_path / "own")
