"""What a heading says of the stance of the passages under it ("Key strengths")."""

from __future__ import annotations

import re
from functools import cache

from themegraph.tagging.tables import read_table


@cache
def says_of_stance(section: str) -> tuple[str, ...]:
    """What ``section`` says, by the rows of stance-headings.csv that it matches, each once."""
    folded = section.lower()
    return tuple(dict.fromkeys(says for says, pattern in _rows() if pattern.search(folded)))


@cache
def _rows() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_table("stance-headings.csv")
    return tuple((row["says"], re.compile(row["pattern"])) for row in rows)
