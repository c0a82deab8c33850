"""The rule tables that ship with the loaders: CSV files of patterns, each row with its reason."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
_MARKS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def fold(text: str) -> str:
    """Text for matching: lower case, straight quotes, plain hyphens, no footnote marks, single
    spaces. Patterns in the tables are written for text folded like this.
    """
    return " ".join(_MARKS.sub("", text.translate(_FOLD)).lower().split())


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the CSV file ``name`` beside this module."""
    text = resources.files("themegraph.loaders").joinpath(name).read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def alternatives(name: str) -> str:
    """The patterns of the list ``name`` in words.csv, as one alternation without a group."""
    found = [row["pattern"] for row in read_table("words.csv") if row["list"] == name]
    if not found:
        raise KeyError(f"words.csv has no list named {name!r}")
    return "|".join(found)


@cache
def patterns(name: str) -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """The rows of a table whose first column is a pattern, with the pattern compiled."""
    return tuple((re.compile(row["pattern"]), row) for row in read_table(name))
