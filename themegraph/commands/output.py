"""Results on standard output or in a file: whole, in UTF-8, or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from themegraph.errors import ExportError


@contextmanager
def opened(place: str) -> Iterator[IO[bytes]]:
    """A binary stream to ``place`` (``-`` is standard output).

    A file appears under its name only when all of it is written. Raises ExportError where it
    cannot be.
    """
    if place == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(place)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise ExportError(f"{place}: cannot be written ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)


def write_lines(place: str, lines: Iterable[str]) -> None:
    """Write ``lines``, each with a line end."""
    with opened(place) as stream:
        for line in lines:
            stream.write(f"{line}\n".encode())
