"""The shapes that stand for what an inspection says of a theme, and short words for the rest.

Shape and letter carry the meaning; colour comes on top, on a terminal and where NO_COLOR is not
set (https://no-color.org).
"""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from themegraph.commands.tables import shorten, width_of_terminal
from themegraph.ids import last_part
from themegraph.marks import ASKED, MEANINGS, SHAPES, UNLIKE
from themegraph.ontology import vocab

if TYPE_CHECKING:
    from themegraph.queries.matrix import Cell

_TIED = "\u00a0"
_TOLD = {shape: MEANINGS[status] for status, shape in SHAPES.items()} | {
    ASKED: "recommended",
    UNLIKE: "other rules or scope than when it was judged before",
}
#: In the order of a legend: what judges, what asks, what says less.
_MEANINGS = {shape: _TOLD[shape] for shape in "●◐▲◆○◌·▨≠"}
# Readable for the colour-blind; the same as on pages.
_COLOURS = {"●": (27, 110, 83), "▲": (180, 69, 11), "◐": (107, 90, 0), "◆": (75, 63, 158)}


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


def legend(cells: Iterable[str]) -> str:
    """What the shapes in ``cells`` mean."""
    used = set("".join(cells))
    return in_lines(f"{shape} {meaning}" for shape, meaning in _MEANINGS.items() if shape in used)


def in_lines(parts: Iterable[str], indent: str = "") -> str:
    """``parts`` one after the other, none broken, on as many lines as they take."""
    tied = "   ".join(part.replace(" ", _TIED) for part in parts)
    width = width_of_terminal()
    filled = textwrap.fill(tied, width, initial_indent=indent, subsequent_indent=indent)
    return filled.replace(_TIED, " ")


def shape_of(says: str) -> str:
    """The shape of what a passage says: that of a stance, or ◆ for what is asked."""
    return ASKED if says == "recommended" else SHAPES[says]


def quotation(shape: str, words: str, where: str, passage: object, indent: str = "") -> str:
    """A passage word for word, wrapped and indented, with where it stands ("p. 5") and the id of
    its finding.
    """
    body = textwrap.fill(
        " ".join(words.split()),
        width_of_terminal(),
        initial_indent=f"{indent}  {shape} ",
        subsequent_indent=f"{indent}    ",
    )
    return f"{body}\n{indent}    {where}, {shorten(passage)}"


def coloured(text: str, place: str) -> str:
    """``text`` with its shapes in colour where it goes to a terminal that wants it."""
    if place != "-" or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    for shape, colour in _COLOURS.items():
        text = text.replace(shape, click.style(shape, fg=colour))
    return text
