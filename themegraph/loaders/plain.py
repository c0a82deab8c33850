"""Plain text and markdown to blocks, also where HTML and tab-separated cells are mixed in.

Text taken from PDFs elsewhere has no positions left: a blank line may be a paragraph's end or a
page break inside one. What begins in lower case after an unfinished sentence goes on with it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from themegraph.loaders.blocks import Block, BlockKind, Fragment
from themegraph.loaders.geometry import SUPERSCRIPTS
from themegraph.loaders.outline import know_heading

_ATX = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"^(\s*)([-*+•▪■◼◦–]|o(?=\s{2,}))\s+(.*)$")
_NUMBER = re.compile(r"^(\s*)(\d{1,3})[.)]\s+(.*)$")
_RULE = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,})\s*$")
_BOLD_LINE = re.compile(
    r"^(?:\*\*|<b>|<strong>)(?P<text>.+?)(?:\*\*|</b>|</strong>)\s*$", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"^<sup>\s*\d+\s*</sup>\s+\S|^\[\^\d+\]:\s")
_SUP = re.compile(r"<sup>\s*(\d+)\s*</sup>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_AUTO_LINK = re.compile(r"<((?:https?://|mailto:)[^>\s]+)>")
_TAG = re.compile(r"</?(?:b|i|em|strong|u|span|font|p|br|div|sup|sub|a)\b[^>]*>", re.IGNORECASE)
_PARAGRAPH_TAG = re.compile(r"</?p\b[^>]*>|<br\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ENDED = re.compile(r"[.!?:;][’”'\")\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_NESTED = 2
#: A line shorter than this, on its own, may be a heading of a text without markup.
_HEADING_LENGTH = 120


@dataclass
class _Open:
    """The block under way."""

    kind: BlockKind
    texts: list[str]
    marker: str = ""
    number: int | None = None
    level: int = 0
    size: float = 12.0
    bold: bool = False
    cells: tuple[str, ...] = ()


@dataclass
class _Reader:
    blocks: list[Block] = field(default_factory=list)
    open: _Open | None = None
    gap: bool = False
    contents: bool = False

    def line(self, raw: str) -> None:
        text = raw.rstrip()
        if not text.strip() or _RULE.match(text):
            self.gap = True
            return
        if _is_table(text):
            self._table(text)
        elif not self._marked(text):
            self._plain(text)
        self.gap = False

    def _marked(self, text: str) -> bool:
        """Take a line that opens a block by its markup; False when it has none."""
        atx = _ATX.match(text)
        bold = _BOLD_LINE.match(text.strip())
        bullet, number = _BULLET.match(text), _NUMBER.match(text)
        if atx:
            size = 20.0 - 2.0 * len(atx.group(1))
            self._start(_Open("heading", [clean(atx.group(2))], size=size, bold=True))
        elif bold and "</b>" not in bold.group("text") and "\t" not in text:
            self._start(_Open("heading", [clean(bold.group("text"))], bold=True))
        elif _FOOTNOTE.match(text.strip()):
            self._start(_Open("footnote", [clean(text)], size=10.0))
        elif bullet:
            level = 1 + len(bullet.group(1).expandtabs(4)) // _NESTED
            self._start(
                _Open(
                    "item",
                    [clean(bullet.group(3))],
                    marker="•" if level == 1 else "–",
                    level=min(level, 3),
                )
            )
        elif number:
            shown = f"{number.group(2)}."
            self._start(
                _Open(
                    "item",
                    [clean(number.group(3))],
                    marker=shown,
                    number=int(number.group(2)),
                    level=1,
                )
            )
        else:
            return False
        return True

    def _plain(self, text: str) -> None:
        words = clean(text)
        if not words:
            return
        if self.open is not None and self._goes_on(words):
            self.open.texts.append(words)
            return
        heading = len(words) < _HEADING_LENGTH and know_heading(words) is not None
        self._start(_Open("heading" if heading else "paragraph", [words], bold=heading))

    def _goes_on(self, words: str) -> bool:
        """Whether an unmarked line continues the block under way."""
        assert self.open is not None
        if self.open.kind in ("heading", "footnote", "row"):
            return False
        if words.lower().startswith("(recommendation"):
            return True
        if not self.gap:
            return know_heading(words) is None and len(self.open.texts[-1]) > 60
        return words[:1].islower() and not _ENDED.search(self.open.texts[-1])

    def _table(self, text: str) -> None:
        """A table row of tab-separated cells. A cell of several paragraphs is read as those."""
        cells = [cell for cell in text.split("\t") if cell.strip()]
        pieces = [p for cell in cells for p in _PARAGRAPH_TAG.split(cell) if clean(p)]
        long = any(len(clean(piece)) > 200 for piece in pieces)
        if long:
            for piece in pieces:
                heading = (
                    len(clean(piece)) < _HEADING_LENGTH and know_heading(clean(piece)) is not None
                )
                self._start(
                    _Open("heading" if heading else "paragraph", [clean(piece)], bold=heading)
                )
            return
        words = [clean(cell) for cell in cells]
        title = len(words) == 2 and "<b>" in cells[0].lower() and "<b>" in cells[1].lower()
        if title and self.blocks and not words[1].isdigit():
            self._start(_Open("heading", [words[0]], size=14.0, bold=True))
            self._start(_Open("heading", [words[1]], size=14.0, bold=True))
            return
        bold = "<b>" in text.lower()
        self._start(_Open("row", [" ".join(words)], cells=tuple(words), bold=bold))

    def _start(self, opened: _Open) -> None:
        self.flush()
        self.open = opened

    def flush(self) -> None:
        if self.open is not None and any(self.open.texts):
            o = self.open
            self.blocks.append(
                Block(
                    o.kind,
                    tuple(Fragment(t, 1) for t in o.texts if t),
                    marker=o.marker,
                    number=o.number,
                    level=o.level,
                    cells=o.cells,
                    size=o.size,
                    bold=o.bold,
                )
            )
        self.open = None


def read_blocks(text: str) -> list[Block]:
    """The blocks of plain or marked-up ``text``; all of it is on page 1."""
    reader = _Reader()
    for line in text.replace("\f", "\n\n").splitlines():
        reader.line(line)
    reader.flush()
    body = list(_without_contents(reader.blocks))
    notes = [b for b in body if b.kind == "footnote"]
    return _stitched([b for b in body if b.kind != "footnote"]) + notes


def clean(text: str) -> str:
    """A line's words without markup; footnote marks become raised digits."""
    text = _SUP.sub(lambda m: m.group(1).translate(SUPERSCRIPTS), text)
    text = _AUTO_LINK.sub(r"\1", _LINK.sub(r"\1", text))
    text = html.unescape(_TAG.sub(" ", text))
    text = _EMPHASIS.sub(r"\2", text)
    text = re.sub(r"\s+([⁰¹²³⁴⁵⁶⁷⁸⁹])", r"\1", text)
    return " ".join(text.split())


def _is_table(text: str) -> bool:
    return "\t" in text.strip() or bool(re.search(r"<p>.*</p>", text))


def _without_contents(blocks: list[Block]) -> Iterator[Block]:
    """The blocks without the entries of the table of contents (a title and a page number each)."""
    inside = False
    for block in blocks:
        if block.kind == "heading" and block.text.lower().strip() == "contents":
            inside = True
            continue
        if inside and block.kind == "row" and re.search(r"\d$", block.text):
            continue
        inside = False
        yield block


def _stitched(blocks: list[Block]) -> list[Block]:
    """Blocks in which an item or paragraph cut by a page break is whole again."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        cut = (
            last is not None
            and last.kind in ("item", "paragraph")
            and block.kind == "paragraph"
            and block.text[:1].islower()
            and not _ENDED.search(last.text)
        )
        if cut and last is not None:
            out[-1] = replace(last, fragments=last.fragments + block.fragments)
        else:
            out.append(block)
    return out
