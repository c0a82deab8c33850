"""Lines come in the order they are read, whatever the order in which the page draws them."""

from __future__ import annotations

from itertools import combinations

import pytest

from themegraph.loaders.geometry import Line, Word
from themegraph.loaders.order import in_reading_order


def line(name: str, y: float, x: float = 70.0) -> Line:
    return Line(1, (Word(name, x, x + 60, y, 12.0, False),))


@pytest.mark.parametrize(
    ("drawn", "read", "why"),
    [
        ([("a", 700), ("b", 686), ("c", 672)], "abc", "drawn as read"),
        ([("b", 686), ("c", 672), ("a", 700)], "abc", "a boxed heading drawn last"),
        ([("c", 60), ("a", 700), ("b", 686)], "abc", "the page number drawn first"),
        ([("a", 700), ("d", 640), ("b", 680), ("c", 660)], "abcd", "a box drawn after its page"),
        (
            [("a", 700), ("c", 672), ("b", 675)],
            "acb",
            "the next cell of a row, set a little higher",
        ),
        ([], "", "a page without text"),
    ],
)
def test_order(drawn: list[tuple[str, float]], read: str, why: str) -> None:
    assert "".join(x.text for x in in_reading_order(line(*item) for item in drawn)) == read, why


def test_columns_are_read_one_after_the_other() -> None:
    left = [line("l1", 700), line("l2", 680), line("l3", 660)]
    right = [line("r1", 700, 320), line("r2", 680, 320)]
    assert in_reading_order(left + right) == tuple(left + right)


@pytest.mark.parametrize(("first", "last"), [*combinations(range(6), 2)])
def test_any_stretch_of_a_page_may_be_drawn_late(first: int, last: int) -> None:
    lines = [line(str(n), 700 - 20 * n) for n in range(6)]
    drawn = lines[:first] + lines[last:] + lines[first:last]
    assert in_reading_order(drawn) == tuple(lines)
