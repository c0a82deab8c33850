"""A document ready for reading: placed blocks, canonical text, and the page of every offset."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from themegraph.loaders.blocks import Block, place, separator
from themegraph.model import Span


@dataclass(frozen=True)
class Document:
    """Blocks with offsets into ``text``, the canonical text they make up.

    ``running`` holds the lines taken off the pages; ``pages`` is the number of pages of the source
    (1 where it has none).
    """

    blocks: tuple[Block, ...]
    text: str
    page_starts: tuple[int, ...]
    pages: int
    running: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int:
        """The page on which the character at ``offset`` stands."""
        starts, pages = self._page_map()
        index = bisect_right(starts, offset) - 1
        return pages[max(0, index)]

    def span(self, start: int, end: int) -> Span:
        """The span from ``start`` to ``end``, with its page."""
        return Span(start, end, self.page_at(start))

    def block_span(self, block: Block) -> Span:
        """The span of a block's words, without its marker."""
        return self.span(block.start, block.end)

    def _page_map(self) -> tuple[list[int], list[int]]:
        cached: tuple[list[int], list[int]] | None = self.__dict__.get("_map")
        if cached is None:
            starts, pages = [], []
            for block in self.blocks:
                body = ""
                for fragment in block.fragments:
                    body += separator(body)
                    starts.append(block.start + len(body))
                    pages.append(fragment.page)
                    body += fragment.text
            cached = (starts, pages)
            object.__setattr__(self, "_map", cached)
        return cached


def make_document(blocks: list[Block], pages: int, running: tuple[str, ...] = ()) -> Document:
    """Place ``blocks`` and wrap them up as a document of ``pages`` pages."""
    placed, text, starts = place(blocks)
    return Document(tuple(placed), text, starts, pages, running)
