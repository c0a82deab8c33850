"""Numbers that a passage cites of others: "(paragraphs 12, 15–17)", "(Recommendation 3)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: A list of numbers and ranges, as part of a larger pattern.
LIST = r"\d+(?:\s*(?:,\s*and|,|;|-|–|—|and|&|to)\s*\d+)*"
#: The longest range that is taken for one: a wider one is a slip of the pen.
LONGEST_RANGE = 60

_RANGE = re.compile(r"(\d+)(?:\s*(?:-|–|—|to)\s*(\d+))?")


def cited(printed: str) -> tuple[int, ...]:
    """The numbers that ``printed`` names, ranges written out.

    A range that runs backwards or is longer than LONGEST_RANGE is taken for its two ends.
    """
    return tuple(_numbers(printed))


def _numbers(printed: str) -> Iterator[int]:
    for first, last in _RANGE.findall(printed):
        start, end = int(first), int(last or first)
        if 0 <= end - start <= LONGEST_RANGE:
            yield from range(start, end + 1)
        else:
            yield from (start, end)
