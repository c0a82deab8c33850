"""What a theme graph says in words: its title, what its picture shows, and of how much."""

from __future__ import annotations

from collections.abc import Mapping
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
            return (
                f"{faults} of the authorities and themes with most passages; most are on "
                f"{most}.{doubt}"
            )
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
    if not whole:
        return ""
    sizes = [(len(whole), len(shown), "node")]
    sizes.append((whole.number_of_edges(), shown.number_of_edges(), "tie"))
    if all(every == few for every, few, _ in sizes):
        said = " and ".join(counted(every, noun) for every, _, noun in sizes)
        told = f"All {said} are drawn."
    else:
        said = " and ".join(f"{few:,} of {counted(every, noun)}" for every, few, noun in sizes)
        told = f"Drawn are {said}: {_which(shown)}."
    folds = sum(len(facts.get("folds", ())) for _, facts in graph.nodes(data=True))
    if folds:
        marks = counted(len(graph), "mark")
        lines = counted(graph.number_of_edges(), "line")
        told += (
            f" {folds:,} of the nodes are folded into what they are part of, which makes {marks} "
            f"and {lines}."
        )
    return told


def _which(shown: nx.Graph) -> str:
    if all(chance < SIGNIFICANCE for *_, chance in shown.edges(data="chance", default=1)):
        return "those that stand out from chance"
    return "those with the heaviest ties"


def left_out(asked: Asked, given: Mapping[str, str]) -> list[str]:
    """What was chosen that such a graph cannot show, in sentences."""
    told = []
    if asked.show == "authorities" and asked.theme and asked.authority:
        told.append(
            "One authority is in the middle, with every theme that is weak there: the theme that "
            "was chosen too is left out of the choice."
        )
    if asked.show == "authorities" and given.get("stance"):
        told.append(
            "Authorities are tied to what is weak in them, whatever the stance; it is for themes."
        )
    return told


def counted(number: int, one: str, many: str = "") -> str:
    """A number with what it counts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
