"""A piece of the graph that stands on its own: what is meant, and all that it needs."""

from themegraph.subgraph.cut import cut
from themegraph.subgraph.piece import Piece
from themegraph.subgraph.selection import Selection

__all__ = ["Piece", "Selection", "cut"]
