"""Whether every quotation in the store stands in its source, word for word and on its page.

Each file is read again. A quotation must stand at its offsets in the canonical text, and, where
the source is a PDF, its letters must stand on its page in the plain text that the PDF library
gives without any help of ours, so that a fault in our reading cannot vouch for itself.
"""

from __future__ import annotations

import bisect
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from themegraph import ids
from themegraph.errors import ThemegraphError
from themegraph.graph.sources import Place
from themegraph.graph.store import Held, Store
from themegraph.ids import squash
from themegraph.loaders.inputs import InputFile, expand

_PDF = "application/pdf"
# Letters that the part of a quotation on one page has, to be looked for anywhere on it, and how
# far from the page's edge a shorter part may stand (running lines are between).
LEAST_PART = 12
EDGE = 160
# A footnote's mark is a small number set straight after a word or a stop; being raised, it may
# come on a line of its own or at the beginning of one.
_FOOTNOTE_MARK = re.compile(r"(?<=[^\W\d_]|[.,;:’”)])\d{1,2}(?=[\s.,;:)]|$)|^\d{1,2}(?=\s|$)", re.M)

_QUOTATIONS = f"""
PREFIX tg: <{ids.ONTOLOGY}>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?node ?words ?start ?end ?page WHERE {{ GRAPH ?graph {{
  {{ ?node oa:hasSelector ?at . ?at oa:exact ?words ; oa:start ?start ; oa:end ?end }}
  UNION
  {{ ?node tg:quotation ?words ; tg:startOffset ?start ; tg:endOffset ?end }}
  ?node tg:onPage ?page .
}} }} ORDER BY ?start ?node"""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that the store says stand at a place in a report."""

    node: str
    words: str
    start: int
    end: int
    page: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says when read again: its text, and for a PDF its pages as plainly extracted.

    ``plain`` holds each page twice, squashed: with every digit, and without footnote marks.
    """

    sha256: str
    text: str
    page_starts: tuple[int, ...]
    plain: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the quotations of one report; ``faults`` names each that failed and why."""

    key: str
    checked: int
    on_plain_page: int
    faults: tuple[tuple[Quotation, str], ...]


def reread(data: bytes, name: str, metadata: Mapping[str, str] | None = None) -> Reading:
    """Read a file again. Raises UnreadableSourceError or NotAReportError."""
    from themegraph.loaders.report import read_report

    report = read_report(data, name, metadata)
    plain = tuple(_plain_pages(data, name)) if report.source.media_type == _PDF else ()
    return Reading(report.source.sha256, report.text, report.page_starts, plain)


def quotations(store: Store, key: str) -> list[Quotation]:
    """Every quotation of a report in the store, in the order of its text."""
    import pyoxigraph as ox

    graph = ox.NamedNode(ids.report_graph(key))
    return [
        Quotation(
            row["node"].value,
            row["words"].value,
            int(row["start"].value),
            int(row["end"].value),
            int(row["page"].value),
        )
        for row in store.rows(_QUOTATIONS, {"graph": graph})
    ]


def check(key: str, quoted: Sequence[Quotation], reading: Reading) -> Verdict:
    """Hold the quotations of a report against its file."""
    faults = []
    plain = 0
    for quotation in quoted:
        fault = _fault(quotation, reading)
        if fault:
            faults.append((quotation, fault))
        else:
            plain += bool(reading.plain)
    return Verdict(key, len(quoted), plain, tuple(faults))


def _fault(quotation: Quotation, reading: Reading) -> str:
    """What is wrong with a quotation; empty where it stands."""
    if reading.text[quotation.start : quotation.end] != quotation.words:
        return "does not stand at its offsets"
    if reading.plain:
        if not _stands(squash(quotation.words), quotation.page, reading.plain):
            return f"its letters do not stand on page {quotation.page} as plainly extracted"
    elif bisect.bisect_right(reading.page_starts, quotation.start) != quotation.page:
        return f"does not begin on page {quotation.page}"
    return ""


def _stands(letters: str, page: int, plain: Sequence[tuple[str, str]]) -> bool:
    """Whether ``letters`` stand on ``page``, or begin there and go on at once on the next."""
    if not 1 <= page <= len(plain):
        return False
    for variant in range(2):
        here = plain[page - 1][variant]
        if letters in here:
            return True
        following = plain[page][variant] if page < len(plain) else ""
        if _crosses(letters, here, following):
            return True
    return False


def _crosses(letters: str, here: str, following: str) -> bool:
    """Whether ``letters`` begin at the foot of one page and go on at the head of the next.

    Running lines and footnotes may stand between the two. A part that is too short to be found by
    itself must stand at the very edge.
    """
    for n in range(1, len(letters)):
        if letters[:n] not in here:
            return False
        head = here if n >= LEAST_PART else here[-EDGE:]
        tail = following if len(letters) - n >= LEAST_PART else following[:EDGE]
        if letters[:n] in head and letters[n:] in tail:
            return True
    return False


def _plain_pages(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    from themegraph.loaders.pdf import page_texts

    for text in page_texts(data, name):
        yield squash(text), squash(_FOOTNOTE_MARK.sub("", text))


def find_sources(
    held: Mapping[str, Held], places: Mapping[str, Place], given: Iterable[InputFile] | None
) -> dict[str, InputFile]:
    """The file of each report by key, as far as they can be found.

    They are looked for by content among the ``given`` files, or else where ``places`` says that
    they lay when they were loaded.
    """
    if given is not None:
        by_content = {_sha256(file): file for file in given}
        return {
            key: by_content[report.sha256]
            for key, report in held.items()
            if report.sha256 in by_content
        }
    wanted = {key: places[r.sha256] for key, r in held.items() if r.sha256 in places}
    there = {file.origin: file for file in expand({place for place, _ in wanted.values()})}
    return {key: there[origin] for key, (_, origin) in wanted.items() if origin in there}


def _sha256(file: InputFile) -> str:
    try:
        return hashlib.sha256(file.read()).hexdigest()
    except ThemegraphError:
        return ""  # not the file of any report; those that are missed are told by their keys
