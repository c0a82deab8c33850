"""PDF bytes to pages of lines with position, size and weight, through PDFium.

The only module that knows the PDF library. Facts it relies on, checked against PDFium's own
documentation: text indices and character indices of a text page run in step; a line-end hyphen is
reported as U+0002 or U+FFFE with no line break after it; the origin of a character is its baseline.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from themegraph.errors import UnreadableSourceError
from themegraph.loaders.geometry import SUPERSCRIPTS, Line, Page, Word
from themegraph.loaders.order import in_reading_order

#: Pages beyond this are not an inspection report (the longest seen has 51).
MAX_PAGES = 400
#: A document with fewer letters than this in all is a scan.
MIN_LETTERS = 200
#: A font size below this is not what the reader sees (points).
SMALLEST_PRINT = 4.0

_LINE_HYPHENS = "\x02\ufffe"
_TOKEN = re.compile(rf"[^\s{_LINE_HYPHENS}]+[{_LINE_HYPHENS}]?|[{_LINE_HYPHENS}]")
_MARK_AT_END = re.compile(r"\D(\d{1,2})$")
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold", re.IGNORECASE)
_FORCE_BOLD = 1 << 18


def read_pages(data: bytes, name: str) -> list[Page]:
    """Every page of the PDF ``data``; ``name`` is used in messages only.

    Raises UnreadableSourceError for a damaged, encrypted, oversized or text-free file.
    """
    document = _open(data, name)
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableSourceError(
                f"{name}: {len(document)} pages; an inspection report has fewer than {MAX_PAGES}. "
                "Split the file, or check that it is a report."
            )
        pages = [_read_page(document, index) for index in range(len(document))]
    finally:
        document.close()
    letters = sum(len(w.text) for page in pages for line in page.lines for w in line.words)
    if letters < MIN_LETTERS:
        raise UnreadableSourceError(
            f"{name}: has no text layer (a scan or an image). Run it through OCR first."
        )
    return pages


def page_texts(data: bytes, name: str) -> list[str]:
    """The plain text of each page, as PDFium orders it: an independent reading for checks."""
    document = _open(data, name)
    try:
        texts = []
        for index in range(len(document)):
            page = document[index]
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range())
            text_page.close()
            page.close()
        return texts
    finally:
        document.close()


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            reason = "is encrypted. Remove its password and load it again."
        else:
            reason = "is damaged or cut short. Download it again."
        raise UnreadableSourceError(f"{name}: the PDF {reason}") from error


def _read_page(document: pdfium.PdfDocument, index: int) -> Page:
    page = document[index]
    text_page = page.get_textpage()
    try:
        words = _Words(text_page).read()
        lines = in_reading_order(_lines(words, index + 1))
        return Page(index + 1, page.get_width(), page.get_height(), lines)
    finally:
        text_page.close()
        page.close()


class _Words:
    """Reads the words of one text page; holds the C buffers so that they are made once."""

    def __init__(self, text_page: pdfium.PdfTextPage) -> None:
        self.page = text_page.raw
        self.count = text_page.count_chars()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.left, self.right = ctypes.c_double(), ctypes.c_double()
        self.bottom, self.top = ctypes.c_double(), ctypes.c_double()
        self.font = ctypes.create_string_buffer(128)
        self.flags = ctypes.c_int()
        self.matrix = raw.FS_MATRIX()

    def read(self) -> list[Word]:
        text = self._text()
        return [word for m in _TOKEN.finditer(text) for word in self._word(m.group(), m.start())]

    def _text(self) -> str:
        """One character for each character index, so that a match's offset is an index."""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        written = raw.FPDFText_GetText(self.page, 0, self.count, buffer)
        if written == self.count + 1:
            text = bytes(buffer)[: 2 * self.count].decode("utf-16-le", "replace")
            if len(text) == self.count:
                return text.replace("\0", " ")
        # Characters beyond the basic plane put text and indices out of step: ask one by one.
        units = (raw.FPDFText_GetUnicode(self.page, i) for i in range(self.count))
        return "".join(
            " " if unit == 0 or 0xD800 <= unit < 0xE000 or unit > 0x10FFFF else chr(unit)
            for unit in units
        )

    def _word(self, token: str, start: int) -> Iterator[Word]:
        hyphen = token[-1] in _LINE_HYPHENS
        text = token[:-1] + "-" if hyphen else token
        size, bold = self._style(start)
        mark = _MARK_AT_END.search(text)
        if mark and self._raised(start, start + mark.start(1), size):
            cut = start + mark.start(1)
            yield self._make(text[: mark.start(1)], start, cut - 1, size, bold)
            small = raw.FPDFText_GetFontSize(self.page, cut)
            raised = mark.group(1).translate(SUPERSCRIPTS)
            yield self._make(raised, cut, start + len(token) - 1, small, bold, glued=True)
            return
        yield self._make(text, start, start + len(token) - 1, size, bold, hyphen=hyphen)

    def _raised(self, first: int, digit: int, size: float) -> bool:
        """Whether the character at ``digit`` is small and above the baseline of ``first``."""
        if raw.FPDFText_GetFontSize(self.page, digit) >= 0.8 * size:
            return False
        raw.FPDFText_GetCharOrigin(self.page, first, ctypes.byref(self.x), ctypes.byref(self.y))
        base = self.y.value
        raw.FPDFText_GetCharOrigin(self.page, digit, ctypes.byref(self.x), ctypes.byref(self.y))
        return bool(self.y.value - base > 0.1 * size)

    def _style(self, index: int) -> tuple[float, bool]:
        size = round(raw.FPDFText_GetFontSize(self.page, index), 1)
        if size < SMALLEST_PRINT:  # the size is in the text matrix, not in the font
            raw.FPDFText_GetMatrix(self.page, index, ctypes.byref(self.matrix))
            size = round(size * math.hypot(self.matrix.c, self.matrix.d), 1)
        raw.FPDFText_GetFontInfo(self.page, index, self.font, 128, ctypes.byref(self.flags))
        name = self.font.value.decode("utf-8", "replace")
        bold = bool(_BOLD_NAME.search(name)) or bool(self.flags.value & _FORCE_BOLD)
        return size, bold or raw.FPDFText_GetFontWeight(self.page, index) >= 600

    def _make(
        self,
        text: str,
        first: int,
        last: int,
        size: float,
        bold: bool,
        *,
        hyphen: bool = False,
        glued: bool = False,
    ) -> Word:
        raw.FPDFText_GetCharOrigin(self.page, first, ctypes.byref(self.x), ctypes.byref(self.y))
        raw.FPDFText_GetCharBox(
            self.page,
            last,
            ctypes.byref(self.left),
            ctypes.byref(self.right),
            ctypes.byref(self.bottom),
            ctypes.byref(self.top),
        )
        x0 = self.x.value
        right = max(self.right.value, x0)
        return Word(text, x0, right, self.y.value, size, bold, hyphen, glued, glued)


