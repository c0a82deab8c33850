"""Which passage speaks of which theme, and how: the table that networks are made from.

It is read from the store as a whole, and narrowed here: so the same table serves every picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.ontology import vocab

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_VISITS = """SELECT DISTINCT ?inspection ?authority ?kind ?report ?date ?region ?framework WHERE {
  ?inspection tg:inspects ?authority ; tg:produced ?report .
  ?report tg:reportType ?kind .
  OPTIONAL { ?inspection tg:inspectionDate ?date }
  OPTIONAL { ?authority tg:region ?region }
  OPTIONAL { ?inspection tg:underFramework ?framework }
}"""
_PASSAGES = "SELECT ?report ?passage { ?report tg:hasFinding|tg:hasRecommendation ?passage }"
_SERVICES = "SELECT ?passage ?service { ?passage tg:aboutServiceArea ?service }"
_THEMES = """SELECT ?passage ?theme ?stance WHERE {
  ?assignment tg:assignmentOf ?passage ; tg:assignedTheme ?theme ; tg:assignedStance ?stance
}"""

#: What networks are made from: what is asked, and the SPARQL of it.
QUESTIONS = {
    "Which inspections there are": _VISITS,
    "Which passages each report has": _PASSAGES,
    "What every passage says of each theme": _THEMES,
    "Which part of the service each passage is on": _SERVICES,
}


@dataclass(frozen=True, slots=True)
class Visit:
    """An inspection of a body: their IRIs, the ids of its kind and framework, its day (ISO 8601)
    and the body's region; "" for what is not known.
    """

    inspection: str
    authority: str
    kind: str
    date: str
    region: str
    framework: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A finding or recommendation: its IRI, what it says of each theme (IRIs, with the ids of
    stances), and the ids of the services it speaks of.
    """

    iri: str
    themes: tuple[tuple[str, str], ...]
    services: frozenset[str]

    @property
    def is_recommendation(self) -> bool:
        """Whether it recommends."""
        return self.iri.startswith(f"{ids.ID}recommendation/")


@dataclass(frozen=True, slots=True)
class Only:
    """Which passages are meant: of a body or region or framework, of reports of a kind or one under
    it, from a day on or up to one, on a service. "" where it does not matter; ids, a body by its
    IRI.
    """

    authority: str = ""
    region: str = ""
    kind: str = ""
    framework: str = ""
    since: str = ""
    until: str = ""
    service: str = ""

    def wants(self, visit: Visit) -> bool:
        """Whether passages of this inspection are meant. One without a date is of no period."""
        return (
            self.authority in ("", visit.authority)
            and self.region in ("", visit.region)
            and (not self.kind or visit.kind in vocab.kinds_within(self.kind))
            and self.framework in ("", visit.framework)
            and (not self.since or visit.date >= self.since)
            and (not self.until or (bool(visit.date) and visit.date <= self.until))
        )


class Mentions:
    """Every passage of every inspection in a store, with or without a theme."""

    def __init__(self, visits: dict[Visit, tuple[Passage, ...]]) -> None:
        self._visits = visits

    def only(self, what: Only) -> Mentions:
        """Those that are meant; inspections without any of them are kept."""
        return Mentions(
            {
                visit: tuple(p for p in passages if not what.service or what.service in p.services)
                for visit, passages in self._visits.items()
                if what.wants(visit)
            }
        )

    def visits(self) -> Iterator[tuple[Visit, tuple[Passage, ...]]]:
        """Each inspection of a body with its passages, in order of time."""
        yield from self._visits.items()


def read_mentions(store: Store) -> Mentions:
    """What every passage in ``store`` speaks of."""
    themes: dict[str, list[tuple[str, str]]] = {}
    for row in store.rows(_THEMES):
        said = (row["theme"].value, ids.last_part(row["stance"].value))
        themes.setdefault(row["passage"].value, []).append(said)
    services: dict[str, set[str]] = {}
    for row in store.rows(_SERVICES):
        services.setdefault(row["passage"].value, set()).add(ids.last_part(row["service"].value))
    passages: dict[str, list[Passage]] = {}
    for row in store.rows(_PASSAGES):
        iri = row["passage"].value
        told = tuple(sorted(themes.get(iri, ())))
        found = Passage(iri, told, frozenset(services.get(iri, ())))
        passages.setdefault(row["report"].value, []).append(found)
    visits: dict[Visit, tuple[Passage, ...]] = {}
    for row in store.rows(_VISITS):
        date, region, framework = (
            row[name].value if row[name] else "" for name in ("date", "region", "framework")
        )
        visit = Visit(
            row["inspection"].value,
            row["authority"].value,
            ids.last_part(row["kind"].value),
            date,
            region,
            ids.last_part(framework),
        )
        of = sorted(passages.get(row["report"].value, ()), key=lambda passage: passage.iri)
        visits[visit] = (*visits.get(visit, ()), *of)
    order = sorted(visits, key=lambda visit: (visit.date, visit.inspection, visit.authority))
    return Mentions({visit: visits[visit] for visit in order})
