"""The families of reports: what stands on the first page, and what runs along each page's foot.

Goes in: a :class:`Document`. Comes out: the bytes of a PDF.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import examples_labels as labels
from examples_blocks import LEFT, RIGHT, Look, body
from examples_pdf import Furniture, draw
from examples_source import Document, curl
from examples_typeset import (
    BOLD,
    PLAIN,
    Box,
    Paginator,
    Piece,
    Row,
    Style,
    keep_together,
    set_table_row,
    set_text,
)

TOP, BOTTOM = 752.0, 82.0
_CELL = Style(size=12.0, leading=14.4)


def make_pdf(document: Document) -> bytes:
    """The PDF of ``document``. It is set twice when it has a contents page, to find the pages."""
    front = _FRONTS[document.layout](document)
    look, furniture = _LOOKS[document.layout], _furniture(document)
    pages: dict[str, int] = {}
    for _ in range(2):
        paginator = Paginator(TOP, BOTTOM, first_top=TOP)
        sheets = paginator.place([*front, *body(document, look, pages), *_back(document)])
        pages = {
            row.anchor: number
            for number, sheet in enumerate(sheets, 1)
            for _, row in sheet.placed
            if row.anchor
        }
    return draw(sheets, furniture, f"{document.words('council')}: fictional example")


# --- covers and letter heads ----------------------------------------------------------------------


def _line(text: str, size: float, font: str = PLAIN, before: float = 8.0) -> list[Row]:
    return set_text(curl(text), Style(size=size, leading=1.22 * size, font=font, before=before))


def _sif_cover(document: Document) -> list[Row]:
    again = document.head["report_type"] == "sif-reinspection"
    kind = "Re-inspection" if again else "Inspection"
    out = _line(document.words("council"), 26.0)
    out += _line(
        f"{kind} of services for children in need of help or protection, looked after children "
        "and care leavers",
        14.0,
        BOLD,
    )
    if not again:
        board = f"Review of the effectiveness of the {document.head['authority']} Safeguarding"
        title = Style(size=14.0, leading=17.0, font=BOLD)
        out += _line("and", 14.0)
        out += set_text(f"{board} Children Board", title, note=document.words("cover_footnote"))
    out += _line(f"Inspection date: {document.head['dates_printed']}", 12.0)
    out += _line(f"Report published: {document.head['published_printed']}", 12.0)
    out += _sif_table(document)
    return [*out, Row(0.0, break_before=True)]


def _sif_table(document: Document) -> list[Row]:
    edges = [LEFT, 390.0, RIGHT]
    head = [document.words("overall_line"), *map(curl, document.head.get("overall_text", []))]
    out = [_boxed(head, before=18.0)]
    for area, label, shown in labels.rows(document):
        if area in ("adoption", "care-leavers"):
            row = set_table_row([label, shown], [LEFT + 45, *edges[1:]], _CELL, 5.0)
            out.append(replace(row, boxes=(*row.boxes, Box(LEFT, LEFT + 45, 0.0, row.height))))
        else:
            strong = f"**{shown}**" if document.layout == "sif-2014" else shown
            out.append(set_table_row([f"**{label}**", strong], edges, _CELL, 5.0))
    if "lscb_line" in document.head:
        board = [document.words("lscb_line"), *map(curl, document.head["lscb_text"])]
        out.append(_boxed(board, before=12.0))
    return out


def _boxed(texts: list[str], before: float) -> Row:
    """One ruled box: a first line in large type, and plain lines under it."""
    size = 14.0 if len(texts) > 1 else 13.0
    first = texts[0] if "**" in texts[0] else f"**{texts[0]}**"
    row = set_table_row([first], [LEFT, RIGHT], Style(size=size, leading=17.0), 5.0)
    pieces, depth = list(row.pieces), row.height - 5.0
    for text in texts[1:]:
        under = set_table_row([text], [LEFT, RIGHT], _CELL, 3.0)
        pieces += [replace(piece, drop=piece.drop + depth) for piece in under.pieces]
        depth += under.height - 3.0
    boxes = (replace(row.boxes[0], bottom=depth + 5.0),)
    return Row(depth + 5.0, tuple(pieces), before=before, boxes=boxes)


def _ilacs_cover(document: Document) -> list[Row]:
    dates = document.head["dates_printed"]
    if document.layout == "ilacs-2019":
        out = _line(document.words("council"), 24.0)
        out += _line("Inspection of children's social care services", 14.0, BOLD, 12.0)
        out += _line(f"Inspection dates: {dates}", 12.0, BOLD, 12.0)
        out += _line(f"Lead inspector: {document.head['lead']}", 12.0, BOLD, 12.0)
        out += set_text(curl("Her Majesty's Inspector"), Style(x=LEFT + 92, font=BOLD, before=0.0))
        edges = [LEFT, 390.0, RIGHT]
    else:
        out = _line(_ilacs_title(document), 22.0)
        out += _line(f"**Inspection dates:** {dates}", 12.0, before=10.0)
        out += _line(f"**Lead inspector:** {document.head['lead']}, His Majesty's Inspector", 12.0)
        edges = [LEFT, 298.0, RIGHT]
    table = [set_table_row(["**Judgement**", "**Grade**"], edges, _CELL, 9.0)]
    table += [set_table_row([t, g], edges, _CELL, 5.0) for _, t, g in labels.rows(document)]
    return [*out, replace(table[0], before=12.0), *table[1:], Row(8.0)]


def _ilacs_title(document: Document) -> str:
    return f"Inspection of {document.head['authority']} local authority children's services"


def _letter_front(document: Document) -> list[Row]:
    out = _line(document.words("published_printed"), 12.0, before=0.0)
    for index, line in enumerate(document.head["addressee"]):
        gap = 14.0 if index == 0 else 0.0
        out += set_text(curl(line), replace(_CELL, before=gap))
    out += set_text(document.words("salutation"), replace(_CELL, before=28.0))
    out += keep_together(_line(document.words("subject"), 12.0, BOLD, 12.0))
    return [Row(30.0), *out]


def _send_front(document: Document) -> list[Row]:
    area = f"{document.head['authority']} Local Area Partnership"
    out = _line("Local area partnership report", 10.0, before=0.0)
    out += _line(f"Area SEND inspection of {area}", 16.0, BOLD, 30.0)
    out += _line(f"Inspection dates: {document.head['dates_printed']}", 12.0, before=12.0)
    previous = document.head["previous_printed"]
    return out + _line(f"Dates of previous inspection: {previous}", 12.0, before=4.0)


def _back(document: Document) -> list[Row]:
    """The end of a letter: its signature, or its signatures."""
    head = document.head
    signed = [head["signature"]] if "signature" in head else head.get("signatories", [])
    if not signed:
        return []
    out = _line("Yours sincerely", 12.0, before=14.0)
    for name, role in signed:
        out += _line(name, 12.0, before=34.0)
        out += _line(role, 12.0, BOLD, before=0.0)
    return keep_together(out[:-1]) + out[-1:]


# --- running lines --------------------------------------------------------------------------------


def _letterhead() -> tuple[Piece, ...]:
    """The sender's address, in two columns at the top of page 1."""
    pieces: list[Piece] = []
    for x, column in zip((LEFT, 168.0), labels.LETTERHEAD, strict=True):
        lines = ("", *column) if x > LEFT else column
        pieces += [
            Piece(x, 38.0 + 10.5 * index, PLAIN, 8.0, text)
            for index, text in enumerate(lines)
            if text
        ]
    return tuple(pieces)


