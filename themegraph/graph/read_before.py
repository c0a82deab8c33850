"""What became of each file that was read into a store, so that one that is the same is left alone.

Kept beside the store and not in it: it says by which rules, and under which name, a file was read,
and the graph does not. Where it is missing every file is read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from themegraph.graph.beside import read_record, write_record

FILE = "read.json"


class ReadBefore(NamedTuple):
    """How a file was read (a digest of all that its reading went by), the key and the digest of the
    report that came of it, and how many warnings that had.
    """

    how: str
    key: str
    digest: str
    warnings: int


def read_records(folder: Path | None) -> dict[str, ReadBefore]:
    """The record of each file by its SHA-256; none where the records are damaged, so that every
    file is read again.
    """
    try:
        return {sha256: ReadBefore(*it) for sha256, it in read_record(folder, FILE).items()}
    except (ValueError, TypeError):
        return {}


def write_records(folder: Path | None, records: Mapping[str, ReadBefore]) -> None:
    """Keep ``records`` beside the store in ``folder``."""
    write_record(folder, FILE, records)
