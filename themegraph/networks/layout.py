"""Where the nodes of a drawing stand: the same every time, and with no label upon another.

Places are in pixels from the middle of the drawing, x to the right and y down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

Places = dict[str, tuple[float, float]]

_SEED = 20
#: How far a picture of one node would reach to the sides and up and down, in pixels; one of n
#: nodes reaches the square root of n times as far.
_SPREAD = (160, 110)
#: How wide a letter of a label is, and how high a node with its label, in pixels.
_LETTER, _LINE = 8.5, 58
_ROUNDS = 400
#: How far two labels of a column stand apart, in pixels, and how wide a ring is at least.
_ROW = 38
_RING = 150


def spread(graph: nx.Graph) -> Places:
    """Nodes near those that they are tied to (Fruchterman & Reingold 1991), labels beneath."""
    import networkx as nx

    if not graph:
        return {}
    apart = 3 / len(graph) ** 0.5
    found = nx.spring_layout(graph, seed=_SEED, weight=None, iterations=300, k=apart)
    wide, high = (length * len(graph) ** 0.5 for length in _SPREAD)
    places = {node: (x * wide, y * high) for node, (x, y) in found.items()}
    boxes = {node: _LETTER * len(graph.nodes[node]["label"]) for node in graph}
    for _ in range(_ROUNDS):
        if not _push_apart(places, boxes):
            break
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in places.items()}


def ring(around: Sequence[str], centre: str = "") -> Places:
    """Half of the nodes in an arc on the right and half on the left, in order from the top, and the
    ``centre`` (where there is one) in the middle; labels stand outside.
    """
    half = -(-len(around) // 2)
    places = {centre: (0.0, 0.0)} if centre else {}
    for side, nodes in ((1, around[:half]), (-1, around[half:])):
        reach = max(_RING, _ROW * (len(nodes) + 1) / 2)
        for n, node in enumerate(nodes):
            y = _ROW * (n - (len(nodes) - 1) / 2)
            x = side * (_RING + 60 * (1 - (y / reach) ** 2) ** 0.5)
            places[node] = (round(x, 1), round(y, 1))
    return places


def columns(left: Sequence[str], right: Sequence[str]) -> Places:
    """Two columns of one height, each from the top in its order; labels stand outside."""
    places: Places = {}
    height = _ROW * max(len(left), len(right))
    for x, nodes in ((-1.3 * _RING, left), (1.3 * _RING, right)):
        for n, node in enumerate(nodes):
            places[node] = (x, round(height * ((n + 0.5) / len(nodes) - 0.5), 1))
    return places


def _push_apart(places: Places, widths: Mapping[str, float]) -> bool:
    """Move nodes whose labels overlap up and down a little; whether any did."""
    moved = False
    for one, other in combinations(places, 2):
        (x, y), (u, v) = places[one], places[other]
        overlap = _LINE - abs(y - v)
        if overlap > 0 and abs(x - u) < (widths[one] + widths[other]) / 2:
            step = (overlap / 2 + 1) * (1 if y >= v else -1)
            places[one], places[other] = (x, y + step), (u, v - step)
            moved = True
    return moved
