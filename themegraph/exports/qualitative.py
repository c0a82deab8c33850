"""A piece as a project of qualitative research: themes are codes, reports sources, passages coded.

A source's text is made of the passages that are in the piece, each under its heading and its page,
so that the file stands alone; or it is the whole text of the report where that is at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING

from themegraph import __version__
from themegraph.exports.property_graph import STANCE_COLOURS
from themegraph.exports.refi import (
    Code,
    Project,
    Selection,
    TextSource,
    write_codebook,
    write_project,
)
from themegraph.exports.rows import kind_of, passages_of, stance_on, tags_of
from themegraph.exports.tables import about_piece
from themegraph.exports.things import Reading, Things
from themegraph.ids import concept, last_part

if TYPE_CHECKING:
    from themegraph.subgraph.piece import Piece

_STANCES = "stances"
_SERVICES = "services"
_THEME_COLOUR, _SERVICE_COLOUR = "#b4450b", "#1b6e53"


def write_qdc(piece: Piece, stream: IO[bytes]) -> None:
    """Write the themes, stances and service areas of the piece as a REFI-QDA codebook."""
    write_codebook(_project(Reading(piece)), stream)


def write_qdpx(piece: Piece, stream: IO[bytes], texts: Mapping[str, str] | None = None) -> None:
    """Write the piece as a REFI-QDA project. ``texts`` are whole texts of reports, by their keys,
    to which the offsets of the graph refer.
    """
    reading = Reading(piece)
    write_project(_project(reading), _sources(reading, texts or {}), stream)


def _project(reading: Reading) -> Project:
    told = about_piece(reading)
    about = "\n".join(f"{name}: {value}" for name, value in told)
    name = f"themegraph: {reading.piece.selection.words()}"
    return Project(name, about, tuple(_codes(reading)), f"themegraph {__version__}")


def _codes(reading: Reading) -> Iterator[Code]:
    shared = reading.words
    themes = sorted({*shared.of_kind("Theme"), *_used(reading, "hasTheme")})
    groups = {shared.link(theme, "broader") for theme in themes} & set(themes)
    for theme in themes:
        parent = shared.link(theme, "broader")
        parent = parent if parent in groups else ""
        told = _definition(shared, theme)
        is_codable = theme not in groups
        yield Code(theme, reading.name(theme), told, _THEME_COLOUR, parent or None, is_codable)
    stances = concept(_STANCES)
    yield Code(stances, "What is said", "How a passage speaks of its themes.", is_codable=False)
    for stance, colour in STANCE_COLOURS.items():
        yield Code(_stance(stance), stance.capitalize(), "", colour, stances)
    services = concept(_SERVICES)
    areas = sorted({*shared.of_kind("ServiceArea"), *_used(reading, "aboutServiceArea")})
    if areas:
        yield Code(services, "Service areas", "Which part of the service.", is_codable=False)
    for area in areas:
        told = _definition(shared, area)
        yield Code(area, reading.name(area), told, _SERVICE_COLOUR, services)


def _used(reading: Reading, link: str) -> set[str]:
    """What passages are about, also where the piece does not say what it is."""
    return {
        concept
        for things in reading.reports()
        for passage in things.of_kind("Finding", "Recommendation")
        for concept in things.links(passage, link)
    }


def _definition(shared: Things, thing: str) -> str:
    """What a concept means and takes in, as far as the vocabulary says it."""
    told = [str(shared.one(thing, name) or "") for name in ("definition", "scopeNote")]
    return told[1] if told[0] in told[1] else "\n".join(filter(None, told))


def _stance(stance: str) -> str:
    return concept(_STANCES, stance)


def _sources(reading: Reading, texts: Mapping[str, str]) -> Iterator[TextSource]:
    for things in reading.reports():
        for inspection in things.of_kind("Inspection"):
            report = things.link(inspection, "produced")
            if passages := passages_of(things, report):
                text, places = _laid_out(reading, things, report, passages, texts)
                codings = _selections(reading, things, passages, places)
                yield TextSource(
                    report,
                    f"{last_part(report)}",
                    text,
                    things.one(inspection, "inspectionDate"),
                    str(things.one(report, "title") or ""),
                    tuple(codings),
                    tuple(_variables(reading, things, inspection, report)),
                )


def _laid_out(
    reading: Reading,
    things: Things,
    report: str,
    passages: list[str],
    texts: Mapping[str, str],
) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text of a source, and where in it each passage stands."""
    if whole := texts.get(last_part(report)):
        return whole, {
            passage: (things.one(passage, "startOffset"), things.one(passage, "endOffset"))
            for passage in passages
        }
    parts = [f"{things.one(report, 'title')}\n"]
    places = {}
    at = len(parts[0])
    before = ""
    for passage in passages:
        where = reading.pages.where(things.one(passage, "onPage"), last_part(report))
        under = f"{reading.name(things.link(passage, 'inSection'), things)} ({where})"
        head = f"\n{under}\n\n" if under != before else "\n"
        before, text = under, str(things.one(passage, "text"))
        places[passage] = (at + len(head), at + len(head) + len(text))
        parts += [head, text, "\n"]
        at += len(head) + len(text) + 1
    return "".join(parts), places


def _selections(
    reading: Reading, things: Things, passages: list[str], places: dict[str, tuple[int, int]]
) -> Iterator[Selection]:
    tags = tags_of(things)
    for passage in passages:
        themes = things.links(passage, "hasTheme")
        said = {stance_on(things, passage, theme) for theme in themes or [""]} - {None}
        codes = [*themes, *things.links(passage, "aboutServiceArea"), *map(_stance, map(str, said))]
        start, end = places[passage]
        where = reading.pages.where(things.one(passage, "onPage"), passage)
        told = f"{kind_of(things, passage)}, {where}; {passage}"
        note = "\n".join(
            f"{reading.name(theme, things)}: {stance_on(things, passage, theme)}, by the words "
            f"“{things.one(tags.get((passage, theme), ''), 'trigger') or ''}”"
            for theme in themes
        )
        name = str(things.one(passage, "text"))
        yield Selection(passage, name, start, end, tuple(sorted(set(codes))), told, note)


def _variables(
    reading: Reading, things: Things, inspection: str, report: str
) -> Iterator[tuple[str, str]]:
    visit = reading.visit(things, inspection)
    told = (
        ("authority", visit.body),
        ("region", visit.region),
        ("date", visit.day),
        ("framework", visit.framework),
        ("kind", visit.kind),
        ("source", reading.pages.source(None, visit.key)),
    )
    for name, value in told:
        if value:
            yield name, str(value)
    for judgement in things.links(inspection, "hasJudgement"):
        area = reading.name(things.link(judgement, "area"), things)
        yield f"grade: {area}", reading.name(things.link(judgement, "grade"), things)
