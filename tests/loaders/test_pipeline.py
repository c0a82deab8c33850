"""Files are read in order, in one process or several, and no file stops the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from themegraph.errors import UnreadableSourceError
from themegraph.loaders.inputs import InputFile
from themegraph.loaders.pipeline import read_many
from themegraph.parallel import CHUNK

# Workers import what they are to run, so it must be a module that they can find.
READERS = """
import os, time
from themegraph.errors import UnreadableSourceError

def read(data, name, metadata):
    if data == b"die":
        os._exit(1)
    if data == b"bad":
        raise UnreadableSourceError(f"{name}: is bad.")
    if data == b"fault":
        raise KeyError("what")
    return (name, data.decode(), dict(metadata or {}))

def shout(report):
    return report[1].upper()
"""


@pytest.fixture
def readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    (tmp_path / "readers_for_tests.py").write_text(READERS)
    monkeypatch.syspath_prepend(tmp_path)
    import readers_for_tests  # type: ignore[import-not-found]

    return readers_for_tests


def files(*data: str) -> list[InputFile]:
    return [InputFile(f"{n}.pdf", f"in/{n}.pdf", data=d.encode()) for n, d in enumerate(data)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_outcomes_come_in_order(readers: object, jobs: int) -> None:
    inputs = files(*map(str, range(3 * CHUNK + 1)))
    made = list(read_many(inputs, jobs=jobs, read=readers.read))  # type: ignore[attr-defined]
    assert [outcome.report[1] for outcome in made] == list(map(str, range(3 * CHUNK + 1)))
    assert [outcome.origin for outcome in made] == [file.origin for file in inputs]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_goes_wrong_is_told_and_the_others_are_read(readers: object, jobs: int) -> None:
    data = ["a", "bad", "fault", *"b" * CHUNK]
    made = list(read_many(files(*data), jobs=jobs, read=readers.read))  # type: ignore[attr-defined]
    good = [outcome for outcome in made if outcome.report]
    assert len(good) == len(data) - 2
    assert made[1].reason == "in/1.pdf: is bad."
    assert isinstance(made[2].error, UnreadableSourceError)
    assert "KeyError" in made[2].reason
    assert "report this with the file" in made[2].reason


def test_a_file_that_kills_its_process_is_one_failure(readers: object) -> None:
    data = [*"a" * CHUNK, "b", "die", "c", *"d" * CHUNK, "die", "e", "die", "f"]
    made = list(read_many(files(*data), jobs=2, read=readers.read))  # type: ignore[attr-defined]
    assert [outcome.report[1] if outcome.report else "die" for outcome in made] == data
    assert "the reader failed on it" in made[CHUNK + 1].reason


def test_what_is_made_of_a_report_is_made_where_it_is_read(readers: object) -> None:
    inputs = files(*"abcdefghij")
    calls = {"read": readers.read, "then": readers.shout}  # type: ignore[attr-defined]
    made = list(read_many(inputs, jobs=2, **calls))
    assert "".join(str(outcome.report) for outcome in made) == "ABCDEFGHIJ"


def test_metadata_goes_to_the_reader(readers: object) -> None:
    (file,) = files("a")
    with_row = InputFile(file.name, file.origin, data=b"a", metadata=(("published", "2020-01-01"),))
    (made,) = read_many([with_row], read=readers.read)  # type: ignore[attr-defined]
    assert made.report == ("0.pdf", "a", {"published": "2020-01-01"})


def test_the_reader_of_reports_is_the_default() -> None:
    (made,) = read_many([InputFile("a.pdf", "a.pdf", data=b"")])
    assert made.report is None
    assert made.error is not None
    assert os.linesep not in made.reason
