"""From the blocks of a source to rows: the parts that all families share.

Goes in: a :class:`Document` and the page numbers found so far (for the contents page). Comes out:
rows ready for pages. What differs between families is in :class:`Look`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest

import examples_labels as labels
from examples_source import Block, Document
from examples_typeset import (
    BOLD,
    DINGBATS,
    PLAIN,
    Piece,
    Row,
    Style,
    keep_together,
    set_table_row,
    set_text,
    width_of,
)

SQUARE = "n"  # a black square in ZapfDingbats
LEFT, RIGHT = 70.0, 525.0


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes and indents of a family. ``headings`` are the sizes of levels 1 to 3."""

    headings: tuple[float, float, float] = (16.0, 14.0, 12.0)
    bullet_x: float = 70.0
    bullet_text: float = 88.0
    number_text: float = 98.0
    gap: float = 9.0
    bullet_gap: float = 5.0


def body(document: Document, look: Look, pages: dict[str, int]) -> list[Row]:
    """All rows of the report after its first-page matter."""
    return Body(document, look, pages).rows()


class Body:
    """Walks through the blocks and sets each one."""

    def __init__(self, document: Document, look: Look, pages: dict[str, int]) -> None:
        self.document, self.look, self.pages = document, look, pages
        self.out: list[Row] = []
        self.frame = ""
        self.turn = False
        self.tight = False
        self.table = False

    def rows(self) -> list[Row]:
        """The rows; raises ``ValueError`` for a kind of block that has no way to be set."""
        for block in self.document.blocks:
            setter = getattr(self, f"_{block.kind}", None)
            if setter is None:
                raise ValueError(f"{self.document.name}: unknown line @{block.kind}")
            setter(block)
        return self.out

    def _add(self, rows: list[Row], anchor: str = "") -> None:
        first = replace(rows[0], break_before=self.turn, anchor=anchor or rows[0].anchor)
        self.turn = False
        self.out += [replace(row, frame=self.frame or row.frame) for row in (first, *rows[1:])]

    def _style(self, **changes: float | str) -> Style:
        style = Style(before=self.look.gap)
        if self.frame:
            style = replace(style, x=LEFT + 5, right=RIGHT - 5)
        return replace(style, **changes)  # type: ignore[arg-type]

    # --- text ------------------------------------------------------------------------------------

    def _paragraph(self, block: Block) -> None:
        """A paragraph; lines with a bold label ("Lead inspector:") stand close together."""
        if self.table:
            self._add([set_table_row([block.text], [LEFT, RIGHT], self._style(), 2.0)])
            return
        label = block.text.startswith("**") and self.tight
        gap = 4.0 if label else self.look.gap
        self.tight = block.text.startswith("**")
        self._add(set_text(block.text, self._style(before=gap)))

    def _number(self, block: Block) -> None:
        style = self._style(x=self.look.number_text)
        mark = Piece(LEFT, 0.0, PLAIN, 12.0, f"{block.number}.")
        self._add(set_text(block.text, style, mark))

    def _bullet(self, block: Block) -> None:
        look = self.look
        if block.level == 1:
            style = self._style(x=look.bullet_text, before=look.bullet_gap)
            mark = Piece(look.bullet_x, 0.0, DINGBATS, 9.5, SQUARE)
        else:
            style = self._style(x=look.bullet_text + 38, before=3.0)
            mark = Piece(look.bullet_text + 22, 0.0, PLAIN, 12.0, "–")
        self._add(set_text(block.text, style, mark))

    def _heading(self, block: Block) -> None:
        text = block.text
        if text.startswith("@judgement "):
            text = labels.heading(self.document, text.split()[1])
        if not text:
            return
        size = self.look.headings[block.level - 1]
        style = self._style(size=size, leading=1.2 * size, font=BOLD, before=0.9 * size + 3)
        rows = keep_together(set_text(text, style, note=block.note))
        self._add(rows, anchor=f"{block.level} {text}")

    def _section(self, block: Block) -> None:
        """Text under no heading: nothing to set."""

    _endsection = _section

    # --- boxes and tables ------------------------------------------------------------------------

    def _box(self, block: Block) -> None:
        open_below = block.text.startswith("Executive")
        style = self._style(size=14.0 if open_below else 12.0, leading=16.0, font=BOLD)
        row = set_table_row([block.text], [LEFT, RIGHT], style, 6.0)
        level = 2 if open_below else 3
        self._add([replace(row, before=12.0, keep=True)], anchor=f"{level} {block.text}")
        if open_below:
            self.frame = block.text

    def _chapter(self, block: Block) -> None:
        title, mark = labels.SIF_CHAPTERS[block.text], labels.grade(self.document, block.text)
        style = self._style(size=14.0, leading=17.0, font=BOLD)
        row = set_table_row([title, mark], [LEFT, 350.0, RIGHT], style, 7.0)
        self._add([replace(row, keep=True)], anchor=f"2 {title}")
        self.frame = title
        bold = self._style(font=BOLD, before=8.0)
        self._add(keep_together(set_text("Summary", bold)))

    def _practice(self, block: Block) -> None:
        self.out.append(Row(8.0))
        self.frame = block.text
        self._add([Row(5.0, keep=True)])
        self._add(keep_together(set_text(block.text, self._style(font=BOLD, before=0.0))))

    def _endbox(self, block: Block) -> None:
        self._add([Row(7.0)])
        self.frame = ""

    _endpractice = _endbox

    def _outcome(self, block: Block) -> None:
        style = self._style(size=13.0, leading=16.0, font=BOLD)
        row = set_table_row([block.text], [LEFT, RIGHT], style, 9.0)
        shaded = tuple(replace(box, shade=0.93) for box in row.boxes)
        self._add([replace(row, boxes=shaded, before=10.0, keep=True)])
        self.frame = block.text

    def _endoutcome(self, block: Block) -> None:
        for text in labels.AFTER_OUTCOME:
            self._paragraph(Block("paragraph", text))
        self._endbox(block)

    def _row(self, block: Block) -> None:
        edges = [LEFT, (LEFT + RIGHT) / 2, RIGHT]
        gap = 0.0 if self.out[-1].boxes else 9.0
        self._add([replace(set_table_row(block.cells, edges, self._style(), 2.0), before=gap)])

    def _improvements(self, block: Block) -> None:
        """A one-column table headed by the section's own words; its rows are paragraphs."""
        style = self._style()
        head = set_table_row([f"**{self._last_heading()}**"], [LEFT, RIGHT], style, 2.0)
        shaded = tuple(replace(box, shade=0.93) for box in head.boxes)
        self._add([replace(head, boxes=shaded, keep=True, before=9.0)])
        self.table = True

    def _endimprovements(self, block: Block) -> None:
        self.table = False

    def _last_heading(self) -> str:
        return next(row.anchor[2:] for row in reversed(self.out) if row.anchor)

    def _team(self, block: Block) -> None:
        """The inspection team in two columns, row by row, with no rules."""
        people = self.document.head["inspectors"]
        sides = list(dict.fromkeys(p["organisation"] for p in people))
        columns = [
            [
                f"**{side}**",
                *(f"{p['name']}, {p['credential']}" for p in people if p["organisation"] == side),
            ]
            for side in sides
        ]
        edges = [LEFT - 5, (LEFT + RIGHT) / 2, RIGHT]
        for pair in zip_longest(*columns, fillvalue=""):
            row = set_table_row(pair, edges, self._style(), 2.0)
            self._add([replace(row, boxes=())])

    # --- pages -----------------------------------------------------------------------------------

    def _pagebreak(self, block: Block) -> None:
        self.turn = True

    def _contents(self, block: Block) -> None:
        """The headings of levels 1 and 2 with the pages they were found on."""
        self._add(set_text("Contents", self._style(size=26.0, leading=32.0)))
        for entry, page in self.pages.items():
            level, title = int(entry[0]), entry[2:]
            if level > 2:
                continue
            font = BOLD if level == 1 else PLAIN
            style = self._style(x=LEFT + 14 * (level - 1), right=RIGHT - 40, font=font, before=7.0)
            rows = set_text(title, style)
            last = rows[-1].pieces[-1]
            number = str(page)
            x = RIGHT - width_of(number, font, 12.0)
            pieces = (*rows[-1].pieces, Piece(x, last.drop, font, 12.0, number))
            self._add([*rows[:-1], replace(rows[-1], pieces=pieces)])
        self.turn = True

    def _closing(self, block: Block) -> None:
        """The small print of the last page."""
        self.turn = True
        style = self._style(size=10.0, leading=12.0)
        for text in labels.closing(self.document):
            gap = 1.0 if text.startswith(("Textphone", "E:", "W:")) else 9.0
            self._add(set_text(text, replace(style, before=gap)))
