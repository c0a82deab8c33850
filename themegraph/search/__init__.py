"""Full text search over what reports find and recommend."""

from themegraph.search.index import Found, Hit, Piece, SearchIndex, open_index, update_index

__all__ = ["Found", "Hit", "Piece", "SearchIndex", "open_index", "update_index"]
