"""Findings: every printed paragraph or bullet that states what inspectors found.

Scope, method, context, definitions and closing lines are not findings (method.csv has the rules).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from themegraph.loaders.blocks import Block
from themegraph.loaders.citations import LIST, cited
from themegraph.loaders.document import Document
from themegraph.loaders.families import LETTERS
from themegraph.loaders.outline import SUMMARY, Outline, Passage
from themegraph.loaders.rules import fold, patterns
from themegraph.loaders.sentences import split_sentences
from themegraph.model import Evidence, Finding, ReportType

_MARKER = re.compile(
    rf"\(\s*recommendations?\s*(?P<numbers>{LIST})?\s*\)[.\s⁰¹²³⁴⁵⁶⁷⁸⁹]*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]{2}")


def is_method(block: Block, *, intro: bool = False) -> bool:
    """Whether a block says how inspectors worked, or is a closing line, and finds nothing."""
    folded = fold(block.text)
    return any(
        (row["where"] == "any" or intro) and pattern.search(folded)
        for pattern, row in patterns("method.csv")
    )


@dataclass
class _Draft:
    passage: Passage
    blocks: list[Block] = field(default_factory=list)


def read_findings(document: Document, outline: Outline, report_type: ReportType) -> list[Finding]:
    """The findings of a report in the order they are printed."""
    drafts: list[_Draft] = []
    for passage in _candidates(outline, report_type):
        block = passage.block
        last = drafts[-1] if drafts and drafts[-1].passage.section == passage.section else None
        if last is not None and _belongs_to(block, last.blocks):
            last.blocks.append(block)
        elif _WORD.search(block.text):
            drafts.append(_Draft(passage, [block]))
    return [_finding(document, draft) for draft in drafts]


def _candidates(outline: Outline, report_type: ReportType) -> Iterator[Passage]:
    """Passages that stand where findings stand and are not method."""
    for passage in _introduction(outline, report_type):
        yield passage
    for passage in outline.passages:
        if passage.content in ("findings", "study") and not is_method(passage.block):
            yield passage


def _introduction(outline: Outline, report_type: ReportType) -> Iterable[Passage]:
    """Findings that a letter prints before its first heading: the narrative of a joint inspection,
    and of a visit letter that has no overview.
    """
    headings = [fold(section.heading) for section in outline.sections]
    overview = any(h.startswith(("overview", "headline", "key findings")) for h in headings)
    if overview or report_type not in LETTERS:
        return []
    greeted = False
    kept = []
    for passage in outline.passages:
        if passage.content != "intro":
            break
        folded = fold(passage.block.text)
        if greeted and passage.block.kind != "row" and not is_method(passage.block, intro=True):
            kept.append(passage)
        greeted = greeted or bool(re.search(r"\bdear\b", folded))
    return kept


def _belongs_to(block: Block, blocks: list[Block]) -> bool:
    """Whether a block is a sub-bullet or a marker on its own line, of the finding above it."""
    first, last = blocks[0], blocks[-1]
    if _MARKER.fullmatch(block.text.strip()):
        return True
    if block.kind != "item":
        return False
    if first.kind == "item":
        return block.level > first.level
    return last.text.rstrip().endswith(":") or (last.kind == "item" and len(blocks) > 1)


def _finding(document: Document, draft: _Draft) -> Finding:
    first, last = draft.blocks[0], draft.blocks[-1]
    text = " ".join(block.text for block in draft.blocks)
    marker = _MARKER.search(text)
    return Finding(
        number=first.number,
        section=draft.passage.section or SUMMARY,
        text=text,
        span=document.span(first.start, last.end),
        recommendation_marker=marker is not None,
        cites=cited(marker.group("numbers") or "") if marker else (),
        illustrative=draft.passage.content == "study",
        evidence=tuple(_evidence(document, draft.blocks)),
    )


def _evidence(document: Document, blocks: list[Block]) -> Iterator[Evidence]:
    for block in blocks:
        for start, end in split_sentences(block.text):
            span = document.span(block.start + start, block.start + end)
            words = span.of(document.text)
            yield Evidence(words, span, kind=_kind(words))


def _kind(words: str) -> str:
    """Where what a sentence says was seen or heard, by its words; "practice" where it is silent."""
    folded = fold(words)
    return next(
        (row["kind"] for pattern, row in patterns("evidence.csv") if pattern.search(folded)),
        "practice",
    )
