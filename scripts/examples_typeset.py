"""Setting words into lines and lines onto pages.

Goes in: text with ``**bold**``, a width, a style. Comes out: :class:`Row` values, then pages of
rows with their positions. Lengths are PDF points; a row hangs from its top, and ``drop`` is
measured down from there. Nothing here draws.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from reportlab.pdfbase.pdfmetrics import stringWidth

PLAIN, BOLD, DINGBATS = "Helvetica", "Helvetica-Bold", "ZapfDingbats"
_BOLD = re.compile(r"\*\*(.+?)\*\*")
#: A line may be broken after a space, and after a hyphen inside a word, as a word processor does.
_BREAKABLE = re.compile(r"[^\s-]*-(?=[^\s-])|\S+|\s+")


def width_of(text: str, font: str, size: float) -> float:
    """How wide ``text`` is when it is set."""
    return float(stringWidth(text, font, size))


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one font at ``x``, ``drop`` below the top of their row."""

    x: float
    drop: float
    font: str
    size: float
    text: str

    @property
    def end(self) -> float:
        """Where the words end."""
        return self.x + width_of(self.text, self.font, self.size)


@dataclass(frozen=True, slots=True)
class Box:
    """A ruled rectangle inside a row (``top`` and ``bottom`` measured down from the row's top)."""

    x0: float
    x1: float
    top: float
    bottom: float
    shade: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What is moved as one when pages are made.

    ``before`` is white space above, dropped at the top of a page. ``keep`` ties the row to the
    next. Rows of the same ``frame`` are ruled round together. ``anchor`` is the entry of the
    contents page that begins here.
    """

    height: float
    pieces: tuple[Piece, ...] = ()
    before: float = 0.0
    boxes: tuple[Box, ...] = ()
    keep: bool = False
    break_before: bool = False
    frame: str = ""
    anchor: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set, between ``x`` and ``right``; ``before`` is white space above it."""

    x: float = 70.0
    right: float = 525.0
    size: float = 12.0
    leading: float = 14.4
    font: str = PLAIN
    before: float = 9.0


@dataclass(slots=True)
class Sheet:
    """One page: rows with the height of their tops, and the footnotes that belong to them."""

    placed: list[tuple[float, Row]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


def spans(text: str, font: str) -> list[tuple[str, str]]:
    """``text`` as (font, words) where ``**`` switches to bold."""
    parts = _BOLD.split(text)
    fonts = (font, BOLD)
    return [(fonts[index % 2], part) for index, part in enumerate(parts) if part]


def break_lines(text: str, style: Style) -> list[list[tuple[str, str]]]:
    """``text`` as lines of (font, words) no wider than the style's measure, set ragged."""
    width = style.right - style.x
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for font, part in spans(text, style.font):
        for token in _BREAKABLE.findall(part):
            room = width_of(token, font, style.size)
            if used + room > width and token.strip() and lines[-1]:
                lines.append([])
                used = 0.0
            if token.strip() or lines[-1]:
                lines[-1].append((font, token))
                used += room
    return lines


def set_line(line: Sequence[tuple[str, str]], style: Style, drop: float) -> tuple[Piece, ...]:
    """The pieces of one line; neighbours in the same font are one piece."""
    pieces: list[Piece] = []
    x = style.x
    for font, token in line:
        if pieces and pieces[-1].font == font:
            pieces[-1] = replace(pieces[-1], text=pieces[-1].text + token)
        else:
            pieces.append(Piece(x, drop, font, style.size, token))
        x = pieces[-1].end
    if pieces:
        pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip())
    return tuple(pieces)


def set_text(text: str, style: Style, marker: Piece | None = None, note: str = "") -> list[Row]:
    """A paragraph as rows. Its first two lines stay together, and so do its last two.

    ``note`` is a footnote whose mark, to be numbered later, stands behind the last word.
    """
    drop = style.leading - 0.25 * style.size
    lines = break_lines(text, style)
    rows: list[Row] = []
    for index, line in enumerate(lines):
        pieces = set_line(line, style, drop)
        if index == 0 and marker:
            pieces = (replace(marker, drop=drop), *pieces)
        tied = len(lines) > 1 and index in (0, len(lines) - 2)
        before = style.before if index == 0 else 0.0
        rows.append(Row(style.leading, pieces, before=before, keep=tied))
    rows[-1] = replace(rows[-1], note=note)
    return rows


