"""The particulars of an inspection: its title, authority, dates and date of publication."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from themegraph.loaders.authorities import find_body, resolve
from themegraph.loaders.blocks import Block
from themegraph.loaders.dates import Dates, find_dates
from themegraph.loaders.document import Document
from themegraph.loaders.families import LETTERS
from themegraph.loaders.rules import fold
from themegraph.model import Authority, PublishedSource, ReportType

_INSPECTED = re.compile(
    r"^(?:inspection|review|visit) dates?\b|^dates? of (?:the )?(?:inspection|visit)", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"^(?:report )?published( date)?\b|^date of publication|^publication date", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"^(?:re:?\s+)?(?:covid-19 )?(?:focus(?:s)?ed|monitoring|assurance)\b.{0,40}\bvisit"
    r"|^joint targeted area inspection|^visit to\b",
    re.IGNORECASE,
)
_VISIT_SENTENCE = re.compile(
    r"^this letter|^between\b|took place|was carried out|was undertaken"
    r"|summarises the findings|on \d|^from \d",
    re.IGNORECASE,
)
_FILE_DATE = re.compile(r"(?<!\d)(20\d\d)[-_]?(\d\d)[-_]?(\d\d)(?!\d)")
_DEADLINE = re.compile(r"\bby\b|\bpublished\b|\bprevious\b|\blast inspect", re.IGNORECASE)
_SERVICES = re.compile(r"\s+(?:local authority )?children[’']s (?:social care )?services\.?$", re.I)
_PARTNERSHIP = re.compile(r"\s+local area partnership\b.*$", re.IGNORECASE)
_DEAR = re.compile(r"\bdear\b")


@dataclass(frozen=True, slots=True)
class Inspected:
    """When the inspection took place: its first and last day and every period, with the words."""

    start: dt.date | None
    end: dt.date | None
    periods: tuple[tuple[dt.date, dt.date], ...] = ()
    inferred: bool = False


def read_title(document: Document, report_type: ReportType) -> str:
    """The title as printed: a letter's subject line, or the largest words of the first page."""
    first = [b for b in document.blocks if b.page == 1 and b.kind != "footnote"]
    if report_type in LETTERS:
        subject = next((b for b in first if _SUBJECT.search(b.text)), None)
        if subject is not None:
            return subject.text
    named = [
        b for b in first if re.search(r"\b(?:re-?\s?)?inspection of\b|\breview of\b", fold(b.text))
    ]
    if named:
        return named[0].text
    largest = max((b.size for b in first), default=0.0)
    return next((b.text for b in first if b.size == largest), "Untitled report")


def read_authority(
    document: Document, report_type: ReportType, title: str, day: dt.date | None
) -> Authority | None:
    """The body inspected: from the title and the headings above it, else the first sentences."""
    first = [b for b in document.blocks if b.page == 1 and b.kind != "footnote"]
    above = _above_title(first, title)
    context = " ".join(b.text for b in first if _VISIT_SENTENCE.search(b.text))[:1500]
    if report_type in LETTERS or report_type == "area-send":
        printed = _place_in(title)
        authority = resolve(printed, context or " ".join(b.text for b in first)[:2500], day)
    else:
        printed = above if find_body(above) else _place_in(title) if find_body(title) else above
        authority = resolve(printed or _place_in(title), " ".join(b.text for b in first)[:600], day)
    if authority is None:
        return None
    return replace(authority, partnership=_partnership(report_type, title, above))


def _above_title(first: list[Block], title: str) -> str:
    """The heading lines above the title, which in older reports name the authority."""
    lines: list[str] = []
    for block in first:
        if block.text == title:
            break
        if block.kind == "heading" and not block.text.isdigit():
            lines.append(block.text)
    return " ".join(lines)


def _place_in(title: str) -> str:
    """The words of a title behind "of", "to" or "in" that name the place."""
    folded = " ".join(title.split())
    for pattern in (
        r"(?i)^.*?\bvisit (?:to|of)\s+(?P<place>.+)$",
        r"(?i)^area send inspection of\s+(?P<place>.+)$",
        r"(?i)^joint targeted area inspection\b.*\bin\s+(?P<place>.+)$",
        r"(?i)^joint targeted area inspection of\s+(?P<place>.+)$",
        r"(?i)^inspection of\s+(?P<place>.+?)\s*(?:local authority )?children[’']s\b.*$",
    ):
        match = re.match(pattern, folded)
        if match:
            return _SERVICES.sub("", _PARTNERSHIP.sub("", match.group("place")))
    return folded


