"""The grades an inspection gave: from its table or cover sentence, checked against its headings.

Never from prose: "when services were judged to be good" speaks of an earlier inspection.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from themegraph.loaders.blocks import Block
from themegraph.loaders.document import Document
from themegraph.loaders.grades import GRADE, GRADE_WORD, NOT_JUDGED, grade_of
from themegraph.loaders.rules import fold, read_table
from themegraph.model import Area, Grade, Judgement, ReportType

#: "other" holds reviews of a safeguarding board on its own, set like the board's chapter of a SIF.
_FAMILY = {"sif": "sif", "sif-reinspection": "sif", "ilacs": "ilacs", "other": "board"}
_OVERALL_SENTENCE = re.compile(
    r"(?:children's services in .{2,80}?"
    r"|the overall judgement(?: is)?(?: that)?(?: children's services)?(?: in .{2,60}?)?)"
    rf"\s*(?:(?:are|is|is that it)\s+)*(?P<grade>{GRADE})\b"
)
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
    dates, table of judgements)."""
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
                self._labelled(block, from_table=True)

    def headings(self, headings: list[Block]) -> None:
        """Headings with a grade: they fill what the table lacks and must not contradict it."""
        for block in headings:
            self._labelled(block, from_table=False)

    def overall_sentence(self, cover: list[Block]) -> None:
        for block in cover:
            match = _OVERALL_SENTENCE.search(fold(block.text))
            if match and "overall" not in self.found:
                self._keep("overall", grade_of(match.group("grade")), block)

    def _labelled(self, block: Block, *, from_table: bool) -> None:
        if len(block.text) > 260:
            return
        folded = fold(block.text)
        area = next((a for a, pattern in self.areas if pattern.search(folded)), None)
        if area is None or (area == "lscb" and not _names_board_grade(folded)):
            return
        if NOT_JUDGED.search(folded):
            self.not_judged.append(area)
            return
        grades = list(GRADE_WORD.finditer(folded))
        if not grades:
            return
        grade = grade_of(grades[-1].group("grade"))
        known = self.found.get(area)
        if known is None and area not in self.not_judged:
            self._keep(area, grade, block)
        elif known is not None and known.grade != grade and not from_table:
            self.warnings.append(
                f"page {block.page}: the heading grades {area} {grade}, the table {known.grade}"
            )

    def _keep(self, area: str, grade: Grade, block: Block) -> None:
        span = self.document.block_span(block)
        self.found[area] = Judgement(area, grade, span.of(self.document.text), span)  # type: ignore[arg-type]

    def result(self) -> Judged:
        order = list(dict.fromkeys(["overall", *(area for area, _ in self.areas)]))
        judgements = tuple(self.found[a] for a in order if a in self.found)
        return Judged(judgements, tuple(dict.fromkeys(self.not_judged)), tuple(self.warnings))  # type: ignore[arg-type]


def _names_board_grade(folded: str) -> bool:
    """Whether a line grades the safeguarding board, and does not only name it."""
    return bool(re.search(rf"(?:\bis|\bare|board|lscb\)?)\s+(?:that it\s+)?{GRADE}\.?$", folded))


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
