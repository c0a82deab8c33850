"""A piece of the graph that stands on its own: what is meant, and all that it needs.

``cut.cut`` gives the ``piece.Piece`` that a ``selection.Selection`` means.
"""
