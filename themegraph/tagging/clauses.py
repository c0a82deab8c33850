"""Clauses: the parts of a sentence that may judge differently, at contrasts and concessions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: A clause that concedes something ends with the comma before what is said in spite of it.
_CONCEDES = re.compile(
    r"\s*(?:although|while|whilst|despite|though|even though)\b[^,]*(?:,[^,]{0,25},)?[^,]*,\s+",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"(?<=[a-z0-9,)])\s+(?=(?:but|although|though|whilst|despite|nevertheless|whereas|however)\b)"
    r"|(?<=[;:])\s+"
    r"|(?<=,)\s+(?=yet\b|and (?:there|this|these|many|some|too|most)\b)",
    re.IGNORECASE,
)
#: A clause has at least this many characters, or it belongs to the one before.
SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence: which sentence, and where in it."""

    sentence: int
    start: int
    end: int


def clauses_of(sentence: str, number: int = 0) -> Iterator[Clause]:
    """The clauses of a sentence, in order; together they are the sentence."""
    cuts = [0]
    concession = _CONCEDES.match(sentence)
    if concession and concession.end() < len(sentence):
        cuts.append(concession.end())
    for contrast in _CONTRAST.finditer(sentence):
        if contrast.end() >= cuts[-1] + SHORTEST and len(sentence) - contrast.end() >= SHORTEST:
            cuts.append(contrast.end())
    for start, end in zip(cuts, [*cuts[1:], len(sentence)], strict=True):
        yield Clause(number, start, end)
