"""Whether a sentence looks back: tells how something was, and not how inspectors found it.

Only what refers to an earlier time or inspection looks back. The past tense alone does not, as many
reports use it for what was found. What counts as which stands in hindsight.csv, for sentences in
lower case with straight apostrophes.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from themegraph.loaders.rules import fold


def looks_back(sentence: str) -> bool:
    """Whether ``sentence`` is of an earlier time, and says nothing of the present.

    >>> looks_back("At the last inspection, supervision was poor.")
    True
    >>> looks_back("Supervision, which was poor at the last inspection, is now regular.")
    False
    """
    told = fold(sentence)
    if not _pattern("back").search(told):
        return False  # as nearly all do not
    left = _pattern("aside").sub(" ", told)
    return bool(_pattern("back").search(left)) and not _pattern("now").search(left)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """The patterns of a kind as one; each begins and ends with a whole word."""
    text = files("themegraph.derivation").joinpath("hindsight.csv").read_text("utf-8")
    rows = [row["pattern"] for row in csv.DictReader(text.splitlines()) if row["kind"] == kind]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(rows)})(?![\w-])")
