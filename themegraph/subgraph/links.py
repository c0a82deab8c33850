"""How the graph hangs together: which things must come along with which, as links.csv says.

A link from one thing to another is one of these, or none of them, and then it is a *step*, which
``depth`` counts:

- ``needs``: the first cannot stand without the second;
- ``needed``: the second cannot stand without the first;
- ``rests``: the first was concluded from the second, and is true only with all of these;
- ``same``: who reaches one has reached the other;
- ``apart``: told where both are there, and never a reason to bring one along;
- ``kept``: told whatever is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from themegraph.graph.terms import iri
from themegraph.ontology.namespaces import PREFIXES
from themegraph.ontology.rows import parse_rows, split_list

ROLES = ("needs", "needed", "rests", "same", "apart", "kept")


@dataclass(frozen=True, slots=True)
class Links:
    """The properties of each role, as they stand in N-Triples.

    ``undoes`` has, for a property, those of its subject that are not told where its object is not.
    """

    needs: frozenset[str]
    needed: frozenset[str]
    rests: frozenset[str]
    same: frozenset[str]
    apart: frozenset[str]
    kept: frozenset[str]
    undoes: dict[str, frozenset[str]]


@cache
def read_links() -> Links:
    """The links as links.csv has them. Raises VocabularyError for a slip in it."""
    text = files("themegraph.subgraph").joinpath("links.csv").read_text(encoding="utf-8")
    rows = parse_rows(text, "links.csv", ("property", "role", "undoes", "why"))
    by_role = {
        role: frozenset(_full(row["property"]) for row in rows if row["role"] == role)
        for role in ROLES
    }
    undoes = {
        _full(row["property"]): frozenset(map(_full, split_list(row["undoes"])))
        for row in rows
        if row["undoes"]
    }
    return Links(**by_role, undoes=undoes)


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return iri(PREFIXES[prefix] + local)
