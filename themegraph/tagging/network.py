"""The theme network: what the words of a passage say for each theme, window by window.

A word stands for a few numbers, a window of five words for the sums of its words' numbers that are
above 0, and each theme weighs these. What a passage says for a theme is what its best windows say,
and what all of them say on average. The weights (theme-network/*.csv) are whole numbers: their sums
are exact, and so the same on every machine. They were learned by scripts/training/student.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]

WIDTH = 5
#: How much more the best window counts than the next ones, as a factor in log odds.
SHARPNESS = 3.0
UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Weights:
    """What the network has learned: whole numbers, and how much one of each stands for.

    ``words`` has a row for each of the ``names``; ``windows`` one for each place in a window and
    number of a word, and ``bias`` is added to each sum; ``best`` and ``mean`` have one for each of
    these sums, with a column for each of the ``themes``, and ``constant`` is added.
    """

    names: tuple[str, ...]
    themes: tuple[str, ...]
    words: Table
    windows: Table
    bias: Table
    best: Table
    mean: Table
    constant: Table
    units: Mapping[str, float]


class Network:
    """Reads passages with these weights."""

    def __init__(self, weights: Weights) -> None:
        self.themes = weights.themes
        self.places = {name: n for n, name in enumerate(weights.names)}
        numbers = weights.words.shape[1]
        # What a word adds to a window, for each place in it.
        self._adds = [
            weights.words @ weights.windows[place * numbers : (place + 1) * numbers]
            for place in range(WIDTH)
        ]
        self._weights = weights
        self._unit = weights.units["words"] * weights.units["windows"]

    def read(self, tokens: Sequence[str]) -> tuple[Table, Table]:
        """How far a passage speaks for each theme (in log odds), and how far the window around each
        of its ``tokens`` does (a row for each).
        """
        weights = self._weights
        unknown = self.places[UNKNOWN]
        known = np.array([self.places.get(token, unknown) for token in tokens])
        sums = np.tile(weights.bias, (len(known), 1))
        for place, adds in enumerate(self._adds):
            shift = place - WIDTH // 2
            here = slice(max(0, -shift), len(known) - max(0, shift))
            there = slice(max(0, shift), len(known) + min(0, shift))
            sums[here] += adds[known[there]]
        above = np.maximum(sums, 0)
        windows = (above @ weights.best) * (self._unit * weights.units["best"])
        average = (above.sum(0) @ weights.mean) * (self._unit * weights.units["mean"]) / len(known)
        return _best(windows) + average + weights.constant, windows


def _best(windows: Table) -> Table:
    """The highest in each column, a little more where others come near (a smooth maximum)."""
    top = windows.max(0)
    shares = np.exp(SHARPNESS * (windows - top)).sum(0)
    best: Table = top + np.log(shares) / SHARPNESS
    return best


@cache
def theme_network() -> Network:
    """The network that ships with this package."""
    return Network(_read())


def _read() -> Weights:
    words = _rows("words")
    themes = _rows("themes")
    windows = _rows("windows")
    units = {row[0]: float(row[1]) for row in _rows("units")}
    hidden = len(windows[0]) - 1
    table = _numbers(themes)
    return Weights(
        names=tuple(row[0] for row in words),
        themes=tuple(row[0] for row in themes),
        words=_numbers(words),
        windows=_numbers(windows[1:]),
        bias=_numbers(windows[:1])[0],
        best=table[:, 1 : 1 + hidden].T.copy(),
        mean=table[:, 1 + hidden :].T.copy(),
        constant=table[:, 0] * units["constant"],
        units=units,
    )


def _rows(name: str) -> list[list[str]]:
    """The rows of a table: a name, and numbers."""
    file = resources.files("themegraph.tagging").joinpath("theme-network", f"{name}.csv")
    return [line.split(",") for line in file.read_text("utf-8").splitlines()]


def _numbers(rows: Sequence[Sequence[str]]) -> Table:
    return np.array([row[1:] for row in rows], dtype=np.float64)
