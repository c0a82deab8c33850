"""Which themes come back in what an authority is asked to improve, by their names alone.

A plain search for the words of the vocabulary, read out of context: it misses what is said in other
words and takes a mention for a concern. It shows what returns; it is not a judgement of stance.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache

from themegraph.ontology import vocab


def recurring(
    texts: Iterable[tuple[dt.date, str]], *, fewest: int = 3
) -> list[tuple[str, list[dt.date]]]:
    """The themes whose names stand in texts of ``fewest`` dates or more, with those dates.

    The most frequent come first.
    """
    dates: dict[str, set[dt.date]] = {}
    for date, text in texts:
        for label, names in _patterns().items():
            if names.search(text):
                dates.setdefault(label, set()).add(date)
    found = [(label, sorted(when)) for label, when in dates.items() if len(when) >= fewest]
    return sorted(found, key=lambda item: (-len(item[1]), item[0]))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The names of each theme below the top concepts, by its label."""
    return {
        theme.label: re.compile(
            rf"\b(?:{'|'.join(map(re.escape, (theme.label, *theme.alt_labels)))})\b", re.IGNORECASE
        )
        for theme in vocab.themes()
        if theme.broader
    }
