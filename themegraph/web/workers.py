"""Queries in processes of their own, which can be killed: a time limit that really stops the work.

Each worker opens the store for reading and answers one query at a time. A worker whose query takes
too long, or more memory than it may, is killed and another takes its place; those that wait know
nothing of it. Whoever waits for a turn holds no thread, so that pages go on beside.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from themegraph.web.beginning import Beginning
from themegraph.web.faults import RequestError
from themegraph.web.worker import OUT_OF_MEMORY, READY, Answer, Glance, Task, serve

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

T = TypeVar("T")

#: An answer is as large as this at most, in bytes.
LARGEST_ANSWER = 64 * 2**20
#: A worker has as much memory as this at most, in bytes.
MOST_MEMORY = 4 * 2**30
#: How long a query waits for a worker, in seconds, before it is told to come again.
PATIENCE = 5.0
#: So many queries for each worker may wait; who comes then is told at once to come again.
WAITING = 8
#: How long a process may take to start, and how long to end when it was told to, in seconds.
START_SECONDS, END_SECONDS = 60.0, 5.0
#: After a process could not be started it is tried again, later and later, in seconds.
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_SPAWN = multiprocessing.get_context("spawn")
_log = logging.getLogger(__name__)

#: By the signal that ended a process in the midst of a query: the reason, and words for people.
_ENDED_BY = {
    "SIGABRT": ("out-of-memory", OUT_OF_MEMORY),  # what the engine does that is given none
    "SIGKILL": ("out-of-memory", OUT_OF_MEMORY),  # what the system does that has none
    "SIGXCPU": ("time-limit", "The query was stopped: it took longer than it may. Ask for less."),
}
_CRASHED = (
    "The query ended the process that read it. That is what happens to one with thousands of parts "
    "in a row or within each other (signs, alternatives, steps of a path): write it in fewer."
)


class Workers:
    """``count`` processes that answer queries on the store in ``folder``."""

    def __init__(
        self,
        folder: Path,
        *,
        count: int,
        time_limit: float,
        largest: int = LARGEST_ANSWER,
        memory: int = MOST_MEMORY,
        patience: float = PATIENCE,
    ) -> None:
        self.time_limit = time_limit
        self.patience = patience
        self._limits = (folder, largest, memory, time_limit)
        self._idle: queue.Queue[_Worker] = queue.Queue()
        self._busy: set[_Worker] = set()
        self._turns = asyncio.Semaphore(count)
        self._waiting, self._most_waiting = 0, WAITING * count
        self._threads = ThreadPoolExecutor(count, "query")
        self._closed = threading.Event()
        self._starting, self._counting = 0, threading.Lock()
        self._cannot_start = False
        for _ in range(count):
            self._start_another()

    async def in_turn(self, call: Callable[..., T], *arguments: object) -> T:
        """What ``call``, which asks these workers, gives, in a thread of its own as soon as it is
        its turn.

        Raises RequestError (503) when that is not soon, or too many are waiting already.
        """
        if self._turns.locked() and self._waiting >= self._most_waiting:
            raise _busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(self.patience):
                await self._turns.acquire()
        except TimeoutError:
            raise _busy() from None
        finally:
            self._waiting -= 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, call, *arguments)
        finally:
            self._turns.release()

    def answer(self, task: Task) -> Answer:
        """The answer to a query. May be called from several threads.

        Raises RequestError: 503 for one that takes too long, answers too much, or finds no worker
        free; 400 for one that is not SPARQL.
        """
        with self._worker() as worker:
            said = worker.answer(task, self.time_limit)
        assert isinstance(said, Answer)
        return said

    def glance(self, query: str) -> Beginning:
        """The first rows of the answer to a query, and how many there are; raises as ``answer``."""
        with self._worker() as worker:
            said = worker.answer(Glance(query), self.time_limit)
        assert isinstance(said, Beginning)
        return said

    def close(self) -> None:
        """End all workers."""
        self._closed.set()
        self._threads.shutdown(wait=False)
        for worker in tuple(self._busy):
            worker.end()  # those that wait for its answer do the rest
        while not self._idle.empty():
            self._idle.get().kill()

    @contextmanager
    def _worker(self) -> Iterator[_Worker]:
        worker = self._free()
        self._busy.add(worker)
        try:
            yield worker
        finally:
            self._busy.discard(worker)
            if self._closed.is_set():
                worker.kill()
            elif worker.is_alive():
                self._idle.put(worker)
            else:
                self._start_another()

    def _free(self) -> _Worker:
        """A worker that is idle. Those that are busy are waited for as long as ``patience`` is, and
        one that starts as long as it may take.
        """
        waited = 0.0
        while True:
            try:
                return self._idle.get(timeout=self.patience)
            except queue.Empty:
                waited += self.patience
                if self._cannot_start or not self._starting or waited > START_SECONDS:
                    raise _busy(cannot_start=self._cannot_start) from None

    def _start_another(self) -> None:
        with self._counting:
            self._starting += 1
        threading.Thread(target=self._start, daemon=True).start()

    def _start(self) -> None:
        """Put one more worker among those that are idle, once it is ready: nobody waits for one
        that starts while another is free.
        """
        pause = _FIRST_PAUSE
        while not self._closed.is_set():
            try:
                worker = _Worker(*self._limits)
            except Exception:
                self._cannot_start = True
                _log.exception("A process for queries cannot be started; again in %g s.", pause)
                self._closed.wait(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
                continue
            self._cannot_start = False
            self._idle.put(worker)
            with self._counting:
                self._starting -= 1
            if self._closed.is_set():
                self.close()
            return


def _busy(*, cannot_start: bool = False) -> RequestError:
    if cannot_start:
        told = "No process for queries can be started; the server's log says why. Try again later."
        return RequestError(503, "cannot-start", told, {"Retry-After": "60"})
    return RequestError(
        503,
        "busy",
        "As many queries are running as this endpoint answers at a time. Try again.",
        {"Retry-After": "5"},
    )


class _Worker:
    """One process, and the line to it."""

    def __init__(self, folder: Path, largest: int, memory: int, time_limit: float) -> None:
        """Raises OSError when the process cannot be started, or does not open the store."""
        self._line, there = _SPAWN.Pipe()
        self._process: BaseProcess = _SPAWN.Process(
            target=serve, args=(there, folder, largest, memory, time_limit), daemon=True
        )
        try:
            self._process.start()
        except BaseException:
            self._line.close()
            raise
        finally:
            there.close()
        try:
            is_ready = self._line.poll(START_SECONDS) and self._line.recv() == READY
        except (EOFError, OSError):
            is_ready = False
        if not is_ready:
            self.kill()
            raise OSError(f"it ended or said nothing (exit code {self._process.exitcode})")

    def is_alive(self) -> bool:
        return not self._line.closed and self._process.is_alive()

    def end(self) -> None:
        self._process.kill()

    def kill(self) -> None:
        self.end()
        self._process.join()
        self._line.close()

    def answer(self, task: Task | Glance, time_limit: float) -> Answer | Beginning:
        try:
            self._line.send(task)
            if not self._line.poll(time_limit):
                self.kill()
                raise RequestError(
                    503,
                    "time-limit",
                    f"The query was stopped after {time_limit:g} seconds. Ask for less: name an "
                    "authority or a theme, drop OPTIONAL parts, or write parts as sub-SELECTs.",
                )
            said = self._line.recv()
        except (EOFError, OSError) as error:
            raise self._ended(task) from error
        if isinstance(said, Answer | Beginning):
            return said
        raise RequestError(*said)

    def _ended(self, task: Task | Glance) -> RequestError:
        """Why the process ended before it answered, from the code that it left."""
        self._process.join(END_SECONDS)
        code = self._process.exitcode
        self.kill()
        name = signal.Signals(-code).name if code is not None and code < 0 else f"code {code}"
        reason, detail = _ENDED_BY.get(name, ("crashed", _CRASHED))
        if reason == "crashed":
            _log.error("A process ended (%s) with the query: %s", name, task.query, exc_info=True)
        return RequestError(503, reason, detail)
