"""A document as a sequence of blocks: headings, paragraphs, list items, table rows.

This is the meeting point of all formats: PDF, markdown, plain text and HTML are each read into
blocks, and everything after that knows blocks only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "row", "footnote"]


@dataclass(frozen=True, slots=True)
class Fragment:
    """Part of a block that stands on one page."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, item, heading or table row.

    ``marker`` is the bullet or number as printed ("•", "12."), ``number`` the printed number,
    ``level`` the depth of a list item (1 for the outermost, 0 for anything else). ``cells`` holds
    the parts of a table row. ``size`` and ``bold`` tell how it is set; ``x`` where its words begin.
    """

    kind: BlockKind
    fragments: tuple[Fragment, ...]
    marker: str = ""
    number: int | None = None
    level: int = 0
    cells: tuple[str, ...] = ()
    size: float = 12.0
    bold: bool = False
    x: float = 0.0
    start: int = field(default=-1, compare=False)

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.fragments[0].page

    @property
    def last_page(self) -> int:
        """The page it ends on."""
        return self.fragments[-1].page

    @property
    def text(self) -> str:
        """Its words as one line."""
        return join(self.fragments)

    @property
    def end(self) -> int:
        """Offset behind the last character, once the block has been placed."""
        return self.start + len(self.text)

    def joined(self, other: Block) -> Block:
        """The block continued by ``other``."""
        return replace(self, fragments=self.fragments + other.fragments)


def join(fragments: tuple[Fragment, ...]) -> str:
    """The fragments as one line of text; a word broken at its hyphen is closed up."""
    text = ""
    for fragment in fragments:
        text += separator(text) + fragment.text
    return text


def separator(before: str) -> str:
    """What stands between ``before`` and the words that follow it on the next line.

    Ofsted sets text ragged and unhyphenated, so that a hyphen at a line's end belongs to the word.
    """
    if not before:
        return ""
    return "" if len(before) > 1 and before[-1] in "-‑" and not before[-2].isspace() else " "


def place(blocks: list[Block]) -> tuple[list[Block], str, tuple[int, ...]]:
    """The blocks with their offsets, the canonical text, and the offset at which each page begins.

    A block stands on a line of its own: its marker, a space, its words. ``start`` is the offset of
    its words, without the marker. Blocks are parted by an empty line, items of a list by none.
    """
    text = ""
    placed: list[Block] = []
    starts: dict[int, int] = {}
    for block in blocks:
        if text:
            text += (
                "\n" if placed and placed[-1].kind == "item" and block.kind == "item" else "\n\n"
            )
        text += "  " * max(0, block.level - 1)
        text += block.marker + " " if block.marker else ""
        placed.append(replace(block, start=len(text)))
        body = ""
        for fragment in block.fragments:
            body += separator(body)
            starts.setdefault(fragment.page, len(text) + len(body))
            body += fragment.text
        text += body
    return placed, text + "\n", _page_starts(starts, len(text))


def _page_starts(starts: dict[int, int], length: int) -> tuple[int, ...]:
    last = max(starts, default=1)
    offsets = [starts.get(page, -1) for page in range(1, last + 1)]
    following = length
    for index in range(len(offsets) - 1, -1, -1):
        if offsets[index] < 0 or offsets[index] > following:
            offsets[index] = following
        following = offsets[index]
    return tuple(offsets)
