"""Tables of corrections: every ``corrections.csv`` beside reports, its rows, and the bad ones.

Each row names a passage and what is to be added to its themes, removed from them or replaced.
:mod:`themegraph.tagging.corrections` makes what they say.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from themegraph.errors import ThemegraphError, UnreadableSourceError
from themegraph.loaders.beside import Table, find_tables
from themegraph.loaders.inputs import InputFile
from themegraph.model import Correction, CorrectionAction, Polarity
from themegraph.ontology import vocab
from themegraph.suggest import Named, did_you_mean, nearest

FILE = "corrections.csv"
COLUMNS = ("report", "passage", "action", "theme", "stance", "instead_of", "who", "why")
OPTIONAL = ("words",)
#: Columns that hold a theme, by its id or its name.
THEMES = ("theme", "instead_of")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be understood: the report it names, where it stands, and why not; ``files``
    as in :class:`~themegraph.model.Correction`.
    """

    report: str
    place: str
    reason: str
    files: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.place}: the correction was not made: {self.reason}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """What tables of corrections say: the rows to be made, and those that cannot be understood."""

    rows: tuple[Correction, ...] = ()
    bad: tuple[BadRow, ...] = ()


def find_corrections(files: Iterable[InputFile]) -> Corrections:
    """What every ``corrections.csv`` beside ``files`` says.

    Raises UnreadableSourceError for a file that is no such table; it names the file and the remedy.
    """
    files = list(files)
    elsewhere = {file.name for file in files}
    tables = [_read(table, elsewhere) for table in find_tables(files, FILE)]
    return Corrections(
        tuple(row for table in tables for row in table.rows),
        tuple(row for table in tables for row in table.bad),
    )


def _read(table: Table, elsewhere: set[str]) -> Corrections:
    """What a table says, with the files that its rows name; ``elsewhere`` are all files' names."""
    try:
        text = table.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(f"{table.name}: is not a table in UTF-8.") from error
    read = parse_corrections(text, table.name)
    files = _Files(table)
    rows: list[Correction] = []
    bad = [replace(row, files=tuple(files.named(row.report))) for row in read.bad]
    for one in read.rows:
        named = files.named(one.report)
        if fault := _unclear(one.report, named, table, elsewhere):
            bad.append(BadRow(one.report, one.place, fault, tuple(named)))
        else:
            rows.append(replace(one, files=tuple(named)))
    return Corrections(tuple(rows), tuple(bad))


class _Files:
    """The files that rows of a table may name."""

    def __init__(self, table: Table) -> None:
        self._files = table.files
        self._paths: dict[str, list[str]] = {}
        for path, file in sorted(table.files.items()):
            self._paths.setdefault(file.name, []).append(path)
        self._digests: dict[str, str] = {}

    def named(self, report: str) -> dict[str, str]:
        """The paths of the files that ``report`` may name, by the SHA-256 of their bytes: the one
        at this path from the table or, where there is none, those of this name below it.

        One that cannot be read is named by its path: no report has such a digest, so the row is
        told as one whose report is not there, beside the reason for which the file was not read.
        """
        paths = [report] if report in self._files else self._paths.get(report, [])
        found: dict[str, str] = {}
        for path in paths:
            try:
                digest = self._digest(path)
            except ThemegraphError:
                digest = path
            found.setdefault(digest, path)
        return found

    def _digest(self, path: str) -> str:
        if path not in self._digests:
            self._digests[path] = hashlib.sha256(self._files[path].read()).hexdigest()
        return self._digests[path]


def _unclear(report: str, named: dict[str, str], table: Table, elsewhere: set[str]) -> str:
    """Why it cannot be told which file a row names; "" where it can, or where it names none."""
    if len(named) > 1:
        return (
            f"{report} may be {' or '.join(named.values())}; write which of these, or the id of "
            "the report"
        )
    if not named and report in elsewhere and not table.folder.holds(report):
        return (
            f"{report} does not lie beside this table, but in another folder; write the id of the "
            "report, or put the row into a table beside it"
        )
    return ""


def parse_corrections(text: str, name: str) -> Corrections:
    """The rows of the table ``text``, in its order; ``name`` is for the messages.

    Raises UnreadableSourceError as :func:`find_corrections`.
    """
    reader = csv.DictReader(io.StringIO(text, newline=None))
    rows: list[Correction] = []
    bad: list[BadRow] = []
    try:
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise UnreadableSourceError(f"{name}: add the missing column(s) {', '.join(missing)}.")
        for row in reader:
            place = f"{name}, line {reader.line_num}"
            cells = _cells(row)
            if faults := list(_faults(cells, too_many=None in row)):
                bad.append(BadRow(cells["report"], place, "; ".join(faults)))
            else:
                rows.append(_correction(cells, place))
    except csv.Error as error:
        raise UnreadableSourceError(f"{name}: is no table ({error}).") from error
    return Corrections(tuple(rows), tuple(bad))


def _cells(row: dict[str, str | None]) -> dict[str, str]:
    """The cells with single spaces; a theme is told by its id, where its name was written."""
    cells = {column: " ".join((row.get(column) or "").split()) for column in (*COLUMNS, *OPTIONAL)}
    for column in THEMES:
        cells[column] = _theme_ids().get(cells[column].casefold(), cells[column])
    return cells


@cache
def _theme_ids() -> dict[str, str]:
    """The id of every theme, and of every group of them, by its name or id in lower case."""
    return {name.casefold(): t.id for t in vocab.themes() for name in (t.label, t.id)}


def _faults(cells: dict[str, str], *, too_many: bool) -> Iterator[str]:
    """What is wrong with a row, whatever report it is about."""
    if too_many:
        yield "too many cells; quote those that hold a comma"
        return
    empty = [name for name in ("report", "passage", "action", "who", "why") if not cells[name]]
    if empty:
        yield f"fill in {', '.join(empty)}"
    yield from _not_one_of(cells, "action", get_args(CorrectionAction))
    yield from _not_one_of(cells, "stance", get_args(Polarity))
    if cells["action"] in ("add", "replace") and not cells["stance"]:
        yield f"name the stance, which {cells['action']} needs"
    if cells["action"] in ("add", "remove") and not cells["theme"]:
        yield f"name the theme to {cells['action']}"
    if cells["instead_of"] and cells["action"] in ("add", "remove"):
        yield f"leave instead_of empty, which {cells['action']} has no use for"
    if cells["instead_of"] and cells["action"] == "replace" and not cells["theme"]:
        yield "name the theme to put in the place of that in instead_of"
    for column in THEMES:
        yield from _no_theme(cells, column)


def _not_one_of(cells: dict[str, str], column: str, known: Sequence[str]) -> Iterator[str]:
    if cells[column] and cells[column] not in known:
        yield f"{column} {cells[column]!r} is not known; write one of {', '.join(known)}"


def _no_theme(cells: dict[str, str], column: str) -> Iterator[str]:
    named = cells[column]
    themes = [theme for theme in vocab.themes() if theme.broader]
    if not named or named in {theme.id for theme in themes}:
        return
    under = [theme.id for theme in themes if theme.broader == named]
    if under:
        yield f"{column} {named!r} is a group of themes; write one of {', '.join(under)}"
    else:
        near = nearest(named, [Named(t.id, t.label, t.alt_labels) for t in themes])
        yield f"{column} {named!r} is not known.{did_you_mean(near)} See: themegraph themes --list"


def _correction(cells: dict[str, str], place: str) -> Correction:
    return Correction(**{name: value or None for name, value in cells.items()}, place=place)  # type: ignore[arg-type]
