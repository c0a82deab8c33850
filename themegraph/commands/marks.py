"""Shapes, legends and quotations on a terminal; which shape means what is in themegraph.marks.

Shape and letter carry the meaning; colour comes on top, on a terminal and where NO_COLOR is not
set (https://no-color.org).
"""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterable

import click

from themegraph.commands.tables import shorten, width_of_terminal
from themegraph.marks import (
    ASKED,
    SHAPES,
    TOLD,
    UNLIKE,
    cell,
    inspection_head,
    shape_of,
    unlike,
    words_of,
)

__all__ = [
    "ASKED",
    "SHAPES",
    "UNLIKE",
    "cell",
    "coloured",
    "in_lines",
    "inspection_head",
    "legend",
    "quotation",
    "shape_of",
    "unlike",
    "words_of",
]

_TIED = "\u00a0"
# Readable for the colour-blind; the same as on pages.
_COLOURS = {"●": (27, 110, 83), "▲": (180, 69, 11), "◐": (107, 90, 0), "◆": (75, 63, 158)}


def legend(cells: Iterable[str]) -> str:
    """What the shapes in ``cells`` mean."""
    used = set("".join(cells))
    return in_lines(f"{shape} {meaning}" for shape, meaning in TOLD.items() if shape in used)


def in_lines(parts: Iterable[str], indent: str = "") -> str:
    """``parts`` one after the other, none broken, on as many lines as they take."""
    tied = "   ".join(part.replace(" ", _TIED) for part in parts)
    width = width_of_terminal()
    filled = textwrap.fill(tied, width, initial_indent=indent, subsequent_indent=indent)
    return filled.replace(_TIED, " ")


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
