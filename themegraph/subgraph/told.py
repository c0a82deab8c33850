"""What a store says of things, asked for many at a time; terms as they stand in N-Triples."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from themegraph import ids

if TYPE_CHECKING:
    from themegraph.graph.store import Store

#: How many names go into one query.
AT_A_TIME = 500
#: How the names of concepts, and of all things of ours, begin.
CONCEPT = f"<{ids.VOCAB}"
OURS = (CONCEPT, f"<{ids.ID}")

# One link stands in the pattern, and several in a filter: bound by VALUES, the engine would go
# through all there is for each.
_QUESTION = """SELECT ?graph ?thing ?link ?value WHERE {{
  VALUES ?{known} {{ {names} }} GRAPH ?graph {{ ?thing {link} ?value {only} }} }}"""


class Told(NamedTuple):
    """What ``graph`` says of ``thing``: that ``link`` leads from it to ``value``."""

    graph: str
    thing: str
    link: str
    value: str

    @property
    def line(self) -> str:
        """The line of N-Quads that says so."""
        return f"{self.thing} {self.link} {self.value} <{self.graph}> .\n"


def told_of(store: Store, things: Collection[str]) -> Iterator[Told]:
    """What is said of ``things``, but for what was inferred."""
    return _asked(store, "thing", things, None)


def told_to(
    store: Store, things: Collection[str], links: Collection[str] | None = None
) -> Iterator[Told]:
    """What is said of others that leads to ``things``, by any of ``links`` (None: by whatever)."""
    return _asked(store, "value", things, links)


def told_within(store: Store, graphs: Collection[str], links: Collection[str]) -> Iterator[Told]:
    """What ``graphs`` (in angle brackets) say by any of ``links``."""
    return _asked(store, "graph", graphs, links)


def _asked(
    store: Store, known: str, names: Collection[str], links: Collection[str] | None
) -> Iterator[Told]:
    link, only = _among(links)
    for chunk in chunks(names):
        question = _QUESTION.format(known=known, names=" ".join(chunk), link=link, only=only)
        for row in store.rows(question):
            graph = row["graph"].value
            if not graph.startswith(ids.GRAPH_INFERRED):
                by = str(row["link"]) if link == "?link" else link
                yield Told(graph, str(row["thing"]), by, str(row["value"]))


def _among(links: Collection[str] | None) -> tuple[str, str]:
    """The link of the pattern and the filter on it."""
    if links is None:
        return "?link", ""
    if len(links) == 1:
        return next(iter(links)), ""
    return "?link", f"FILTER(?link IN ({', '.join(sorted(links))}))"


def chunks(things: Collection[str]) -> Iterator[Sequence[str]]:
    """Those of ``things`` that have an IRI, in order, so many at a time as go into one query."""
    names = sorted(thing for thing in things if thing.startswith("<"))
    return (names[at : at + AT_A_TIME] for at in range(0, len(names), AT_A_TIME))


def parse(line: str) -> tuple[str, str, str]:
    """Subject, predicate and object of a line of N-Quads, as they stand in it."""
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest[:-3].rsplit(" ", 1)[0]
