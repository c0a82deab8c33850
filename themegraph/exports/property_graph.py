"""A piece as a property graph: nodes and edges with attributes, for graph tools.

Nodes are what nodes.csv names; the rest is told as attributes: of a finding the words and the page,
of the tie between a passage and a theme the stance, the words that earned it and how surely. People
are left out: a network of inspectors is nothing that reports are for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from themegraph.exports.rows import kind_of, stance_on, tags_of
from themegraph.exports.things import Reading, Ref, Things
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
    ("hasTheme", "narrower", "topConceptOf", "hasTopConcept", "inScheme", "type", "dataSet")
)
_PASSAGES = ("Finding", "Recommendation")
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
    then what follows from them. A node comes before the edges of its part, once.
    """
    classes = _classes(reading)
    told: set[str] = set()
    for things in _parts(reading):
        days = _days(things)
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
    for things in _parts(reading):
        for iri in things.said:
            kinds = things.kinds(iri)
            if cls := next((cls for cls in looks() if cls in kinds), None):
                found.setdefault(iri, cls)
    return found


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
        plain = [_plain(reading, things, v) for v in values if not _is_node(v, classes)]
        if name not in _LEFT_OUT and name not in told and plain:
            several = "; ".join(sorted(map(str, plain)))
            told[_RENAMED.get(name, name)] = plain[0] if len(plain) == 1 else several
    if day := days.get(iri):
        told["start"] = day
    return told


def _is_node(value: Any, classes: dict[str, str]) -> bool:
    return isinstance(value, Ref) and value.iri in classes


def _plain(reading: Reading, things: Things, value: Any) -> Value:
    if isinstance(value, Ref):
        return reading.name(value.iri, things)
    return value.isoformat() if isinstance(value, dt.date) else value


def _label(reading: Reading, things: Things, iri: str, cls: str) -> str:
    """What is written beside a node; a passage by what it is of, its number and its first words."""
    if cls in _PASSAGES:
        words = str(things.one(iri, "text") or "")
        return words if len(words) <= 60 else f"{words[:59].rstrip()}…"
    if cls == "Inspection":
        body = reading.name(things.link(iri, "inspects"), things)
        return f"{body} {things.one(iri, 'inspectionDate') or ''}".strip()
    if cls == "Judgement":
        told = (reading.name(things.link(iri, name), things) for name in ("area", "grade"))
        return ": ".join(told)
    if cls == "ThemeAssessment":
        theme = reading.name(things.link(iri, "assessedTheme"), things)
        return f"{theme}: {reading.name(things.link(iri, 'status'), things)}"
    if cls == "FollowUp":
        return reading.name(things.link(iri, "outcome"), things)
    return reading.name(iri, things)


def _days(things: Things) -> dict[str, str]:
    """The day of the inspection that each thing of a report belongs to."""
    days: dict[str, str] = {}
    for inspection in things.of_kind("Inspection"):
        if day := things.one(inspection, "inspectionDate"):
            report = things.link(inspection, "produced")
            own = things.links(inspection, "hasJudgement")
            for name in ("hasFinding", "hasRecommendation"):
                own += things.links(report, name)
            days |= dict.fromkeys((inspection, report, *own), day.isoformat())
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
                    told = {"kind": name, "weight": 1, **_since(days, iri)}
                    yield Edge(iri, value.iri, name, told)


#: Ties of a finding to a theme that its tag tells better.
_STANCES = frozenset(("identifiesStrengthIn", "identifiesWeaknessIn", "isMixedOn", "mentions"))


def _tie(
    things: Things, passage: str, theme: str, tag: str, days: dict[str, str]
) -> dict[str, Value]:
    """What is said of the tie between a passage and a theme."""
    stance = stance_on(things, passage, theme) or "neutral"
    told: dict[str, Value] = {"kind": "hasTheme", "weight": 1, "stance": stance}
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


def _since(days: dict[str, str], iri: str) -> dict[str, Value]:
    return {"start": days[iri]} if iri in days else {}
