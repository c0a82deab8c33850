"""Many files read one after another or over several processes; the outcomes in the order given.

What is done with each report (making its triples, checking its quotations) can be done where it
was read, through ``then``, so that only the result travels back between processes. A file that
cannot be read gives an outcome with an error; where several processes read (``jobs`` above 1 and a
pool's worth of files) also when it takes its process down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from themegraph.errors import ThemegraphError, UnreadableSourceError
from themegraph.loaders.inputs import InputFile
from themegraph.model import Report
from themegraph.parallel import CHUNK, WORTH_A_POOL, map_in_order, start_pool

T = TypeVar("T")
# Takes a file's bytes, its name and its row in a metadata table, as read_report does.
Reader = Callable[[bytes, str, Mapping[str, str] | None], T]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one file: ``report`` (or what ``then`` made of it), or the error."""

    origin: str
    name: str
    report: T | None = None
    error: ThemegraphError | None = None

    @property
    def reason(self) -> str:
        """Why there is no report, beginning with where the file is."""
        words = str(self.error)
        if words.startswith(self.origin):
            return words
        return f"{self.origin}: {words.removeprefix(f'{self.name}: ')}"


@dataclass(frozen=True, slots=True)
class _Task:
    """What to do with each file, wherever it is read."""

    read: Reader[Any] | None
    then: Callable[[Any], Any] | None

    def one(self, file: InputFile) -> Outcome[Any]:
        """Read a file; whatever goes wrong is the outcome."""
        try:
            report = (self.read or _reader())(file.read(), file.name, dict(file.metadata) or None)
            made = self.then(report) if self.then else report
            return Outcome(file.origin, file.name, made)
        except ThemegraphError as error:
            return Outcome(file.origin, file.name, error=error)
        except Exception as fault:  # a fault of ours: told as this file's, so that others go on
            return Outcome(file.origin, file.name, error=_fault(file, fault))


@overload
def read_many(inputs: Iterable[InputFile], *, jobs: int = 1) -> Iterator[Outcome[Report]]: ...


@overload
def read_many(
    inputs: Iterable[InputFile], *, jobs: int = 1, then: Callable[[Report], T]
) -> Iterator[Outcome[T]]: ...


@overload
def read_many(
    inputs: Iterable[InputFile], *, jobs: int = 1, read: Reader[T]
) -> Iterator[Outcome[T]]: ...


@overload
def read_many(
    inputs: Iterable[InputFile], *, jobs: int = 1, read: Reader[Any], then: Callable[[Any], T]
) -> Iterator[Outcome[T]]: ...


def read_many(
    inputs: Iterable[InputFile],
    *,
    jobs: int = 1,
    read: Reader[Any] | None = None,
    then: Callable[[Any], Any] | None = None,
) -> Iterator[Outcome[Any]]:
    """Read ``inputs`` with ``jobs`` processes, giving an outcome for each in the order given.

    ``read`` stands in for :func:`themegraph.loaders.report.read_report`. With more than one
    process ``read`` and ``then`` must be importable functions.
    """
    return _survive(_Task(read, then).one, list(inputs), jobs)


def _survive(
    one: Callable[[InputFile], Outcome[Any]], files: list[InputFile], jobs: int
) -> Iterator[Outcome[Any]]:
    """The outcome of each file; those of a chunk whose process died are read one by one."""
    broken = False
    while files:
        if broken and len(files) < WORTH_A_POOL:  # too few for a pool, and this process is no place
            yield from (_alone(one, file) for file in files)
            return
        done = 0
        try:
            for outcome in map_in_order(one, files, jobs=jobs):
                yield outcome
                done += 1
            return
        except BrokenProcessPool:
            broken = True
            chunk, files = files[done : done + CHUNK], files[done + CHUNK :]
            yield from (_alone(one, file) for file in chunk)


def _alone(one: Callable[[InputFile], Outcome[Any]], file: InputFile) -> Outcome[Any]:
    """Read one file in a process of its own, which it may take down."""
    with start_pool(1) as pool:
        try:
            return pool.submit(one, file).result()
        except BrokenProcessPool as death:
            return Outcome(file.origin, file.name, error=_fault(file, death))


def _reader() -> Reader[Report]:
    from themegraph.loaders.report import read_report

    return read_report


def _fault(file: InputFile, fault: Exception) -> UnreadableSourceError:
    return UnreadableSourceError(
        f"{file.origin}: the reader failed on it ({type(fault).__name__}: {fault}). "
        "Please report this with the file."
    )
