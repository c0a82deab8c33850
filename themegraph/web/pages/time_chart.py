"""The drawing of a theme through time: for each scope bars up for praise and down for fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from themegraph.web.pages.through_time import SCOPES, Change, Tally, ThroughTime

#: Sizes in pixels: what stands left of the years, a year, its bar, and a bar of 100 per cent.
LEFT, YEAR, BAR, WHOLE = 104, 54, 30, 60
#: Room for the words above a panel, for those at the end of a bar, and for a line of them below.
TITLE, LABEL, LINE = 30, 18, 18
PANEL = TITLE + 2 * (LABEL + WHOLE) + 2 * LINE
#: About how wide a letter of the names of changes is.
LETTER = 7


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it says (strength or weakness), its place and height, whether it stands for few
    inspections, and its label with its height on the page.
    """

    says: str
    x: float
    y: float
    height: float
    is_few: bool
    label: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Column:
    """A year in a panel: its middle, how many inspections it has, and its bars (none without)."""

    year: int
    middle: float
    of: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The years of one scope: its title, the heights of its top, its zero and its end."""

    title: str
    top: float
    zero: float
    end: float
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A line where the framework changed, and its words with their place and anchor."""

    x: float
    words: str
    words_x: float
    words_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn: its size, how wide a bar is, where the years begin, and from which height
    down the lines of marks go.
    """

    width: int
    height: int
    panels: tuple[Panel, ...]
    marks: tuple[Mark, ...]
    marks_top: float
    left: int = LEFT
    bar: int = BAR


def draw(found: ThroughTime) -> Chart:
    """The drawing of ``found``, the same for the same figures."""
    width = LEFT + YEAR * len(found.years)
    marks = _marks(found, width)
    top = LINE * len({mark.words_y for mark in marks}) + 4 if marks else 0
    panels: list[Panel] = []
    for scope, words in SCOPES:
        if scope in found.tallies:
            start = top + PANEL * len(panels)
            panels.append(_panel(words, start, found.tallies[scope], found.years[0]))
    return Chart(width, top + PANEL * len(panels), tuple(panels), marks, top)


def _panel(words: str, start: float, tallies: Mapping[int, Tally], first: int) -> Panel:
    top = start + TITLE + LABEL
    zero = top + WHOLE
    columns = []
    for year, tally in tallies.items():
        x = LEFT + YEAR * (year - first) + (YEAR - BAR) / 2
        bars = (_bar(tally, x, zero, up=True), _bar(tally, x, zero, up=False)) if tally.of else ()
        columns.append(Column(year, x + BAR / 2, tally.of, bars))
    return Panel(words[0].upper() + words[1:], top, zero, zero + WHOLE, tuple(columns))


def _bar(tally: Tally, x: float, zero: float, *, up: bool) -> Bar:
    number = tally.praised if up else tally.faulted
    height = round(WHOLE * number / tally.of, 1)
    return Bar(
        "strength" if up else "weakness",
        x,
        round(zero - height, 1) if up else zero,
        height,
        tally.is_few,
        tally.share(number),
        round(zero - height - 5, 1) if up else round(zero + height + 14, 1),
    )


def _marks(found: ThroughTime, width: int) -> tuple[Mark, ...]:
    """The changes of framework, the words of each on the first line on which there is room."""
    marks: list[Mark] = []
    ends: list[float] = []  # how far the words on each line reach
    for change in found.changes:
        x = _place(change, found.years[0])
        wide = LETTER * len(change.words)
        anchor = "start" if x + wide <= width else "end"
        begins = x if anchor == "start" else x - wide
        line = next((n for n, end in enumerate(ends) if begins > end), len(ends))
        ends[line : line + 1] = [begins + wide + LETTER]
        gap = 4 if anchor == "start" else -4
        marks.append(Mark(x, change.words, x + gap, LINE * (line + 1) - 4, anchor))
    return tuple(marks)


def _place(change: Change, first: int) -> float:
    return round(LEFT + YEAR * (change.year - first + (change.month - 1) / 12), 1)
