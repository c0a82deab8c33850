"""Pieces of the graph as files of other tools."""
