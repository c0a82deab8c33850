"""Processes that answer queries: who waits for them and how, and what is said when one ends."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from themegraph.web.faults import RequestError
from themegraph.web.worker import Task
from themegraph.web.workers import WAITING, Workers

#: Counts every way to take nine of sixty words: no end of work.
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(
    f"VALUES ?v{n} {{ {' '.join(map(str, range(60)))} }}" for n in range(9)
) + " }"  # fmt: skip


@pytest.fixture
def one(endpoint_folder: Path) -> Iterator[Workers]:
    """One worker."""
    workers = Workers(endpoint_folder, count=1, time_limit=30)
    workers.answer(Task("ASK {}"))
    yield workers
    workers.close()


def fault_of(ask: Callable[[], object]) -> RequestError:
    with pytest.raises(RequestError) as caught:
        ask()
    return caught.value


@pytest.mark.parametrize(
    ("ended_by", "reason", "is_logged"),
    [
        (signal.SIGSEGV, "crashed", True),
        (signal.SIGTERM, "crashed", True),
        (signal.SIGABRT, "out-of-memory", False),
        (signal.SIGKILL, "out-of-memory", False),
        (signal.SIGXCPU, "time-limit", False),
    ],
)
def test_why_a_process_ended_is_told_from_its_code(
    one: Workers,
    caplog: pytest.LogCaptureFixture,
    ended_by: signal.Signals,
    reason: str,
    is_logged: bool,
) -> None:
    (process,) = (worker._process for worker in one._idle.queue)
    ending = threading.Timer(0.5, os.kill, [process.pid, ended_by])
    ending.start()
    fault = fault_of(lambda: one.answer(Task(ENDLESS)))
    assert (fault.status, fault.reason) == (503, reason)
    assert ("EOFError" in caplog.text and ENDLESS in caplog.text) == is_logged
    assert one.answer(Task("ASK {}")).body  # another has taken its place


def test_a_query_that_breaks_its_reader_is_told_so(one: Workers) -> None:
    long = "||".join(["?s"] * 200_000)
    fault = fault_of(lambda: one.answer(Task(f"SELECT * {{ ?s ?p ?o FILTER({long}) }}")))
    assert (fault.reason, "thousands of parts" in fault.detail) == ("crashed", True)


def test_a_store_that_is_gone_is_no_want_of_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    workers = Workers(tmp_path / "none", count=1, time_limit=5, patience=1)
    try:
        fault = fault_of(lambda: workers.answer(Task("ASK {}")))
        assert (fault.status, fault.reason) == (503, "cannot-start")
        assert "Retry-After" in fault.headers
        assert "cannot be started" in caplog.text
    finally:
        workers.close()


def test_no_place_is_lost_when_a_process_cannot_be_started(
    one: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    from themegraph.web import workers as module

    start, tries = module._SPAWN.Process.start, []

    def fail_twice(process: object) -> None:
        tries.append(process)
        if len(tries) < 3:
            raise BlockingIOError("no more processes")
        start(process)

    monkeypatch.setattr(module._SPAWN.Process, "start", fail_twice)
    (process,) = (worker._process for worker in one._idle.queue)
    threading.Timer(0.5, process.kill).start()
    fault_of(lambda: one.answer(Task(ENDLESS)))
    until = time.monotonic() + 120
    while one._idle.empty() and time.monotonic() < until:
        time.sleep(0.1)
    assert len(tries) == 3
    assert one.answer(Task("ASK {}")).body


def test_who_waits_holds_no_thread_and_too_many_are_told_at_once(one: Workers) -> None:
    done, held = threading.Event(), []

    def hold() -> str:
        held.append(threading.current_thread().name)
        assert done.wait(60)
        return "done"

    async def ask() -> tuple[list[object], float, int]:
        waiting = [asyncio.create_task(one.in_turn(hold)) for _ in range(1 + WAITING)]
        await asyncio.sleep(0.2)
        threads = len(held)
        began = time.monotonic()
        with pytest.raises(RequestError) as caught:
            await one.in_turn(hold)
        seconds = time.monotonic() - began
        assert caught.value.reason == "busy"
        assert "Retry-After" in caught.value.headers
        done.set()
        return await asyncio.gather(*waiting), seconds, threads

    answers, seconds, threads = asyncio.run(ask())
    assert answers == ["done"] * (1 + WAITING)
    assert threads == 1
    assert seconds < 1


def test_who_has_waited_long_enough_is_told(endpoint_folder: Path) -> None:
    workers = Workers(endpoint_folder, count=1, time_limit=30, patience=0.2)
    done = threading.Event()

    async def ask() -> None:
        first = asyncio.create_task(workers.in_turn(done.wait, 60))
        await asyncio.sleep(0)
        with pytest.raises(RequestError, match="Try again"):
            await workers.in_turn(done.wait, 60)
        done.set()
        await first
        assert await workers.in_turn(done.wait, 60)  # a turn that was not waited for is not lost

    try:
        asyncio.run(ask())
    finally:
        workers.close()
