"""Files that appear under their name only when all of them is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from themegraph.errors import ExportError


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A binary stream to the file at ``path``. Raises ExportError where it cannot be written."""
    if path.is_dir():
        raise ExportError(f"{path}: is a folder; name a file in it.")
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)
