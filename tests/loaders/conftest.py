"""Pages of lines as a PDF gives them, drawn for the tests: positions in points, 12-point type."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from themegraph.loaders.blocks import Block
from themegraph.loaders.document import Document, make_document
from themegraph.loaders.furniture import strip_furniture
from themegraph.loaders.geometry import Line, Page, Word
from themegraph.loaders.layout import build_blocks
from themegraph.loaders.plain import read_blocks

LETTER = 6.0
LEADING = 14.5


def draw_line(
    text: str,
    y: float,
    *,
    x: float = 71.0,
    page: int = 1,
    size: float = 12.0,
    bold: bool = False,
    tab: float | None = None,
) -> Line:
    """A line of words at ``x``, ``y``; with ``tab``, the words after the first begin there. A word
    that ends with "¬" is broken at its hyphen.
    """
    words: list[Word] = []
    for n, token in enumerate(text.split()):
        hyphen = token.endswith("¬")
        shown = token[:-1] + "-" if hyphen else token
        if tab is not None and n == 1:
            x = tab
        right = x + LETTER * len(shown) * size / 12
        words.append(Word(shown, x, right, y, size, bold, hyphen))
        x = right + LETTER * size / 12
    return Line(page, tuple(words))


def draw_page(number: int, *lines: Line) -> Page:
    """An A4 page with these lines."""
    return Page(number, 595.0, 842.0, tuple(lines))


def draw_text(page: int = 1, top: float = 700.0) -> list[Line]:
    """A paragraph of four full lines, so that size, leading and right margin are known."""
    words = "Plans for children are reviewed often and most of them say what has to change"
    return [draw_line(words, top - LEADING * n, page=page) for n in range(4)]


def lay_out(*pages: Page) -> list[Block]:
    """The blocks of these pages."""
    return build_blocks(strip_furniture(list(pages)))


@pytest.fixture
def draw() -> SimpleNamespace:
    """The functions that draw pages: line, page, text, and blocks, which lays pages out."""
    return SimpleNamespace(
        line=draw_line, page=draw_page, text=draw_text, blocks=lay_out, leading=LEADING
    )


@pytest.fixture
def read() -> SimpleNamespace:
    """Marked-up text to a placed document."""

    def document(text: str) -> Document:
        return make_document(read_blocks(text), 1)

    return SimpleNamespace(document=document)
