"""Drawing pages with reportlab, the same bytes every time.

Goes in: sheets of placed rows and what runs at the head and foot of each page. Comes out: a PDF.
Words are drawn in the order in which real reports hold them: running lines first, then the body,
then footnotes, and last what a letter's template put behind the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

from examples_typeset import BOLD, PLAIN, Piece, Row, Sheet, Style, note_rows, width_of
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
MARK = "Fictional example"


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a page carries besides the report: ``rule`` above the foot, running words, its number.

    ``running`` are the small lines at the left of the foot; ``number_size`` is 0 for no number.
    ``first`` says whether page 1 has them too. ``behind`` is drawn after the body of page 1.
    """

    rule: bool = True
    running: tuple[str, ...] = ()
    running_font: str = BOLD
    number_size: float = 18.0
    first: bool = True
    behind: tuple[Piece, ...] = ()


def draw(sheets: Sequence[Sheet], furniture: Furniture, title: str) -> bytes:
    """The PDF file of ``sheets``."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=0, lang="en-GB")
    canvas.setTitle(title)
    canvas.setAuthor("themegraph examples")
    canvas.setSubject("Fictional example")
    for number, sheet in enumerate(sheets, 1):
        _draw_page(canvas, sheet, furniture, number)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_page(canvas: Canvas, sheet: Sheet, furniture: Furniture, number: int) -> None:
    shown = number > 1 or furniture.first
    _rules(canvas, sheet, furniture.rule and shown)
    text = Text(canvas)
    _mark(text)
    if shown:
        _foot(text, furniture, number)
    for top, row in sheet.placed:
        text.row(top, row)
    top = _notes_top(sheet)
    for index, words in sheet.notes:
        for row in note_rows(index, words, Style()):
            text.row(top, row)
            top -= row.height
        top -= 3.0
    if number == 1:
        text.row(HEIGHT, Row(0.0, furniture.behind))
    text.done()


class Text:
    """One text object for a page; fonts are set only when they change, which keeps files small."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.object = canvas.beginText()
        self.font: tuple[str, float] | None = None

    def row(self, top: float, row: Row) -> None:
        """The pieces of ``row``, its top standing at ``top``."""
        for piece in row.pieces:
            self.put(piece.x, top - piece.drop, piece.font, piece.size, piece.text)

    def put(self, x: float, y: float, font: str, size: float, text: str) -> None:
        """Words at a point of the page."""
        if self.font != (font, size):
            self.object.setFont(font, size)
            self.font = (font, size)
        self.object.setTextOrigin(round(x, 2), round(y, 2))
        self.object.textOut(text)

    def done(self) -> None:
        """Puts the text on the page."""
        self.canvas.drawText(self.object)


def _mark(text: Text) -> None:
    """The words that stand where a real report has its logo."""
    text.put(WIDTH - 70 - width_of(MARK, BOLD, 9.0), 797.0, BOLD, 9.0, MARK)


def _foot(text: Text, furniture: Furniture, number: int) -> None:
    for index, line in enumerate(furniture.running):
        text.put(70.0, 36.0 - 9.5 * index, furniture.running_font, 7.5, line)
    if furniture.number_size:
        shown, size = str(number), furniture.number_size
        y = 26.5 if furniture.running else 28.0
        text.put(525.0 - width_of(shown, PLAIN, size), y, PLAIN, size, shown)


def _rules(canvas: Canvas, sheet: Sheet, foot: bool) -> None:
    """Everything that is a line and not a word."""
    canvas.setLineWidth(0.6)
    box = width_of(MARK, BOLD, 9.0) + 16
    canvas.roundRect(WIDTH - 70 - box + 8, 789.0, box, 21.0, 3.0)
    if foot:
        canvas.line(70.0, 47.0, 525.0, 47.0)
    for top, row in sheet.placed:
        for edge in row.boxes:
            if edge.shade is not None:
                canvas.setFillGray(edge.shade)
            height = edge.bottom - edge.top
            shaded = edge.shade is not None
            canvas.rect(edge.x0, top - edge.bottom, edge.x1 - edge.x0, height, fill=shaded)
            canvas.setFillGray(0.0)
    for frame, group in groupby(sheet.placed, key=lambda placed: placed[1].frame):
        if frame:
            _frame(canvas, list(group))
    if sheet.notes:
        y = _notes_top(sheet) + 6.0
        canvas.line(70.0, y, 214.0, y)


def _frame(canvas: Canvas, placed: list[tuple[float, Row]]) -> None:
    top = placed[0][0] + (placed[0][1].before if len(placed) > 1 else 0.0)
    last_top, last = placed[-1]
    bottom = last_top - last.height - 2.0
    canvas.rect(70.0, bottom, 455.0, top - bottom)


def _notes_top(sheet: Sheet) -> float:
    depth = sum(r.height for n, words in sheet.notes for r in note_rows(n, words, Style()))
    return 72.0 + depth + 3.0 * len(sheet.notes)
