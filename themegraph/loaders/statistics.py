"""Statistics: the numbers a report states, as printed, with their date, unit and sentence.

Pages on the area (SIF) are read number by number. In findings only numbers with a unit are taken.
Ages, years, dates, section numbers and grades' names are not statistics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from themegraph.loaders.blocks import Block
from themegraph.loaders.dates import find_dates, find_month
from themegraph.loaders.document import Document
from themegraph.loaders.findings import is_method
from themegraph.loaders.outline import Outline
from themegraph.loaders.sentences import split_sentences
from themegraph.loaders.rules import patterns
from themegraph.model import Statistic

_WORDS = {
    word: number
    for number, word in enumerate(
        "no one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"none": 0, "neither": 0, "a single": 1}
_NUMBER = re.compile(
    r"(?<![\w.,£/-])(?P<pounds>£\s?)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<percent>\s?%+|\s?per ?cent)?(?![\w/]|[.,]\d)"
    r"|\b(?P<word>no|none|neither|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)
_RATE = re.compile(r"^\s*(?:children )?(?:per|in every) 10[, ]?000")
#: Numbers that these words introduce or follow are ages, years or references.
_NOT_BEFORE = re.compile(
    r"(?:\bage[ds]?|\bages of|\bunder(?: the age of)?|\bover(?: the age of)?|\bsections?|\bpart|\bkey stages?|\bstage|\bper"
    r"|\bparagraphs?|\bpage|\btier|\blevel|\bgrade|\byear|\bOutcome|\bEnabler|\bband|\bregulation|\bworking together|\bact"
    r"|\baged (?:between )?\d+ (?:to|and|or)|\bage of \d+ (?:to|and|or)|\b\d+(?: to|–|-| and| or))\s*$",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(r"^(?:\s*[-–]?\s*(?:year|yr)s?[ -]olds?|\s*(?:to|and|or|–|-)\s*\d+(?:[- ]year|\s*years? old)|-year|\+| years? (?:old|of age))", re.IGNORECASE)
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_WORD_MEANS_COUNT = re.compile(
    r"^\s+(?:of (?:whom|which|these|them|the)|(?:\w+[\s-]+){0,4}?(?:children|young|child|care leaver|serious|notification|review|home|adoption|live|are|were|was|is|have|has|had|judged|case|inspection|unit|centre|famil|sibling|lives|people))",
    re.IGNORECASE,
)
_LIVES = re.compile(r"^\s*(?:lives?|are|were|was|is|of|live)\b|^\s*[.,;)]", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:(),]|\s(?:and|but|which|compared|of whom|this is)\s", re.IGNORECASE)


def read_statistics(document: Document, outline: Outline) -> list[Statistic]:
    """Every statistic of the report, in the order printed."""
    statistics: list[Statistic] = []
    parent: Block | None = None
    for passage in outline.passages:
        block = passage.block
        if is_method(block):
            continue
        area_page = passage.content == "statistics"
        if area_page:
            lead = parent if block.level > 1 else None
            parent = block if block.level <= 1 else parent
            statistics += _of_block(document, block, lead, area_page=True)
        elif passage.content in ("findings", "study") or passage.content.startswith("recomm"):
            statistics += _of_block(document, block, None, area_page=False)
    return statistics


def _of_block(
    document: Document, block: Block, lead: Block | None, *, area_page: bool
) -> Iterator[Statistic]:
    text = block.text
    lead_date = _as_of(lead.text, 0) if lead else None
    for start, end in split_sentences(text):
        sentence = text[start:end]
        dated = [(run.start, run.end) for run in find_dates(sentence)]
        for match in _NUMBER.finditer(sentence):
            if any(a <= match.start() < b for a, b in dated):
                continue
            unit = _unit(sentence, match)
            if not _counts(sentence, match, unit, area_page=area_page):
                continue
            span = document.span(block.start + start, block.start + end)
            yield Statistic(
                value=_value(match),
                unit=unit or "other",
                what=_what(sentence, match, lead),
                as_of=_as_of(sentence, match.start()) or lead_date,
                quote=span.of(document.text),
                span=span,
            )


def _value(match: re.Match[str]) -> float:
    if match.group("word"):
        return float(_WORDS[match.group("word").lower()])
    return float(match.group("digits").replace(",", ""))


def _unit(sentence: str, match: re.Match[str]) -> str | None:
    """The unit of a number: from its sign, or from the words behind it."""
    if match.group("percent"):
        return "percent"
    if match.group("pounds"):
        return "pounds"
    after = sentence[match.end() :]
    if _RATE.match(after):
        return "per-10000"
    for pattern, row in patterns("units.csv"):
        found = re.match(rf"^\s*(?:{pattern.pattern})\b", after, re.IGNORECASE)
        if found and row["unit"] not in ("percent", "per-10000", "pounds"):
            return row["unit"]
    return None


def _counts(sentence: str, match: re.Match[str], unit: str | None, *, area_page: bool) -> bool:
    """Whether a number is a statistic where it stands."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    if unit in ("percent", "per-10000", "pounds"):
        return True
    if _NOT_BEFORE.search(before) or _AGE_AFTER.match(after):
        return False
    if match.group("word"):
        return _word_counts(match, before, after) and area_page
    if _YEAR.match(match.group("digits")) and unit not in ("children", "people", "families"):
        return False
    if re.match(r"^\s*/\s*\d|^[–-]\d", after):
        return False
    return area_page or unit is not None


def _word_counts(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a number word counts something ("two were judged", "of whom none lives")."""
    word = match.group("word").lower()
    if word in ("none", "neither"):
        return bool(_LIVES.match(after)) or before.rstrip().endswith("whom")
    if word in ("no", "one") and re.search(r"\b(?:is|this|that|has)\s*$", before):
        return word == "one"
    return bool(_WORD_MEANS_COUNT.match(after))


def _what(sentence: str, match: re.Match[str], lead: Block | None) -> str:
    """What is counted, in the report's words: the clause after the number, or the one before."""
    after = sentence[match.end() :].lstrip(" %")
    clause = _CLAUSE_END.split(after, maxsplit=1)[0].strip() if after else ""
    if len(clause) < 4:
        clause = _CLAUSE_END.split(sentence[: match.start()].rstrip(" ("))[-1].strip()
    words = " ".join(clause.split()[:14])
    if lead is not None:
        words = f"{' '.join(lead.text.split(':')[0].split()[-10:])}: {words}"
    return words or sentence[:80]


def _as_of(sentence: str, position: int) -> str | None:
    """The date a number holds for: the nearest after "at" or "on", behind it or before it."""
    runs = [r for r in find_dates(sentence) if len(r.periods) == 1]
    behind = [r for r in runs if r.start > position and re.search(r"\b(?:at|on|by)\s*$", sentence[: r.start])]
    ahead = [r for r in runs if r.end <= position]
    chosen = behind[0] if behind and (not ahead or "from" in sentence[:position]) else (ahead[-1] if ahead else None)
    if chosen is None and behind:
        chosen = behind[0]
    if chosen is not None:
        return chosen.last.isoformat()
    return find_month(sentence)
