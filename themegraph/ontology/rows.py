"""The vocabulary files: rows of the CSV tables beside this module, read and checked.

The tables are edited by hand, so a slip in them is told with file, line and remedy.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from importlib.resources import files

from themegraph.errors import ThemegraphError

Row = Mapping[str, str]

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class VocabularyError(ThemegraphError):
    """A vocabulary table that breaks its own rules."""


def read_text(name: str) -> str:
    """The text of a file that ships beside this module."""
    return files("themegraph.ontology").joinpath(name).read_text(encoding="utf-8")


def read_rows(name: str, columns: Collection[str]) -> list[Row]:
    """The rows of a table, every cell stripped.

    Raises :class:`VocabularyError` when a column is missing or a row has too many or too few cells.
    """
    return parse_rows(read_text(name), name, columns)


def parse_rows(text: str, name: str, columns: Collection[str]) -> list[Row]:
    """As :func:`read_rows`, from the table's text; ``name`` is for the messages."""
    reader = csv.reader(text.splitlines())
    header = next(reader, [])
    missing = [column for column in columns if column not in header]
    if missing:
        raise VocabularyError(f"{name}: add the missing column(s) {', '.join(missing)}")
    rows: list[Row] = []
    for cells in reader:
        if len(cells) != len(header):
            raise VocabularyError(
                f"{name}, line {reader.line_num}: {len(cells)} cells where the header has "
                f"{len(header)}; quote cells that hold a comma"
            )
        rows.append(dict(zip(header, (cell.strip() for cell in cells), strict=True)))
    return rows


def split_list(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by ``|``."""
    return tuple(value for value in (part.strip() for part in cell.split("|")) if value)


def check_ids(name: str, ids: Iterable[str]) -> None:
    """Raise :class:`VocabularyError` for an id that is not kebab-case or comes twice."""
    seen: set[str] = set()
    for each in ids:
        if not _ID.fullmatch(each):
            raise VocabularyError(f"{name}: id {each!r} must be lower-case words joined by hyphens")
        if each in seen:
            raise VocabularyError(f"{name}: id {each!r} stands twice; ids must be unique")
        seen.add(each)


def check_labels(name: str, labels: Iterable[str]) -> None:
    """Raise :class:`VocabularyError` for an empty label or two alike, whatever their case."""
    seen: set[str] = set()
    for label in labels:
        if not label:
            raise VocabularyError(f"{name}: every row needs a prefLabel")
        if label.casefold() in seen:
            raise VocabularyError(f"{name}: label {label!r} stands twice; labels must differ")
        seen.add(label.casefold())


def check_known(name: str, what: str, values: Iterable[str], known: Collection[str]) -> None:
    """Raise :class:`VocabularyError` for a value that refers to nothing."""
    for value in values:
        if value and value not in known:
            raise VocabularyError(f"{name}: unknown {what} {value!r}")
