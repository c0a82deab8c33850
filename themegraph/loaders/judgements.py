"""The grades an inspection gave: from its table or cover sentence, checked against its headings.

Never from prose: "when services were judged to be good" speaks of an earlier inspection.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from themegraph.loaders.blocks import Block
from themegraph.loaders.document import Document
from themegraph.loaders.grades import GRADE, GRADE_WORD, NOT_JUDGED, grade_of
from themegraph.loaders.rules import fold, read_table
from themegraph.model import Area, Grade, Judgement, ReportType, Span

#: "other" holds reviews of a safeguarding board on its own, set like the board's chapter of a SIF.
_FAMILY = {"sif": "sif", "sif-reinspection": "sif", "ilacs": "ilacs", "other": "board"}
_OVERALL_SENTENCE = re.compile(
    r"(?:children's services in .{2,80}?"
    r"|the overall judgement(?: is)?(?: that)?(?: children's services)?(?: in .{2,60}?)?)"
    rf"\s*(?:(?:are|is|is that it)\s+)*(?P<grade>{GRADE})\b"
)
#: A line that grades the safeguarding board, and does not only name it.
_BOARD_GRADED = re.compile(
    rf"(?:\bis|\bare|board|lscb\)?)\s+(?:judged to be\s+|that it (?:is )?)?{GRADE}\.?$"
)
#: A heading or row with a grade is not longer than this (characters).
LONGEST = 260
_GRADE_ONLY = re.compile(rf"^{GRADE}\.?$")
_BOARD = re.compile(r"safeguarding children|\blscb\b")
_OUTCOMES: tuple[tuple[re.Pattern[str], Grade], ...] = (
    (re.compile(r"typically lead to positive experiences"), "outcome-1"),
    (re.compile(r"lead to inconsistent experiences"), "outcome-2"),
    (
        re.compile(
            r"widespread and/or systemic failings|widespread or systemic failings|systemic failings"
        ),
        "outcome-3",
    ),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements in the order of the areas, areas said not to be judged, and what did not agree."""

    judgements: tuple[Judgement, ...]
    not_judged: tuple[Area, ...]
    warnings: tuple[str, ...]


def read_judgements(document: Document, report_type: ReportType, cover: list[Block]) -> Judged:
    """The judgements of a report; ``cover`` holds the blocks before its first section (title,
    dates, table of judgements).
    """
    if report_type == "area-send":
        return _area_send(document)
    family = _FAMILY.get(report_type)
    if family is None:
        return Judged((), (), ())
    reader = _Reader(document, family)
    reader.table(cover)
    if family == "sif":
        reader.overall_sentence(cover)
    reader.headings([b for b in document.blocks if b.kind == "heading"])
    if family == "sif":
        reader.overall_sentence([b for b in document.blocks if b.kind == "heading" and b.page <= 6])
    return reader.result()


class _Reader:
    def __init__(self, document: Document, family: str) -> None:
        self.document = document
        self.areas = [
            (row["area"], re.compile(row["pattern"]))
            for row in read_table("areas.csv")
            if row["family"] == family or (family == "board" and row["area"] == "lscb")
        ]
        self.family = family
        self.found: dict[str, Judgement] = {}
        self.not_judged: list[str] = []
        self.warnings: list[str] = []

    def table(self, cover: list[Block]) -> None:
        """Rows of the table: a label and, in the same row, its grade."""
        for block in cover:
            if block.kind == "row" or _BOARD.search(fold(block.text)):
                self._labelled(self.document.block_span(block), from_table=True)

    def headings(self, headings: list[Block]) -> None:
        """Headings with a grade: they fill what the table lacks and must not contradict it."""
        for block, after in zip_longest(headings, headings[1:]):
            end = block.end
            beside = after is not None and after.page == block.page
            if after is not None and beside and _GRADE_ONLY.match(fold(after.text)):
                end = after.end  # the grade stands in a cell of its own beside the title
            self._labelled(self.document.span(block.start, end), from_table=False)

    def overall_sentence(self, blocks: list[Block]) -> None:
        for block in blocks:
            match = _OVERALL_SENTENCE.search(fold(block.text))
            if match and "overall" not in self.found:
                span = self.document.block_span(block)
                self._keep("overall", grade_of(match.group("grade")), span)

    def _labelled(self, span: Span, *, from_table: bool) -> None:
        folded = fold(span.of(self.document.text))
        area = next((a for a, pattern in self.areas if pattern.search(folded)), None)
        if len(folded) > LONGEST or area is None:
            return
        if area == "lscb" and not _BOARD_GRADED.search(folded):
            return
        if NOT_JUDGED.search(folded):
            self.not_judged.append(area)
            return
        words = [m.group("grade") for m in GRADE_WORD.finditer(folded)]
        if not words:
            return
        grade, known = grade_of(words[-1]), self.found.get(area)
        if known is None and area not in self.not_judged:
            self._keep(area, grade, span)
        elif known is not None and not from_table and known.grade != grade:
            self.warnings.append(
                f"page {span.page}: the heading grades {area} {grade}, the table {known.grade}"
            )

    def _keep(self, area: str, grade: Grade, span: Span) -> None:
        self.found[area] = Judgement(area, grade, span.of(self.document.text), span)  # type: ignore[arg-type]

    def result(self) -> Judged:
        order = list(dict.fromkeys(["overall", *(area for area, _ in self.areas)]))
        judgements = tuple(self.found[a] for a in order if a in self.found)
        return Judged(judgements, tuple(dict.fromkeys(self.not_judged)), tuple(self.warnings))  # type: ignore[arg-type]


def _area_send(document: Document) -> Judged:
    """The outcome of an Area SEND inspection: one of three sentences under "Inspection outcome"."""
    inside = False
    for block in document.blocks:
        folded = fold(block.text)
        if folded.startswith("inspection outcome"):
            inside = True
        for pattern, outcome in _OUTCOMES:
            if inside and block.kind != "heading" and pattern.search(folded):
                span = document.block_span(block)
                words = span.of(document.text)
                return Judged((Judgement("area-send-outcome", outcome, words, span),), (), ())
    return Judged((), (), ("no inspection outcome was found",))
