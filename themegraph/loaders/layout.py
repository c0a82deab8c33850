"""Pages of lines to blocks: where a paragraph, an item or a heading begins and ends.

Geometry decides: a gap wider than the leading, a change of indent, size or weight, a marker. At a
page break, where the gap is lost, indent and sentence ends decide.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from themegraph.loaders.blocks import Block, Fragment
from themegraph.loaders.furniture import Cleaned
from themegraph.loaders.geometry import Line, Page
from themegraph.loaders.markers import Marker, find_marker
from themegraph.loaders.mending import mend
from themegraph.loaders.rules import fold

#: A gap this many times the usual leading parts two paragraphs (leading 14.5 pt, gaps 20 and more).
GAP = 1.22
#: Indents that differ by less than this are the same (points).
SAME_X = 6.0
#: A marker this far right of its list's first one is nested (points).
NESTED = 8.0
#: Cells whose baselines are closer than this (in font sizes) stand in one row.
SAME_ROW = 0.65
#: Bold text longer than this is emphasis, not a heading (characters).
LONGEST_HEADING = 260

_SENTENCE_END = re.compile(r"[.!?:][’”'\")\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$|\)[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_STOP = re.compile(r"[.!?:][’”'\")\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$|\(recommendations?[^)]*\)$", re.IGNORECASE)


def build_blocks(cleaned: Cleaned) -> list[Block]:
    """The document's blocks in reading order, its footnotes last."""
    pages = list(cleaned.pages)
    builder = _Builder(cleaned.size, _leading(pages, cleaned.size))
    for page in pages:
        builder.page(page)
    builder.flush()
    return mend(builder.blocks) + _footnote_blocks(cleaned.footnotes)


def _leading(pages: list[Page], size: float) -> float:
    """The most usual distance between two lines of text in ``size``."""
    steps: Counter[float] = Counter()
    for page in pages:
        for above, below in zip(page.lines, page.lines[1:], strict=False):
            step = above.y - below.y
            if above.size == below.size == size and 0.9 * size < step < 1.6 * size:
                steps[round(step * 2) / 2] += 1
    return max(steps, key=lambda s: (steps[s], -s)) if steps else 1.2 * size


def _right_margin(lines: tuple[Line, ...]) -> float:
    return max((line.x1 for line in lines), default=0.0)


