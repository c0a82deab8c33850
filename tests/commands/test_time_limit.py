"""A query that takes too long is stopped, and a reader is told how far long work is."""

from __future__ import annotations

import time

import pytest

from themegraph.commands import console
from themegraph.commands.time_limit import in_time
from themegraph.errors import QueryError


def test_what_is_done_in_time_is_given() -> None:
    assert in_time(lambda: 3, 60) == 3
    assert in_time(lambda: 3, 0) == 3, "no limit"


def test_what_takes_longer_is_stopped() -> None:
    with pytest.raises(QueryError, match=r"stopped after 0.05 seconds.*--query-timeout"):
        in_time(lambda: time.sleep(10), 0.05)


def test_what_goes_wrong_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        in_time(lambda: 1 // 0, 60)


def test_long_work_tells_how_far_it_is_again_and_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "PATIENCE_SECONDS", -1)
    monkeypatch.setattr(console, "EVERY_SECONDS", 0)
    assert list(console.tracked(range(3), 3, "Reading reports", quiet=False)) == [0, 1, 2]
    told = capsys.readouterr().err.splitlines()
    assert told == [f"Reading reports: {n} of 3 so far …" for n in (1, 2, 3)]


def test_long_work_tells_it_no_oftener_than_it_should(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "PATIENCE_SECONDS", -1)
    list(console.tracked(range(3), 3, "Reading reports", quiet=False))
    assert capsys.readouterr().err == "Reading reports: 1 of 3 so far …\n"


def test_what_cannot_be_counted_is_told_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(console, "EVERY_SECONDS", 0.05)
    with console.patience("Asking the store", quiet=False):
        time.sleep(0.5)
    first, second, *_ = capsys.readouterr().err.splitlines()
    assert first == "Asking the store …"
    assert second == "Asking the store, 0 seconds so far …"
