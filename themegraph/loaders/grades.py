"""Grade words: what reports print and the grade each is."""

from __future__ import annotations

import re

from themegraph.model import Grade

GRADE = r"(?:outstanding|good|requir(?:es?|ing) improvement(?: to be good)?|adequate|inadequate)"
GRADE_WORD = re.compile(rf"\b(?P<grade>{GRADE})\b", re.IGNORECASE)
NOT_JUDGED = re.compile(r"\bnot judged\b", re.IGNORECASE)


def grade_of(words: str) -> Grade:
    """The grade that ``words`` (matched by GRADE) name."""
    lowered = " ".join(words.lower().split())
    if lowered.startswith("requir"):
        return "requires-improvement"
    return lowered  # type: ignore[return-value]
