"""Recommendations: what the report says must improve, under whichever heading it asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from themegraph.loaders.blocks import Block
from themegraph.loaders.citations import LIST, cited
from themegraph.loaders.document import Document
from themegraph.loaders.findings import is_method
from themegraph.loaders.outline import Outline, Passage
from themegraph.loaders.rules import fold
from themegraph.model import Item, Recommendation, RecommendationSource, ReportType

_FRAMEWORK = re.compile(
    r"\((?=[^)]*(?:national\s+framework|enabler|outcome))[^)]*?\b(?P<kind>outcome|enabler)s?\s*(?P<number>\d|one|two|three|four)?[^)]*\)",
    re.IGNORECASE,
)
_NUMBER_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4"}
_POINTER = re.compile(
    rf"\(\s*(?:page \d+,\s*)?paragraphs?\s+(?P<numbers>{LIST})\s*\)",
    re.IGNORECASE,
)
_REPEATED = re.compile(
    r"this was a recommendation (?:at|in|from) the (?:last|previous) inspection", re.IGNORECASE
)
_JOINT = ("jtai", "area-send")
#: Where letters of a list begin: a short responsible body beside the action (Area SEND tables).
_BODY = re.compile(
    r"\b(?:council|board|trust|partnership|icb|nhs|leaders in|authority|local area)\b",
    re.IGNORECASE,
)
_COUNCIL = re.compile(r"\bcouncil\b|\bborough\b|local authority", re.IGNORECASE)
_HEALTH = re.compile(r"\bnhs\b|\bicb\b|integrated care|health", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:partnership|schools?|college|police|trust|all)\b", re.IGNORECASE)


@dataclass
class _Draft:
    passage: Passage
    blocks: list[Block]
    items: list[Block] = field(default_factory=list)
    addressee: str | None = None
    lead_in: str | None = None


@dataclass(frozen=True, slots=True)
class Recommended:
    """Recommendations in order, and the passages among them that were not taken."""

    recommendations: tuple[Recommendation, ...]
    warnings: tuple[str, ...]


def read_recommendations(
    document: Document, outline: Outline, report_type: ReportType
) -> Recommended:
    """The recommendations of a report in the order they are printed."""
    groups: list[list[Passage]] = []
    for passage in outline.passages:
        if not passage.content.startswith("recommendations"):
            continue
        if (
            groups
            and groups[-1][-1].section == passage.section
            and groups[-1][-1].part == passage.part
        ):
            groups[-1].append(passage)
        else:
            groups.append([passage])
    recommendations: list[Recommendation] = []
    warnings: list[str] = []
    for group in groups:
        tabled = report_type == "area-send" and any(p.block.kind == "paragraph" for p in group)
        drafts, left = (_table_drafts(group), []) if tabled else _drafts(group)
        recommendations += [_recommendation(document, draft, report_type) for draft in drafts]
        warnings += [
            f"page {b.page}: text between recommendations was not taken as one: {b.text[:60]!r}"
            for b in left
        ]
    return Recommended(tuple(recommendations), tuple(warnings))


def _drafts(group: list[Passage]) -> tuple[list[_Draft], list[Block]]:
    """The items of one list, and what stands in it without being one.

    A list without markers is one of paragraphs. In a list with markers a paragraph that ends with a
    colon leads in to the items; any other is left over.
    """
    drafts: list[_Draft] = []
    left: list[Block] = []
    lead_in: str | None = None
    listed = any(p.block.kind == "item" for p in group)
    for passage in group:
        block = passage.block
        if is_method(block) or (passage.content.endswith(":action") and _is_signature(block)):
            continue
        if block.kind == "item" and (block.level <= 1 or not drafts):
            drafts.append(_Draft(passage, [block], lead_in=lead_in))
        elif block.kind == "item":
            drafts[-1].items.append(block)
        elif not listed:
            drafts.append(_Draft(passage, [block]))
        elif block.text.rstrip().endswith(":"):
            lead_in = block.text
        else:
            left.append(block)
    return drafts, left


def _table_drafts(group: list[Passage]) -> list[_Draft]:
    """The rows of an Area SEND table: one paragraph each, with the bullets of its cell, and in the
    table of priority actions the responsible body in a cell to the left.
    """
    drafts: list[_Draft] = []
    addressee: str | None = None
    for passage in group:
        block = passage.block
        if is_method(block):
            continue
        if block.kind == "item" and drafts:
            drafts[-1].items.append(block)
        elif _is_body_cell(block, group):
            addressee = block.text
        else:
            drafts.append(_Draft(passage, [block], addressee=addressee))
    return drafts


def _is_body_cell(block: Block, group: list[Passage]) -> bool:
    """Whether a block is the left cell of an Area SEND table, naming who must act."""
    right = [p.block.x for p in group if p.block.x > block.x + 100]
    return bool(right) and len(block.text) < 200 and bool(_BODY.search(block.text))


def _is_signature(block: Block) -> bool:
    folded = fold(block.text)
    return len(folded) < 60 and not folded.endswith((".", ":"))


def _recommendation(document: Document, draft: _Draft, report_type: ReportType) -> Recommendation:
    first = draft.blocks[0]
    last = draft.items[-1] if draft.items else draft.blocks[-1]
    text = " ".join(block.text for block in draft.blocks)
    whole = " ".join([text, *(b.text for b in draft.items)])
    source: RecommendationSource = draft.passage.content.split(":")[1]  # type: ignore[assignment]
    pointer = _POINTER.search(whole)
    return Recommendation(
        number=first.number,
        source=source,
        section=draft.passage.section,
        text=text,
        span=document.span(first.start, last.end),
        items=tuple(Item(b.text, document.block_span(b)) for b in draft.items),
        addressee=_addressee(draft, report_type),
        responsible_body=draft.addressee,
        framework_reference=_framework_reference(whole),
        points_to=cited(pointer.group("numbers")) if pointer else (),
        repeated=bool(_REPEATED.search(whole)),
        lead_in=draft.lead_in,
    )


def _addressee(draft: _Draft, report_type: ReportType) -> str:
    """The kind of body that must act: told by the cell beside the row, else by the family."""
    if draft.addressee:
        council, health = _COUNCIL.search(draft.addressee), _HEALTH.search(draft.addressee)
        if council and not health and not _OTHERS.search(draft.addressee):
            return "authority"
        return (
            "health"
            if health and not council and not _OTHERS.search(draft.addressee)
            else "partnership"
        )
    if report_type in _JOINT:
        return "partnership"
    return "lscb" if draft.passage.part == "lscb" else "authority"


def _framework_reference(text: str) -> str | None:
    """The outcome or enabler of the national framework that an item cites, as "outcome-3"."""
    match = _FRAMEWORK.search(text)
    if not match or not match.group("number"):
        return None
    number = match.group("number").lower()
    return f"{match.group('kind').lower()}-{_NUMBER_WORDS.get(number, number)}"
