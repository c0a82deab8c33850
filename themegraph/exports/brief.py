"""A piece as one page to read or print: what was chosen, how it was judged, and word for word what
was said, theme by theme. It needs no other file and runs no script.
"""

from __future__ import annotations

from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any

from themegraph.exports.rows import passages_of, source_link, stance_on
from themegraph.exports.tables import about_piece
from themegraph.exports.things import Reading, Things
from themegraph.ids import last_part
from themegraph.marks import SHAPES

if TYPE_CHECKING:
    from themegraph.subgraph.piece import Piece

_OTHER = "Without a theme"


def write_html(piece: Piece, stream: IO[bytes]) -> None:
    """Write the piece as one HTML page."""
    from jinja2 import Environment

    reading = Reading(piece)
    by_theme: dict[str, list[dict[str, Any]]] = {}
    inspections = []
    for things in reading.reports():
        for inspection in things.of_kind("Inspection"):
            inspections.append(_inspection(reading, things, inspection))
            for theme, said in _said(reading, things, inspection):
                by_theme.setdefault(theme, []).append(said)
    text = files("themegraph.exports").joinpath("brief.html").read_text(encoding="utf-8")
    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
    in_order = sorted(by_theme.items(), key=lambda item: (item[0] == _OTHER, item[0]))
    told = page.render(
        selection=piece.selection.words(),
        about=about_piece(reading),
        inspections=sorted(inspections, key=lambda one: (one["body"], str(one["date"]))),
        themes=[
            (theme, sorted(said, key=lambda one: (one["body"], str(one["date"]), one["at"])))
            for theme, said in in_order
        ],
    )
    stream.write(told.encode())


def _inspection(reading: Reading, things: Things, inspection: str) -> dict[str, Any]:
    report = things.link(inspection, "produced")
    grades = [
        (
            reading.name(things.link(judgement, "area"), things),
            reading.name(things.link(judgement, "grade"), things),
            things.one(judgement, "onPage"),
        )
        for judgement in things.links(inspection, "hasJudgement")
    ]
    return {
        "body": reading.name(things.link(inspection, "inspects"), things),
        "date": things.one(inspection, "inspectionDate"),
        "kind": reading.name(things.link(report, "reportType"), things),
        "key": last_part(report),
        "source": source_link(reading, things, report, None),
        "grades": grades,
        "passages": len(passages_of(things, report)),
    }


def _said(reading: Reading, things: Things, inspection: str) -> list[tuple[str, dict[str, Any]]]:
    """What each passage says, with the name of each of its themes."""
    report = things.link(inspection, "produced")
    found = []
    for passage in passages_of(things, report):
        page = things.one(passage, "onPage")
        for theme in things.links(passage, "hasTheme") or [""]:
            says = stance_on(things, passage, theme) or "neutral"
            said = {
                "body": reading.name(things.link(inspection, "inspects"), things),
                "date": things.one(inspection, "inspectionDate"),
                "says": says,
                "mark": SHAPES.get(says, "◆"),
                "text": things.one(passage, "text"),
                "page": page,
                "at": things.one(passage, "startOffset"),
                "key": last_part(report),
                "source": source_link(reading, things, report, page),
            }
            found.append((reading.name(theme, things) if theme else _OTHER, said))
    return found
