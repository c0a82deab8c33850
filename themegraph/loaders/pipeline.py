"""Many files read one after another or over several processes; the outcomes in the order given.

What is done with each report (making its triples, checking its quotations) can be done where it
was read, through ``then``, so that only the result travels back between processes. A file that
cannot be read gives an outcome with an error, also when its reader takes the whole process down.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from themegraph.errors import ThemegraphError, UnreadableSourceError
from themegraph.loaders.inputs import InputFile
from themegraph.model import Report

CHUNK = 8
# Starting processes takes about half a second; fewer files than this are read before they stand.
WORTH_A_POOL = 8

T = TypeVar("T")
Reader = Callable[[bytes, str, Mapping[str, str] | None], Report]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one file: ``report`` (or what ``then`` made of it), or the error."""

    origin: str
    name: str
    report: T | None = None
    error: ThemegraphError | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    """What every worker is told once for each chunk."""

    read: Reader | None
    then: Callable[[Report], Any] | None

    def __call__(self, files: list[InputFile]) -> list[Outcome[Any]]:
        return [self.one(file) for file in files]

    def one(self, file: InputFile) -> Outcome[Any]:
        try:
            report = (self.read or _reader())(file.read(), file.name, dict(file.metadata) or None)
            made = self.then(report) if self.then else report
            return Outcome(file.origin, file.name, made)
        except ThemegraphError as error:
            return Outcome(file.origin, file.name, error=error)
        except Exception as fault:  # a fault of ours: told as this file's, so that others go on
            return Outcome(file.origin, file.name, error=_fault(file, fault))


@overload
def read_many(
    inputs: Iterable[InputFile], *, jobs: int = 1, read: Reader | None = None
) -> Iterator[Outcome[Report]]: ...


@overload
def read_many(
    inputs: Iterable[InputFile],
    *,
    jobs: int = 1,
    read: Reader | None = None,
    then: Callable[[Report], T],
) -> Iterator[Outcome[T]]: ...


def read_many(
    inputs: Iterable[InputFile],
    *,
    jobs: int = 1,
    read: Reader | None = None,
    then: Callable[[Report], T] | None = None,
) -> Iterator[Outcome[Any]]:
    """Read ``inputs`` with ``jobs`` processes, giving an outcome for each in the order given.

    With more than one process ``read`` and ``then`` must be importable functions. The default
    reader is :func:`themegraph.loaders.report.read_report`.
    """
    task = _Task(read, then)
    files = list(inputs)
    if jobs <= 1 or len(files) < WORTH_A_POOL:
        return map(task.one, files)
    return _in_pool(task, files, jobs)


def _in_pool(task: _Task, files: list[InputFile], jobs: int) -> Iterator[Outcome[Any]]:
    """Chunks of files over a pool; the files of a chunk whose worker died are read one by one."""
    chunks = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    while chunks:
        done = yield from _until_broken(task, chunks, jobs)
        if done < len(chunks):
            yield from (_alone(task, file) for file in chunks[done])
        chunks = chunks[done + 1 :]


def _until_broken(
    task: _Task, chunks: list[list[InputFile]], jobs: int
) -> Generator[Outcome[Any], None, int]:
    """The outcomes of ``chunks``, a few chunks ahead; returns how many came before a worker died."""
    pool = _pool(jobs)
    waiting: deque[Future[list[Outcome[Any]]]] = deque()
    done = 0
    try:
        while done < len(chunks):
            ahead = chunks[done + len(waiting) : done + 2 * jobs]
            waiting.extend(pool.submit(task, chunk) for chunk in ahead)
            yield from waiting.popleft().result()
            done += 1
        return done
    except BrokenProcessPool:
        return done
    finally:
        pool.shutdown(cancel_futures=True)


def _alone(task: _Task, file: InputFile) -> Outcome[Any]:
    """Read one file in a process of its own, which it may take down."""
    with _pool(1) as pool:
        try:
            return pool.submit(task.one, file).result()
        except BrokenProcessPool as death:
            return Outcome(file.origin, file.name, error=_fault(file, death))


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Not forked: the parent may hold an open store and the thread of a progress bar.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_interrupts)


def _leave_interrupts() -> None:
    """Ctrl-C is for the parent to answer; the workers end when it closes their pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _reader() -> Reader:
    from themegraph.loaders.report import read_report

    return read_report


def _fault(file: InputFile, fault: Exception) -> UnreadableSourceError:
    return UnreadableSourceError(
        f"{file.origin}: the reader failed on it ({type(fault).__name__}: {fault}). "
        "Please report this with the file."
    )
