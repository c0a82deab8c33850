"""Windows: what each five words of a passage say, in whole numbers, for the networks that read it.

A word stands for a few numbers, a window of five words for the sums of its words' numbers that are
above 0. The weights are whole numbers: their sums are exact, and so the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]

WIDTH = 5
UNKNOWN = "?"


class Windows:
    """Reads tokens with these weights: ``words`` has a row for each of the ``names``, ``windows``
    one for each place in a window and number of a word, and ``bias`` is added to each sum.
    """

    def __init__(self, names: Sequence[str], words: Table, windows: Table, bias: Table) -> None:
        self.places = {name: n for n, name in enumerate(names)}
        numbers = words.shape[1]
        # What a word adds to a window, for each place in it.
        self._adds = [
            words @ windows[place * numbers : (place + 1) * numbers] for place in range(WIDTH)
        ]
        self._bias = bias

    def above(self, tokens: Sequence[str]) -> Table:
        """The sums of the window around each of ``tokens`` (a row for each), 0 where below it."""
        unknown = self.places[UNKNOWN]
        known = np.array([self.places.get(token, unknown) for token in tokens])
        sums = np.tile(self._bias, (len(known), 1))
        for place, adds in enumerate(self._adds):
            shift = place - WIDTH // 2
            here = slice(max(0, -shift), len(known) - max(0, shift))
            there = slice(max(0, shift), len(known) + min(0, shift))
            sums[here] += adds[known[there]]
        return np.maximum(sums, 0)


def read_rows(folder: str, name: str) -> list[list[str]]:
    """The rows of a table of weights that ships with the taggers: a name, and numbers."""
    file = resources.files("themegraph.tagging").joinpath(folder, f"{name}.csv")
    return [line.split(",") for line in file.read_text("utf-8").splitlines()]


def numbers_of(rows: Sequence[Sequence[str]]) -> Table:
    """The numbers of ``rows``, without their names."""
    return np.array([row[1:] for row in rows], dtype=np.float64)
