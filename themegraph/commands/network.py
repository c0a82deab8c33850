"""``themegraph network``: themes tied by findings, authorities tied by what is weak in both."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from themegraph.commands.asking import asking
from themegraph.commands.console import counted, say
from themegraph.commands.options import (
    authority_option,
    format_option,
    iso,
    limit,
    output_option,
    period_options,
    quiet_option,
    region_option,
    store_option,
    theme_option,
    top_option,
)
from themegraph.commands.tables import width_of_terminal

if TYPE_CHECKING:
    import networkx as nx

    from themegraph.networks.asked import Asked
    from themegraph.networks.read import Network

FORMATS = ("table", "csv", "json", "graphml", "gexf")
STANCES = ("any", "weakness", "strength")
TOP = 20
#: So many nodes of each community, and so many communities, are named.
NAMED = 5
#: What the figures beside a tie are.
_FIGURES = {
    "themes": "findings: those on both; jaccard: their share of those on either; lift: how many "
    "times as many as chance would give.",
    "authorities": "weak in both: themes; cosine: how alike what is weak in the two is, up to 1, "
    "where a theme that is weak everywhere counts nothing; passages: on these themes.",
}

Command = TypeVar("Command", bound=Callable[..., Any])


def network_options(command: Command) -> Command:
    """The options that say which network is meant; :func:`read_asked` takes them."""
    for option in reversed(
        (
            authority_option,
            region_option,
            period_options,
            theme_option,
            click.option(
                "--stance",
                type=click.Choice(STANCES),
                default="any",
                show_default=True,
                help="Only what findings say so of a theme; authorities are always tied by "
                "weaknesses.",
            ),
            click.option(
                "--all",
                "everything",
                is_flag=True,
                help="All ties, also those that may be chance.",
            ),
        )
    ):
        command = option(command)
    return command


def read_asked(
    place: str | None,
    what: str,
    *,
    quiet: bool,
    authority: str | None,
    region: str | None,
    kind: str | None,
    since: dt.date | None,
    until: dt.date | None,
    theme: str | None,
    stance: str,
    everything: bool,
    depth: int = 1,
) -> tuple[Network, Asked, str]:
    """The network of ``what`` in the store at ``place``, as the options say; what they say; and a
    sentence where it has no ties because there is no report about the authority (otherwise "").
    """
    from themegraph.networks.asked import Asked, find

    if what == "authorities" and stance == "strength":
        raise click.UsageError(
            "Authorities are tied by weaknesses: --stance strength is of themes."
        )
    asked = Asked(theme, authority, region, kind, stance, everything, depth, iso(since), iso(until))
    with asking(place, quiet=quiet) as source:
        found, note = find(source, what, asked)
    return found, asked, note


@click.command(short_help="Which themes, or which authorities, belong together.")
@click.argument("what", type=click.Choice(["themes", "authorities"]))
@network_options
@top_option(TOP)
@format_option(FORMATS, "table")
@output_option
@store_option
@quiet_option
def network(
    what: str, top: int, form: str, output: str, store: str | None, quiet: bool, **options: Any
) -> None:
    """Networks of THEMES or AUTHORITIES.

    Themes are tied by the findings that speak of both, authorities by the themes that are weak in
    both: the more bodies a theme is weak in the less it counts, and one weak in all counts nothing.

    Shown are the ties that stand out from chance. Those of themes do where they are heavier, at one
    of their ends, than if all the weight there were split at random between its ties (disparity
    filter). Those of authorities do where so many themes would seldom be shared if each body drew
    its weak themes at random (hypergeometric); of the ties shown 1 in 20 may be chance
    (rule of Benjamini and Hochberg).

    Every tie keeps its passages (json, csv, graphml, gexf). With --authority the network is that of
    its own findings or, between authorities, the ties it has with others.
    """
    from themegraph.commands.output import opened
    from themegraph.networks.told import denominators, why_none
    from themegraph.networks.write import TIE_COLUMNS, write_network

    found, asked, note = read_asked(store, what, quiet=quiet, **options)
    graph = found.graph
    most = limit(top, form)
    none = "" if graph.number_of_edges() else why_none(found, what, asked, "--all")
    if form == "table" and none:
        text = "" if note else f"{textwrap.fill(none, width_of_terminal())}\n"
    elif form == "table":
        text = _view(graph, what, most)
    else:
        text = write_network(_with_heaviest(graph, most), form, TIE_COLUMNS[what])
    with opened(output) as stream:
        stream.write(text.encode())
    if note:
        say(note, quiet=quiet)
    elif form == "table":
        say(denominators(found, what), quiet=quiet)
    elif none:
        say(none, quiet=quiet)


def _heaviest(graph: nx.Graph) -> list[tuple[str, str, dict[str, Any]]]:
    return sorted(graph.edges(data=True), key=lambda edge: (-edge[2]["weight"], edge[:2]))


def _with_heaviest(graph: nx.Graph, most: int | None) -> nx.Graph:
    """``graph`` with the ``most`` ties that weigh most (None: all) and the nodes these tie."""
    from themegraph.networks.build import with_ties

    if most is None:
        return graph
    kept = {edge[:2] for edge in _heaviest(graph)[:most]}
    return with_ties(graph, lambda one, other, _: (one, other) in kept)


def _view(graph: nx.Graph, what: str, most: int | None) -> str:
    """The heaviest ties, what their figures mean, and the communities."""
    from themegraph.commands.tables import render

    label = {node: facts["label"] for node, facts in graph.nodes(data=True)}
    edges = _heaviest(graph)
    shown = edges[:most]
    if what == "themes":
        heads = ["theme", "and theme", "findings", "jaccard", "lift"]
        lines = [
            [
                label[one],
                label[other],
                str(tie["weight"]),
                *(f"{tie[n]:.2f}" for n in ("jaccard", "lift")),
            ]
            for one, other, tie in shown
        ]
    else:
        heads = ["authority", "and authority", "weak in both", "cosine", "passages"]
        lines = [
            [
                label[one],
                label[other],
                str(len(tie["themes"])),
                f"{tie['weight']:.2f}",
                str(len(tie["passages"])),
            ]
            for one, other, tie in shown
        ]
    more = (
        f"… and {counted(len(edges) - len(shown), 'tie')} more\n" if len(shown) < len(edges) else ""
    )
    legend = textwrap.fill(_FIGURES[what], width_of_terminal())
    return f"{render(heads, lines)}{more}\n{legend}\n\n{_groups(graph, label)}"


def _groups(graph: nx.Graph, label: dict[str, str]) -> str:
    """The communities by their most central members, and the bridges between them."""
    from themegraph.commands.tables import render

    members: dict[int, list[str]] = {}
    for node, facts in graph.nodes(data=True):
        members.setdefault(facts["community"], []).append(node)
    strength = dict(graph.nodes(data="strength"))
    lines = [
        [str(number), str(len(nodes)), _named(nodes, strength, label)]
        for number, nodes in sorted(members.items())
    ]
    between = dict(graph.nodes(data="betweenness"))
    bridges = [node for node in between if between[node] > 0]
    words = f"Most ways between others lead over: {_named(bridges, between, label)}"
    told = f"{textwrap.fill(words, width_of_terminal())}\n" if bridges else ""
    return f"{render(['community', 'size', 'most central'], lines)}\n{told}"


def _named(nodes: Sequence[str], by: dict[str, float], label: dict[str, str]) -> str:
    ranked = sorted(nodes, key=lambda node: (-by[node], node))[:NAMED]
    return "; ".join(label[node] for node in ranked)
