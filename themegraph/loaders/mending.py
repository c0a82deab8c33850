"""Blocks put right where the page broke them: sentences cut by a box, headings glued to an item."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from themegraph.loaders.blocks import Block, Fragment

#: A box that cuts a sentence has no more blocks than this.
LONGEST_BOX = 14
#: Words that go on with a cut sentence begin where its other lines do (points).
SAME_X = 6.0

_ENDED = re.compile(r"[.!?:][’”'\")\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$|\)$")


def mend(blocks: list[Block]) -> list[Block]:
    """The blocks with cut sentences whole and glued headings taken off."""
    return _without_glued_headings(_without_cuts(blocks))


def _without_cuts(blocks: list[Block]) -> list[Block]:
    """A box (a practice study) may float into a sentence. What begins in lower case at the top of a
    page then goes on with the last unfinished block of the page before that is set like it.
    """
    out: list[Block] = []
    for block in blocks:
        at = _cut_end(out, block)
        if at is None:
            out.append(block)
        else:
            out[at] = out[at].joined(block)
    return out


def _cut_end(before: list[Block], block: Block) -> int | None:
    """The index of the block that ``block`` completes, when a box stands between the two."""
    if block.kind != "paragraph" or not block.text[:1].islower() or not before:
        return None
    for index in range(len(before) - 1, max(-1, len(before) - 1 - LONGEST_BOX), -1):
        earlier = before[index]
        if earlier.last_page < block.page - 1:
            return None
        unfinished = earlier.kind in ("paragraph", "item") and not _ENDED.search(earlier.text)
        if (
            unfinished
            and abs(earlier.x - block.x) <= SAME_X
            and earlier.last_page == block.page - 1
        ):
            return index
    return None


def _without_glued_headings(blocks: list[Block]) -> list[Block]:
    """An item that ends with the words of the heading printed below it again loses them."""
    out = list(blocks)
    for index, (block, after) in enumerate(pairwise(blocks)):
        tail = " " + after.text
        if after.kind != "heading" or block.kind == "heading" or not block.text.endswith(tail):
            continue
        last = block.fragments[-1]
        if last.text.endswith(tail) and _ENDED.search(last.text[: -len(tail)]):
            short = Fragment(last.text[: -len(tail)], last.page)
            out[index] = replace(block, fragments=(*block.fragments[:-1], short))
    return out
