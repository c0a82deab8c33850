"""Bring the derived graphs of a store up to date: one for each authority, made anew where it must.

A derived graph holds a digest of what it was made from: the reports of its authority, and the rules
in this package. An authority whose digest is still right is left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.graph.terms import TG, iri, string

if TYPE_CHECKING:
    from themegraph.graph.store import Store

# What others added has no tags to go by.
_INPUTS = f"""
SELECT ?authority ?key ?digest WHERE {{
  GRAPH ?graph {{ ?inspection tg:inspects ?authority }}
  FILTER(STRSTARTS(STR(?graph), "{ids.GRAPH_REPORT}"))
  ?graph tg:sha256 ?digest .
  BIND(STR(?graph) AS ?key)
}}"""
#: Beside what is in this package, derived graphs go by these.
_TABLES = (
    ("ontology", "frameworks.csv"),
    ("ontology", "report-types.csv"),
    ("ontology", "themes.csv"),
    ("ontology", "quality.csv"),
    ("tagging", "word-classes.csv"),
    ("tagging", "words.py"),
)
_HELD = """SELECT ?graph ?digest WHERE { GRAPH ?graph { ?graph tg:sha256 ?digest } }"""


class Derivation:
    """What must be made anew in ``store``. Its length is the number of authorities."""

    def __init__(self, store: Store) -> None:
        self._store = store
        wanted = _digests(store)
        held = _held(store)
        self._stale = sorted(a for a, digest in wanted.items() if held.get(a) != digest)
        self._gone = sorted(held.keys() - wanted.keys())
        self._wanted = wanted

    def __len__(self) -> int:
        return len(self._stale) + len(self._gone)

    def run(self) -> Iterator[str]:
        """Make what is stale, one authority at a time; gives the id of each when it is stored."""
        for authority in self._gone:
            self._store.replace_graph(ids.derived_graph(authority), "")
            yield authority
        for authority in self._stale:
            self._store.replace_graph(ids.derived_graph(authority), self._quads(authority))
            yield authority

    def _quads(self, authority: str) -> str:
        from themegraph.derivation.read import read_visits
        from themegraph.derivation.triples import derived_triples
        from themegraph.graph.build import quad_lines

        graph = ids.derived_graph(authority)
        mark = (iri(graph), TG["sha256"], string(self._wanted[authority]))
        triples = [*derived_triples(authority, read_visits(self._store, authority)), mark]
        return "".join(sorted(quad_lines(triples, graph)))


def derive(store: Store) -> int:
    """Bring every derived graph of ``store`` up to date; how many were made or taken away."""
    return sum(1 for _ in Derivation(store).run())


def _digests(store: Store) -> dict[str, str]:
    """For each authority a digest of its reports and of the rules."""
    reports: dict[str, list[str]] = {}
    for row in store.rows(_INPUTS):
        authority = row["authority"].value.removeprefix(ids.resource("authority", ""))
        reports.setdefault(authority, []).append(f"{row['key'].value} {row['digest'].value}")
    return {
        authority: hashlib.sha256("\n".join([_rules(), *sorted(found)]).encode()).hexdigest()
        for authority, found in reports.items()
    }


def _held(store: Store) -> dict[str, str]:
    prefix = ids.GRAPH_DERIVED
    return {
        row["graph"].value.removeprefix(prefix): row["digest"].value
        for row in store.rows(_HELD)
        if row["graph"].value.startswith(prefix)
    }


@cache
def _rules() -> str:
    """A digest of this package and of the tables it goes by."""
    digest = hashlib.sha256(ids.BASE.encode())
    tables = [files(f"themegraph.{package}") / name for package, name in _TABLES]
    code = sorted(files("themegraph.derivation").iterdir(), key=lambda file: file.name)
    for file in (*code, *tables):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()
