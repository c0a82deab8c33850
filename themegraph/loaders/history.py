"""Previous judgements: grades of earlier inspections that a report recalls. Never current ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from themegraph.loaders.blocks import Block
from themegraph.loaders.dates import find_dates, find_month
from themegraph.loaders.document import Document
from themegraph.loaders.grades import GRADE, grade_of
from themegraph.loaders.outline import Outline
from themegraph.loaders.rules import alternatives, fold
from themegraph.loaders.sentences import split_sentences
from themegraph.model import Area, PreviousJudgement

_JUDGED = re.compile(
    rf"\b(?:judged|graded|found|rated|assessed)\b.{{0,60}}?\b(?P<grade>{GRADE})\b", re.IGNORECASE
)
_EARLIER = re.compile(
    r"\b(?:previous|last|earlier|most recent|since the)\b.{0,60}"
    r"\b(?:inspection|inspected|ilacs|judged)",
    re.IGNORECASE,
)
#: In prose, what says that the services as a whole were judged.
_WHOLE = re.compile(
    r"(?:overall effectiveness|services|local authority|authority|council) (?:\w+ ){0,3}?"
    r"(?:was|were|had been|being)? ?(?:judged|graded)"
    r"|judged (?:to be |as )?\w+ overall|when (?:it|they) (?:was|were) judged"
)
#: Services named as a part of the whole: "services for children in care have ...".
_PART = re.compile(
    r"\b(?:services|arrangements|experiences)\b.{0,30}? (?:for|of) (?:the )?"
    r"(?P<part>protection of children|(?:looked[- ]after )?children(?: and young people)?"
    r" (?:in care|looked after|in need of (?:help and )?protection|who need help and protection)"
    r"|looked[- ]after children|care leavers|adoption)"
)
_YEAR = re.compile(r"\b(20[0-2]\d)\b")
_LABEL = re.compile(
    rf"^(?P<label>[\w ,’'()/-]{{6,110}}?)\s*[:–-]\s*(?P<grade>{GRADE})\b", re.IGNORECASE
)
#: Homes and agencies are inspected on their own: their grades are not the authority's.
_OTHER_SERVICE = re.compile(alternatives("other-service"))
_AREAS: tuple[tuple[str, Area], ...] = (
    (
        r"overall effectiveness|children's services"
        r"|help and protection,? (?:and )?(?:for )?children looked after",
        "overall",
    ),
    (r"adoption", "adoption"),
    (r"care leavers", "care-leavers"),
    (r"local safeguarding children board|\blscb\b", "lscb"),
    (r"leadership", "leadership"),
    (r"looked after|permanence|in care", "in-care"),
    (
        r"safeguarding|help and protection|child protection|protection of children",
        "help-and-protection",
    ),
)


def read_history(document: Document, outline: Outline) -> list[PreviousJudgement]:
    """Grades of earlier inspections, from the list of previous inspections and, in later reports,
    from the summary ("since the last inspection in 2018, when ... were judged to be good").
    """
    found: dict[tuple[Area, str | None], PreviousJudgement] = {}
    date: str | None = None
    for passage in outline.passages:
        listed = fold(passage.section).startswith(
            ("previous ofsted", "other ofsted", "recent ofsted")
        )
        if not listed and passage.content != "findings":
            continue
        for judgement in _of_block(document, passage.block, listed=listed, date=date):
            found.setdefault((judgement.area, judgement.date), judgement)
        if listed:
            date = find_month(passage.block.text) or date
    return list(found.values())


def _of_block(
    document: Document, block: Block, *, listed: bool, date: str | None
) -> Iterator[PreviousJudgement]:
    label = _LABEL.match(block.text) if listed else None
    if label:
        area = _area(fold(label.group("label")))
        if area is not None:
            span = document.block_span(block)
            grade = grade_of(label.group("grade"))
            yield PreviousJudgement(area, grade, date, span.of(document.text), span)
        return
    folded = fold(block.text)
    for start, end in split_sentences(block.text):
        sentence = block.text[start:end]
        match = _JUDGED.search(sentence)
        if match is None or not (listed or _EARLIER.search(sentence)):
            continue
        context = folded if listed else fold(sentence)
        if _OTHER_SERVICE.search(context):
            continue
        area = _listed_area(context) if listed else _narrative_area(context)
        when = _date(block.text if listed else sentence)
        if area is None or (not listed and when is None):
            continue
        span = document.span(block.start + start, block.start + end)
        yield PreviousJudgement(
            area, grade_of(match.group("grade")), when, span.of(document.text), span
        )


def _area(folded: str) -> Area | None:
    return next((area for pattern, area in _AREAS if re.search(pattern, folded)), None)


def _listed_area(folded: str) -> Area | None:
    """In the list of previous inspections each bullet tells of one, by what it inspected."""
    part = _PART.search(folded)
    return _area(part.group("part")) if part else _area(folded)


def _narrative_area(folded: str) -> Area | None:
    """In prose only a statement on the services as a whole is taken."""
    whole = _WHOLE.search(folded)
    if whole is None:
        return None
    # "they were judged" speaks of what the sentence began with
    of_part = _PART.search(folded[: whole.end()])
    return _area(of_part.group("part")) if of_part and "overall" not in folded else "overall"


def _date(text: str) -> str | None:
    month = find_month(text)
    runs = find_dates(text)
    if runs:
        return runs[0].last.isoformat()[:7]
    if month:
        return month
    year = _YEAR.search(text)
    return year.group(1) if year else None
