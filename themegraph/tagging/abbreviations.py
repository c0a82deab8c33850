"""Abbreviations that a report makes for itself: "a family help assessment (FHA)", and then "FHAs".

Found by the rule of Schwartz & Hearst (2003): the letters in brackets stand, in their order, in the
words before them, the first one at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from themegraph.tagging.words import Word, words_of

_IN_BRACKETS = re.compile(r"\(([A-Z][A-Za-z&-]{1,8})s?\)")
_WORDS_BEFORE = re.compile(r"[\w’'&-]+")
#: A sentence or a bullet ends the words that may be meant.
_BREAK = re.compile(r"[.;:()•]|\n\s*\n")
#: So much of the text before the brackets is looked at.
_REACH = 120


@lru_cache(maxsize=8)  # asked for once for each passage of a report
def find_abbreviations(text: str) -> Mapping[str, str]:
    """The abbreviations that ``text`` explains, in lower case, with the words they stand for."""
    found: dict[str, str] = {}
    for match in _IN_BRACKETS.finditer(text):
        letters = [char for char in match.group(1).lower() if char.isalpha()]
        if sum(char.isupper() for char in match.group(1)) < 2:
            continue
        before = _BREAK.split(text[max(0, match.start() - _REACH) : match.start()])[-1]
        words = _WORDS_BEFORE.findall(before)[-min(len(letters) + 5, len(letters) * 2) :]
        if meant := _meant(letters, " ".join(words)):
            # A small s is that of the plural; a capital one is a letter of the abbreviation.
            found.setdefault(match.group(1).removesuffix("s").lower(), meant)
    return found


def _meant(letters: Sequence[str], words: str) -> str | None:
    """The shortest end of ``words`` that has the letters in order, or None."""
    at = len(words)
    for number, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and (
            words[at].lower() != letter or (number == 0 and at > 0 and words[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
    meant = words[at:]
    return meant if len(meant.split()) > 1 and len(meant) > len(letters) + 2 else None


def spelt_out(words: Sequence[Word], meanings: Mapping[str, str]) -> list[Word]:
    """``words`` with those that ``meanings`` explains in full, where their abbreviations stand."""
    full: list[Word] = []
    for word in words:
        meant = meanings.get(word.folded) or meanings.get(word.folded.removesuffix("s"))
        if meant is None:
            full.append(word)
        else:
            full += [Word(w.folded, w.stem, word.start, word.end) for w in words_of(meant)]
    return full