def _footnote_blocks(lines: tuple[Line, ...]) -> list[Block]:
    """One block for each footnote; a raised number opens one."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or line.words[0].superscript:
            groups.append([])
        groups[-1].append(line)
    return [
        Block("footnote", tuple(Fragment(ln.text, ln.page) for ln in group), size=group[0].size)
        for group in groups
    ]


@dataclass
class _Builder:
    """Walks the lines once, keeping the block under way and the list it stands in."""

    size: float
    leading: float
    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    marker: Marker | None = None
    level: int = 0
    indents: list[float] = field(default_factory=list)
    last_number: int = 0
    numbered: list[float] = field(default_factory=list)
    right: float = 0.0
    right_before: float = 0.0
    column: float | None = None

    def page(self, page: Page) -> None:
        self.right_before, self.right = self.right, _right_margin(page.lines)
        for line in page.lines:
            for part in self._columns(line):
                self.line(part)

    def _columns(self, line: Line) -> list[Line]:
        """A row of a table of responsible bodies as its two cells; any other line as it is."""
        cells = line.cells()
        if len(cells) == 2 and fold(cells[0].text).startswith("responsible bod"):
            self.column = cells[1].x0 - SAME_X
            return [line]
        if self.column is None or self._heading(line):
            self.column = None
            return [line]
        left = tuple(w for w in line.words if w.x0 < self.column)
        right = tuple(w for w in line.words if w.x0 >= self.column)
        return [Line(line.page, words) for words in (left, right) if words]

    def line(self, line: Line) -> None:
        marker = find_marker(line)
        if marker is not None and self._counts(marker, line):
            self._open_item(marker)
            return
        if self.lines or self.marker:
            if self._continues(line):
                self.lines.append(line)
                return
            self.flush()
        if not self._in_list(line):
            self.indents = []
            if self._heading(line):
                self.numbered = []
        self.lines = [line]

    def _in_list(self, line: Line) -> bool:
        """Whether an unmarked line stands inside the list above it (a second paragraph)."""
        return bool(self.indents) and line.x0 > self.indents[0] + NESTED and not self._heading(line)

    # --- items -------------------------------------------------------------------------------

    def _counts(self, marker: Marker, line: Line) -> bool:
        """Whether a marker opens an item. A number does when it hangs to the left of the text it
        continues or follows the last number; a wrapped line that opens with a year does neither.
        """
        if marker.number is None:
            return True
        expected = marker.number in (self.last_number + 1, 1)
        if expected and marker.number == self.last_number + 1 and not self._continues(line):
            return True
        rest = marker.rest
        tabbed = rest is not None and rest.x0 - line.words[0].x1 > 0.5 * line.size
        outdented = not self.lines or self.marker is None or line.x0 < self._text_x() - SAME_X
        return outdented and (expected or tabbed)

    def _open_item(self, marker: Marker) -> None:
        self.flush()
        if marker.number is not None and marker.number == self.last_number + 1 and self.numbered:
            self.indents = list(self.numbered)  # the series goes on, wherever its marker is set
        else:
            self._nest(marker.x)
        self.level = len(self.indents)
        self.marker = marker
        self.lines = [marker.rest] if marker.rest is not None else []
        if marker.number is not None:
            self.last_number, self.numbered = marker.number, list(self.indents)

    def _nest(self, x: float) -> None:
        """Find the depth of a marker at ``x`` among the markers of the lists around it."""
        while self.indents and x < self.indents[-1] - NESTED:
            self.indents.pop()
        if not self.indents or x > self.indents[-1] + NESTED:
            self.indents.append(x)

    def _text_x(self) -> float:
        """Where the words of the block under way begin."""
        if self.marker is not None and len(self.lines) > 1:
            return self.lines[1].x0
        if self.lines:
            return self.lines[0].x0
        return self.marker.x if self.marker else 0.0

    # --- does the line go on with the block? ---------------------------------------------------

    def _continues(self, line: Line) -> bool:
        if not self.lines:  # a marker alone on its line
            return True
        last = self.lines[-1]
        if self._differs(line, last):
            return False
        if last.page != line.page:
            return self._continues_over_page(line, last)
        step = last.y - line.y
        if self.marker is None and self._heading(line) and line.x0 > last.x1:
            return abs(step) < SAME_ROW * line.size  # the grade beside a chapter's title
        if self.marker is None and self._heading(line):
            return 0.3 * line.size < step < 1.5 * line.size and line.size == last.size
        if not 0.3 * line.size < step <= GAP * self.leading * line.size / self.size:
            return False
        return self._indent_fits(line) and not self._ended_short(last, line)

    def _differs(self, line: Line, last: Line) -> bool:
        """Whether the two lines are set in different type."""
        if abs(line.size - last.size) > 1.0:
            return True
        if self.marker is not None:
            return line.bold and not self.lines[0].bold
        return self._heading(line) != self._heading(last)

    def _heading(self, line: Line) -> bool:
        """Whether a line is set as a heading: larger than the text, or bold throughout."""
        return line.size >= self.size + 1.5 or (line.bold and line.size >= self.size - 1.0)

    def _indent_fits(self, line: Line) -> bool:
        if self.marker is None:
            return abs(line.x0 - self.lines[-1].x0) <= SAME_X
        if len(self.lines) == 1:  # the second line shows where an item's words hang
            return line.x0 > self.marker.x - SAME_X
        return abs(line.x0 - self._text_x()) <= SAME_X

    def _ended_short(self, last: Line, line: Line) -> bool:
        """Whether a full stop stands so early that the next word would have fitted behind it."""
        if not _STOP.search(last.text) or not line.text[:1].isupper():
            return False
        first = line.words[0]
        room = self.right - last.x1
        return room > (first.x1 - first.x0) + 3.0 * line.size

    def _continues_over_page(self, line: Line, last: Line) -> bool:
        ended = bool(_SENTENCE_END.search(last.text))
        if self.marker is None and self._heading(line):
            return False
        if self.marker is not None:
            hangs = abs(line.x0 - self._text_x()) <= SAME_X and line.x0 > self.marker.x + SAME_X
            return hangs or (not ended and line.text[:1].islower())
        if abs(line.x0 - last.x0) > 2 * SAME_X:
            return not ended and line.text[:1].islower()
        return not ended or line.text[:1].islower()

    # --- closing a block -------------------------------------------------------------------------

    def flush(self) -> None:
        if self.lines:
            self.blocks.append(self._block())
        self.lines, self.marker = [], None

    def _block(self) -> Block:
        first = self.lines[0]
        fragments = tuple(Fragment(line.text, line.page) for line in self.lines)
        bold = all(line.bold for line in self.lines)
        cells = tuple(cell.text for cell in first.cells()) if len(self.lines) == 1 else ()
        shared = {"size": first.size, "bold": bold, "cells": cells, "x": first.x0}
        if self.marker is not None:
            return Block(
                "item",
                fragments,
                marker=self.marker.shown,
                number=self.marker.number,
                level=self.level,
                **shared,  # type: ignore[arg-type]
            )
        length = sum(len(f.text) for f in fragments)
        heading = all(self._heading(line) for line in self.lines) and length <= LONGEST_HEADING
        return Block("heading" if heading else "paragraph", fragments, **shared)  # type: ignore[arg-type]