def _lines(words: list[Word], page: int) -> Iterator[Line]:
    """Words grouped by baseline; a raised mark stays on the line it marks."""
    current: list[Word] = []
    for word in words:
        if current and not _same_line(current, word):
            yield _line(page, current)
            current = []
        current.append(word)
    if current:
        yield _line(page, current)


def _same_line(current: list[Word], word: Word) -> bool:
    before = current[-1]
    if word.y == before.y and word.size == before.size and word.x0 >= before.x1:
        return not before.hyphen
    size = max(w.size for w in current)
    reach = 0.35 * max(size, word.size)
    if _is_mark(word, size) or _is_mark(before, word.size):
        reach = 0.6 * max(size, word.size)
    base = next((w.y for w in current if w.size == size), before.y)
    return (
        abs(word.y - base) <= reach and word.x0 >= before.x1 - 0.5 * word.size and not before.hyphen
    )


def _is_mark(word: Word, size: float) -> bool:
    return word.superscript or (
        word.text.isdigit() and len(word.text) < 3 and word.size < 0.8 * size
    )


def _line(page: int, words: list[Word]) -> Line:
    """A line whose small raised digits are written as superscripts."""
    size = max(w.size for w in words)
    base = min((w.y for w in words if w.size == size), default=words[0].y)
    made = tuple(
        replace(w, text=w.text.translate(SUPERSCRIPTS), superscript=True)
        if not w.superscript and _is_mark(w, size) and w.y - base > 0.1 * size
        else w
        for w in words
    )
    return Line(page, made)
