"""Which graph an address means, and what of it is drawn: all of it, what stands out, or folded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.networks.build import around, folded, shared_network, with_ties
from themegraph.networks.measures import SIGNIFICANCE, with_chances
from themegraph.networks.mentions import Only
from themegraph.networks.picture import MOST_NODES, heaviest
from themegraph.networks.read import Network, Source, find_network, themes_network, weak_now
from themegraph.networks.write import write_network
from themegraph.ontology import vocab

if TYPE_CHECKING:
    import networkx as nx

#: So many nodes are drawn where no tie stands out.
FEWER = 30
REGION = "region:"
#: The columns of a graph as CSV.
COLUMNS = ("source_label", "target_label", "weight", "jaccard", "lift", "chance", "stands_out",
           "drawn", "source_drawn_as", "target_drawn_as", "passages")  # fmt: skip


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

    @property
    def of_body(self) -> Only:
        """Which passages count, only those about the authority where one is given."""
        body = ids.resource("authority", self.authority) if self.authority else ""
        return replace(self.only, authority=body)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of what was asked for, and what that rests on, in words.

    ``whole`` has every tie that was asked for, ``shown`` those that the drawing stands for, and
    ``graph`` is the drawing: ``shown`` with nodes folded where ``into`` says so. ``groups`` tells
    of every node into what it might be folded. ``stands_out`` says whether the ties of ``shown``
    do; where none did, the heaviest of all are drawn.
    """

    whole: nx.Graph
    shown: nx.Graph
    graph: nx.Graph
    rests_on: str
    stands_out: bool = True
    into: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    def members(self, end: str) -> list[str]:
        """The nodes that are, or might be, folded in ``end``; or it alone."""
        return [node for node in self.shown if self.groups.get(node) == end] or [end]

    def passages(self, one: str, other: str) -> set[str]:
        """The passages of the tie of two nodes of the drawing."""
        return {
            passage
            for end in self.members(one)
            for far in self.members(other)
            if self.shown.has_edge(end, far)
            for passage in self.shown.edges[end, far]["passages"]
        }


def draw(source: Source, asked: Asked, most: int = MOST_NODES) -> Drawn:
    """The graph that is meant, folded or cut so that it has ``most`` nodes at most."""
    return (_shared if asked.show == "authorities" else _themes)(source, asked, most)


def all_ties(source: Source, asked: Asked) -> nx.Graph:
    """Every tie among the passages that are meant, whatever stands in the middle."""
    if asked.show == "authorities":
        graph = shared_network(weak_now(source.mentions.only(asked.only)))
        for node, facts in graph.nodes(data=True):
            facts["label"] = source.labels.get(node, ids.last_part(node))
    else:
        graph = themes_network(source, asked.of_body, asked.stance).graph
    return with_chances(with_ties(graph, lambda *_: True))


def as_csv(drawn: Drawn) -> str:
    """Every tie that was asked for, whether it is drawn, and as a tie between which two nodes."""
    labels = dict(drawn.whole.nodes(data="label"))
    made = drawn.whole.copy()
    for one, other, tie in made.edges(data=True):
        is_drawn = drawn.shown.has_edge(one, other)
        ends = (drawn.into.get(one, one), drawn.into.get(other, other)) if is_drawn else ("", "")
        tie.update(
            source_label=labels[one],
            target_label=labels[other],
            stands_out="yes" if tie["chance"] < SIGNIFICANCE else "no",
            drawn="yes" if is_drawn else "no",
            source_drawn_as=ends[0],
            target_drawn_as=ends[1],
        )
    return write_network(made, "csv", COLUMNS)


def _themes(source: Source, asked: Asked, most: int) -> Drawn:
    whole = all_ties(source, asked)
    if asked.focus:
        whole = around(whole, asked.focus, asked.depth)
    found = _striking(source, asked, everything=False)
    stands_out = bool(found.graph)
    if not stands_out:
        found = _striking(source, asked, everything=True)
    shown = heaviest(found.graph, most if stands_out else min(FEWER, most), asked.focus)
    rests_on = (
        f"From {found.passages:,} of {found.read:,} findings of {found.inspections:,} inspections "
        f"of {found.bodies:,} {'authority' if found.bodies == 1 else 'authorities'}."
    )
    return Drawn(whole, shown, shown, rests_on, stands_out)


def _shared(source: Source, asked: Asked, most: int) -> Drawn:
    """Authorities against the themes that are weak in them, or one of either with its own."""
    whole = all_ties(source, asked)
    if asked.focus:
        whole = striking = around(whole, asked.focus, asked.depth)
    else:
        striking = with_ties(whole, lambda _, __, tie: tie["chance"] < SIGNIFICANCE)
    stands_out = bool(striking)
    shown = striking if stands_out else heaviest(whole, min(FEWER, most))
    visits = [visit for visit, _ in source.mentions.only(asked.only).visits()]
    alone = asked.focus if asked.authority and asked.depth == 1 else ""
    counted = [visit for visit in visits if alone in ("", visit.authority)]
    inspections = {visit.inspection for visit in counted}
    bodies = {visit.authority for visit in counted}
    rests_on = (
        "Themes found weak or mixed when an authority was last judged on them, in "
        f"{len(inspections):,} inspections of {len(bodies):,} "
        f"{'authority' if len(bodies) == 1 else 'authorities'}."
    )
    regions = {v.authority: f"{REGION}{v.region}" for v in visits if v.region}
    groups = [_groups(shown, parents, asked.focus) for parents in (_parents(), regions)]
    into: dict[str, str] = {}
    graph = shown
    for group in groups:
        if len(graph) > most:
            into |= group
            graph = folded(shown, into, _labels(source, into))
    graph = heaviest(graph, most, asked.focus)
    shown = with_ties(
        shown, lambda one, other, _: graph.has_edge(into.get(one, one), into.get(other, other))
    )
    return Drawn(whole, shown, graph, rests_on, stands_out, into, groups[0] | groups[1])


def _striking(source: Source, asked: Asked, *, everything: bool) -> Network:
    return find_network(
        source,
        "themes",
        asked.only,
        stance=asked.stance,
        everything=everything,
        theme=asked.focus or None,
        authority=asked.of_body.authority or None,
        depth=asked.depth,
    )


def _parents() -> dict[str, str]:
    """What each theme is part of (IRIs)."""
    return {
        ids.concept("theme", theme.id): ids.concept("theme", theme.broader)
        for theme in vocab.themes()
        if theme.broader
    }


def _groups(graph: nx.Graph, parents: Mapping[str, str], focus: str) -> dict[str, str]:
    """For nodes of ``graph`` what they can be folded into: the focus stands for itself, and so does
    what is alone in its group.
    """
    found = {node: parents[node] for node in graph if node in parents and node != focus}
    members = Counter(found.values())
    return {node: group for node, group in found.items() if members[group] > 1}


def _labels(source: Source, into: Mapping[str, str]) -> dict[str, str]:
    return {
        group: group.removeprefix(REGION)
        if group.startswith(REGION)
        else source.groups.get(node, ids.last_part(group))
        for node, group in into.items()
    }
