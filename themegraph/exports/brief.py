"""A piece as one page to read or print: what was chosen, what is said of each theme and how often,
word for word with pages, and in which inspections. It needs no other file and runs no script.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import IO, TYPE_CHECKING

from themegraph.exports.rows import passages_of, stance_on, themes_of
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
    """A passage: what it says as a whole, and of each of the themes that it is shown for."""

    visit: _Visit
    says: str
    themes: tuple[tuple[str, str], ...]
    text: str
    where: str
    source: str


def write_html(piece: Piece, stream: IO[bytes]) -> None:
    """Write the piece as one HTML page."""
    from jinja2 import Environment

    reading = Reading(piece)
    visits: list[tuple[_Visit, list[_Said]]] = []
    for things in reading.reports():
        for inspection in things.of_kind("Inspection"):
            visit = _visit(reading, things, inspection)
            report = things.link(inspection, "produced")
            visits.append((visit, list(_said(reading, things, visit, report))))
    visits.sort(key=lambda pair: _place(pair[0]))
    by_theme: dict[str, list[tuple[str, _Said]]] = {}
    for _, passages in visits:
        for said in passages:
            for theme, says in said.themes:
                by_theme.setdefault(theme, []).append((says, said))
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["day"] = _day
    text = files("themegraph.exports").joinpath("brief.html").read_text(encoding="utf-8")
    page = environment.from_string(text).render(
        title=_title(piece, reading),
        about=about_piece(reading),
        visits=visits,
        themes=sorted(by_theme.items()),
        is_by_theme=bool(piece.meant.themes),
        counts={theme: Counter(says for says, _ in said) for theme, said in by_theme.items()},
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
    visit = reading.visit(things, inspection)
    return _Visit(
        visit.body,
        visit.day,
        visit.kind,
        visit.key,
        reading.pages.source(None, visit.key),
        "; ".join(grades),
        len(passages_of(things, report)),
    )


def _said(reading: Reading, things: Things, visit: _Visit, report: str) -> Iterator[_Said]:
    """What each passage of a report says; of its themes those that were chosen, if any were."""
    for passage in passages_of(things, report):
        page = things.one(passage, "onPage")
        themes = [theme for theme in themes_of(reading, things, passage) if theme]
        told = ((reading.name(one), stance_on(things, passage, one) or "neutral") for one in themes)
        yield _Said(
            visit,
            stance_on(things, passage, "") or "neutral",
            tuple(sorted(told)),
            str(things.one(passage, "text")),
            reading.pages.where(page, last_part(report)),
            reading.pages.source(page, last_part(report)),
        )
