"""Stance cues in a sentence: words that praise, find fault, or only look as if they did.

Cues stand in stance-cues.csv in the order of their claim: what an earlier row has claimed a later
one cannot, so that "without delay" is praise before "delay" is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from themegraph.tagging.tables import read_table
from themegraph.tagging.words import Word, fold


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue, and where it stands in the sentence; ``row`` is its row in the table, from 0."""

    stance: str
    row: int
    start: int
    end: int


def find_cues(sentence: str, words: Sequence[Word]) -> list[Cue]:
    """The cues of a sentence, in the order they stand."""
    folded = fold(sentence)
    taken = bytearray(len(folded))
    found: list[Cue] = []
    for row, (stance, pattern, by_word) in enumerate(_rows()):
        if pattern is not None:
            spans = [match.span() for match in pattern.finditer(folded)]
        else:
            spans = [(word.start, word.end) for word in words if _is_cue(word.folded, by_word)]
        for start, end in spans:
            if start < end and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Cue(stance, row, start, end))
    return sorted(found, key=lambda cue: cue.start)


def _is_cue(word: str, cues: tuple[frozenset[str], tuple[str, ...]]) -> bool:
    whole, beginnings = cues
    return word in whole or (bool(beginnings) and word.startswith(beginnings))


@cache
def _rows() -> tuple[
    tuple[str, re.Pattern[str] | None, tuple[frozenset[str], tuple[str, ...]]], ...
]:
    rows = []
    for row in read_table("stance-cues.csv"):
        cues = row["cue"].split()
        words = frozenset(cue for cue in cues if not cue.endswith("*"))
        starts = tuple(cue[:-1] for cue in cues if cue.endswith("*"))
        pattern = None
        if row["kind"] == "pattern":
            free = row["cue"].startswith("(?:^")
            pattern = re.compile(row["cue"] if free else rf"(?<![a-z])(?:{row['cue']})")
        rows.append((row["stance"], pattern, (words, starts)))
    return tuple(rows)
