"""A piece as a property graph: nodes and edges with attributes, for graph tools.

Nodes are what nodes.csv names; the rest is told as attributes: of a finding the words and the page,
of the tie between a passage and a theme the stance, the words that earned it and how surely. People
are left out: a network of inspectors is nothing that reports are for.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from themegraph import ids
from themegraph.exports.rows import kind_of, stance_on, tags_of
from themegraph.exports.things import Reading, Ref, Things, Visit
from themegraph.ids import last_part
from themegraph.ontology.rows import parse_rows

#: A colour for each stance, readable for the colour-blind (after Okabe & Ito 2008).
STANCE_COLOURS = {
    "strength": "#1b6e53",
    "weakness": "#b4450b",
    "mixed": "#6b5a00",
    "neutral": "#5b6470",
    "recommended": "#8a2b5d",
}
#: Ties that say again what another says better, or lead to what is no node.
_LEFT_OUT = frozenset(
    {
        "dataSet",
        "hasTheme",
        "hasTopConcept",
        "inScheme",
        "narrower",
        "prefLabel",
        "statisticalNeighbour",
        "topConceptOf",
        "type",
    }
)
_PASSAGES = ("Finding", "Recommendation")
#: Letters of a passage that are its label.
_LONGEST_LABEL = 60
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: Attributes with names of their own in graph formats.
_RENAMED = {"label": "name", "start": "starts", "end": "ends", "kind": "form", "weight": "mass"}

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Look:
    """A kind of node: its name, and how it is drawn."""

    kind: str
    colour: str
    size: int


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: its IRI, its kind (a class of nodes.csv) and its attributes."""

    iri: str
    cls: str
    attributes: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two things (IRIs): the property it comes from, and its attributes."""

    source: str
    target: str
    link: str
    attributes: dict[str, Value]


@cache
def looks() -> dict[str, Look]:
    """The kinds of nodes by the local names of their classes, as nodes.csv has them."""
    text = files("themegraph.exports").joinpath("nodes.csv").read_text(encoding="utf-8")
    rows = parse_rows(text, "nodes.csv", ("class", "kind", "colour", "size", "why"))
    return {row["class"]: Look(row["kind"], row["colour"], int(row["size"])) for row in rows}


def nodes_and_edges(reading: Reading) -> Iterator[Node | Edge]:
    """The nodes and edges of a piece: those of concepts and bodies first, then report by report,
    then what follows from them. A node comes before the edges of its part, once; a body that was
    not inspected is none.
    """
    classes = _classes(reading)
    told: set[str] = set()
    for things in _parts(reading):
        days = _days(reading, things)
        for iri in sorted(things.said):
            if iri in classes and iri not in told:
                told.add(iri)
                yield Node(iri, classes[iri], _attributes(reading, things, iri, classes, days))
        yield from _edges(things, classes, days)


def _parts(reading: Reading) -> Iterator[Things]:
    yield reading.shared
    yield from reading.reports()
    yield from reading.conclusions()


def _classes(reading: Reading) -> dict[str, str]:
    """The class of each node, the first in the order of nodes.csv where it has several."""
    found: dict[str, str] = {}
    inspected: set[str] = set()
    for things in _parts(reading):
        for iri in things.said:
            kinds = things.kinds(iri)
            inspected.update(things.links(iri, "inspects"))
            if cls := next((cls for cls in looks() if cls in kinds), None):
                found.setdefault(iri, cls)
    return {iri: c for iri, c in found.items() if c != "Authority" or iri in inspected}


def _attributes(
    reading: Reading, things: Things, iri: str, classes: dict[str, str], days: dict[str, str]
) -> dict[str, Value]:
    """What is said of a thing, but for its ties to other nodes."""
    look = looks()[classes[iri]]
    told: dict[str, Value] = {
        "label": _label(reading, things, iri, classes[iri]),
        "kind": look.kind,
        "iri": iri,
    }
    if classes[iri] in _PASSAGES:
        told["stance"] = stance_on(things, iri, "") or "neutral"
    for name, values in sorted(things.said[iri].items()):
        plain = [_plain(reading, v) for v in values if _is_plain(v, classes)]
        if name not in _LEFT_OUT and name not in told and plain:
            several = "; ".join(sorted(map(str, plain)))
            told[_RENAMED.get(name, name)] = plain[0] if len(plain) == 1 else several
    if day := days.get(iri):
        told["start"] = day
    return told


def _is_node(value: Any, classes: dict[str, str]) -> bool:
    return isinstance(value, Ref) and value.iri in classes


def _is_plain(value: Any, classes: dict[str, str]) -> bool:
    """Whether a value says something by itself: it is none of a node, and names nothing that has no
    name, such as a sentence.
    """
    return not isinstance(value, Ref) or (
        value.iri not in classes and value.iri.startswith(ids.VOCAB)
    )


def _plain(reading: Reading, value: Any) -> Value:
    if isinstance(value, Ref):
        return reading.name(value.iri)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _label(reading: Reading, things: Things, iri: str, cls: str) -> str:
    """What is written beside a node, so that no two that differ are called the same."""
    if cls in _PASSAGES:
        words = str(things.one(iri, "text") or "")
        return words if len(words) <= _LONGEST_LABEL else f"{words[: _LONGEST_LABEL - 1].rstrip()}…"
    if cls == "Inspection":
        return _called(reading.visit(things, iri))
    if cls == "Report":
        return f"{reading.name(iri, things)} ({last_part(iri)})"
    if cls == "Judgement":
        told = (reading.name(things.link(iri, name), things) for name in ("area", "grade"))
        return ": ".join(told)
    if cls == "ThemeAssessment":
        visit = reading.visits.get(things.link(iri, "assessmentOf"))
        theme = reading.name(things.link(iri, "assessedTheme"))
        return f"{_called(visit)}: {theme}, {last_part(things.link(iri, 'status'))}"
    if cls == "FollowUp":
        asked = reading.asked.get(things.link(iri, "followsUp"))
        visit = reading.visits.get(asked.inspection) if asked else None
        number = f" {asked.number}" if asked and asked.number is not None else ""
        outcome = reading.name(things.link(iri, "outcome"))
        return f"{_called(visit)}: recommendation{number}, {outcome[:1].lower()}{outcome[1:]}"
    return reading.name(iri, things)


def _called(visit: Visit | None) -> str:
    """An inspection by its body and its day."""
    return f"{visit.body} {visit.day or ''}".strip() if visit else ""


def _days(reading: Reading, things: Things) -> dict[str, str]:
    """The day of the inspection that each thing of a part belongs to."""
    days: dict[str, str] = {}
    for inspection in things.of_kind("Inspection"):
        if day := things.one(inspection, "inspectionDate"):
            report = things.link(inspection, "produced")
            own = things.links(inspection, "hasJudgement")
            for name in ("hasFinding", "hasRecommendation"):
                own += things.links(report, name)
            days |= dict.fromkeys((inspection, report, *own), day.isoformat())
    for one in things.of_kind("ThemeAssessment"):
        visit = reading.visits.get(things.link(one, "assessmentOf"))
        if visit and visit.day:
            days[one] = visit.day.isoformat()
    for one in things.of_kind("FollowUp"):
        asked = reading.asked.get(things.link(one, "followsUp"))
        visit = reading.visits.get(asked.inspection) if asked else None
        if visit and visit.day:
            days[one] = visit.day.isoformat()
    return days


def _edges(things: Things, classes: dict[str, str], days: dict[str, str]) -> Iterator[Edge]:
    tags = tags_of(things)
    for iri in sorted(things.said):
        if iri not in classes:
            continue
        is_passage = classes[iri] in _PASSAGES
        for theme in things.links(iri, "hasTheme") if is_passage else ():
            if theme in classes:
                told = _tie(things, iri, theme, tags.get((iri, theme), ""), days)
                yield Edge(iri, theme, "hasTheme", told)
        for name, values in sorted(things.said[iri].items()):
            if name in _LEFT_OUT or (is_passage and name in _STANCES):
                continue
            for value in values:
                if _is_node(value, classes):
                    told = {"label": words_of(name), "kind": name, "weight": 1}
                    told |= _since(days, iri)
                    yield Edge(iri, value.iri, name, told)


#: Ties of a finding to a theme that its tag tells better.
_STANCES = frozenset(("identifiesStrengthIn", "identifiesWeaknessIn", "isMixedOn", "mentions"))


def _tie(
    things: Things, passage: str, theme: str, tag: str, days: dict[str, str]
) -> dict[str, Value]:
    """What is said of the tie between a passage and a theme."""
    stance = stance_on(things, passage, theme) or "neutral"
    told: dict[str, Value] = {"label": stance, "kind": "hasTheme", "weight": 1, "stance": stance}
    for name, value in (
        ("words", things.one(tag, "trigger")),
        ("page", things.one(tag, "triggerPage") or things.one(passage, "onPage")),
        ("score", things.one(tag, "score")),
        ("quotation", things.one(passage, "text")),
        ("passage_kind", kind_of(things, passage)),
        ("method", last_part(things.link(tag, "assignedBy"))),
    ):
        if value not in (None, ""):
            told[name] = value
    return told | _since(days, passage)


def words_of(link: str) -> str:
    """The name of a property as words.

    >>> words_of("wasDerivedFrom")
    'was derived from'
    """
    return _CAPITAL.sub(" ", link).lower()


def _since(days: dict[str, str], iri: str) -> dict[str, Value]:
    return {"start": days[iri]} if iri in days else {}
