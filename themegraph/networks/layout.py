"""Where the nodes of a drawing stand: the same every time, and with no label upon another.

Places are in pixels from the middle of the drawing, x to the right and y down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

Places = dict[str, tuple[float, float]]

_SEED = 20
#: How much of the way nodes go to where they would stand if spread evenly from side to side and
#: from top to bottom, and how much room there is for the boxes at first, to what these cover.
_EVENLY, _ROOM = 0.6, 1.4
_ROUNDS, _WIDER = 20, 1.03
#: How far two labels of a column stand apart, in pixels, and how wide a ring is at least.
_ROW = 38
_RING = 150


def spread(
    graph: nx.Graph, boxes: Mapping[str, tuple[float, float]], aspects: Sequence[float]
) -> list[Places]:
    """Nodes near those that they are tied to, each in the middle of a box (its width and height)
    that lies on no other; for each of ``aspects`` all boxes fill one so wide to its height.

    By springs (Fruchterman & Reingold 1991) from one and the same start; then boxes push each other
    apart the shorter way, which leaves the order of nodes much as it was.
    """
    import networkx as nx
    import numpy as np

    if not graph:
        return [{} for _ in aspects]
    nodes = list(graph)
    sizes = np.array([boxes[node] for node in nodes], dtype=float)
    found = nx.spring_layout(
        graph, seed=_SEED, weight=None, iterations=300, k=3 / len(graph) ** 0.5
    )
    evened = _evened(np.array([found[node] for node in nodes]))
    made = (_fill(evened, sizes, aspect).round(1).tolist() for aspect in aspects)
    return [{node: (x, y) for node, (x, y) in zip(nodes, places, strict=True)} for places in made]


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


def _fill(evened: np.ndarray, sizes: np.ndarray, aspect: float) -> np.ndarray:
    """Places of boxes of these ``sizes`` apart from each other, about the middle of a box of this
    ``aspect``.
    """
    import numpy as np

    area = max(_ROOM * (sizes[:, 0] * sizes[:, 1]).sum(), 1.0)
    canvas = np.array([(area * aspect) ** 0.5, (area / aspect) ** 0.5])
    places = evened * np.maximum(canvas - sizes.max(axis=0), sizes.min())
    pushed = 0
    while _push_apart(places, sizes):
        pushed += 1
        if pushed % _ROUNDS == 0:
            places *= _WIDER
    low, high = (places - sizes / 2).min(axis=0), (places + sizes / 2).max(axis=0)
    places -= (low + high) / 2
    wide, tall = high - low
    # To widen pushes nothing together.
    filled: np.ndarray = places * (
        max(1.0, aspect * tall / wide),
        max(1.0, wide / aspect / tall),
    )
    return filled


def _evened(springs: np.ndarray) -> np.ndarray:
    """Places between -1/2 and 1/2 in both directions, more evenly than springs leave them."""
    import numpy as np

    order = np.argsort(np.argsort(springs, axis=0, kind="stable"), axis=0, kind="stable")
    even = order / max(len(springs) - 1, 1) - 0.5
    span = np.ptp(springs, axis=0)
    plain = (springs - springs.min(axis=0)) / np.where(span > 0, span, 1.0) - 0.5
    evened: np.ndarray = _EVENLY * even + (1 - _EVENLY) * plain
    return evened


def _overlaps(places: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """For each two nodes how far their boxes reach into each other, in both directions; zero where
    they do not.
    """
    import numpy as np

    apart = np.abs(places[:, None] - places[None])
    into: np.ndarray = (sizes[:, None] + sizes[None]) / 2 - apart
    into[np.arange(len(places)), np.arange(len(places))] = 0
    into[(into <= 0).any(axis=2)] = 0
    return into


def _push_apart(places: np.ndarray, sizes: np.ndarray) -> bool:
    """Move nodes whose boxes overlap apart, the shorter way; whether any did."""
    import numpy as np

    into = _overlaps(places, sizes)
    if not into.any():
        return False
    number = np.arange(len(places))
    away = np.sign(places[:, None] - places[None])
    # Of two in one place that which comes later goes right, or down.
    away = np.where(away == 0, np.sign(number[:, None] - number[None])[..., None], away)
    shorter = into[..., 0] / sizes[:, 0].mean() <= into[..., 1] / sizes[:, 1].mean()
    into[..., 0][~shorter] = 0
    into[..., 1][shorter] = 0
    places += (away * (into + (into > 0))).sum(axis=1) / 2
    return True
