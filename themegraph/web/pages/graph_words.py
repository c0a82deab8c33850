"""What a theme graph says in words: its title, what its picture shows, and of how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.networks.measures import SIGNIFICANCE
from themegraph.web.desk import Desk
from themegraph.web.pages.graph_drawn import Asked, Drawn

if TYPE_CHECKING:
    import networkx as nx


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


def caption(drawn: Drawn, asked: Asked) -> str:
    """What the picture shows, in a sentence or two."""
    shown = drawn.shown
    labels = dict(shown.nodes(data="label"))
    ties = sorted(shown.edges(data=True), key=lambda tie: (-tie[2]["weight"], tie[:2]))
    if not ties:
        return "Nothing is tied among these passages. Take away a filter, or choose another theme."
    one, other, heavy = ties[0]
    passages = counted(heavy["weight"], "passage")
    most = f"“{labels[one]}” and “{labels[other]}” ({passages})"
    focus = asked.focus
    doubt = "" if drawn.stands_out else " None stands out from chance among so few passages."
    if focus in shown and asked.depth == 1:
        near = labels[other if one == focus else one]
        number = shown.degree(focus)
        if asked.show == "authorities" and asked.authority:
            return (
                f"{labels[focus]} is weak or mixed in {counted(number, 'theme')}, most of all in "
                f"“{near}” ({passages}).{doubt}"
            )
        if asked.show == "authorities":
            where = counted(number, "authority", "authorities")
            return f"Weak or mixed in {where}; most passages are on {near}.{doubt}"
        often = " more often than chance would have it" if drawn.stands_out else ""
        return (
            f"{labels[focus]} is spoken of together with {counted(number, 'other theme')}{often}, "
            f"most of all “{near}” ({passages}).{doubt}"
        )
    if asked.show == "authorities":
        faults = counted(len(ties), "weakness", "weaknesses")
        if not drawn.stands_out:
            return f"The {faults} with most passages; most are on {most}.{doubt}"
        if focus in shown:
            return (
                f"{faults} of an authority within two steps of {labels[focus]}; most passages are "
                f"on {most}."
            )
        return (
            f"{faults} of an authority, each of which takes up more of what is said there, or of "
            f"what is said of its theme, than chance would have it; most are on {most}."
        )
    often = "more often than chance would have it" if drawn.stands_out else "at all"
    pairs = counted(len(ties), "pair of themes is", "pairs of themes are")
    return f"{pairs} spoken of together {often}; most often {most}.{doubt}"


def extent(drawn: Drawn) -> str:
    """How many nodes and ties there are in all, how many of them are drawn, and as what."""
    whole, shown, graph = drawn.whole, drawn.shown, drawn.graph
    ties = whole.number_of_edges()
    if not ties:
        return ""
    if len(shown) == len(whole) and shown.number_of_edges() == ties:
        all_of = f"All {counted(len(whole), 'node')} and {counted(ties, 'tie')} are drawn"
    else:
        all_of = (
            f"Of {counted(len(whole), 'node')} and {counted(ties, 'tie')} in all, {len(shown):,} "
            f"and {shown.number_of_edges():,} are drawn, {_which(shown)}"
        )
    folds = sum(len(facts.get("folds", ())) for _, facts in graph.nodes(data=True))
    if not folds:
        return f"{all_of}."
    return (
        f"{all_of}, as {counted(len(graph), 'mark')} and "
        f"{counted(graph.number_of_edges(), 'line')}: {folds:,} nodes are folded into what they "
        "are part of."
    )


def _which(shown: nx.Graph) -> str:
    if all(chance < SIGNIFICANCE for *_, chance in shown.edges(data="chance", default=1)):
        return "which stand out from chance"
    return "which have most passages"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with what it counts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
