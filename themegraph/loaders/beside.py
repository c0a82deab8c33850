"""Tables that a user keeps beside reports: in their folder or above it, on disk or in a zip.

A table is looked for in the folder of each file and in those above it, up to the folder that the
user named or the top of the zip; for what a zip holds also beside the zip. Nothing lies beside what
comes from an address but what is in the same zip.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath

from themegraph.loaders import archives
from themegraph.loaders.inputs import InputFile, read_path


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on disk or, with ``inside``, in the zip at ``place``; ``shown`` is for people."""

    place: Path
    inside: PurePosixPath | None = None
    shown: str = field(default="", compare=False)

    def holds(self, path: str) -> bool:
        """Whether there is a file at ``path`` from here."""
        if self.inside is None:
            return (self.place / path).is_file()
        changed = self.place.stat().st_mtime_ns
        return (self.inside / path).as_posix() in _entries(self.place, changed)

    def read(self, path: str) -> bytes:
        """The bytes of the file at ``path`` from here. Raises UnreadableSourceError."""
        if self.inside is None:
            return read_path(self.place / path)
        return archives.read_entry(self.place, (self.inside / path).as_posix())


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what people call it, its bytes, the folder it lies in, and the files that it may be
    about, which lie there or below, by their path from there.
    """

    name: str
    data: bytes
    folder: Folder
    files: Mapping[str, InputFile]


def find_tables(files: Iterable[InputFile], name: str) -> Iterator[Table]:
    """The tables called ``name`` beside ``files``, in the order of where they lie.

    Raises UnreadableSourceError for one that cannot be read.
    """
    below: dict[Folder, dict[str, InputFile]] = {}
    for file in files:
        for folder, path in _folders(file):
            below.setdefault(folder, {})[path] = file
    for folder in sorted(below, key=lambda folder: folder.shown):
        if folder.holds(name):
            shown = f"{folder.shown}/{name}" if folder.shown else name
            yield Table(shown, folder.read(name), folder, below[folder])


def _folders(file: InputFile) -> Iterator[tuple[Folder, str]]:
    """The folders in which a table about ``file`` may lie, each with the way from there to it."""
    if file.path is None:
        return
    if file.entry is not None:
        entry = PurePosixPath(file.entry)
        zipped = file.path.resolve()
        origin = file.origin.removesuffix(f"/{file.entry}")
        for inside in entry.parents:
            shown = origin if inside == PurePosixPath() else f"{origin}/{inside}"
            yield Folder(zipped, inside, shown), entry.relative_to(inside).as_posix()
    if file.origin.startswith(("http://", "https://")):
        return
    rest = f"/{file.entry}" if file.entry else ""
    for parent in file.path.parents:
        shown = "" if parent == Path() else str(parent)
        way = f"{file.path.relative_to(parent).as_posix()}{rest}"
        yield Folder(parent.resolve(), None, shown), way
        if parent == (file.root or file.path.parent):
            return


@lru_cache(maxsize=8)
def _entries(zipped: Path, changed: int) -> frozenset[str]:
    """What is in a zip, which is asked for once for each of its folders."""
    return frozenset(archives.list_entries(zipped))