def set_table_row(cells: Sequence[str], edges: Sequence[float], style: Style, pad: float) -> Row:
    """A ruled row of cells; the words of each cell follow those of the cell before it."""
    pieces: list[Piece] = []
    depth = 0.0
    for index, cell in enumerate(cells):
        inner = replace(style, x=edges[index] + 5, right=edges[index + 1] - 5)
        drop = pad + style.leading - 0.25 * style.size
        for line in break_lines(cell, inner):
            pieces += set_line(line, inner, drop)
            drop += style.leading
        depth = max(depth, drop - style.leading + 0.25 * style.size + pad)
    boxes = tuple(Box(x0, x1, 0.0, depth) for x0, x1 in pairwise(edges))
    return Row(depth, tuple(pieces), boxes=boxes)


def keep_together(rows: Iterable[Row]) -> list[Row]:
    """``rows`` tied to one another and to whatever follows."""
    return [replace(row, keep=True) for row in rows]


def note_rows(number: int, text: str, style: Style) -> list[Row]:
    """A footnote as rows: a raised number, then small print."""
    small = replace(style, size=9.0, leading=11.0, before=0.0)
    width = width_of(str(number), PLAIN, 6.0) + width_of(" ", PLAIN, 9.0)
    first, *rest = break_lines(text, replace(small, x=small.x + width))
    mark = Piece(small.x, 5.5, PLAIN, 6.0, str(number))
    rows = [Row(11.0, (mark, *set_line(first, replace(small, x=small.x + width), 8.8)))]
    if rest:
        words = "".join(token for line in rest for _, token in line)
        rows += set_text(words, small)
    return rows


class Paginator:
    """Fills pages of a given depth; a footnote stands on the page of the row that calls it."""

    def __init__(self, top: float, bottom: float, first_top: float | None = None) -> None:
        self.top, self.bottom = top, bottom
        self.sheets = [Sheet()]
        self.y = first_top if first_top is not None else top
        self.floor = bottom
        self.noted = 0

    def place(self, rows: Sequence[Row]) -> list[Sheet]:
        """All of ``rows`` on as many sheets as they need."""
        for index, row in enumerate(rows):
            tied = self._tied(rows, index)
            fresh = not self.sheets[-1].placed
            if not fresh and (row.break_before or self.y - tied < self.floor):
                self._turn()
            self._put(row)
        return self.sheets

    def _tied(self, rows: Sequence[Row], index: int) -> float:
        """How deep the row and those tied to it are, with the footnotes they bring."""
        depth = 0.0
        while index < len(rows):
            row = rows[index]
            depth += row.before + row.height + self._note_depth(row)
            if not row.keep:
                break
            index += 1
        return depth

    def _note_depth(self, row: Row) -> float:
        if not row.note:
            return 0.0
        lines = note_rows(1, row.note, Style())
        extra = 0.0 if self.sheets[-1].notes else 16.0
        return sum(line.height for line in lines) + extra + 3.0

    def _turn(self) -> None:
        self.sheets.append(Sheet())
        self.y, self.floor = self.top, self.bottom

    def _put(self, row: Row) -> None:
        sheet = self.sheets[-1]
        self.floor += self._note_depth(row)
        if row.note:
            self.noted += 1
            sheet.notes.append((self.noted, row.note))
            row = _with_mark(row, self.noted)
        if sheet.placed:
            self.y -= row.before
        sheet.placed.append((self.y, row))
        self.y -= row.height


def _with_mark(row: Row, number: int) -> Row:
    last = row.pieces[-1]
    size = round(0.6 * last.size, 1)
    mark = Piece(last.end + 0.3, last.drop - 0.36 * last.size, last.font, size, str(number))
    return replace(row, pieces=(*row.pieces, mark))
