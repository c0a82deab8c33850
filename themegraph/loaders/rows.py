"""Rows of a table of judgements: a label and its grade, which the page draws as separate cells."""

from __future__ import annotations

import re
from dataclasses import replace

from themegraph.loaders.blocks import Block
from themegraph.loaders.grades import GRADE
from themegraph.loaders.rules import fold

_GRADE_ONLY = re.compile(rf"^(?:{GRADE}|not judged)\.?$")
_GRADE_PART = re.compile(r"^(?:requires?|improvement|to be good|improvement to be good)$")
_GRADED = re.compile(rf"\b(?:{GRADE}|not judged)\.?$")
_LABEL = re.compile(
    r"(?:\d(?:\.\d)?\.?\s+)?(?:the )?(?:impact of leaders|experiences? (?:and|of)"
    r"|(?:looked after )?children (?:who need|in need|looked after)"
    r"|adoption performance|leadership|overall effectiveness)"
)
#: A label is never longer than this (characters).
LONGEST_LABEL = 110


def merge_rows(blocks: list[Block]) -> list[Block]:
    """``blocks`` with every label on the cover joined to the grade that stands beside it.

    Only the first page is looked at: the table of judgements is on the cover.
    """
    out: list[Block] = []
    below = False
    for block in blocks:
        below = below or (len(block.text) > 2 * LONGEST_LABEL and any(b.kind == "row" for b in out))
        if below:  # text under the table: its headings have grades too and are no rows
            out.append(block)
        elif block.page == 1 and out and _completes(out[-1], block):
            out[-1] = replace(out[-1].joined(block), kind="row", marker="", number=None, level=0)
        elif block.page == 1 and _is_row(block):
            shown = f"{block.marker} " if block.marker else ""
            first = replace(block.fragments[0], text=shown + block.fragments[0].text)
            fragments = (first, *block.fragments[1:])
            out.append(
                replace(block, kind="row", fragments=fragments, marker="", number=None, level=0)
            )
        else:
            out.append(block)
    return _paired(out)


def _paired(blocks: list[Block]) -> list[Block]:
    """Rows of a table drawn column by column: labels first, then as many grades, in order."""
    rows = [i for i, b in enumerate(blocks) if b.kind == "row" and not _GRADED.search(fold(b.text))]
    grades = [i for i, b in enumerate(blocks) if b.page == 1 and _GRADE_ONLY.match(fold(b.text))]
    if not rows or len(rows) != len(grades) or grades[0] < rows[0]:
        return blocks
    out = list(blocks)
    for row, grade in zip(rows, grades, strict=True):
        out[row] = blocks[row].joined(blocks[grade])
    return [b for i, b in enumerate(out) if i not in grades]


def _completes(label: Block, block: Block) -> bool:
    """Whether ``block`` is the missing grade, or the missing part, of the row under way."""
    if label.kind == "row" and not _GRADED.search(fold(label.text)):
        words = fold(block.text)
        if _GRADE_ONLY.match(words) or _GRADE_PART.match(words):
            return True
        return len(block.text) < LONGEST_LABEL and label.page == block.page and _is_label_end(words)
    if label.kind == "row" and fold(label.text).endswith("requires improvement"):
        return fold(block.text) == "to be good"
    return False


def _is_label_end(words: str) -> bool:
    """The second half of a label that was drawn apart ("achieving" / "permanence Good")."""
    stripped = re.sub(rf"\s*(?:{GRADE})$", "", words)
    return stripped in (
        "permanence",
        "leavers",
        "protection",
        "families",
        "care",
        "care leavers",
    ) or (words.startswith("practice with children and families"))


def _is_row(block: Block) -> bool:
    if len(block.text) > LONGEST_LABEL or block.kind == "row":
        return False
    if block.marker and block.number is None:
        return False
    words = fold(block.text)
    return bool(_LABEL.match(words))
