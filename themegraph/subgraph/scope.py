"""From what is meant to which inspections and which passages those are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.ontology import vocab
from themegraph.queries.binding import resolve, resolve_region, resolve_themes
from themegraph.subgraph.selection import Selection

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_INSPECTIONS = """SELECT DISTINCT
  ?graph ?inspection ?report ?authority ?kind ?date ?region ?framework
WHERE {
  GRAPH ?graph { ?inspection tg:inspects ?authority ; tg:produced ?report }
  OPTIONAL { ?report tg:reportType ?kind }
  OPTIONAL { ?inspection tg:inspectionDate ?date }
  OPTIONAL { ?authority tg:region ?region }
  OPTIONAL { ?inspection tg:underFramework ?framework }
}"""
_SAYS = {
    "strength": "tg:identifiesStrengthIn",
    "weakness": "tg:identifiesWeaknessIn",
    "mixed": "tg:isMixedOn",
    "neutral": "tg:mentions",
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection as far as choices go by it: the graph that tells of it, the IRIs of itself, its
    report and the bodies inspected, with their regions; ids of its kind and framework, its day.
    """

    graph: str
    inspection: str
    report: str
    authorities: frozenset[str]
    regions: frozenset[str]
    kind: str
    framework: str
    date: str


def resolved(store: Store, selection: Selection) -> Selection:
    """``selection`` with IRIs of what is named, ids of kinds and regions as the graph writes them.

    Raises QueryError for a name that the store does not know.
    """

    def each(kind: str, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(resolve(store, kind, name).value for name in names)

    return replace(
        selection,
        reports=each("report", selection.reports),
        authorities=each("authority", selection.authorities),
        regions=tuple(resolve_region(store, name) for name in selection.regions),
        frameworks=each("framework", selection.frameworks),
        kinds=tuple(ids.last_part(kind) for kind in each("report-type", selection.kinds)),
        themes=tuple(
            theme.value for name in selection.themes for theme in resolve_themes(store, name)
        ),
        services=each("service", selection.services),
    ).sorted()


def inspections(store: Store, selection: Selection) -> list[Inspection]:
    """The inspections that a resolved ``selection`` means, in order of their IRIs."""
    found: dict[str, Inspection] = {}
    for row in store.rows(_INSPECTIONS):
        told = {name: row[name].value if row[name] else "" for name in _COLUMNS}
        before = found.get(told["inspection"])
        found[told["inspection"]] = Inspection(
            told["graph"],
            told["inspection"],
            told["report"],
            frozenset({told["authority"]}) | (before.authorities if before else frozenset()),
            frozenset({told["region"]}) | (before.regions if before else frozenset()),
            ids.last_part(told["kind"]),
            told["framework"],
            told["date"],
        )
    return [found[name] for name in sorted(found) if _is_meant(found[name], selection)]


_COLUMNS = ("graph", "inspection", "report", "authority", "kind", "date", "region", "framework")


def _is_meant(one: Inspection, selection: Selection) -> bool:
    """Whether the choices mean ``one``. One without a date is of no period."""
    kinds = {kind for named in selection.kinds for kind in vocab.kinds_within(named)}
    tests: tuple[tuple[object, Callable[[], bool]], ...] = (
        (selection.reports, lambda: one.report in selection.reports),
        (selection.authorities, lambda: not one.authorities.isdisjoint(selection.authorities)),
        (selection.regions, lambda: not one.regions.isdisjoint(selection.regions)),
        (selection.frameworks, lambda: one.framework in selection.frameworks),
        (selection.kinds, lambda: one.kind in kinds),
        (selection.since, lambda: one.date >= str(selection.since)),
        (selection.until, lambda: "" < one.date <= str(selection.until)),
    )
    return all(holds() for chosen, holds in tests if chosen)


def passages(store: Store, selection: Selection) -> Iterator[tuple[str, str]]:
    """The graph and IRI of each finding and recommendation that the choices of a resolved
    ``selection`` among passages mean, in whatever inspection.
    """
    for pattern in _patterns(selection):
        for row in store.rows(f"SELECT DISTINCT ?graph ?passage WHERE {{ {pattern} }}"):
            yield row["graph"].value, row["passage"].value


def _patterns(selection: Selection) -> Iterator[str]:
    """A pattern for findings and one for recommendations, where both may be meant.

    With a theme its stance is that of a finding on the theme, and without one that of the finding
    as a whole.
    """
    found = [stance for stance in selection.stances if stance != "recommended"]
    about = _among("?passage tg:aboutServiceArea", "service", selection.services)
    themes = _among("?passage tg:hasTheme", "theme", selection.themes)
    if found or not selection.stances:
        says = ""
        if found and selection.themes:
            says = f"VALUES ?says {{ {' '.join(_SAYS[s] for s in found)} }} ?passage ?says ?theme ."
        elif found:
            stances = (ids.concept("stance", stance) for stance in found)
            says = _among("?passage tg:stance", "stance", tuple(stances))
        yield f"GRAPH ?graph {{ {themes} {about} ?report tg:hasFinding ?passage . {says} }}"
    if not selection.stances or "recommended" in selection.stances:
        yield f"GRAPH ?graph {{ {themes} {about} ?report tg:hasRecommendation ?passage }}"


def _among(start: str, variable: str, values: tuple[str, ...]) -> str:
    """A pattern that binds the variable to one of ``values``; nothing where there are none."""
    if not values:
        return ""
    return f"VALUES ?{variable} {{ {' '.join(f'<{v}>' for v in values)} }} {start} ?{variable} ."
