"""The rule tables: each row is whole, compiles, says why it is there and is there once."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from themegraph.loaders.rules import alternatives, fold, patterns, read_table

TABLES = sorted(
    file.name for file in files("themegraph.loaders").iterdir() if file.name.endswith(".csv")
)
FOLDED = ("areas.csv", "evidence.csv", "families.csv", "headings.csv", "method.csv")
WITH_PATTERNS = (*FOLDED, "units.csv", "words.csv")


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_every_column(name: str) -> None:
    """A comma in a pattern that is not quoted would shift the columns without a word."""
    rows = read_table(name)
    assert rows
    for row in rows:
        assert None not in row, row
        assert None not in row.values(), row


@pytest.mark.parametrize("name", WITH_PATTERNS)
def test_every_pattern_compiles_and_is_there_once(name: str) -> None:
    rows = read_table(name)
    for row in rows:
        assert row["pattern"]
        re.compile(row["pattern"])
    said = [tuple(v for k, v in row.items() if k != "reason") for row in rows]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("name", FOLDED)
def test_patterns_are_written_for_folded_text(name: str) -> None:
    for row in read_table(name):
        plain = re.sub(r"\\.", "", row["pattern"])
        assert plain == plain.translate(str.maketrans("’‘“”–—", "''\"\"--")), row
        assert plain == plain.lower(), row


def test_patterns_of_headings_never_match_an_empty_line() -> None:
    assert [row for pattern, row in patterns("headings.csv") if pattern.fullmatch("")] == []


def test_an_unknown_list_is_told() -> None:
    with pytest.raises(KeyError, match="no list named 'nowhere'"):
        alternatives("nowhere")


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("Children’s Services", "children's services"),
        ("Key  judgements\n", "key judgements"),
        ("Inspection – outcome²", "inspection - outcome"),
    ],
)
def test_folding(printed: str, folded: str) -> None:
    assert fold(printed) == folded
