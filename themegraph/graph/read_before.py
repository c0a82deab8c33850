"""What became of each file that was read into a store, so that one that is the same is left alone.

Kept beside the store and not in it: it says by which rules, and under which name, a file was read,
and the graph does not. Where it is missing every file is read again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from themegraph.errors import StoreError

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
    """The record of each file by its SHA-256; none where they cannot be read."""
    path = folder / FILE if folder else None
    if path is None or not path.is_file():
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {sha256: ReadBefore(*record) for sha256, record in told.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def write_records(folder: Path | None, records: Mapping[str, ReadBefore]) -> None:
    """Keep ``records``, in full and at once. A store without a folder keeps none."""
    if folder is None:
        return
    path, fresh = folder / FILE, folder / f"{FILE}.new"
    try:
        fresh.write_text(json.dumps(records, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}).") from error
