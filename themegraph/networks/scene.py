"""A network as shapes, lines and labels in places, for a page to draw: all but the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from themegraph.networks.layout import Places
from themegraph.networks.marks import folds_of, lines_of, look, outline, said_of

if TYPE_CHECKING:
    import networkx as nx

#: A label is broken after so many letters, and nothing of it is left out.
_LABEL = 36
_ROOM = 14
#: How wide a letter of a label is at most, on average, in pixels.
_LETTER = 8.6


@dataclass(frozen=True, slots=True)
class Spot:
    """A node: where it stands, how it looks (``path`` is SVG path data about its place), and its
    label in ``lines`` that begin at, end at or are about a point (``anchor`` as in SVG); ``title``
    says what is folded in it.
    """

    node: str
    x: float
    y: float
    path: str
    colour: str
    lines: tuple[str, ...]
    label_x: float
    label_y: float
    anchor: str
    title: str
    is_focus: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A tie of two nodes (their IRIs): SVG path data, and how many pixels thick it is."""

    one: str
    other: str
    path: str
    width: float
    title: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing: the box that holds it (in pixels), its nodes and its ties."""

    left: float
    top: float
    width: float
    height: float
    spots: tuple[Spot, ...]
    ties: tuple[Line, ...]


def stage(graph: nx.Graph, places: Places, focus: str = "") -> Scene:
    """The scene of ``graph`` with its nodes in ``places``; labels stand outside of it."""
    most = max((_size(facts) for _, facts in graph.nodes(data=True)), default=0) or 1
    spots = tuple(
        _spot(node, facts, places[node], _size(facts) / most, focus)
        for node, facts in graph.nodes(data=True)
    )
    heaviest = max((tie["weight"] for *_, tie in graph.edges(data=True)), default=1)
    ties = tuple(
        Line(
            one,
            other,
            _bow(places[one], places[other]),
            round(1 + 5 * tie["weight"] / heaviest, 1),
            said_of(graph, one, other),
        )
        for one, other, tie in graph.edges(data=True)
    )
    left, top, right, bottom = _box(spots)
    return Scene(left, top, right - left, bottom - top, spots, ties)


def _spot(
    node: str,
    facts: dict[str, Any],
    place: tuple[float, float],
    share: float,
    focus: str,
) -> Spot:
    x, y = place
    size = 6 + 9 * share**0.5
    colour, shape, _ = look(facts)
    lines = lines_of(facts, _LABEL)
    below = not x and not y  # in the middle
    anchor = "middle" if below else "end" if x < 0 else "start"
    aside = 0 if below else (-size - 5 if x < 0 else size + 5)
    down = size + 16 if below else 5 - 8 * (len(lines) - 1)
    return Spot(
        node,
        x,
        y,
        outline(shape, x, y, size),
        colour,
        lines,
        round(x + aside, 1),
        round(y + down, 1),
        anchor,
        folds_of(facts),
        node == focus,
    )


def _bow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line from place to place that, between nodes of one side, bends towards the middle."""
    (x, y), (to_x, to_y) = start, end
    if x * to_x <= 0:
        return f"M{x} {y}L{to_x} {to_y}"
    bend = 0.2 * min(x, to_x, key=abs)
    return f"M{x} {y}Q{bend:.1f} {(y + to_y) / 2:.1f} {to_x} {to_y}"


def _size(facts: dict[str, Any]) -> float:
    return float(facts.get("strength") or 0)


def _box(spots: tuple[Spot, ...]) -> tuple[float, float, float, float]:
    left = top = right = bottom = 0.0
    for spot in spots:
        wide = _LETTER * max(map(len, spot.lines))
        before = {"start": 0.0, "middle": wide / 2, "end": wide}[spot.anchor]
        left = min(left, spot.x - 16, spot.label_x - before)
        right = max(right, spot.x + 16, spot.label_x - before + wide)
        top = min(top, spot.y - 16, spot.label_y - 16)
        bottom = max(bottom, spot.y + 16, spot.label_y + 17 * len(spot.lines) - 12)
    edges = (left - _ROOM, top - _ROOM, right + _ROOM, bottom + _ROOM)
    return tuple(round(edge, 1) for edge in edges)  # type: ignore[return-value]
