"""Lines in the order they are read, where a page draws a box after the text round it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from themegraph.loaders.geometry import Line

#: A line that is drawn higher than the one before it, by this share of its size, begins a new run.
RISE = 0.5


def in_reading_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """``lines`` of one page, with each run that was drawn late put where it stands on the page.

    A run is moved only into a gap that it fits: where it would stand beside other lines, as columns
    and the cells of a table do, the order of drawing is the order of reading.
    """
    out: list[Line] = []
    for run in _runs(list(lines)):
        at = _gap(out, run)
        out[at:at] = run
    return tuple(out)


def _runs(lines: list[Line]) -> list[list[Line]]:
    starts = [
        n + 1
        for n, (before, line) in enumerate(pairwise(lines))
        if line.y > before.y + RISE * line.size
    ]
    return [lines[a:b] for a, b in pairwise((0, *starts, len(lines))) if a < b]


def _gap(lines: list[Line], run: list[Line]) -> int:
    """Where ``run`` belongs among ``lines``: at its gap, or at the end where it has none."""
    top, bottom = run[0].y, min(line.y for line in run)
    above = [line.y > top + RISE * line.size for line in lines]
    below = [line.y < bottom - RISE * run[-1].size for line in lines]
    at = below.index(True) if True in below else len(lines)
    fits = all(above[:at]) and all(below[at:])
    return at if fits else len(lines)
