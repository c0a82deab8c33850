"""Words of a passage for matching: folded without moving, stemmed, with where each one stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_FOLD = str.maketrans({"’": "'", "‘": "'", "–": " ", "—": " ", "-": " ", "‑": " "})
_WORD = re.compile(r"[a-z0-9']+")
_STEMMER = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: as folded, its stem, and its place in the text it was taken from."""

    folded: str
    stem: str
    start: int
    end: int


def fold(text: str) -> str:
    """``text`` in lower case with straight quotes and spaces for hyphens, every character where it
    stood: offsets into the result are offsets into ``text``.
    """
    plain = text.translate(_FOLD)
    lowered = plain.lower()
    if len(lowered) == len(plain):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)


@lru_cache(maxsize=256)  # each tagger asks for the words of the same few sentences
def words_of(text: str) -> tuple[Word, ...]:
    """The words of ``text`` in order."""
    folded = fold(text)
    return tuple(
        Word(m.group(), stem(m.group()), m.start(), m.end()) for m in _WORD.finditer(folded)
    )


def stems_of(text: str) -> frozenset[str]:
    """The stems of the words of ``text``, each once."""
    return frozenset(stem(word) for word in set(_WORD.findall(fold(text))))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word, its possessive ending left out."""
    bare = word.replace("'s", "").strip("'")
    return str(_STEMMER.stemWord(bare)) or word


def ngrams(words: Sequence[str], longest: int) -> list[tuple[str, int, int]]:
    """Every run of up to ``longest`` words, joined by spaces, with its first word and the one
    behind its last.
    """
    return [
        (" ".join(words[i : i + n]), i, i + n)
        for n in range(1, longest + 1)
        for i in range(len(words) - n + 1)
    ]
