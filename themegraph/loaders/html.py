"""HTML to blocks, by the meaning of its elements: headings, paragraphs, lists, table rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.html

from themegraph.loaders.blocks import Block, BlockKind, Fragment
from themegraph.loaders.geometry import SUPERSCRIPTS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = {"h1": 26.0, "h2": 16.0, "h3": 14.0, "h4": 12.0, "h5": 12.0, "h6": 12.0}
_SKIPPED = {"script", "style", "nav", "header", "footer", "noscript", "template", "form", "svg"}
_BLOCKS = {
    "p",
    "li",
    "tr",
    "ul",
    "ol",
    "table",
    "div",
    "section",
    "article",
    "blockquote",
    "dl",
    "dt",
    "dd",
    *_HEADINGS,
}
_NUMBER = re.compile(r"^(\d{1,3})[.)]\s+")


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def walk(self, element: HtmlElement, level: int) -> None:
        loose = [element.text or ""]  # words between the blocks, in no element of their own
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag and tag not in _SKIPPED and tag not in _BLOCKS and not _holds_blocks(child):
                loose.append(_text(child))
            else:
                self._flush(loose)
                self._block(child, tag, level)
            loose.append(child.tail or "")
        self._flush(loose)

    def _flush(self, loose: list[str]) -> None:
        self._add("paragraph", " ".join(" ".join(loose).split()))
        loose.clear()

    def _block(self, child: HtmlElement, tag: str, level: int) -> None:
        if tag in _SKIPPED or not tag:
            return
        if tag in _HEADINGS:
            self._add("heading", _text(child), size=_HEADINGS[tag], bold=True)
        elif tag in ("ul", "ol"):
            self._list(child, level + 1)
        elif tag == "tr":
            self._row(child)
        elif tag in ("p", "dt", "dd") or not _holds_blocks(child):
            self._paragraph(child)
        else:
            self.walk(child, level)

    def _list(self, element: HtmlElement, level: int) -> None:
        number = _whole(element.get("start"), 1)
        for item in element:
            if item.tag != "li":
                if isinstance(item.tag, str) and item.tag not in _SKIPPED:
                    self._block(item, item.tag, level)
                continue
            number = _whole(item.get("value"), number)
            shown = f"{number}." if element.tag == "ol" else ("•" if level == 1 else "–")
            counted = number if element.tag == "ol" else None
            self._add("item", _own_text(item), marker=shown, number=counted, level=level)
            for inner in item:
                if inner.tag in ("ul", "ol"):
                    self._list(inner, level + 1)
            number += 1

    def _row(self, element: HtmlElement) -> None:
        cells = tuple(t for t in (_text(cell) for cell in element if cell.tag in ("td", "th")) if t)
        header = bool(cells) and all(
            cell.tag == "th" for cell in element if cell.tag in ("td", "th")
        )
        kind: BlockKind = "heading" if header and len(cells) > 1 else "row"
        self._add(kind, " ".join(cells), cells=cells)

    def _paragraph(self, element: HtmlElement) -> None:
        text = _text(element)
        match = _NUMBER.match(text)
        if match:
            number = int(match.group(1))
            self._add("item", text[match.end() :], marker=f"{number}.", number=number, level=1)
        else:
            bold = bool(text) and "".join(_text(b) for b in element.iter("b", "strong")).replace(
                " ", ""
            ) == text.replace(" ", "")
            self._add("heading" if bold and len(text) < 120 else "paragraph", text, bold=bold)

    def _add(
        self,
        kind: BlockKind,
        text: str,
        *,
        marker: str = "",
        number: int | None = None,
        level: int = 0,
        size: float = 12.0,
        bold: bool = False,
        cells: tuple[str, ...] = (),
    ) -> None:
        if text:
            self.blocks.append(
                Block(kind, (Fragment(text, 1),), marker, number, level, cells, size, bold)
            )


def read_blocks(text: str) -> list[Block]:
    """The blocks of an HTML page, without its navigation, header and footer; all on page 1."""
    root = lxml.html.document_fromstring(text.encode("utf-8"), parser=_parser())
    for note in root.iter("sup"):
        note.text = (note.text or "").strip().translate(SUPERSCRIPTS)
    mains = root.xpath("//main") or root.xpath("//article[not(ancestor::article)]")
    reader = _Reader()
    for part in mains or root.xpath("//body") or [root]:
        reader.walk(part, 0)
    return reader.blocks


def _holds_blocks(element: HtmlElement) -> bool:
    return any(inner.tag in _BLOCKS for inner in element.iterdescendants())


def _whole(printed: str | None, otherwise: int) -> int:
    """The number of an attribute; browsers pass over one that is none."""
    return int(printed) if printed and printed.isdecimal() else otherwise


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)


def _text(element: HtmlElement) -> str:
    for line_break in element.iter("br"):
        line_break.tail = " " + (line_break.tail or "")
    return " ".join(element.text_content().split())


def _own_text(item: HtmlElement) -> str:
    """The words of a list item without those of lists inside it."""
    pieces = [item.text or ""]
    for child in item:
        if child.tag not in ("ul", "ol") and isinstance(child.tag, str):
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return " ".join(" ".join(pieces).split())
