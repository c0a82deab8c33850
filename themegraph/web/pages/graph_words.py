"""What a theme graph says in words: its title, what its picture shows, and its legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from themegraph import ids
from themegraph.networks.mentions import Only
from themegraph.networks.picture import COMMUNITIES, SIDES, look_of
from themegraph.web.desk import Desk

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Asked:
    """Which graph an address means: ``show`` is "themes" or "authorities" (against themes), the
    focus is a ``theme`` or an ``authority`` (ids, or ""), ``only`` says which passages count.
    """

    show: str
    theme: str
    authority: str
    depth: int
    stance: str
    only: Only

    @property
    def focus(self) -> str:
        """The IRI of what stands in the middle; "" for nothing."""
        if self.show == "authorities" and self.authority:
            return ids.resource("authority", self.authority)
        return ids.concept("theme", self.theme) if self.theme else ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A graph to draw, how many nodes were left out of it, and what it rests on, in words.

    ``stands_out`` says whether its ties do; where none did, the heaviest of all are drawn.
    """

    graph: nx.Graph
    left_out: int
    rests_on: str
    stands_out: bool = True


def title(desk: Desk, asked: Asked) -> str:
    """The heading of the page."""
    labels = desk.answers.networks.labels
    body = labels.get(ids.resource("authority", asked.authority), asked.authority)
    theme = labels.get(ids.concept("theme", asked.theme), asked.theme)
    if asked.show == "authorities":
        about = body or theme
        return f"What is weak, and where: {about}" if about else "What is weak, and where"
    words = f"What goes with: {theme}" if theme else "Which themes go together"
    return f"{words} ({body})" if body else words


def caption(
    drawn: Drawn,
    asked: Asked,
    labels: Mapping[str, str],
    ties: Sequence[tuple[str, str, dict[str, Any]]],
) -> str:
    """What the picture shows, in a sentence or two."""
    if not ties:
        return "Nothing is tied among these passages. Take away a filter, or choose another theme."
    one, other, heavy = ties[0]
    passages = _counted(heavy["weight"], "passage")
    most = f"“{labels[one]}” and “{labels[other]}” ({passages})"
    focus, graph = asked.focus, drawn.graph
    doubt = "" if drawn.stands_out else " None stands out from chance among so few passages."
    if focus in graph and asked.depth == 1:
        near = labels[other if one == focus else one]
        number = graph.degree(focus)
        if asked.show == "authorities" and asked.authority:
            return (
                f"{labels[focus]} is weak or mixed in {_counted(number, 'theme')}, most of all in "
                f"“{near}” "
                f"({passages}).{doubt}"
            )
        if asked.show == "authorities":
            where = _counted(number, "authority", "authorities")
            return f"Weak or mixed in {where}; most passages are on {near}.{doubt}"
        often = " more often than chance would have it" if drawn.stands_out else ""
        return (
            f"{labels[focus]} is spoken of together with {_counted(number, 'other theme')}{often}, "
            f"most of all "
            f"“{near}” ({passages}).{doubt}"
        )
    if asked.show == "authorities":
        number = _counted(len(ties), "weakness", "weaknesses")
        if not drawn.stands_out:
            return f"The {number} with most passages; most are on {most}.{doubt}"
        return (
            f"{number} of an authority, each of which takes up more of what is said there, or of "
            f"what is said of its theme, than chance would have it; most are on {most}."
        )
    often = "more often than chance would have it" if drawn.stands_out else "at all"
    pairs = _counted(len(ties), "pair of themes is", "pairs of themes are")
    return f"{pairs} spoken of together {often}; most often {most}.{doubt}"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def legend(graph: nx.Graph, asked: Asked) -> list[tuple[str, str, str]]:
    """Rows of colour, shape in words, and what it means."""
    if asked.show == "authorities":
        return [(colour, shape, side) for side, (colour, _, shape) in SIDES.items()]
    leaders: dict[int, tuple[float, str]] = {}
    for _, facts in graph.nodes(data=True):
        best = leaders.get(facts["community"], (-1.0, ""))
        leaders[facts["community"]] = max(best, (facts["strength"], facts["label"]))
    named = {n: label for n, (_, label) in sorted(leaders.items()) if n <= len(COMMUNITIES)}
    rows = [(look_of(n)[0], look_of(n)[2], f"around {label}") for n, label in named.items()]
    if len(leaders) > len(named):
        rows.append((look_of(len(COMMUNITIES) + 1)[0], "grey circle", "other groups"))
    return rows
