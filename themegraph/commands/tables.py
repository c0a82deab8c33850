"""Tables for people: as wide as the terminal, with what does not fit beneath its row.

Things are shown by their short id and not by their IRI. Nothing is cut off: long cells wrap.
"""

from __future__ import annotations

import csv
import io
import shutil
import textwrap
from collections.abc import Iterable, Sequence

from themegraph import ids
from themegraph.commands.output import opened

# A cell longer than this is prose, which needs lines of some length.
PROSE = 60
NARROWEST_PROSE = 24
# Longer words, such as addresses, may be broken.
WIDEST_WORD = 30
_GAP = 2
_INDENT = " " * 4

Cells = Sequence[Sequence[str]]


class Section(str):
    """A first cell that is a heading for the rows below it, and as wide as the table."""

    __slots__ = ()


def shorten(value: object) -> str:
    """A value as a reader wants it: ids without the base IRI, nothing for nothing."""
    if value is None:
        return ""
    text = str(value)
    for prefix in (ids.ID, ids.VOCAB):
        if text.startswith(prefix):
            text = text.removeprefix(prefix)
            kind, _, name = text.partition("/")
            return name if kind in ("authority", "report", "finding") else text
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(text.split())


def width_of_terminal() -> int:
    """The width to fill: the terminal's, or 80."""
    return shutil.get_terminal_size((80, 24)).columns


def write_rows(
    columns: Sequence[str], rows: Iterable[Sequence[object]], form: str, place: str
) -> None:
    """Write ``rows`` as a table or, where ``form`` is csv, as they are."""
    with opened(place) as stream:
        if form == "csv":
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows((columns, *rows))
            stream.write(text.getvalue().encode())
        else:
            cells = [[shorten(value) for value in row] for row in rows]
            stream.write(render(columns, cells).encode())


def render(columns: Sequence[str], rows: Cells, width: int | None = None) -> str:
    """``rows`` under ``columns`` as a table.

    Where that is too wide for ``width`` characters (None: the terminal's), the widest columns come
    beneath their rows; where fewer than two would be left, each row is written as a record.
    """
    width = width or width_of_terminal()
    heads = [column.replace("_", " ") for column in columns]
    beneath = _beneath(heads, rows, width)
    beside = [n for n in range(len(heads)) if n not in beneath]
    if beneath and len(beside) < 2:
        return _records(heads, rows, width)
    return _table(heads, rows, beside, beneath, width)


def fits(columns: Sequence[str], rows: Cells) -> bool:
    """Whether ``rows`` are a plain table in this terminal, with nothing beneath a row."""
    return not _beneath([column.replace("_", " ") for column in columns], rows, width_of_terminal())


def _beneath(heads: Sequence[str], rows: Cells, width: int) -> list[int]:
    """The columns that must leave the table for the rest to fit, in the order of the table."""
    beside = list(range(len(heads)))
    while beside and _fit([heads[n] for n in beside], _part(rows, beside), width) is None:
        beside.remove(max(beside, key=lambda n: (*_spared(n, rows), max(len(r[n]) for r in rows))))
    return [n for n in range(len(heads)) if n not in beside]


def _spared(column: int, rows: Cells) -> tuple[bool, bool]:
    """Which columns are the last to leave: the first two, which say what the row is, and numbers,
    which are read down.
    """
    return (column > 1 and not all(_is_number(row[column]) for row in rows), column == 1)


def _part(rows: Cells, columns: Sequence[int]) -> Cells:
    return [[row[n] for n in columns] for row in rows]


def _fit(heads: Sequence[str], rows: Cells, width: int) -> list[int] | None:
    """The width of each column; None where there is not room for what must not be squeezed."""
    told = [row for row in rows if not isinstance(row[0], Section)]
    columns = [[head, *(row[n] for row in told)] for n, head in enumerate(heads)]
    widths = [max(map(len, cells)) for cells in columns]
    # Under headings stand names, however long they are, and no prose.
    names = len(told) < len(rows)
    least = [_least(cells, prose=n > 0 or not names) for n, cells in enumerate(columns)]
    room = width - _GAP * (len(heads) - 1)
    if sum(widths) > room and rows:
        # A heading is broken between its words before anything else gives way.
        widths = [
            max(floor, *map(len, cells[1:])) for floor, cells in zip(least, columns, strict=True)
        ]
    while sum(widths) > room:
        # The widest gives way first, so that none is squeezed for another.
        spare = [size if size > floor else 0 for size, floor in zip(widths, least, strict=True)]
        if not any(spare):
            return None
        widths[spare.index(max(spare))] -= 1
    return widths


def _least(cells: Sequence[str], *, prose: bool = True) -> int:
    """As narrow as a column may get: its longest word, and for prose a line that can be read."""
    longest_word = max(
        len(cell) - len(cell.lstrip()) + max(map(len, cell.split() or [""])) for cell in cells
    )
    is_prose = prose and max(map(len, cells)) > PROSE
    return min(max(longest_word, NARROWEST_PROSE if is_prose else 0), WIDEST_WORD)


def _table(
    heads: Sequence[str], rows: Cells, beside: Sequence[int], beneath: Sequence[int], width: int
) -> str:
    out = io.StringIO()
    names = [heads[n] for n in beside]
    cells = _part(rows, beside)
    widths = _fit(names, cells, width) or [len(name) for name in names]
    numeric = [bool(rows) and all(_is_number(row[n]) for row in rows) for n in beside]
    _put(out, names, widths, numeric)
    out.write("  ".join("─" * size for size in widths) + "\n")
    for row, short in zip(rows, cells, strict=True):
        _put(out, short, widths, numeric)
        for n in beneath:
            if row[n]:
                # One column beneath needs no name: its words say what it is.
                label = f"{heads[n]}: " if len(beneath) > 1 else ""
                out.write(_indented(label + row[n], width) + "\n")
        if beneath:
            out.write("\n")
    return out.getvalue()


def _indented(text: str, width: int) -> str:
    return textwrap.fill(text, width, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _put(
    out: io.StringIO, cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]
) -> None:
    if isinstance(cells[0], Section):
        out.write(f"{cells[0]}\n")
        return
    wrapped = [_wrapped(cell, size) for cell, size in zip(cells, widths, strict=True)]
    for n in range(max(map(len, wrapped))):
        parts = [lines[n] if n < len(lines) else "" for lines in wrapped]
        padded = [
            part.rjust(size) if right else part.ljust(size)
            for part, size, right in zip(parts, widths, numeric, strict=True)
        ]
        out.write("  ".join(padded).rstrip() + "\n")


def _wrapped(cell: str, size: int) -> list[str]:
    """The lines of a cell; all are indented as the first is."""
    indent = cell[: len(cell) - len(cell.lstrip())]
    return textwrap.wrap(cell, size, subsequent_indent=indent) or [""]


def _records(heads: Sequence[str], rows: Cells, width: int) -> str:
    out = io.StringIO()
    margin = max(map(len, heads)) + _GAP
    for n, row in enumerate(rows, 1):
        out.write(f"{f'── {n} of {len(rows)} '.ljust(min(width, 80), '─')}\n")
        for head, cell in zip(heads, row, strict=True):
            if cell:
                indent = " " * margin
                words = textwrap.fill(cell, width, subsequent_indent=indent, initial_indent=indent)
                out.write(head.ljust(margin) + words[margin:] + "\n")
    return out.getvalue()


def _is_number(cell: str) -> bool:
    return not cell or cell.replace(",", "").replace(".", "", 1).lstrip("-").isdigit()
