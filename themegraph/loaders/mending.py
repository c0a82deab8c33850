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

#: Fewer dashes at the same place than this may be punctuation.
LEAST_DASHES = 2
#: The wrapped lines of a dashed item stand no further in than this (points) and are no more.
FURTHEST_WRAP = 30.0
LONGEST_DASHED = 6

_DASHED = re.compile(r"[–−-]\s+\S")
_ENDED = re.compile(r"[.!?:][’”'\")\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$|\)$")


def mend(blocks: list[Block]) -> list[Block]:
    """The blocks with cut sentences whole, glued headings taken off, dashed lists put together."""
    return _with_dashed_lists(_without_glued_headings(_without_cuts(blocks)))


def _with_dashed_lists(blocks: list[Block]) -> list[Block]:
    """Nested items whose dash is set like a word, without a tab: below a list item, and more than
    one at the same place, since a single dash may go on with a sentence. Their wrapped lines stand
    further in.
    """
    out: list[Block] = []
    inside = False  # a list whose dashes are words
    for index, block in enumerate(blocks):
        opens = bool(out) and _opens_list(out[-1], block, blocks[index:])
        if _is_dashed(block) and (inside or opens):
            first = block.fragments[0]
            words = Fragment(first.text[1:].lstrip(), first.page)
            fragments = (words, *block.fragments[1:])
            out.append(replace(block, kind="item", fragments=fragments, marker="–", level=2))
            inside = True
        elif inside and block.kind == "paragraph" and _goes_on(out[-1], block):
            out[-1] = out[-1].joined(block)
        else:
            out.append(block)
            inside = False
    return out


def _is_dashed(block: Block) -> bool:
    return block.kind == "paragraph" and bool(_DASHED.match(block.text))


def _opens_list(above: Block, block: Block, rest: list[Block]) -> bool:
    """Whether ``block``, below ``above``, is the first of several that begin with a dash."""
    if not _is_dashed(block):
        return False
    alike = [b for b in rest[1 : 2 * LEAST_DASHES + 1] if _is_dashed(b) and _aligned(b, block)]
    return above.kind == "item" and len(alike) + 1 >= LEAST_DASHES


def _aligned(block: Block, other: Block) -> bool:
    return abs(block.x - other.x) <= SAME_X / 2


def _goes_on(above: Block, block: Block) -> bool:
    """Whether a paragraph is the wrapped line of the dashed item ``above`` it."""
    indented = 0 < block.x - above.x <= FURTHEST_WRAP
    return indented and len(above.fragments) < LONGEST_DASHED and block.page == above.last_page


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
