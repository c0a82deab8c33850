"""Words and lines on a page: the geometry that a PDF gives and that layout is read from.

Lengths are PDF points (1/72 inch); ``y`` is the baseline, measured upwards from the page's foot.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

#: A gap wider than this many times the font size parts two cells of a table row.
CELL_GAP = 1.6


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space.

    ``hyphen`` says that it ended at a line-end hyphen; ``superscript`` that it is wholly a raised
    footnote mark, ``glued`` that the mark stands against the word before it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    hyphen: bool = False
    superscript: bool = False
    glued: bool = False


@dataclass(frozen=True)
class Line:
    """Words on one baseline, left to right, in the order the page draws them."""

    page: int
    words: tuple[Word, ...]

    @property
    def x0(self) -> float:
        """Where the first word begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where the last word ends."""
        return self.words[-1].x1

    @cached_property
    def y(self) -> float:
        """The baseline of its first full-size word."""
        return next((w.y for w in self.words if not w.superscript), self.words[0].y)

    @cached_property
    def size(self) -> float:
        """The size of most of the line's letters."""
        weights: dict[float, int] = {}
        for w in self.words:
            if not w.superscript:
                weights[w.size] = weights.get(w.size, 0) + len(w.text)
        return max(weights, key=lambda s: (weights[s], s)) if weights else self.words[0].size

    @cached_property
    def bold(self) -> bool:
        """Whether every word that has a letter is bold."""
        lettered = [w.bold for w in self.words if any(c.isalpha() for c in w.text)]
        return bool(lettered) and all(lettered)

    @property
    def hyphen(self) -> bool:
        """Whether its last word was broken at a hyphen."""
        return self.words[-1].hyphen

    @cached_property
    def text(self) -> str:
        """Its words with single spaces."""
        return join_words(self.words)

    def cells(self) -> list[Line]:
        """The line cut where a gap is too wide for a space between words."""
        out: list[list[Word]] = [[self.words[0]]]
        for before, word in zip(self.words, self.words[1:], strict=False):
            if word.x0 - before.x1 > CELL_GAP * max(before.size, word.size):
                out.append([])
            out[-1].append(word)
        return [Line(self.page, tuple(words)) for words in out]

    def after(self, count: int) -> Line:
        """The line without its first ``count`` words (at least one must remain)."""
        return Line(self.page, self.words[count:])


def join_words(words: tuple[Word, ...]) -> str:
    """The words with single spaces.

    A footnote mark that stands apart from the text is left out; one glued to a word stays with it,
    and one that opens a line is a footnote's own number.
    """
    text = words[0].text
    for word in words[1:]:
        if word.superscript:
            text += word.text if word.glued else ""
        else:
            text += " " + word.text
    return text


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size and its lines in the order the file draws them."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
