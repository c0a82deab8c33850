"""Files that appear under their name only when all of them is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from themegraph.errors import ExportError


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A binary stream to the file at ``path``; what a link leads to is written, and what is no
    file (a device, a pipe) as it comes. Raises ExportError where it cannot be written.
    """
    if path.is_dir():
        raise ExportError(f"{path}: is a folder; name a file in it.")
    target = path.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    is_file = target.is_file() or not target.exists()
    try:
        with (part if is_file else target).open("wb") as file:
            yield file
        if is_file:
            part.replace(target)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)
