"""What the user names on the command line, as a flat list of files to read.

A file, a folder, a glob, a zip, an address or ``-`` becomes :class:`InputFile` values. Whether the
bytes are a report is for the readers to say: names only choose what to pick from a folder or a
zip. Whatever cannot be read is an ``InputFile`` too, one whose :meth:`~InputFile.read` raises, so
that one bad name neither stops the others nor is lost.
"""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from themegraph.errors import ThemegraphError, UnreadableSourceError
from themegraph.loaders import archives, tables, web

SUFFIXES = (".pdf", ".txt", ".md", ".markdown", ".html", ".htm")
MAX_FILE_BYTES = 512 * 1024 * 1024

# How to find a file again: what to expand, and the origin among what comes of it.
Place = tuple[str, str]

_GLOB_SIGNS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read.

    ``name`` is its name without folders; ``origin`` is where the user will find it
    ("folder/a.pdf", "reports.zip/a.pdf", "https://…"); ``metadata`` is its row in a table that lies
    beside it; ``path`` and ``entry`` are the file on disk and the part of it, when it is a zip;
    ``root`` is the folder that the user named, when it was found in one.
    """

    name: str
    origin: str
    path: Path | None = None
    entry: str | None = None
    data: bytes | None = None
    metadata: tables.Row = ()
    problem: ThemegraphError | None = None
    root: Path | None = None

    def read(self) -> bytes:
        """The bytes of the file. Raises UnreadableSourceError or UnsafeArchiveError."""
        if self.problem is not None:
            raise self.problem
        if self.path is None:
            return self.data or b""
        if self.entry is not None:
            return archives.read_entry(self.path, self.entry)
        return read_path(self.path)

    @property
    def place(self) -> Place:
        """What to give to :func:`expand` to come by this file again, and its origin then."""
        if self.path is None or self.origin.startswith(("http://", "https://")):
            suffix = f"/{self.entry}" if self.entry else ""
            return self.origin.removesuffix(suffix), self.origin
        path = str(self.path.resolve())
        return path, f"{path}/{self.entry}" if self.entry else path


def expand(paths: Iterable[str]) -> Iterator[InputFile]:
    """The files that ``paths`` name, folders sorted, each file once, in the order given."""
    seen: set[tuple[str, str | None]] = set()
    for path in paths:
        for file in _expand_one(path):
            place = (str(file.path.resolve()) if file.path else file.origin, file.entry)
            if place not in seen:
                seen.add(place)
                yield file


def _expand_one(path: str) -> Iterator[InputFile]:
    found = Path(path)
    if path == "-":
        yield InputFile("stdin", "-", data=sys.stdin.buffer.read())
    elif path.startswith(("http://", "https://")):
        yield from _from_web(path)
    elif found.exists():
        yield from _from_path(found)
    elif _GLOB_SIGNS & set(path):
        yield from _from_glob(path)
    else:
        yield _problem(path, "no such file or folder.")


def _from_path(path: Path) -> Iterator[InputFile]:
    if path.is_dir():
        yield from _from_folder(path)
    elif not path.is_file():
        yield _problem(str(path), "not a regular file.")
    elif archives.is_archive(path):
        yield from _from_archive(path, str(path))
    else:
        yield _file(path)


def _file(path: Path, root: Path | None = None) -> InputFile:
    try:
        return InputFile(path.name, str(path), path, metadata=tables.row_for(path), root=root)
    except ThemegraphError as error:
        return InputFile(path.name, str(path), problem=error)


def _from_folder(folder: Path) -> Iterator[InputFile]:
    inside = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    names = [name for name in sorted(inside) if _is_wanted(name) and inside[name].is_file()]
    if not names:
        yield _problem(str(folder), f"no report in this folder ({' '.join(SUFFIXES)}).")
    for name in names:
        yield _file(inside[name], folder)


def _from_glob(pattern: str) -> Iterator[InputFile]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - patterns may be absolute
    if not found:
        yield _problem(pattern, "matches no file.")
    for name in found:
        yield from _from_path(Path(name))


def _from_archive(path: Path, origin: str) -> Iterator[InputFile]:
    try:
        entries = sorted(archives.list_entries(path))
        rows = _rows_in(path, entries)
    except ThemegraphError as error:
        yield InputFile(Path(origin).name, origin, problem=error)
        return
    wanted = [name for name in entries if _is_wanted(name)]
    if not wanted:
        yield _problem(origin, f"no report in this zip ({' '.join(SUFFIXES)}).")
    for name in wanted:
        row = rows.get(name, ())
        yield InputFile(Path(name).name, f"{origin}/{name}", path, name, metadata=row)
    for name in entries:
        if name.lower().endswith(".zip"):
            yield _problem(
                f"{origin}/{name}", "a zip within a zip is not opened; unpack it and load that."
            )


def _rows_in(path: Path, entries: list[str]) -> dict[str, tables.Row]:
    """The rows of the metadata tables in a zip, by the name of the entry each is about."""
    rows: dict[str, tables.Row] = {}
    for entry in entries:
        folder, _, name = entry.rpartition("/")
        if name in tables.TABLE_NAMES:
            text = archives.read_entry(path, entry).decode("utf-8-sig", "replace")
            prefix = f"{folder}/" if folder else ""
            table = tables.parse(text, f"{path}/{entry}")
            rows |= {prefix + file: row for file, row in table.items()}
    return rows


def _from_web(address: str) -> Iterator[InputFile]:
    try:
        path = web.fetch(address)
    except ThemegraphError as error:
        yield InputFile(address, address, problem=error)
        return
    if archives.is_archive(path):
        yield from _from_archive(path, address)
    else:
        yield InputFile(web.name_of(address), address, path, metadata=(("address", address),))


def passed_over(
    paths: Iterable[str], tables_too: Iterable[str] = (), sealed_by: str = ""
) -> list[str]:
    """The files in the folders and zips that ``paths`` name that are of no kind that is read, by
    their paths from there; hidden ones, tables (``tables_too``: more names of those) and what
    stands in a folder beside a file named ``sealed_by`` left out.
    """
    known = {*tables.TABLE_NAMES, *tables_too}
    found = []
    for names in map(_names_in, map(Path, paths)):
        files = [PurePosixPath(name) for name in names]
        sealed = {file.parent for file in files if file.name == sealed_by}
        found += [
            str(file)
            for file in files
            if not (_is_wanted(str(file)) or _is_hidden(str(file)) or file.name in known)
            and sealed.isdisjoint(file.parents)
        ]
    return found


def _names_in(path: Path) -> list[str]:
    """The names of the files in a folder or a zip that can be read."""
    if path.is_dir():
        return sorted(p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file())
    try:
        zipped = path.is_file() and archives.is_archive(path)
        names = sorted(archives.list_entries(path)) if zipped else []
    except ThemegraphError:  # told when it is read
        return []
    return [name for name in names if not name.lower().endswith(".zip")]


def _is_wanted(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not _is_hidden(name)


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def read_path(path: Path) -> bytes:
    """The bytes of a file on disk. Raises UnreadableSourceError."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableSourceError(
                f"{path}: over {MAX_FILE_BYTES // 1024**2} MB, which no report is."
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(f"{path}: cannot be opened ({error.strerror}).") from error


def _problem(origin: str, message: str) -> InputFile:
    problem = UnreadableSourceError(f"{origin}: {message}")
    return InputFile(Path(origin).name, origin, problem=problem)
