"""Sentences of a passage, as spans: the smallest pieces of evidence.

Reports are edited prose with few abbreviations, so that rules do; each exception has its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?][’”'\")\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?=\s)")
#: A stop after these does not end a sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Rev|Sir|No|Nos|vs|cf|approx|para|paras|pp?|vol|ed|Cllr)"
    r"|\b(?:e\.g|i\.e|etc|a\.m|p\.m|U\.K)|\b[A-Z])\.$"
)
#: What opens a new sentence: a capital, a digit, an opening quotation mark or bracket.
_OPENING = re.compile(r"\s+(?=[A-Z0-9‘“'\"(\[£])")
#: "(Recommendation)" belongs to the sentence it stands behind.
_MARKER = re.compile(r"\s*\(recommendations?\b[^)]*\)\.?", re.IGNORECASE)


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every sentence of ``text``, without the spaces between them, in order."""
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if end <= start or not _ends_here(text, start, end):
            continue
        marker = _MARKER.match(text, end)
        end = marker.end() if marker else end
        yield _trim(text, start, end)
        start = end
    if text[start:].strip():
        yield _trim(text, start, len(text))


def _ends_here(text: str, start: int, end: int) -> bool:
    if _ABBREVIATION.search(text, start, end) and not text[start:end].endswith("etc."):
        return False
    return bool(_OPENING.match(text, end)) or bool(_MARKER.match(text, end))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
