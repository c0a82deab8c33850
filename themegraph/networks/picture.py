"""A network as a picture: one HTML file, drawn by pyvis, that asks no other host for anything.

It opens settled and is the same every time; the tables under it say the same to those who do not
see it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from themegraph.networks.build import with_ties
from themegraph.networks.layout import Places, spread
from themegraph.networks.marks import (
    folds_of,
    key_path,
    legend,
    lines_of,
    look,
    meanings,
    name_of,
    said_of,
    scales,
)

if TYPE_CHECKING:
    import networkx as nx

#: A picture has so many nodes at most; of more, those with the heaviest ties are drawn.
MOST_NODES = 150
#: Width to height of the windows that places are made for; the script takes those that fit best.
ASPECTS = (2.2, 1.3, 0.75)
#: A name is broken after so many letters; how wide a letter is and how high a line, in pixels.
_LETTERS, _LETTER, _LINE = 20, 6.6, 15
#: The radius of the smallest and of the largest node, and room about a node and its name.
_SMALLEST, _LARGEST, _GAP = 6, 18, 8
#: What pyvis links from other hosts; the picture does without.
_REMOTE = re.compile(
    r"<link[^>]*https?://[^>]*>|<script[^>]*src=[\"']https?://[^>]*>\s*</script>", re.DOTALL
)
_DRAWN = ("nodes", "edges")
#: Where the script that pyvis writes holds what it draws, each on one line.
_DATA = re.compile(rf"\b({'|'.join(_DRAWN)}) = new vis\.DataSet\((\[.*\])\);")
#: A script that runs, and is not data.
_RUN = re.compile(r"<script(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL)


def heaviest(graph: nx.Graph, most: int = MOST_NODES, focus: str = "") -> nx.Graph:
    """The ``most`` nodes of ``graph`` that have the heaviest ties, those tied to the ``focus``
    first, and all ties between these. A node's ``strength`` is what its ties weigh there.
    """
    ties = sorted(
        graph.edges(data="weight"), key=lambda tie: (focus not in tie[:2], -tie[2], tie[:2])
    )
    kept: set[str] = set()
    for one, other, _ in ties:
        if len(kept | {one, other}) > most:
            break
        kept |= {one, other}
    made = with_ties(graph, lambda one, other, _: {one, other} <= kept)
    for node, strength in made.degree(weight="weight"):
        made.nodes[node]["strength"] = round(strength, 4)
    return made


def draw(graph: nx.Graph, title: str, words: str) -> str:
    """A page with the picture of ``graph`` under ``title``; ``words`` say what it shows.

    Nodes have ``label``, ``community`` or ``side``, and ``strength``, ties ``weight`` and
    ``passages``.
    """
    from pyvis.network import Network

    picture = Network(height="100%", width="100%", cdn_resources="in_line")
    most = max((facts["strength"] for _, facts in graph.nodes(data=True)), default=1) or 1
    sizes = {
        node: _SMALLEST + (_LARGEST - _SMALLEST) * (facts["strength"] / most) ** 0.5
        for node, facts in graph.nodes(data=True)
    }
    places = _places(graph, sizes)
    for node, facts in graph.nodes(data=True):
        colour, shape, _ = look(facts)
        x, y = places[0][node]
        picture.add_node(
            node,
            label=name_of(facts),
            title=_hint(graph, node),
            color=colour,
            shape=shape,
            size=round(sizes[node], 1),
            x=x,
            y=y,
            places=[found[node] for found in places],
            lines=lines_of(facts, _LETTERS),
            words=" ".join((name_of(facts), *facts.get("folds", ()))).lower(),
        )
    heaviest_tie = max((tie["weight"] for *_, tie in graph.edges(data=True)), default=1)
    for one, other, tie in graph.edges(data=True):
        picture.add_edge(
            one,
            other,
            width=round(0.5 + 5 * tie["weight"] / heaviest_tie, 2),
            title=said_of(graph, one, other),
        )
    picture.set_options(_OPTIONS)
    drawn = _REMOTE.sub("", picture.generate_html(notebook=False))
    head, _, rest = drawn.partition("<body>")
    # What pyvis says about its page goes; the scripts that draw stay.
    head = head.replace("<html>", '<!doctype html>\n<html lang="en-GB">', 1)
    head = re.sub(r"<center>.*?</center>", "", head, flags=re.DOTALL)
    style = f"{_HEAD}<title>{escape(title)}</title><style>{_file('picture.css')}</style></head>"
    head = head.replace("</head>", style, 1)
    above = f"<h1>{escape(title)}</h1><p>{escape(words)}</p>"
    rest, data = _apart(rest)
    figure, _, running = rest.partition("<script")
    end = f"{_tables(graph)}</main>{data}<script{running}"
    end = end.replace("</body>", f"<script>{_file('picture.js')}</script></body>", 1)
    return (
        f"{head}<body><main><div class='first'>{above}<section class='picture' "
        f"aria-label='Picture'>{_TOOLS}{_legend(graph)}{figure}</section></div>{end}"
    )


@cache
def scripts() -> tuple[str, ...]:
    """The scripts that every picture runs, whatever it shows."""
    import networkx as nx

    return tuple(dict.fromkeys(_RUN.findall(draw(nx.Graph(), "", ""))))


def _apart(page: str) -> tuple[str, str]:
    """``page`` with what its script draws taken out of it, and that as elements that do not run."""
    data: list[str] = []

    def read(match: re.Match[str]) -> str:
        name = f"data-of-{match[1]}"
        data.append(f'<script type="application/json" id="{name}">{match[2]}</script>')
        return f"{match[1]} = new vis.DataSet(JSON.parse(document.getElementById('{name}').text));"

    page, changed = _DATA.subn(read, page)
    if changed != len(_DRAWN):
        raise ValueError("pyvis writes its data in another way than this module knows")
    return page, "".join(data)


def _places(graph: nx.Graph, sizes: Mapping[str, float]) -> list[Places]:
    """Where nodes of these ``sizes`` stand in each of ASPECTS, with room for a name below each."""
    boxes, below = {}, {}
    for node, facts in graph.nodes(data=True):
        lines = lines_of(facts, _LETTERS)
        below[node] = _LINE * len(lines)
        wide = max(_LETTER * max(map(len, lines)), 2 * sizes[node])
        boxes[node] = (wide + _GAP, 2 * sizes[node] + below[node] + _GAP)
    return [
        {node: (x, round(y - below[node] / 2, 1)) for node, (x, y) in found.items()}
        for found in spread(graph, boxes, ASPECTS)
    ]


def _hint(graph: nx.Graph, node: str) -> str:
    """What pointing at a node says."""
    facts, number = graph.nodes[node], graph.degree(node)
    ties = f"{name_of(facts)}: {number} {'line' if number == 1 else 'lines'}"
    return "\n".join(filter(None, (ties, folds_of(facts))))


def _legend(graph: nx.Graph) -> str:
    rows = "".join(
        f"<li><svg class='key' viewBox='-10 -10 20 20' role='img' aria-label='{shape}'>"
        f"<path d='{key_path(shape)}' fill='{colour}'></path></svg> {escape(meaning)}</li>"
        for colour, shape, meaning in legend(graph)
    )
    more = "".join(f"<li>{words}</li>" for words in scales(graph))
    return f"<ul class='legend' aria-label='Legend'>{rows}{more}</ul>"


def _tables(graph: nx.Graph) -> str:
    """All ties and all nodes, the heaviest first."""
    names = {node: name_of(facts) for node, facts in graph.nodes(data=True)}
    ties = sorted(graph.edges(data=True), key=lambda tie: (-tie[2]["weight"], tie[:2]))
    alike = ["Alike"] if any("themes" in tie for *_, tie in ties) else []
    told = [
        [
            names[one],
            names[other],
            *(f"{tie['weight']:.2f}" for _ in alike),
            f"{len(tie['passages']):,}",
        ]
        for one, other, tie in ties
    ]
    said = meanings(graph)
    nodes = sorted(graph.nodes(data=True), key=lambda node: (-node[1]["strength"], node[0]))
    marks = [
        [names[node], f"{look(facts)[2]}: {said[node]}", str(graph.degree(node)), folds_of(facts)]
        for node, facts in nodes
    ]
    return (
        "<h2>The same as tables</h2>"
        + _table("Lines", ["One", "The other", *alike, "Passages"], told)
        + _table("Marks", ["Name", "Mark", "Lines", "What is folded in it"], marks)
    )


def _table(caption: str, heads: list[str], rows: list[list[str]]) -> str:
    kept = [n for n in range(len(heads)) if any(row[n] for row in rows)]
    head = "".join(f"<th scope='col'>{heads[n]}</th>" for n in kept)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(row[n])}</td>' for n in kept)}</tr>" for row in rows
    )
    return (
        f"<div class='table' role='region' aria-label='{caption}' tabindex='0'>"
        f"<table class='{caption.lower()}'><caption>{caption}: {len(rows):,}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _file(name: str) -> str:
    return files("themegraph.networks").joinpath(name).read_text("utf-8")


_HEAD = '<meta name="viewport" content="width=device-width, initial-scale=1">'
_TOOLS = (
    "<p class='tools'><label for='find'>Find</label> "
    "<input id='find' type='search' autocomplete='off'> "
    "<span class='buttons'><button id='closer'>Closer</button> "
    "<button id='farther'>Farther</button> <button id='whole'>Whole</button></span> "
    "<span id='found' role='status'></span></p>"
)
#: Names are drawn by picture.js: as many as there is room for, in letters of one size.
_OPTIONS = """{
  "physics": {"enabled": false},
  "nodes": {"font": {"size": 0}},
  "edges": {"color": {"color": "#848b94", "highlight": "#b3005e"}, "smooth": false},
  "interaction": {"hover": true, "keyboard": {"enabled": true, "bindToWindow": false},
                  "tooltipDelay": 100}
}"""
