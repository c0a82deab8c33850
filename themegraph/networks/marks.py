"""How the nodes of a network look and what that means: shape, colour, outline, name and legend."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

#: A colour and a shape for each community, so that neither carries the meaning alone; readable for
#: the colour-blind (after Okabe & Ito 2008). Further ones are grey dots.
COMMUNITIES = (
    ("#1a4f8b", "dot", "circle"),
    ("#b4450b", "triangle", "triangle"),
    ("#1b6e53", "square", "square"),
    ("#6b5a00", "diamond", "diamond"),
    ("#4b3f9e", "star", "star"),
    ("#8a2b5d", "triangleDown", "triangle on its tip"),
)
_OTHER = ("#5b6470", "dot", "grey circle")
#: How the two sides of a network of authorities and themes look.
SIDES = {
    "authority": ("#1a4f8b", "square", "square"),
    "theme": ("#b4450b", "dot", "circle"),
}
#: The shapes of a drawing by the words that a legend has for them.
_SHAPES = {words: shape for _, shape, words in (*COMMUNITIES, *SIDES.values(), _OTHER)}


def look(facts: Mapping[str, Any]) -> tuple[str, str, str]:
    """The colour and the shape of a node, by its side or its community; and the shape in words."""
    if "side" in facts:
        return SIDES[facts["side"]]
    community = facts["community"]
    return COMMUNITIES[community - 1] if community <= len(COMMUNITIES) else _OTHER


def name_of(facts: Mapping[str, Any]) -> str:
    """A node's name, and how many are folded in it."""
    folds = facts.get("folds")
    return f"{facts['label']} ({len(folds)} folded)" if folds else str(facts["label"])


def lines_of(facts: Mapping[str, Any], letters: int) -> tuple[str, ...]:
    """A node's name in lines of so many ``letters`` at most; nothing of it is left out."""
    return tuple(textwrap.wrap(name_of(facts), letters, break_on_hyphens=False)) or ("",)


def folds_of(facts: Mapping[str, Any]) -> str:
    """What a node stands for where others are folded in it, in words; otherwise ""."""
    folds = facts.get("folds")
    return f"Stands for {'; '.join(sorted(folds))}" if folds else ""


def said_of(graph: nx.Graph, one: str, other: str) -> str:
    """What the line between two nodes stands for, in words."""
    names = " and ".join(name_of(graph.nodes[node]) for node in (one, other))
    passages = len(graph.edges[one, other]["passages"])
    return f"{names}: {passages:,} {'passage' if passages == 1 else 'passages'}"


def meanings(graph: nx.Graph) -> dict[str, str]:
    """What the shape and the colour of each node say: its side, or around what its group is."""
    leaders: dict[int, tuple[float, str]] = {}
    for _, facts in graph.nodes(data=True):
        if "side" not in facts:
            best = leaders.get(facts["community"], (-1.0, ""))
            leaders[facts["community"]] = max(best, (facts["strength"], name_of(facts)))
    return {
        node: facts["side"]
        if "side" in facts
        else f"around {leaders[facts['community']][1]}"
        if facts["community"] <= len(COMMUNITIES)
        else "other groups"
        for node, facts in graph.nodes(data=True)
    }


def legend(graph: nx.Graph) -> list[tuple[str, str, str]]:
    """Rows of colour, shape in words, and what it means, in the order of sides or communities."""
    said = meanings(graph)
    nodes = sorted(graph.nodes(data=True), key=lambda node: node[1].get("community", 0))
    rows = ((look(facts), said[node]) for node, facts in nodes)
    return list(dict.fromkeys((colour, words, meaning) for (colour, _, words), meaning in rows))


def scales(graph: nx.Graph) -> list[str]:
    """What else a legend says: sizes, thickness, and numbers after a name."""
    alike = any("themes" in tie for *_, tie in graph.edges(data=True))
    told = (
        ["size: how much it is tied here", "thickness of a line: how alike what is weak in both is"]
        if alike
        else ["size: passages of its lines", "thickness of a line: passages it stands for"]
    )
    if any(facts.get("folds") for _, facts in graph.nodes(data=True)):
        told.append("“(2 folded)”: a mark that stands for so many of its kind")
    return told


def key_path(words: str) -> str:
    """The outline of a shape, told in ``words``, for a legend: SVG path data about 0, 0."""
    return outline(_SHAPES[words], 0.0, 0.0, 7.0)


def outline(shape: str, x: float, y: float, size: float) -> str:
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
