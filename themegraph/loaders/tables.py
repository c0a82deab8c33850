"""Metadata tables: a ``manifest.csv`` or ``metadata.csv`` that lies beside the reports.

Its ``file`` column names a report by its path from the table's own folder; the other columns are
handed to the reader of that report as they stand: ``published`` stands in for a date that is not
printed, ``address`` says where the file can be opened.
"""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from pathlib import Path, PurePosixPath

from themegraph.errors import UnreadableSourceError

TABLE_NAMES = ("manifest.csv", "metadata.csv")

Row = tuple[tuple[str, str], ...]


def row_for(path: Path) -> Row:
    """The row about ``path`` in a table in its folder or the one above; empty without one."""
    absolute = path.absolute()
    for folder in (absolute.parent, absolute.parent.parent):
        for name in TABLE_NAMES:
            row = _read(folder / name).get(absolute.relative_to(folder).as_posix())
            if row:
                return row
    return ()


def parse(text: str, name: str) -> dict[str, Row]:
    """The rows of a table by the file they are about; empty where there is no ``file`` column.

    ``name`` is for the message of the UnreadableSourceError that a damaged table raises.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(text)))
    except csv.Error as error:
        raise UnreadableSourceError(
            f"{name}: is no table ({error}). Mend it, or take it out of the folder."
        ) from error
    return {
        PurePosixPath(row["file"]).as_posix(): tuple(
            (column, value) for column, value in row.items() if column and value
        )
        for row in rows
        if row.get("file")
    }


@lru_cache(maxsize=64)
def _read(path: Path) -> dict[str, Row]:
    if not path.is_file():
        return {}
    return parse(path.read_text(encoding="utf-8-sig", errors="replace"), str(path))
