"""A piece as one page to read or print: what was chosen, what is said of each theme and how often,
word for word with pages, and in which inspections. It needs no other file and runs no script.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any

from themegraph.exports.rows import passages_of, source_link, stance_on
from themegraph.exports.tables import about_piece
from themegraph.exports.things import Reading, Things
from themegraph.ids import last_part
from themegraph.marks import ASKED, SHAPES
from themegraph.subgraph.selection import STANCES

if TYPE_CHECKING:
    from themegraph.subgraph.piece import Piece

_OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class _Visit:
    """An inspection as the page shows it."""

    body: str
    day: dt.date | None
    kind: str
    key: str
    source: str
    overall: str
    passages: int


@dataclass(frozen=True, slots=True)
class _Said:
    """A passage under one of its themes."""

    visit: _Visit
    says: str
    text: str
    page: int | None
    source: str


def write_html(piece: Piece, stream: IO[bytes]) -> None:
    """Write the piece as one HTML page."""
    from jinja2 import Environment

    reading = Reading(piece)
    visits: list[_Visit] = []
    by_theme: dict[str, list[_Said]] = {}
    for things in reading.reports():
        for inspection in things.of_kind("Inspection"):
            visit = _visit(reading, things, inspection)
            visits.append(visit)
            for theme, said in _said(reading, things, visit, things.link(inspection, "produced")):
                by_theme.setdefault(theme, []).append(said)
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["day"] = _day
    text = files("themegraph.exports").joinpath("brief.html").read_text(encoding="utf-8")
    themes = [(reading.name(theme), said) for theme, said in by_theme.items() if theme]
    page = environment.from_string(text).render(
        title=_title(piece, reading),
        about=about_piece(reading),
        visits=sorted(visits, key=_place),
        themes=[
            (name, sorted(said, key=lambda one: _place(one.visit))) for name, said in sorted(themes)
        ],
        others=sorted(by_theme.get("", []), key=lambda one: _place(one.visit)),
        counts={name: Counter(one.says for one in said) for name, said in themes},
        stances=STANCES,
        marks={stance: SHAPES.get(stance, ASKED) for stance in STANCES},
    )
    stream.write(page.encode())


def _place(visit: _Visit) -> tuple[str, str, str]:
    return visit.body, str(visit.day or ""), visit.key


def _day(day: dt.date | None) -> str:
    """A day as people write it: "11 March 2019"."""
    return f"{day.day} {day:%B %Y}" if day else "without a date"


def _title(piece: Piece, reading: Reading) -> str:
    """What was chosen, by the names of what is named."""
    words = piece.selection.words()
    meant = piece.meant
    for names, iris in (
        (piece.selection.themes, meant.themes),
        (piece.selection.authorities, meant.authorities),
        (piece.selection.services, meant.services),
        (piece.selection.frameworks, meant.frameworks),
    ):
        for iri in iris:
            if (typed := last_part(iri)) in names:
                words = words.replace(typed, reading.name(iri))
    return words[:1].upper() + words[1:]


def _visit(reading: Reading, things: Things, inspection: str) -> _Visit:
    report = things.link(inspection, "produced")
    grades = [
        reading.name(things.link(judgement, "grade"), things)
        for judgement in things.links(inspection, "hasJudgement")
        if last_part(things.link(judgement, "area")) == _OVERALL
    ]
    return _Visit(
        reading.name(things.link(inspection, "inspects"), things),
        things.one(inspection, "inspectionDate"),
        reading.name(things.link(report, "reportType"), things),
        last_part(report),
        source_link(reading, things, report, None),
        "; ".join(grades),
        len(passages_of(things, report)),
    )


def _said(
    reading: Reading, things: Things, visit: _Visit, report: str
) -> Iterator[tuple[str, _Said]]:
    """What each passage says, with each of its themes; of those, where some were chosen."""
    chosen: Any = reading.piece.meant.themes
    for passage in passages_of(things, report):
        page = things.one(passage, "onPage")
        themes = things.links(passage, "hasTheme")
        for theme in [one for one in themes if not chosen or one in chosen] or [""]:
            says = stance_on(things, passage, theme) or "neutral"
            text = str(things.one(passage, "text"))
            yield theme, _Said(visit, says, text, page, source_link(reading, things, report, page))
