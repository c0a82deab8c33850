"""Who inspected: from the team block, the lead line, the letter's sentence or the team table."""

from __future__ import annotations

import re

from themegraph.loaders.blocks import Block
from themegraph.loaders.document import Document
from themegraph.loaders.families import VISITS
from themegraph.loaders.findings import is_method
from themegraph.loaders.outline import Outline
from themegraph.loaders.people import clean_name, labelled_people, split_names
from themegraph.loaders.rules import alternatives, fold
from themegraph.model import Inspector, ReportType

_SUPPORT = ("analyst", "quality-assurance", "author", "signatory")
_TITLE = r"(?:H(?:er|is) Majesty[’'] ?s Inspectors?|HMIs?|Ofsted inspectors?|inspectors?)"
#: Sentences of a letter that name its inspectors; the names are what follows.
_SENTENCES = (
    re.compile(
        rf"\b(?:{_TITLE})(?: \([^)]*\))?(?: for| on| of| undertaking| who)?[^.]{{0,60}}?"
        r" were\b:?\s*(?P<names>.+)",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:{_TITLE})(?: for| on| of)?[^.]{{0,40}}? was\b:?\s*(?P<names>[A-Z].+)"),
    re.compile(
        r"\b(?:carried out|conducted|undertaken|led|completed|made)\s+by\s*:?\s*(?P<names>.+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\bThe (?:visit|inspection) team (?:was|were|consisted of|comprised)\s*:?\s*(?P<names>.+)",
        re.IGNORECASE,
    ),
)
_SHADOW = re.compile(
    r"(?P<names>[^.]*?)\s*(?:,\s*)?(?:was |were )?(?:shadow(?:ed|ing)|observed|supernumerary)\b",
    re.IGNORECASE,
)
_QUALITY = re.compile(r"quality assur|\bQA\b", re.IGNORECASE)
_LEAD_LINE = re.compile(r"^lead inspectors?\s*[:–-]?\s*(?P<name>.*)$", re.IGNORECASE)
_YOURS = re.compile(r"^yours? (?:sincerely|faithfully)")
_ROLE_WORDS = re.compile(rf"(?:[,\s(]*\b(?:{alternatives('team-word')})\b[,)\s]*)+", re.IGNORECASE)


def read_team(
    document: Document, outline: Outline, report_type: ReportType
) -> tuple[tuple[Inspector, ...], tuple[Inspector, ...]]:
    """(inspectors, other people named for the inspection), each in the order printed."""
    if report_type == "area-send":
        people = _send_team(outline)
    elif report_type == "jtai":
        people = []  # letters of joint inspections name their signatories only
    elif report_type in VISITS:
        people = _letter_team(document)
    elif report_type == "ilacs":
        people = _lead_line(document)
    else:
        people = _team_block(document, outline) or _lead_line(document)
    inspectors = tuple(p for p in people if p.role not in _SUPPORT)
    return inspectors, tuple(p for p in people if p.role in _SUPPORT)


def _team_block(document: Document, outline: Outline) -> list[Inspector]:
    """The labelled list under "The inspection team" or "Information about this inspection"."""
    for opening in ("the inspection team", "information about this", "about this inspection"):
        blocks = [p.block for p in outline.passages if fold(p.section).startswith(opening)]
        text = " ".join(b.text for b in blocks if not is_method(b))  # without the closing page
        people = labelled_people(text)
        if any(p.role == "lead" for p in people):
            return people
    cover = " ".join(b.text for b in document.blocks if b.page <= 4)
    return [p for p in labelled_people(cover) if p.role == "lead"]


def _lead_line(document: Document) -> list[Inspector]:
    """The lead on the cover: "Lead inspector: A Jones, His Majesty's Inspector"."""
    for block in document.blocks:
        if block.page > 2:
            break
        for fragment in block.fragments:
            match = _LEAD_LINE.match(fragment.text.strip())
            if match is None:
                continue
            names = split_names(match.group("name")) or split_names(block.text.split(":", 1)[-1])
            return [Inspector(name, "lead", "Ofsted") for name in names]
    return []


def _letter_team(document: Document) -> list[Inspector]:
    """The inspectors a visit letter names in its opening, the signatory as their lead."""
    opening = _opening(document)
    text = " ".join(b.text for b in opening)
    people: list[Inspector] = []
    for sentence in re.split(r"(?<=[a-z)I])\.(?:\s+|$)", text):
        people += [p for p in _sentence_team(sentence) if all(q.name != p.name for q in people)]
    signatory = _signatory(document)
    if signatory is None:
        return people
    if any(p.name == signatory for p in people):
        return [
            Inspector(p.name, "lead" if p.name == signatory else p.role, p.organisation)
            for p in people
        ]
    role = "signatory" if people else "lead"
    return [*people, Inspector(signatory, role, "Ofsted")]


def _sentence_team(sentence: str) -> list[Inspector]:
    if _QUALITY.search(sentence) and not re.search(r"Inspectors? (?:for|were)", sentence):
        found = split_names(sentence.split("were")[-1].split("was")[-1])
        return [Inspector(name, "quality-assurance", "Ofsted") for name in found]
    shadow = _SHADOW.match(sentence)
    if shadow and not re.search(r"\bInspectors[^.]* were\b", sentence):
        return [Inspector(n, "shadow", "Ofsted") for n in split_names(shadow.group("names"))]
    for pattern in _SENTENCES:
        match = pattern.search(sentence)
        if match:
            names = split_names(match.group("names"))
            if names:
                return [Inspector(name, "team", "Ofsted") for name in names]
    return []


def _opening(document: Document) -> list[Block]:
    """The blocks between the salutation and the first section of a letter."""
    blocks: list[Block] = []
    greeted = False
    for block in document.blocks:
        folded = fold(block.text)
        if greeted and (
            len(blocks) > 10 or folded.startswith(("overview", "headline finding", "what needs"))
        ):
            break
        if greeted:
            blocks.append(block)
        greeted = greeted or bool(re.search(r"\bdear\b", folded))
    return blocks


def _signatory(document: Document) -> str | None:
    signed = False
    for block in document.blocks:
        if signed:
            for fragment in block.fragments:
                name = clean_name(fragment.text)
                if name:
                    return name
            name = clean_name(re.split(r"\bH(?:er|is) Majesty", block.text)[0])
            if name:
                return name
        if _YOURS.search(fold(block.text)):
            signed = True
            rest = re.split(r"(?i)sincerely,?|faithfully,?", block.text, maxsplit=1)[-1]
            name = clean_name(re.split(r"\bH(?:er|is) Majesty", rest)[0])
            if name:
                return name
    return None


def _send_team(outline: Outline) -> list[Inspector]:
    """The team table of an Area SEND report: names and roles of two inspectorates, cell by cell."""
    people: list[Inspector] = []
    for passage in outline.passages:
        if not fold(passage.section).startswith("inspection team"):
            continue
        if re.match(r"^(?:if you are not happy|the office for)", fold(passage.block.text)):
            break
        people += _cell_people(passage.block.text)
    return people


def _cell_people(text: str) -> list[Inspector]:
    """Names with the role words that follow each."""
    pieces: list[tuple[str, str]] = []
    position = 0
    for match in _ROLE_WORDS.finditer(text):
        name = clean_name(text[position : match.start()])
        position = match.end()
        if name:
            pieces.append((name, match.group().lower()))
    return [
        Inspector(
            name,
            "lead"
            if "lead" in words and "cqc" not in words and "care quality" not in words
            else "team",
            "Care Quality Commission" if "cqc" in words or "care quality" in words else "Ofsted",
        )
        for name, words in pieces
    ]