def _partnership(report_type: ReportType, title: str, above: str) -> str | None:
    """The board or partnership inspected, where it was not the council alone."""
    if report_type == "area-send":
        return bare_partnership(title)
    if report_type == "other" and "safeguarding children board" in fold(title + " " + above):
        return next((t for t in (above, title) if "safeguarding" in t.lower()), None)
    return None


def bare_partnership(title: str) -> str | None:
    """The name of the local area partnership in an Area SEND title."""
    match = re.search(r"(?i)inspection of\s+(?P<name>.+?partnership)", " ".join(title.split()))
    return match.group("name") if match else None


def read_dates(document: Document, report_type: ReportType, published: dt.date | None) -> Inspected:
    """When the inspection took place. A letter without a year takes it from its own date."""
    blocks = [b for b in document.blocks if b.page <= 3 and b.kind != "footnote"]
    if report_type not in LETTERS:
        for index, block in enumerate(blocks):
            if _INSPECTED.search(block.text):
                following = blocks[index + 1].text if index + 1 < len(blocks) else ""
                for text in (_labelled(block.text), f"{_labelled(block.text)} {following}"):
                    runs = find_dates(text)
                    if runs:
                        return _inspected(runs[:1])
        early = [b for b in blocks if b.page == 1 and not _PUBLISHED.search(b.text)]
        runs = [run for b in early for run in find_dates(b.text) if run.first != run.last]
        return _inspected(runs[:1])
    return _letter_dates(blocks, published)


def _labelled(text: str) -> str:
    """The words of a line that hold the inspection dates, without a second label on it."""
    return re.split(r"(?i)\b(?:report published|lead inspector|dates? of previous)", text)[0]


def _letter_dates(blocks: list[Block], published: dt.date | None) -> Inspected:
    greeted = False
    for block in blocks:
        if greeted and _VISIT_SENTENCE.search(block.text):
            for sentence in re.split(r"(?<=[a-z\d])\.\s+", block.text):
                runs = _of_visit(sentence, published)
                if runs:
                    return _inspected(runs[:1])
        greeted = greeted or bool(_DEAR.search(fold(block.text)))
    return Inspected(None, None)


def _of_visit(sentence: str, published: dt.date | None) -> list[Dates]:
    runs = []
    for run in find_dates(sentence, published.year if published else None):
        before = sentence[max(0, run.start - 25) : run.start]
        if not _DEADLINE.search(before):
            runs.append(_before_publication(run, published) if run.inferred else run)
    return runs


def _before_publication(run: Dates, published: dt.date | None) -> Dates:
    """An inferred year that would put the visit after its letter is the year before."""
    if published is None or run.last <= published:
        return run
    back = tuple((a.replace(year=a.year - 1), b.replace(year=b.year - 1)) for a, b in run.periods)
    return replace(run, periods=back)


def _inspected(runs: list[Dates]) -> Inspected:
    if not runs:
        return Inspected(None, None)
    run = runs[0]
    return Inspected(run.first, run.last, run.periods, run.inferred)


def read_published(
    document: Document, report_type: ReportType, name: str, metadata: dt.date | None = None
) -> tuple[dt.date | None, PublishedSource | None]:
    """(date, where it is from): printed, else from metadata given, else from the file's name."""
    printed = _printed_date(document, report_type)
    if printed is not None:
        return printed, "printed"
    if metadata is not None:
        return metadata, "metadata"
    match = _FILE_DATE.search(name)
    if match:
        try:
            return dt.date(*(int(part) for part in match.groups())), "file-name"
        except ValueError:
            return None, None
    return None, None


def _printed_date(document: Document, report_type: ReportType) -> dt.date | None:
    first = [b for b in document.blocks if b.page <= 2 and b.kind != "footnote"]
    for index, block in enumerate(first):
        if report_type in LETTERS:
            for fragment in block.fragments:
                runs = find_dates(fragment.text)
                if runs and len(fragment.text) < 40:
                    return runs[0].first
            if _DEAR.search(fold(block.text)):
                break
        elif _PUBLISHED.search(block.text):
            following = first[index + 1].text if index + 1 < len(first) else ""
            runs = find_dates(block.text) or find_dates(following)
            if runs:
                return runs[0].first
    return None
