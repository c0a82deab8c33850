"""A network as a page of its own: to be kept as a file, or to be shown in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from themegraph.networks.asked import Asked
from themegraph.networks.picture import draw, heaviest
from themegraph.networks.read import Network
from themegraph.networks.told import denominators, title_of
from themegraph.writing import written_whole

#: How high a picture stands in a notebook, in pixels.
_HEIGHT = 640


@dataclass(frozen=True, slots=True)
class Picture:
    """An interactive picture: a page (``html``) that needs nothing else and asks no other host.

    ``words`` say out of how much it is.
    """

    title: str
    words: str
    html: str

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, which can be opened in a browser and mailed.

        Raises ExportError where it cannot be written.
        """
        with written_whole(Path(path)) as file:
            file.write(self.html.encode())
        return Path(path)

    def _repr_html_(self) -> str:
        # Its scripts run, and by themselves: they come to nothing of the notebook around them.
        return (
            f'<iframe sandbox="allow-scripts" title="{escape(self.title)}" '
            f'style="width: 100%; height: {_HEIGHT}px; border: 1px solid; background: #fff" '
            f'srcdoc="{escape(self.html)}"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<Picture: {self.title}. {self.words}>"


def picture_of(found: Network, what: str, asked: Asked) -> Picture:
    """The picture of a network that has ties.

    Of a large one those nodes are drawn that have the heaviest ties.
    """
    words = denominators(found, what)
    shown = heaviest(found.graph)
    if len(shown) < len(found.graph):
        words += (
            f" Drawn are {shown.number_of_edges():,} of them, between the {len(shown)} of "
            f"{len(found.graph)} nodes with the heaviest."
        )
    title = title_of(what, asked)
    return Picture(title, words, draw(shown, title, words))
