"""List markers: the bullet glyphs and printed numbers that open an item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from themegraph.loaders.geometry import Line, Word
from themegraph.loaders.rules import read_table

_NUMBER = re.compile(r"^(\d{1,3})\.$")
_GLUED_NUMBER = re.compile(r"^(\d{1,3})\.(?=[A-Z‘“'\"(])")
#: A dash or letter is a bullet only when this many font sizes part it from its text.
_TAB = 0.5


@dataclass(frozen=True, slots=True)
class Marker:
    """An item's marker: the text shown for it, its number if it is one, where it stands, and the
    line that is left without it (None when the marker stands alone).
    """

    shown: str
    number: int | None
    x: float
    rest: Line | None


@cache
def bullet_glyphs() -> dict[str, str]:
    """Glyph → kind, from bullets.csv: "bullet" and "rule" are markers wherever they open a line,
    "dash" and "letter" only with a tab behind them.
    """
    return {chr(int(row["glyph"], 16)): row["kind"] for row in read_table("bullets.csv")}


def find_marker(line: Line) -> Marker | None:
    """The marker that ``line`` opens with, or None. A number is only a candidate: whether it counts
    depends on the number before it, which the caller knows.
    """
    first = line.words[0]
    kind = bullet_glyphs().get(first.text)
    if kind is not None and _is_bullet(line, kind):
        return Marker("•" if kind == "bullet" else "–", None, first.x0, _rest(line))
    glued = first.text[0]
    if len(first.text) > 1 and _stands_glued(glued):
        word = _cut(first, 1)
        return Marker("–", None, first.x0, Line(line.page, (word, *line.words[1:])))
    return _number_marker(line)


def _stands_glued(glyph: str) -> bool:
    """Private-use glyphs and the combining stroke are never part of a word."""
    return glyph in bullet_glyphs() and ("\ue000" <= glyph <= "\uf8ff" or glyph == "̶")


def _is_bullet(line: Line, kind: str) -> bool:
    if kind in ("bullet", "rule") or len(line.words) == 1:
        return kind in ("bullet", "rule")
    gap = line.words[1].x0 - line.words[0].x1
    return gap > _TAB * line.words[1].size


def _number_marker(line: Line) -> Marker | None:
    first = line.words[0]
    whole = _NUMBER.match(first.text)
    if whole:
        return Marker(first.text, int(whole.group(1)), first.x0, _rest(line))
    glued = _GLUED_NUMBER.match(first.text)
    if glued:
        word = _cut(first, glued.end())
        rest = Line(line.page, (word, *line.words[1:]))
        return Marker(glued.group(0), int(glued.group(1)), first.x0, rest)
    return None


def _rest(line: Line) -> Line | None:
    return line.after(1) if len(line.words) > 1 else None


def _cut(word: Word, count: int) -> Word:
    """The word without its first ``count`` characters; their width is taken as even."""
    share = count / len(word.text)
    x0 = word.x0 + share * (word.x1 - word.x0)
    return Word(word.text[count:], x0, word.x1, word.y, word.size, word.bold, word.hyphen)
