"""Which family a report belongs to, told by what its first page prints and by nothing else.

File names, folders, PDF metadata and mentions in the body mislead: sixteen of the reports surveyed
were labelled wrongly by them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from themegraph.loaders.rules import fold, read_table
from themegraph.model import ReportType

#: Characters after the salutation that hold a letter's subject line and first sentence.
SUBJECT = 160
#: As many characters at the head of a letter without a salutation.
SUBJECT_ALONE = 40
OPENING_OF_LETTER = 700
OPENING = 900

#: Visits, which a letter tells of; joint inspections are told in letters too.
VISITS: tuple[ReportType, ...] = ("focused-visit", "monitoring-visit", "assurance-visit")
LETTERS: tuple[ReportType, ...] = (*VISITS, "jtai")

_SALUTATION = re.compile(r"\bdear\b")
_OFSTED = re.compile(
    r"ofsted|office for standards in education|(?:her|his) majesty's inspector"
    r"|safeguarding children board"
)


@dataclass(frozen=True, slots=True)
class Family:
    """A report's type, and its framework version where the title alone tells it."""

    type: ReportType
    framework: str | None = None


#: What speaks of an inspection of children's services and whose title is of no kind known.
UNKNOWN = Family("other")


def classify(first_page: str, whole: str) -> Family | None:
    """The family of a report, "other" for an inspection report of a kind not known here, or None
    when the text is not an English children's services inspection report at all.

    ``first_page`` and ``whole`` are the text of the first page and of the document. Most families
    are told by their title. A letter's subject line is looked for in the first words after the
    salutation (SUBJECT), then in its opening (OPENING_OF_LETTER).
    """
    page = fold(first_page)
    for length in (SUBJECT, OPENING_OF_LETTER):
        for pattern, row in _rules():
            if pattern.search(_scope(page, row["where"], length)):
                return Family(row["type"], row["framework"] or None)  # type: ignore[arg-type]
    folded = fold(whole[:200_000])
    if _OFSTED.search(folded) and re.search(r"\binspect(ion|ed|ors?)\b", folded):
        return UNKNOWN if re.search(r"\bchildren\b", folded) else None
    return None


@cache
def _rules() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    return tuple((re.compile(row["pattern"]), row) for row in read_table("families.csv"))


def _scope(page: str, where: str, length: int) -> str:
    """The part of the first page a rule looks at."""
    salutation = _SALUTATION.search(page)
    if where == "salutation":
        if salutation is None:  # a copy may begin at the subject line
            return page[:SUBJECT_ALONE]
        return page[salutation.end() : salutation.end() + length]
    if where == "opening":
        return page[:OPENING]
    return page if salutation is None else page[: salutation.start()]
