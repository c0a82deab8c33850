"""The beginning of an answer: its first rows and how many there are, without keeping the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

#: So many rows are kept, and so many are counted before counting stops.
KEPT, COUNTED = 200, 10_000
#: So many characters of a value are kept.
LONGEST = 1000
_TRIPLE = ("subject", "predicate", "object")

Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first rows of an answer under their columns. ``number`` is how many rows it has or, where
    it ``goes_on``, how many were counted of those.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    number: int
    goes_on: bool = False
    is_graph: bool = False


def begin(
    results: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean,
    kept: int = KEPT,
    counted: int = COUNTED,
) -> Beginning:
    """The beginning of what a query gives: ``kept`` rows, of ``counted`` at most. What several
    graphs say is one triple of a graph, and is counted once.
    """
    if isinstance(results, ox.QueryBoolean):
        return Beginning(("answer",), (("yes" if results else "no",),), 1)
    if isinstance(results, ox.QueryTriples):
        rows, number, goes_on = _first(_once(results), kept, counted)
        return Beginning(_TRIPLE, rows, number, goes_on, is_graph=True)
    columns = tuple(variable.value for variable in results.variables)
    return Beginning(columns, *_first(results, kept, counted))


def _first(
    found: Iterable[Iterable[object]], kept: int, counted: int
) -> tuple[tuple[Row, ...], int, bool]:
    """The first rows of those ``found``, how many there are, and whether there are more."""
    rows: list[Row] = []
    number = 0
    for one in found:
        if number == counted:
            return tuple(rows), number, True
        if number < kept:
            rows.append(tuple(map(_shown, one)))
        number += 1
    return tuple(rows), number, False


def _once(triples: Iterable[ox.Triple]) -> Iterable[ox.Triple]:
    """Each of ``triples`` once; only as many are remembered as are asked for."""
    seen: set[ox.Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _shown(term: object) -> str | None:
    if term is None:
        return None
    text = str(getattr(term, "value", term))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
