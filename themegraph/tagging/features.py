"""What the theme tagger looks at in a sentence: phrases of stems, and pairs of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from themegraph.tagging.tables import read_table
from themegraph.tagging.words import Word, ngrams, stem

#: Phrases have up to this many words, and two words make a pair within this distance.
LONGEST_PHRASE = 3
WINDOW = 5


@dataclass(frozen=True, slots=True)
class Feature:
    """Something a sentence has, and where in it (offsets into the sentence)."""

    name: str
    start: int
    end: int


@cache
def _classes() -> dict[str, str]:
    return {
        stem(word): f"@{row['class']}"
        for row in read_table("word-classes.csv")
        for word in row["words"].split()
        if row["class"] != "little"
    }


@cache
def _little_words() -> frozenset[str]:
    rows = (row for row in read_table("word-classes.csv") if row["class"] == "little")
    return frozenset(stem(word) for row in rows for word in row["words"].split())


def phrases(words: Sequence[Word]) -> Iterator[Feature]:
    """The runs of stems in a sentence."""
    for name, first, end in ngrams([word.stem for word in words], LONGEST_PHRASE):
        yield Feature(name, words[first].start, words[end - 1].end)


def pairs(words: Sequence[Word]) -> Iterator[Feature]:
    """Two telling words near each other, whatever stands between and whichever comes first; also
    with the class of word ("@manager") in the place of the word.
    """
    telling = [word for word in words if word.stem not in _little_words()]
    classes = _classes()
    for i, one in enumerate(telling):
        for other in telling[i + 1 : i + WINDOW + 1]:
            plain = _pair(one.stem, other.stem)
            yield Feature(plain, one.start, other.end)
            named = _pair(classes.get(one.stem, one.stem), classes.get(other.stem, other.stem))
            if named != plain:
                yield Feature(named, one.start, other.end)


def _pair(one: str, other: str) -> str:
    return f"{one}~{other}" if one <= other else f"{other}~{one}"


def word_features(words: Sequence[Word]) -> Iterator[Feature]:
    """The phrases and pairs of a sentence's words."""
    yield from phrases(words)
    yield from pairs(words)
