"""The theme network: what the words of a passage say for each theme, window by window.

Each theme weighs the sums of a window (themegraph.tagging.windows). What a passage says for a theme
is what its best windows say, and what all of them say on average. The weights
(theme-network/*.csv) are whole numbers. They were learned by scripts/training/student.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from themegraph.tagging.windows import Table, Windows, numbers_of, read_rows

#: How much more the best window counts than the next ones, as a factor in log odds.
SHARPNESS = 3.0
FOLDER = "theme-network"


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
        self._windows = Windows(weights.names, weights.words, weights.windows, weights.bias)
        self.places = self._windows.places
        self._weights = weights
        self._unit = weights.units["words"] * weights.units["windows"]

    def read(self, tokens: Sequence[str]) -> tuple[Table, Table]:
        """How far a passage speaks for each theme (in log odds), and how far the window around each
        of its ``tokens`` does (a row for each).
        """
        weights = self._weights
        above = self._windows.above(tokens)
        windows = (above @ weights.best) * (self._unit * weights.units["best"])
        average = (above.sum(0) @ weights.mean) * (self._unit * weights.units["mean"]) / len(tokens)
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
    words, themes, windows, units = (
        read_rows(FOLDER, name) for name in ("words", "themes", "windows", "units")
    )
    unit = {row[0]: float(row[1]) for row in units}
    hidden = len(windows[0]) - 1
    table = numbers_of(themes)
    return Weights(
        names=tuple(row[0] for row in words),
        themes=tuple(row[0] for row in themes),
        words=numbers_of(words),
        windows=numbers_of(windows[1:]),
        bias=numbers_of(windows[:1])[0],
        best=table[:, 1 : 1 + hidden].T.copy(),
        mean=table[:, 1 + hidden :].T.copy(),
        constant=table[:, 0] * unit["constant"],
        units=unit,
    )
