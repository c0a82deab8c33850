"""A network as a picture: one HTML file, drawn by pyvis, that asks no other host for anything.

It opens settled and is the same every time; the table under it says the same to those who do not
see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from themegraph.networks.layout import spread

if TYPE_CHECKING:
    import networkx as nx

#: A picture has so many nodes at most; of more, those with the heaviest ties are drawn.
MOST_NODES = 150
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
#: What pyvis links from other hosts; the picture does without.
_REMOTE = re.compile(
    r"<link[^>]*https?://[^>]*>|<script[^>]*src=[\"']https?://[^>]*>\s*</script>", re.DOTALL
)


def heaviest(graph: nx.Graph, most: int = MOST_NODES) -> nx.Graph:
    """``graph`` with the ``most`` nodes whose ties weigh most, and the ties between these."""
    weights = dict(graph.degree(weight="weight"))
    kept = set(sorted(weights, key=lambda node: (-weights[node], node))[:most])
    made = type(graph)()
    made.add_nodes_from(node for node in graph.nodes(data=True) if node[0] in kept)
    made.add_edges_from(tie for tie in graph.edges(data=True) if {*tie[:2]} <= kept)
    return made


def draw(graph: nx.Graph, title: str, words: str) -> str:
    """A page with the picture of ``graph`` under ``title``; ``words`` say what it shows.

    Nodes have ``label``, ``community`` and ``strength``, ties ``weight`` and ``passages``.
    """
    from pyvis.network import Network

    picture = Network(height="100%", width="100%", cdn_resources="in_line")
    places = spread(graph)
    most = max((facts["strength"] for _, facts in graph.nodes(data=True)), default=1) or 1
    for node, facts in graph.nodes(data=True):
        colour, shape, _ = look(facts)
        picture.add_node(
            node,
            label=facts["label"],
            title=f"{facts['label']}: {_ties(graph, node)}",
            color=colour,
            shape=shape,
            size=8 + 22 * (facts["strength"] / most) ** 0.5,
            x=places[node][0],
            y=places[node][1],
        )
    heaviest_tie = max((tie["weight"] for *_, tie in graph.edges(data=True)), default=1)
    for one, other, tie in graph.edges(data=True):
        picture.add_edge(
            one, other, width=0.5 + 7 * tie["weight"] / heaviest_tie, title=_said(graph, one, other)
        )
    picture.set_options(_OPTIONS)
    drawn = _REMOTE.sub("", picture.generate_html(notebook=False))
    head, _, rest = drawn.partition("<body>")
    # What pyvis says about its page goes; the scripts that draw stay.
    head = head.replace("<html>", '<!doctype html>\n<html lang="en-GB">', 1)
    head = re.sub(r"<center>.*?</center>", "", head, flags=re.DOTALL)
    style = f"<title>{escape(title)}</title><style>{_file('picture.css')}</style></head>"
    head = head.replace("</head>", style, 1)
    above = f"<h1>{escape(title)}</h1><p>{escape(words)}</p>{_legend(graph)}{_SEARCH}"
    script = f"<script>{_file('picture.js')}</script>"
    end = f"{_table(graph)}{script}</main></body>"
    return f"{head}<body><main>{above}{rest.replace('</body>', end, 1)}"


#: How the two sides of a network of authorities and themes look.
SIDES = {
    "authority": ("#1a4f8b", "square", "square"),
    "theme": ("#b4450b", "dot", "circle"),
}


def look(facts: Mapping[str, Any]) -> tuple[str, str, str]:
    """The colour and the shape of a node, by its side or its community; and the shape in words."""
    return SIDES[facts["side"]] if "side" in facts else look_of(facts["community"])


def look_of(community: int) -> tuple[str, str, str]:
    """The colour and the shape of a community, and the shape in words."""
    return COMMUNITIES[community - 1] if community <= len(COMMUNITIES) else _OTHER


def _ties(graph: nx.Graph, node: str) -> str:
    return f"{graph.degree(node)} ties"


def _said(graph: nx.Graph, one: str, other: str) -> str:
    names = " and ".join(graph.nodes[node]["label"] for node in (one, other))
    return f"{names}: {len(graph.edges[one, other]['passages'])} passages"


def _legend(graph: nx.Graph) -> str:
    if any("side" in facts for _, facts in graph.nodes(data=True)):
        rows = [
            f"<li><span style='color:{colour}'>{shape}</span>: {side}</li>"
            for side, (colour, _, shape) in SIDES.items()
        ]
        tie = "passages that find the theme weak there"
        return _legend_of(rows, tie)
    leaders: dict[int, tuple[float, str]] = {}
    for _, facts in graph.nodes(data=True):
        best = leaders.get(facts["community"], (-1.0, ""))
        leaders[facts["community"]] = max(best, (facts["strength"], facts["label"]))
    looks = [(*look_of(n), escape(label)) for n, (_, label) in sorted(leaders.items())]
    rows = [
        f"<li><span style='color:{colour}'>{shape}</span>: around {label}</li>"
        for colour, _, shape, label in looks
    ]
    return _legend_of(rows, "passages that speak of both")


def _legend_of(rows: Iterable[str], tie: str) -> str:
    return (
        "<ul class='legend' aria-label='Legend'>"
        f"{''.join(rows)}<li>size: how much it is tied</li>"
        f"<li>thickness of a line: {tie}</li></ul>"
    )


def _table(graph: nx.Graph) -> str:
    ties = sorted(graph.edges(data=True), key=lambda tie: (-tie[2]["weight"], tie[:2]))
    rows = "".join(
        f"<tr><td>{escape(graph.nodes[one]['label'])}</td>"
        f"<td>{escape(graph.nodes[other]['label'])}</td><td>{len(tie['passages'])}</td></tr>"
        for one, other, tie in ties
    )
    return (
        "<h2>The same as a table</h2><table><thead><tr><th scope='col'>One</th>"
        "<th scope='col'>The other</th><th scope='col'>Passages</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _file(name: str) -> str:
    return files("themegraph.networks").joinpath(name).read_text("utf-8")


_SEARCH = (
    "<p><label for='find'>Find</label> <input id='find' type='search' autocomplete='off'>"
    " <span id='found' role='status'></span></p>"
)
_OPTIONS = """{
  "physics": {"enabled": false},
  "nodes": {"font": {"size": 16, "face": "sans-serif", "strokeWidth": 4, "strokeColor": "#fff"}},
  "edges": {"color": {"color": "#848b94", "highlight": "#b3005e"}, "smooth": false},
  "interaction": {"hover": true, "keyboard": {"enabled": true, "bindToWindow": false},
                  "navigationButtons": true, "tooltipDelay": 100}
}"""
