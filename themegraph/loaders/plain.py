"""Plain text and markdown to blocks, also where HTML and tab-separated cells are mixed in.

Text taken from PDFs elsewhere has no positions left: a blank line may be a paragraph's end or a
page break inside one. What begins in lower case after an unfinished sentence goes on with it.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from themegraph.loaders.blocks import Block, BlockKind, Fragment
from themegraph.loaders.geometry import SUPERSCRIPTS
from themegraph.loaders.markers import bullet_glyphs
from themegraph.loaders.outline import know_heading

#: Every bullet glyph but the letter, and the plus sign that markdown allows too.
_GLYPHS = re.escape("".join(g for g, kind in bullet_glyphs().items() if kind != "letter") + "+")
_ATX = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(rf"^(\s*)([{_GLYPHS}]|o(?=\s{{2,}}))\s+(.*)$")
_NUMBER = re.compile(r"^(\s*)(\d{1,3})(?:[.)]\s+|\.(?=[A-Z‘“\"(]))(.*)$")
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
#: A line shorter than this ends its paragraph; a line longer than that was never wrapped.
SHORT_LINE, LONGEST_WRAPPED = 60, 160
#: Letters differ in width: only this much room (characters) shows that a line ended early.
RAGGED = 14
#: An entry of the table of contents is not longer than this (characters).
LONGEST_ENTRY = 110
#: A line shorter than this, on its own, may be a heading of a text without markup.
_HEADING_LENGTH = 120


@dataclass
class _Open:
    """The block under way."""

    kind: BlockKind
    texts: list[str]
    pages: list[int] = field(default_factory=list)
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
    page: int = 1
    width: int = 0
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
            self.open.pages.append(self.page)
            return
        heading = len(words) < _HEADING_LENGTH and know_heading(words) is not None
        self._start(_Open("heading" if heading else "paragraph", [words], bold=heading))

    def _goes_on(self, words: str) -> bool:
        """Whether an unmarked line continues the block under way."""
        assert self.open is not None
        if self.open.kind == "heading":
            return not self.gap and self._completes_heading(words)
        if self.open.kind in ("footnote", "row"):
            return False
        if words.lower().startswith("(recommendation"):
            return True
        if not self.gap:
            last = self.open.texts[-1]
            room = self.width - len(last) > len(words.split()[0]) + RAGGED
            fits = bool(_ENDED.search(last)) and room  # the next word would have stood behind it
            return know_heading(words) is None and len(last) > SHORT_LINE and not fits
        return words[:1].islower() and not _ENDED.search(self.open.texts[-1])

    def _completes_heading(self, words: str) -> bool:
        """Whether a line is the second half of a heading that wrapped."""
        assert self.open is not None
        so_far = self.open.texts[-1]
        whole = know_heading(f"{so_far} {words}")
        wraps = words[:1].islower() or so_far.endswith((" and", " of", ":", " the"))
        return wraps and len(words) < 70 and whole is not None

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
        opened.pages = [self.page for _ in opened.texts]
        self.open = opened

    def flush(self) -> None:
        if self.open is not None and any(self.open.texts):
            o = self.open
            self.blocks.append(
                Block(
                    o.kind,
                    tuple(Fragment(t, page) for t, page in zip(o.texts, o.pages, strict=True) if t),
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
    """The blocks of plain or marked-up ``text``. A form feed ends a page; without one, all of the
    text is on page 1.
    """
    widths = sorted(len(line) for line in text.splitlines() if len(line) < LONGEST_WRAPPED)
    reader = _Reader(width=widths[int(0.98 * len(widths))] if widths else 0)
    for number, page in enumerate(_without_running_lines(text.split("\f")), 1):
        reader.page, reader.gap = number, True
        for line in page:
            reader.line(line)
    reader.flush()
    body = list(_without_contents(reader.blocks))
    notes = [b for b in body if b.kind == "footnote"]
    return _stitched([b for b in body if b.kind != "footnote"]) + notes


def _without_running_lines(pages: list[str]) -> Iterator[list[str]]:
    """The lines of each page without a page number at its head or foot, and without the lines that
    recur there from page to page.
    """
    split = [page.strip("\n").splitlines() for page in pages]
    edges = Counter(_shape(line) for lines in split for line in {*lines[:2], *lines[-2:]})
    recurring = {shape for shape, count in edges.items() if count > max(2, len(split) // 2)}
    for lines in split:
        edge = {0, 1, len(lines) - 2, len(lines) - 1} if len(split) > 1 else set()
        yield [
            line
            for index, line in enumerate(lines)
            if index not in edge or not (line.strip().isdigit() or _shape(line) in recurring)
        ]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "", " ".join(line.split())).lower()


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
    """The blocks without the entries of the table of contents, each a title and a page number (an
    entry may be broken over two lines).
    """
    inside = False
    for block, after in zip_longest(blocks, blocks[1:]):
        if block.kind == "heading" and block.text.lower().strip() == "contents":
            inside = True
            continue
        entry = block.text[-1:].isdigit() and len(block.text) < LONGEST_ENTRY
        broken = after is not None and after.text[-1:].isdigit() and len(block.text) < LONGEST_ENTRY
        inside = inside and (entry or broken)
        if not inside:
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
