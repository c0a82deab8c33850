"""The example reports as they are written: a TOML head and a few kinds of lines.

Goes in: the text of a file in ``themegraph/examples/source``. Comes out: a :class:`Document`, whose
blocks say what each paragraph is, and the counts that a reader of the report should find.

A line is a block: ``#`` to ``###`` headings, ``- `` and ``  - `` bullets, ``#. `` numbered
paragraphs (the numbers are given here, so that they never go wrong), ``| a | b |`` table rows, and
``@word`` for what only a layout can draw. ``{findings}`` and ``{recommendations SOURCE}`` behind a
heading say what stands below it. ``^[...]`` is a footnote, ``**...**`` is bold.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

_KIND = re.compile(r"\s*\{(findings|recommendations)(?: ([\w-]+))?\}$")
_NOTE = re.compile(r"\^\[([^\]]+)\]")
_HEADING = re.compile(r"^(#{1,3}) (.*)$")
_OPEN_QUOTE = re.compile(r"(^|[\s(\[])'")


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a source: what it is, its words, and what it counts as (``holds``)."""

    kind: str
    text: str = ""
    level: int = 0
    number: int | None = None
    holds: str = ""
    note: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An example report: its facts (``head``) and its blocks in order."""

    name: str
    head: dict[str, Any]
    blocks: tuple[Block, ...]

    @property
    def layout(self) -> str:
        """The name of the layout that draws it."""
        return str(self.head["layout"])

    def words(self, key: str) -> str:
        """A value of the head, with typographic quotation marks."""
        return curl(str(self.head[key]))


def curl(text: str) -> str:
    """``text`` with the quotation marks that a printed report has."""
    return _OPEN_QUOTE.sub("\\1‘", text).replace("'", "’")


def read_document(path: Path) -> Document:
    """The document written in ``path``; raises ``ValueError`` when it has no TOML head."""
    parts = path.read_text(encoding="utf-8").split("+++\n", 2)
    if len(parts) != 3 or parts[0]:
        raise ValueError(f"{path.name}: expected a TOML head between two +++ lines")
    return Document(path.stem, tomllib.loads(parts[1]), parse_blocks(parts[2]))


def parse_blocks(body: str) -> tuple[Block, ...]:
    """The blocks of a source's body; numbered paragraphs count on through the whole of it."""
    blocks: list[Block] = []
    holds = ""
    number = 0
    for line in body.splitlines():
        if not line.strip():
            continue
        block = _block(line)
        if block.kind in ("heading", "section", "box", "chapter", "practice", "outcome"):
            holds = block.holds
        elif block.kind.startswith("end"):
            holds = ""
        elif block.kind == "number":
            number += 1
            block = replace(block, number=number)
        blocks.append(replace(block, holds=holds))
    return tuple(blocks)


def _block(line: str) -> Block:
    kind = _KIND.search(line)
    holds = " ".join(part for part in kind.groups() if part) if kind else ""
    line = line[: kind.start()] if kind else line
    note = _NOTE.search(line)
    shown = curl(_NOTE.sub("", line))
    made = _marked(shown)
    return replace(made, holds=holds, note=curl(note.group(1)) if note else "")


def _marked(line: str) -> Block:
    heading = _HEADING.match(line)
    if heading:
        return Block("heading", heading.group(2).strip(), level=len(heading.group(1)))
    if line.startswith("#. "):
        return Block("number", line[3:])
    if line.startswith("  - "):
        return Block("bullet", line[4:], level=2)
    if line.startswith("- "):
        return Block("bullet", line[2:], level=1)
    if line.startswith("| "):
        cells = tuple(cell.strip() for cell in line.strip("| ").split(" | "))
        return Block("row", cells=cells)
    if line.startswith("@"):
        word, _, rest = line[1:].partition(" ")
        return Block(word, rest.strip())
    return Block("paragraph", line)


def count_items(document: Document, what: str) -> int:
    """How many findings, or recommendations, the report has; sub-bullets belong to their bullet."""
    items = (b for b in document.blocks if b.kind in ("number", "bullet", "paragraph"))
    return sum(b.holds.startswith(what) and b.level < 2 for b in items)


def expected(document: Document) -> dict[str, Any]:
    """What a reader should find in the report that is made from ``document``."""
    head = document.head
    people = head.get("inspectors", [])
    return {
        "report_type": head["report_type"],
        "authority": head["authority"],
        "inspection_start": head["inspection_start"],
        "inspection_end": head["inspection_end"],
        "published": head["published"],
        "published_source": head["published_source"],
        "judgements": dict(head["judgements"]),
        "recommendations": count_items(document, "recommendations"),
        "findings": count_items(document, "findings"),
        "inspectors": [{"name": p["name"], "role": p["role"]} for p in people],
    }
