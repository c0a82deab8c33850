"""A network as shapes, lines and labels in places, for a page to draw: all but the drawing."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from themegraph.networks.layout import Places
from themegraph.networks.picture import look

if TYPE_CHECKING:
    import networkx as nx

#: A label is broken after so many letters, and nothing of it is left out.
_LABEL = 36
_ROOM = 14
#: How wide a letter of a label is at most, on average, in pixels.
_LETTER = 8.6
#: The shapes of a drawing by the words that a legend has for them.
_WORDS = {
    "circle": "dot",
    "grey circle": "dot",
    "triangle on its tip": "triangleDown",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A node: where it stands, how it looks (``path`` is SVG path data about its place), and its
    label in ``lines`` that begin at, end at or are about a point (``anchor`` as in SVG).
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
            _said(graph, one, other),
        )
        for one, other, tie in graph.edges(data=True)
    )
    left, top, right, bottom = _box(spots)
    return Scene(left, top, right - left, bottom - top, spots, ties)


def key_path(words: str) -> str:
    """The outline of a shape, told in ``words``, for a legend: SVG path data about 0, 0."""
    return _path(_WORDS.get(words, words), 0.0, 0.0, 7.0)


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
    lines = tuple(textwrap.wrap(_name(facts), _LABEL)) or ("",)
    below = not x and not y  # in the middle
    anchor = "middle" if below else "end" if x < 0 else "start"
    aside = 0 if below else (-size - 5 if x < 0 else size + 5)
    down = size + 16 if below else 5 - 8 * (len(lines) - 1)
    return Spot(
        node,
        x,
        y,
        _path(shape, x, y, size),
        colour,
        lines,
        round(x + aside, 1),
        round(y + down, 1),
        anchor,
        _name(facts),
        node == focus,
    )


def _bow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line from place to place that, between nodes of one side, bends towards the middle."""
    (x, y), (to_x, to_y) = start, end
    if x * to_x <= 0:
        return f"M{x} {y}L{to_x} {to_y}"
    bend = 0.2 * min(x, to_x, key=abs)
    return f"M{x} {y}Q{bend:.1f} {(y + to_y) / 2:.1f} {to_x} {to_y}"


def _name(facts: dict[str, Any]) -> str:
    folded = facts.get("folded")
    return f"{facts['label']} ({folded} folded)" if folded else str(facts["label"])


def _size(facts: dict[str, Any]) -> float:
    return float(facts.get("strength") or 0)


def _said(graph: nx.Graph, one: str, other: str) -> str:
    names = " and ".join(str(graph.nodes[node]["label"]) for node in (one, other))
    passages = len(graph.edges[one, other]["passages"])
    return f"{names}: {passages} {'passage' if passages == 1 else 'passages'}"


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


def _path(shape: str, x: float, y: float, size: float) -> str:
    """The outline of a shape about a place, as SVG path data."""
    if shape == "dot":
        r = round(size, 1)
        return f"M{x - r:.1f} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
    corners = {
        "square": (4, 45, 1.2),
        "diamond": (4, 0, 1.25),
        "triangle": (3, -90, 1.3),
        "triangleDown": (3, 90, 1.3),
        "star": (10, -90, 1.35),
    }
    count, turn, reach = corners[shape]
    points = []
    for n in range(count):
        angle = math.radians(turn + 360 * n / count)
        length = size * reach * (0.5 if shape == "star" and n % 2 else 1)
        points.append(f"{x + length * math.cos(angle):.1f} {y + length * math.sin(angle):.1f}")
    return f"M{'L'.join(points)}Z"
