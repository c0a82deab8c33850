"""Where the files of the reports in a store lie on this machine, so that quotations can be checked.

Kept beside the store and not in it: paths belong to a machine, and the graph does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from themegraph.errors import StoreError
from themegraph.graph.beside import read_record, write_record

FILE = "sources.json"

# What to give to the reader of inputs to come by the file again, and its name among what it gives.
Place = tuple[str, str]


def read_sources(folder: Path | None) -> dict[str, Place]:
    """Where each file was last seen, by SHA-256; empty for a store without a folder."""
    try:
        places = read_record(folder, FILE)
        return {sha256: (given, origin) for sha256, (given, origin) in places.items()}
    except (ValueError, TypeError) as error:
        told = f"{folder}/{FILE}: damaged; delete it and load the reports again."
        raise StoreError(told) from error


def write_sources(folder: Path | None, sources: Mapping[str, Place]) -> None:
    """Remember where files lie, beside the store in ``folder``."""
    write_record(folder, FILE, sources)
