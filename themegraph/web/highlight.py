"""A sentence cut at the words that earned it its themes, so that a page can mark them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """Words from ``start`` to ``end`` (offsets into the report's text) that tell ``theme`` (its
    name) with a stance.
    """

    start: int
    end: int
    theme: str
    stance: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, and the marks that lie on it."""

    text: str
    marks: tuple[Mark, ...] = ()


def cut(sentence: str, start: int, marks: Iterable[Mark]) -> list[Piece]:
    """``sentence``, which begins at ``start`` of the report's text, in pieces at the edges of
    ``marks``; together they are the sentence.

    >>> [piece.text for piece in cut("All is well.", 10, [Mark(14, 16, "x", "strength")])]
    ['All ', 'is', ' well.']
    """
    end = start + len(sentence)
    here = [mark for mark in marks if mark.start < end and start < mark.end]
    edges = {start, end}
    edges |= {min(max(edge, start), end) for mark in here for edge in (mark.start, mark.end)}
    ordered = sorted(edges)
    return [
        Piece(
            sentence[a - start : b - start],
            tuple(mark for mark in here if mark.start <= a and b <= mark.end),
        )
        for a, b in pairwise(ordered)
    ]
