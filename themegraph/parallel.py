"""A function over many items in several processes: results in order, a few ahead of the reader."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

CHUNK = 8
# Starting processes takes about half a second; fewer items than this are done before they stand.
WORTH_A_POOL = 8

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class _Chunked(Generic[Item, Made]):
    """The function, made to take several items at a time, so that fewer messages are sent."""

    function: Callable[[Item], Made]

    def __call__(self, items: list[Item]) -> list[Made]:
        return [self.function(item) for item in items]


def map_in_order(
    function: Callable[[Item], Made], items: Iterable[Item], *, jobs: int
) -> Iterator[Made]:
    """``function`` of each item, in order; ``function`` must be importable where jobs > 1.

    Items go out and results come back in chunks of CHUNK, never more than twice as many chunks
    ahead as there are processes. Raises BrokenProcessPool when a process dies; what came before
    the chunk it had in hand has then been given.
    """
    source = iter(items)
    first = list(islice(source, WORTH_A_POOL)) if jobs > 1 else []
    if len(first) < WORTH_A_POOL:
        yield from map(function, first)
        yield from map(function, source)
        return
    pool = start_pool(jobs)
    chunks = iter(lambda: list(islice(source, CHUNK)), [])
    waiting: deque[Future[list[Made]]] = deque([pool.submit(_Chunked(function), first)])
    try:
        while waiting:
            ahead = islice(chunks, 2 * jobs - len(waiting))
            waiting.extend(pool.submit(_Chunked(function), chunk) for chunk in ahead)
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def start_pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that start afresh: a fork would share an open store and a progress bar's thread."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)


def _begin() -> None:
    # Ctrl-C is for the parent to answer; the workers end when it closes their pool.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # NumPy, which is not loaded yet, would have every process multiply with all processors.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
