"""What a page carries besides the report's own words: running headers and footers, page numbers,
the letterhead, and footnotes. Told apart by where it stands, how large it is and whether it recurs.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from themegraph.loaders.geometry import Line, Page

#: The top and bottom margins, as shares of the page's height, that running lines stand in.
FOOT, HEAD = 0.085, 0.925
#: A letterhead stands in the upper part of a letter's first page, in type smaller than the text.
LETTERHEAD, SMALL = 0.7, 0.85

_PAGE_NUMBER = re.compile(r"^(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?$", re.IGNORECASE)
_DIGITS = re.compile(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_FOOTNOTE_START = re.compile(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?=\s|\S)")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Pages with only the report's words, the size of most of them, and what was taken off."""

    pages: tuple[Page, ...]
    size: float
    footnotes: tuple[Line, ...]
    running: tuple[Line, ...]


def body_size(pages: list[Page]) -> float:
    """The size that most letters of the document have."""
    weights: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            weights[line.size] += len(line.text)
    return max(weights, key=lambda size: (weights[size], size)) if weights else 12.0


def strip_furniture(pages: list[Page]) -> Cleaned:
    """The pages without running lines, letterhead and footnotes (kept aside, in page order)."""
    size = body_size(pages)
    recurring = _recurring(pages)
    kept_pages: list[Page] = []
    footnotes: list[Line] = []
    running: list[Line] = []
    for page in pages:
        top = _top_of_text(page, size)
        off = {id(line) for line in page.lines if _is_running(line, page, size, recurring, top)}
        body = [line for line in page.lines if id(line) not in off]
        notes = _footnotes(body, size)
        note_ids = {id(line) for line in notes}
        running += [line for line in page.lines if id(line) in off]
        footnotes += notes
        kept = tuple(line for line in body if id(line) not in note_ids)
        kept_pages.append(replace(page, lines=kept))
    return Cleaned(tuple(kept_pages), size, tuple(footnotes), tuple(running))


def _margin(line: Line, page: Page) -> bool:
    return line.y < FOOT * page.height or line.y > HEAD * page.height


def _shape(line: Line) -> str:
    """A running line's words without its digits: the page number changes, the rest does not."""
    return " ".join(_DIGITS.sub(" ", line.text).split()).lower()


def _recurring(pages: list[Page]) -> set[str]:
    """Shapes that stand in the margin of at least three pages, or of half of a shorter report."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in page.lines if _margin(line, page)})
    least = max(2, min(3, len(pages) // 2))
    return {shape for shape, count in seen.items() if count >= least and shape}


def _top_of_text(page: Page, size: float) -> float:
    """The baseline of the highest line in the size of the text or larger."""
    return max((line.y for line in page.lines if line.size > SMALL * size), default=page.height)


def _is_running(line: Line, page: Page, size: float, recurring: set[str], top: float) -> bool:
    if all(word.superscript for word in line.words):
        return True  # a footnote mark alone on its line
    if line.text == str(page.number) and line.y < 2 * FOOT * page.height:
        return True
    if _margin(line, page):
        if _PAGE_NUMBER.match(line.text) or _shape(line) in recurring:
            return True
        if line.size <= 0.75 * size and line.y < FOOT * page.height:
            return not line.words[0].superscript
    above = page.number == 1 and line.y > max(LETTERHEAD * page.height, top)
    return above and line.size <= SMALL * size


def _footnotes(lines: list[Line], size: float) -> list[Line]:
    """The small lines at the foot of a page, from the first that opens with a raised number.

    Small print that has full-size text below it (the closing page) is not a footnote.
    """
    floor = min((line.y for line in lines if line.size > 0.9 * size), default=None)
    if floor is None:
        return []
    small = [line for line in lines if line.size <= 0.9 * size and line.y < floor]
    small.sort(key=lambda line: -line.y)
    for index, line in enumerate(small):
        if line.words[0].superscript or _FOOTNOTE_START.match(line.text):
            return small[index:]
    return []
