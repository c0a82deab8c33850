"""The domain model: what an inspection report says, as plain frozen values.

Names and meanings are those of ``docs/reference/extract.md``. Nothing here knows of files, PDF or
RDF. Every value that quotes the report carries a :class:`Span` into the report's canonical text
(``Report.text``), so that a quotation can always be put back where it stood.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

ReportType = Literal[
    "sif",
    "sif-reinspection",
    "ilacs",
    "ilacs-standard",
    "ilacs-short",
    "focused-visit",
    "monitoring-visit",
    "assurance-visit",
    "jtai",
    "area-send",
    "other",
]
Area = Literal[
    "overall",
    "leadership",
    "help-and-protection",
    "in-care",
    "in-care-and-care-leavers",
    "care-leavers",
    "adoption",
    "lscb",
    "area-send-outcome",
]
Grade = Literal[
    "outstanding",
    "good",
    "requires-improvement",
    "adequate",
    "inadequate",
    "outcome-1",
    "outcome-2",
    "outcome-3",
]
Polarity = Literal["strength", "weakness", "mixed", "neutral"]
SectionKind = Literal[
    "overview", "findings", "recommendations", "context", "statistics", "about", "other"
]
RecommendationSource = Literal[
    "recommendations",
    "what-needs-to-improve",
    "areas-for-improvement",
    "areas-for-priority-action",
    "action",
]
PublishedSource = Literal["printed", "metadata", "file-name"]
CorrectionAction = Literal["add", "remove", "replace"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the canonical text: ``text[start:end]``, beginning on ``page`` (1-based)."""

    start: int
    end: int
    page: int

    def of(self, text: str) -> str:
        """The words this span covers in ``text``."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Source:
    """The file a report was read from; ``file`` is its name without folders, ``address`` where it
    can be opened and ``licence`` (an IRI) the terms it states for itself, where these are known.
    """

    file: str
    sha256: str
    media_type: str
    pages: int
    address: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """The body inspected, resolved to the register of authorities where it is known there.

    ``printed`` is the name as the report gives it; ``delivered_by`` is the trust or company that
    runs the service for the authority, when the report names one; ``partnership`` is the board or
    local area partnership that was inspected, when it was not the council alone.
    """

    id: str
    name: str
    urn: int | None = None
    gss: str | None = None
    printed: str | None = None
    delivered_by: str | None = None
    partnership: str | None = None


@dataclass(frozen=True, slots=True)
class Inspector:
    """A person named by the report and the part they had in the inspection."""

    name: str
    role: str
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade that this inspection gave to an area, with the words that say so."""

    area: Area
    grade: Grade
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class PreviousJudgement:
    """A grade that an earlier inspection gave, as this report recalls it.

    ``date`` is ISO 8601, with the precision the report prints (year and month, usually).
    """

    area: Area
    grade: Grade
    date: str | None
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A printed heading and where its text stands (``span`` covers the heading itself)."""

    heading: str
    kind: SectionKind
    span: Span


@dataclass(frozen=True, slots=True)
class ThemeTag:
    """A theme of a passage, with its stance there and the words that earned it."""

    id: str
    polarity: Polarity | None = None
    trigger: Span | None = None
    method: str | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a finding, verbatim: ``text == report.text[span.start:span.end]``.

    ``praise`` and ``fault`` say how clearly its clearest clause praises and finds fault.
    """

    text: str
    span: Span
    polarity: Polarity | None = None
    themes: tuple[str, ...] = ()
    kind: str = "practice"
    praise: float = 0.0
    fault: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What inspectors concluded: one paragraph or bullet, with its sub-bullets.

    ``number`` is the printed paragraph number; ``section`` the nearest printed heading, or
    ``"(summary)"`` for text under none. ``recommendation_marker`` says that the paragraph ends
    with "(Recommendation)"; ``cites`` holds the numbers when the marker gives them.
    """

    number: int | None
    section: str
    text: str
    span: Span
    recommendation_marker: bool = False
    cites: tuple[int, ...] = ()
    illustrative: bool = False
    polarity: Polarity | None = None
    themes: tuple[ThemeTag, ...] = ()
    services: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A sub-bullet of a recommendation, verbatim."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What must improve, as the report asks it.

    ``section`` is the nearest printed heading. ``addressee`` is the kind of body that must act (an
    id of addressees.csv), ``responsible_body`` its name where the report prints one.
    ``framework_reference`` is the national framework outcome or enabler the item cites
    ("outcome-4", "enabler-2"). ``repeated`` says that the report marks it as made at the last
    inspection too. ``lead_in`` is the sentence above its list that it completes.
    """

    number: int | None
    source: RecommendationSource
    section: str
    text: str
    span: Span
    items: tuple[Item, ...] = ()
    addressee: str = "authority"
    responsible_body: str | None = None
    framework_reference: str | None = None
    points_to: tuple[int, ...] = ()
    repeated: bool = False
    lead_in: str | None = None
    themes: tuple[ThemeTag, ...] = ()
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statistic:
    """A number the report states, as printed and never recomputed.

    ``as_of`` is ISO 8601 with the precision printed. ``quote`` is the sentence, verbatim.
    """

    value: float
    unit: str
    what: str
    as_of: str | None
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of a table of corrections: what a person wants changed in the tags of a passage.

    ``passage`` is the last part of the IRI of a finding or recommendation. ``theme`` and ``stance``
    are what to add, remove or put in the place of ``instead_of``; without a theme the stance is
    that of the passage as a whole. ``words`` must stand in the passage, where they are given.
    ``place`` says where the row stands, for messages. Where ``report`` is no report's key but names
    a file, ``files`` has the SHA-256 of its bytes.
    """

    report: str
    passage: str
    action: CorrectionAction
    theme: str | None
    stance: Polarity | None
    instead_of: str | None
    who: str
    why: str
    words: str | None = None
    place: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One inspection report, read.

    ``text`` is its canonical text; ``page_starts[i]`` is the offset at which page ``i + 1`` begins
    in it (pages without text begin where the next one does). ``inspectors`` did the inspection;
    ``other_people`` supported or signed it (analysts, quality assurance, signatories).
    ``corrections`` are those that were made to its tags.
    """

    source: Source
    title: str
    report_type: ReportType
    authority: Authority | None
    inspection_start: dt.date | None
    inspection_end: dt.date | None
    published: dt.date | None
    published_source: PublishedSource | None
    text: str = field(repr=False)
    page_starts: tuple[int, ...] = field(repr=False)
    framework: str = "other"
    periods: tuple[tuple[dt.date, dt.date], ...] = ()
    dates_inferred: bool = False
    inspectors: tuple[Inspector, ...] = ()
    other_people: tuple[Inspector, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    previous_judgements: tuple[PreviousJudgement, ...] = ()
    sections: tuple[Section, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    findings: tuple[Finding, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    not_judged: tuple[Area, ...] = ()
    corrections: tuple[Correction, ...] = ()
    warnings: tuple[str, ...] = ()

    def quotations(self) -> Iterator[tuple[str, str, Span]]:
        """Every verbatim quotation as (what it supports, its words, where they stand)."""
        for j in self.judgements:
            yield f"judgement {j.area}", j.quote, j.span
        for p in self.previous_judgements:
            yield f"previous judgement {p.area}", p.quote, p.span
        for s in self.statistics:
            yield f"statistic {s.what}", s.quote, s.span
        for r in self.recommendations:
            for item in r.items:
                yield f"recommendation {r.number or ''} item", item.text, item.span
        for f in self.findings:
            for e in f.evidence:
                yield f"finding {f.number or ''}", e.text, e.span
