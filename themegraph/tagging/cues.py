"""Stance cues in a sentence: words that praise, find fault, or only look as if they did.

Cues stand in stance-cues.csv in the order of their claim: what an earlier row has claimed a later
one cannot, so that "without delay" is praise before "delay" is a fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from themegraph.tagging.tables import read_table
from themegraph.tagging.words import fold, words_of


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue, and where it stands in the sentence; ``row`` is its row in the table, from 0."""

    stance: str
    row: int
    start: int
    end: int


@lru_cache(maxsize=256)  # stance is told twice, by clauses and by a network, of the same sentences
def find_cues(sentence: str) -> tuple[Cue, ...]:
    """The cues of a sentence, in the order they stand."""
    folded = fold(sentence)
    patterns, count = _patterns()
    spans: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for row, pattern in patterns:
        spans[row] = [match.span() for match in pattern.finditer(folded)]
    for word in words_of(sentence):
        for row in _rows_of(word.folded):
            spans[row].append((word.start, word.end))
    taken = bytearray(len(folded))
    found: list[Cue] = []
    for row, own in enumerate(spans):
        for start, end in own:
            if start < end and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Cue(_table()[row]["stance"], row, start, end))
    return tuple(sorted(found, key=lambda cue: cue.start))


def _table() -> tuple[dict[str, str], ...]:
    return read_table("stance-cues.csv")


@cache
def _patterns() -> tuple[list[tuple[int, re.Pattern[str]]], int]:
    """The rows that are patterns, and how many rows there are."""
    patterns = []
    for number, row in enumerate(_table()):
        if row["kind"] == "pattern":
            free = row["cue"].startswith("(?:^")
            told = row["cue"] if free else rf"(?<![a-z])(?:{row['cue']})"
            patterns.append((number, re.compile(told)))
    return patterns, len(_table())


@lru_cache(maxsize=50_000)
def _rows_of(word: str) -> tuple[int, ...]:
    """The rows of words in which ``word`` stands, as it is or by its beginning."""
    return tuple(
        row
        for row, (whole, beginnings) in _words().items()
        if word in whole or word.startswith(beginnings)
    )


@cache
def _words() -> dict[int, tuple[frozenset[str], tuple[str, ...]]]:
    """The rows that are words: those that stand whole, and beginnings of others."""
    rows = {}
    for number, row in enumerate(_table()):
        if row["kind"] != "pattern":
            cues = row["cue"].split()
            whole = frozenset(cue for cue in cues if not cue.endswith("*"))
            rows[number] = (whole, tuple(cue[:-1] for cue in cues if cue.endswith("*")))
    return rows
