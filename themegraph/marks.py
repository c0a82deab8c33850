"""The shapes that stand for what an inspection says of a theme, and short words for the rest: the
same on pages, on a terminal and in a notebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themegraph.ids import last_part
from themegraph.ontology import vocab

if TYPE_CHECKING:
    from themegraph.queries.matrix import Cell

SHAPES = {
    "strength": "●",
    "mixed": "◐",
    "weakness": "▲",
    "mentioned": "○",
    "neutral": "○",
    "theme-spoken-of": "◌",
    "nothing-said": "·",
    "not-looked-at": "▨",
}
MEANINGS = {
    "strength": "strength",
    "mixed": "mixed",
    "weakness": "weakness",
    "mentioned": "described, not judged",
    "neutral": "described, not judged",
    "theme-spoken-of": "speaks of the theme, of nothing near enough to what was asked",
    "nothing-said": "looked at, nothing said",
    "not-looked-at": "not looked at",
}
ASKED = "◆"
UNLIKE = "≠"
_WORDS = {shape: MEANINGS[status] for status, shape in SHAPES.items()} | {
    ASKED: "recommended",
    UNLIKE: "other rules or scope than when it was judged before",
}
#: What each shape means, in the order of a legend: what judges, what asks, what says less.
TOLD = {shape: _WORDS[shape] for shape in "●◐▲◆○◌·▨≠"}


def words_of(iri: object) -> str:
    """The id of a concept in words: "not looked at"."""
    return last_part(iri).replace("-", " ")


def unlike(comparability: object) -> list[str]:
    """What two inspections differ in, in words; nothing where they are like with like."""
    return [] if last_part(comparability) in ("", "like-with-like") else [words_of(comparability)]


def inspection_head(date: object, report_type: object) -> str:
    """When it was and of what kind, for a narrow column: "2017 SIF"."""
    return f"{str(date or '?')[:4]} {vocab.short_name(last_part(report_type))}"


def cell(said: Cell) -> str:
    """What an inspection says of a theme: its shape, how many findings say so, ◆ where it was asked
    for.
    """
    return f"{SHAPES[said.status]}{said.number or ''}{ASKED if said.is_asked else ''}"


def shape_of(says: str) -> str:
    """The shape of what a passage says: that of a stance, or ◆ for what is asked."""
    return ASKED if says == "recommended" else SHAPES[says]
