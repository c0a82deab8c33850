"""Zip files: what is in one, and its entries as bytes, refusing those that would do harm.

Nothing is ever unpacked to disk. A zip is judged by its table of contents before any entry is
read; reading an entry then never gives more bytes than that table promised.
"""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath, PureWindowsPath

from themegraph.errors import UnreadableSourceError, UnsafeArchiveError

MAX_ENTRIES = 10_000
MAX_TOTAL_BYTES = 2 * 1024**3
# A report shrinks to a half or a tenth in a zip. Text can do better, so the ratio only counts
# where what comes out is large.
MAX_RATIO = 200
RATIO_COUNTS_FROM = 50 * 1024**2

_SIGNATURE = b"PK\x03\x04"
_EMPTY_SIGNATURE = b"PK\x05\x06"
_OFFICE_MARK = "[Content_Types].xml"
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,  # what zipfile raises for a compression it does not know
    RuntimeError,  # what zipfile raises for an encrypted entry
    EOFError,
    zlib.error,
    lzma.LZMAError,
    OSError,
)


def is_archive(path: Path) -> bool:
    """Whether the file is a zip of files (a Word document is a zip too, but not one of these)."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start not in (_SIGNATURE, _EMPTY_SIGNATURE):
            return False
        with zipfile.ZipFile(path) as archive:
            return _OFFICE_MARK not in archive.namelist()
    except zipfile.BadZipFile:
        return True
    except OSError:
        return False


def list_entries(path: Path) -> list[str]:
    """The names of the files in a zip, hidden ones left out.

    Raises UnsafeArchiveError for a zip that would escape its folder or unpack to an unreasonable
    size, UnreadableSourceError for one that is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except _UNREADABLE as error:
        raise UnreadableSourceError(f"{path}: a damaged zip ({error}).") from error
    _refuse_excess(path, infos)
    for info in infos:
        _refuse_escape(path, info)
    return [info.filename for info in infos if not info.is_dir() and not _is_hidden(info.filename)]


def read_entry(path: Path, name: str) -> bytes:
    """The bytes of one entry. Raises UnreadableSourceError where they cannot be had."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(name)
    except _UNREADABLE as error:
        raise UnreadableSourceError(f"{path}/{name}: cannot be unpacked ({error}).") from error


def _refuse_excess(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_ENTRIES:
        raise UnsafeArchiveError(
            f"{path}: {len(infos):,} entries; at most {MAX_ENTRIES:,} are read."
        )
    total = sum(info.file_size for info in infos)
    packed = max(1, path.stat().st_size)
    if total > MAX_TOTAL_BYTES:
        raise UnsafeArchiveError(
            f"{path}: would unpack to {total / 1024**3:.1f} GB; at most 2 GB is read. "
            "Unpack it yourself and load the folder if you trust it."
        )
    if total > RATIO_COUNTS_FROM and total / packed > MAX_RATIO:
        raise UnsafeArchiveError(
            f"{path}: would unpack to {total / packed:,.0f} times its size, as a zip bomb does; "
            "not opened."
        )


def _refuse_escape(path: Path, info: zipfile.ZipInfo) -> None:
    name = info.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or name.startswith(("/", "\\")) or PureWindowsPath(name).drive:
        raise UnsafeArchiveError(f"{path}: the entry {name!r} points out of the zip; not opened.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnsafeArchiveError(f"{path}: the entry {name!r} is a link; not opened.")


def _is_hidden(name: str) -> bool:
    """Dot files, and the resource forks that a Mac puts into a zip."""
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)
