"""Results on standard output or in a file: whole, in UTF-8, or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from themegraph.writing import written_whole


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
    with written_whole(Path(place)) as file:
        yield file


def write_lines(place: str, lines: Iterable[str]) -> None:
    """Write ``lines``, each with a line end."""
    with opened(place) as stream:
        for line in lines:
            stream.write(f"{line}\n".encode())
