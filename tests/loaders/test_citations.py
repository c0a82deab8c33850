"""Numbers that a passage cites."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph.loaders.citations import LIST, LONGEST_RANGE, cited


@pytest.mark.parametrize(
    ("printed", "numbers", "why"),
    [
        ("12", (12,), "one"),
        ("12, 15 and 20", (12, 15, 20), "a list"),
        ("26–27, 53–55", (26, 27, 53, 54, 55), "ranges with an en dash"),
        ("129– 130", (129, 130), "a space after the dash"),
        ("103 to 105", (103, 104, 105), "a range in words"),
        ("9-7", (9, 7), "backwards: its two ends"),
        ("3–300", (3, 300), "too long for a range: its two ends"),
    ],
)
def test_cited(printed: str, numbers: tuple[int, ...], why: str) -> None:
    assert cited(printed) == numbers, why
    assert re.fullmatch(LIST, printed), why


@given(st.integers(1, 900), st.integers(0, LONGEST_RANGE))
def test_a_range_is_written_out(first: int, more: int) -> None:
    assert cited(f"{first}–{first + more}") == tuple(range(first, first + more + 1))
