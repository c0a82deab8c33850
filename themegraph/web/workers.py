"""Queries in processes of their own, which can be killed: a time limit that really stops the work.

Each worker opens the store for reading and answers one query at a time. A worker whose query takes
too long, or more memory than it may, is killed and another takes its place; those that wait know
nothing of it.
"""

from __future__ import annotations

import multiprocessing
import queue
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from themegraph.web.beginning import Beginning
from themegraph.web.faults import RequestError
from themegraph.web.worker import OUT_OF_MEMORY, READY, Answer, Glance, Task, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.process import BaseProcess

#: An answer is as large as this at most, in bytes.
LARGEST_ANSWER = 64 * 2**20
#: A worker has as much memory as this at most, in bytes.
MOST_MEMORY = 4 * 2**30
#: How long a query waits for a worker, in seconds, before it is told to come again.
PATIENCE = 5.0
#: How long a process may take to start.
START_SECONDS = 60.0
_SPAWN = multiprocessing.get_context("spawn")


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
        """Raises StoreError when the store cannot be opened."""
        self.time_limit = time_limit
        self.patience = patience
        self._limits = (folder, largest, memory)
        self._idle: queue.Queue[_Worker] = queue.Queue()
        for _ in range(count):
            self._idle.put(_Worker(*self._limits))

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
        while not self._idle.empty():
            self._idle.get().kill()

    @contextmanager
    def _worker(self) -> Iterator[_Worker]:
        try:
            worker = self._idle.get(timeout=self.patience)
        except queue.Empty:
            raise RequestError(
                503,
                "busy",
                "As many queries are running as this endpoint answers at a time. Try again.",
                {"Retry-After": "5"},
            ) from None
        try:
            yield worker
        finally:
            self._idle.put(worker if worker.is_alive() else _Worker(*self._limits))


class _Worker:
    """One process, and the line to it."""

    def __init__(self, folder: Path, largest: int, memory: int) -> None:
        self._line, there = _SPAWN.Pipe()
        self._process: BaseProcess = _SPAWN.Process(
            target=serve, args=(there, folder, largest, memory), daemon=True
        )
        self._process.start()
        there.close()
        self._is_ready = False

    def is_alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._line.close()

    def answer(self, task: Task | Glance, time_limit: float) -> Answer | Beginning:
        try:
            self._await_ready()
            self._line.send(task)
            if not self._line.poll(time_limit):
                raise self._stopped(
                    "time-limit",
                    f"The query was stopped after {time_limit:g} seconds. Ask for less: name an "
                    "authority or a theme, drop OPTIONAL parts, or write parts as sub-SELECTs.",
                )
            said = self._line.recv()
        except (EOFError, OSError) as error:
            raise self._stopped(
                "out-of-memory",
                OUT_OF_MEMORY,
            ) from error
        if isinstance(said, Answer | Beginning):
            return said
        raise RequestError(*said)

    def _await_ready(self) -> None:
        """The time a process takes to start is not the query's."""
        if not self._is_ready:
            if not self._line.poll(START_SECONDS) or self._line.recv() != READY:
                raise EOFError
            self._is_ready = True

    def _stopped(self, reason: str, detail: str) -> RequestError:
        self.kill()
        return RequestError(503, reason, detail)
