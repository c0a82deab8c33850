"""The tables that ship with the taggers: cues written by hand, weights that were learned."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the CSV file ``name`` beside this module."""
    text = resources.files("themegraph.tagging").joinpath(name).read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def read_weights(name: str) -> dict[str, dict[str, float]]:
    """A table of weights (``target``, ``feature``, ``weight``): feature → target → weight."""
    weights: dict[str, dict[str, float]] = {}
    for row in read_table(name):
        weights.setdefault(row["feature"], {})[row["target"]] = float(row["weight"])
    return weights