def _furniture(document: Document) -> Furniture:
    family = document.layout
    if family in ("letter-2020", "jtai-2023"):
        behind = _letterhead() if family == "letter-2020" else ()
        return Furniture(rule=False, number_size=10.0, first=False, behind=behind)
    dates = document.head["dates_printed"]
    if family == "send-2024":
        area = f"{document.head['authority']} Local Area Partnership"
        return Furniture(running=(f"Area SEND inspection report: {area}", dates), first=False)
    if family in ("ilacs-2023", "ilacs-2026"):
        return Furniture(running=(curl(_ilacs_title(document)), dates), first=False)
    return Furniture()


_FRONTS: dict[str, Callable[[Document], list[Row]]] = {
    "sif-2014": _sif_cover,
    "sif-2017": _sif_cover,
    "ilacs-2019": _ilacs_cover,
    "ilacs-2023": _ilacs_cover,
    "ilacs-2026": _ilacs_cover,
    "letter-2020": _letter_front,
    "jtai-2023": _letter_front,
    "send-2024": _send_front,
}

_LETTER = Look(headings=(12.0, 12.0, 12.0))
_LOOKS = {
    "sif-2014": Look(bullet_x=106.0, bullet_text=124.0),
    "sif-2017": Look(),
    "ilacs-2019": Look(headings=(16.0, 14.0, 12.0)),
    "ilacs-2023": Look(headings=(16.0, 13.0, 12.0)),
    "ilacs-2026": Look(headings=(16.0, 13.0, 12.0)),
    "letter-2020": _LETTER,
    "jtai-2023": _LETTER,
    "send-2024": Look(headings=(16.0, 13.0, 12.0)),
}
