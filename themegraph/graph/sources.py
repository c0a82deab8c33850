"""Where the files of the reports in a store lie on this machine, so that quotations can be checked.

Kept beside the store and not in it: paths belong to a machine, and the graph does not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from themegraph.errors import StoreError

FILE = "sources.json"

# What to give to the reader of inputs to come by the file again, and its name among what it gives.
Place = tuple[str, str]


def read_sources(folder: Path | None) -> dict[str, Place]:
    """Where each file was last seen, by SHA-256; empty for a store without a folder."""
    path = folder / FILE if folder else None
    if path is None or not path.is_file():
        return {}
    try:
        places = json.loads(path.read_text(encoding="utf-8"))
        return {sha256: (given, origin) for sha256, (given, origin) in places.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise StoreError(f"{path}: damaged; delete it and load the reports again.") from error


def write_sources(folder: Path | None, sources: Mapping[str, Place]) -> None:
    """Remember where files lie, in full and at once. A store without a folder remembers nothing."""
    if folder is None:
        return
    path, fresh = folder / FILE, folder / f"{FILE}.new"
    try:
        fresh.write_text(json.dumps(sources, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}).") from error
