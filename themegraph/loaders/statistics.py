"""Statistics: the numbers a report states, as printed, with their date, unit and sentence.

Pages on the area (SIF) are read number by number. In findings only numbers with a unit are taken.
Ages, years, dates, section numbers and grades' names are not statistics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from themegraph.loaders.blocks import Block
from themegraph.loaders.dates import find_dates, find_month
from themegraph.loaders.document import Document
from themegraph.loaders.findings import is_method
from themegraph.loaders.outline import Outline
from themegraph.loaders.rules import alternatives, patterns
from themegraph.loaders.sentences import split_sentences
from themegraph.model import Statistic

_WORDS = {
    word: number
    for number, words in enumerate(
        (
            *("no none neither", "one", "two", "three", "four", "five", "six"),
            *("seven", "eight", "nine", "ten", "eleven", "twelve"),
        )
    )
    for word in words.split()
}
_NUMBER = re.compile(
    r"(?<![\w.,£/-])(?P<pounds>£\s?)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>\s?(?:thousand|million|billion|bn|k|m)\b)?(?P<percent>\s?%+|\s?per ?cent)?"
    r"(?![\w/]|[.,]\d)"
    rf"|(?<![\w-])(?P<word>{'|'.join(_WORDS)})\b(?!-)",
    re.IGNORECASE,
)
_SCALES = {
    **dict.fromkeys(("thousand", "k"), 1_000),
    **dict.fromkeys(("million", "m"), 1_000_000),
    **dict.fromkeys(("billion", "bn"), 1_000_000_000),
}
#: How much of a sentence on either side says what a number is (characters).
AROUND = 240
#: A date further than this from a number is not its own (characters).
FAR_DATE = 600
_RATE = re.compile(r"^\s*(?:children )?(?:per|in every) 10[, ]?000")
#: Numbers that these words introduce or follow are ages, years or references.
_NOT_BEFORE = re.compile(rf"\b(?:{alternatives('before-no-statistic')})\s*$", re.IGNORECASE)
_AGE_AFTER = re.compile(rf"^(?:{alternatives('after-age')})", re.IGNORECASE)
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_BEFORE_YEAR = re.compile(rf"\b(?:{alternatives('before-year')})\s*$", re.IGNORECASE)
_WORD_MEANS_COUNT = re.compile(
    r"^\s+(?:of (?:whom|which|these|them|the)"
    rf"|(?:\w+[\s-]+){{0,4}}?(?:{alternatives('counted')}))",
    re.IGNORECASE,
)
#: "risen from 12 in 2014/15 to 38": a number that a change starts from or leads to.
_CHANGE = re.compile(r"\b(?:from|from \d[\d,.]* .{0,40}? to|compared (?:to|with)|rate of)\s*$")
_LIVES = re.compile(r"^\s*(?:lives?|are|were|was|is|of|live)\b|^\s*[.,;)]", re.IGNORECASE)
_AT = re.compile(r"\b(?:as )?(?:at|on|by|of)\s*$", re.IGNORECASE)
#: What parts a number from the date of the earlier one that it is compared with.
_COMPARES = re.compile(
    r"\b(?:increase|reduction|decrease|rise|fall|drop|compar\w+|from|than|higher|lower|up|down)\b",
    re.IGNORECASE,
)
#: A sentence that compares the number before it with an earlier one.
_GOES_ON = re.compile(
    r"^(?:this|that|it|which|compared|an? (?:increase|reduction|decrease))\b", re.IGNORECASE
)
_OF_THESE = re.compile(
    r"^(?:of (?:this|these|those|the|which|whom)|including|in the last)\b", re.IGNORECASE
)
#: What a number counts is named with this many words, or the words before it are added.
LEAST_WORDS = 3
LONGEST_NAME = 14
_LETTERS = re.compile(r"[A-Za-z]{3}")
#: A name that ends with such a word has lost what it led to.
_DANGLING = re.compile(rf"(?:{alternatives('dangling')})[,;:]?", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"[.;:()]|(?<!\d),|,(?!\d)|\s(?:and(?! young people)|but|which|compared|of whom|this is)\s",
    re.IGNORECASE,
)


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
    """The statistics of one paragraph or bullet; ``lead`` is the bullet it is nested under."""
    lead_date = _as_of(lead.text, 0) if lead else None
    subject = _subject(lead) if lead else None
    for start, end in split_sentences(block.text):
        sentence = block.text[start:end]
        span = document.span(block.start + start, block.start + end)
        for match in _numbers(sentence):
            unit = _unit(sentence, match)
            if not _counts(sentence, match, unit, area_page=area_page):
                continue
            goes_on = _GOES_ON.match(sentence) is not None
            about = subject if goes_on or lead or unit == "per-10000" else None
            if unit is None or (unit != "percent" and goes_on):
                unit = unit or (about.unit if about else "other")
            what = _what(sentence, match, about, goes_on=goes_on, unit=unit)
            if subject is None and unit not in ("percent", "per-10000"):
                subject = _Subject(what, unit)
            yield Statistic(
                value=_value(match),
                unit=unit,
                what=what,
                as_of=_as_of(sentence, match.start()) or lead_date,
                quote=span.of(document.text),
                span=span,
            )


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the first number of a bullet counts, which later numbers of the bullet refer to."""

    what: str
    unit: str


def _subject(lead: Block) -> _Subject:
    """What a nested list counts: the subject of its lead-in ("children looked after ...:")."""
    *before, last = [lead.text[a:b] for a, b in split_sentences(lead.text)] or [lead.text]
    sentence = before[0] if before and _OF_THESE.match(last) else last
    for match in _numbers(sentence):
        unit = _unit(sentence, match)
        if _counts(sentence, match, unit, area_page=True) and unit not in ("percent", "per-10000"):
            return _Subject(
                _what(sentence, match, None, goes_on=False, unit=unit), unit or "children"
            )
    unit = "children" if re.search(r"children|young people|looked after", lead.text) else "other"
    return _Subject(" ".join(sentence.rstrip(" :").split()[-12:]), unit)


def _numbers(sentence: str) -> Iterator[re.Match[str]]:
    """The numbers of a sentence that are not part of a date."""
    dated = [(run.start, run.end) for run in find_dates(sentence)]
    for match in _NUMBER.finditer(sentence):
        if not any(a <= match.start() < b for a, b in dated):
            yield match


def _around(sentence: str, match: re.Match[str]) -> tuple[str, str]:
    """The words before and behind a number; no more of them, so that a table run together as one
    sentence is read in time.
    """
    start, end = match.span()
    return sentence[max(0, start - AROUND) : start], sentence[end : end + AROUND]


def _value(match: re.Match[str]) -> float:
    if match.group("word"):
        return float(_WORDS[match.group("word").lower()])
    value = float(match.group("digits").replace(",", ""))
    scale = (match.group("scale") or "").strip().lower()
    return value * _SCALES[scale] if scale else value


def _unit(sentence: str, match: re.Match[str]) -> str | None:
    """The unit of a number: from its sign, or from the words behind it."""
    if match.group("percent"):
        return "percent"
    if match.group("pounds"):
        return "pounds"
    after = re.sub(r"^-(?=[a-z])", " ", _around(sentence, match)[1])  # "a 24-hour service"
    if _RATE.match(after):
        return "per-10000"
    for pattern, row in patterns("units.csv"):
        found = re.match(rf"^\s*(?:{pattern.pattern})\b", after, re.IGNORECASE)
        if found:
            return row["unit"]
    return None


def _counts(sentence: str, match: re.Match[str], unit: str | None, *, area_page: bool) -> bool:
    """Whether a number is a statistic where it stands."""
    before, after = _around(sentence, match)
    if unit in ("percent", "per-10000", "pounds"):
        return True
    if _NOT_BEFORE.search(before) or _AGE_AFTER.match(after):
        return False
    if match.group("word"):
        if area_page:
            return _word_counts(match, before, after)
        return unit is not None and match.group("word").lower() not in ("no", "none", "neither")
    if _YEAR.match(match.group("digits")) and _BEFORE_YEAR.search(before):
        return False
    if _YEAR.match(match.group("digits")) and unit not in ("children", "people", "families"):
        return False
    if re.match(r"^\s*/\s*\d|^[–-]\d", after):
        return False
    return area_page or unit is not None or bool(_CHANGE.search(before))


def _word_counts(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a number word counts something ("two were judged", "of whom none lives")."""
    word = match.group("word").lower()
    if word == "one" and after.startswith(" of the "):
        return False
    if word in ("none", "neither"):
        return bool(_LIVES.match(after)) or before.rstrip().endswith("whom")
    if word in ("no", "one") and re.search(r"\b(?:is|this|that|has)\s*$", before):
        return word == "one"
    return bool(_WORD_MEANS_COUNT.match(after))


def _what(
    sentence: str, match: re.Match[str], about: _Subject | None, *, goes_on: bool, unit: str | None
) -> str:
    """What is counted, in the report's words: the clause after the number, or the one before it;
    behind what the list or the sentence before is about.
    """
    if about is not None and (goes_on or unit == "per-10000"):
        return f"rate of {about.what}" if unit == "per-10000" else about.what
    before, after = _around(sentence, match)
    after = after.lstrip(" %-")
    clause = "" if unit == "per-10000" else _CLAUSE_END.split(after, maxsplit=1)[0].strip()
    words = _trimmed(clause)
    if len(words.split()) < LEAST_WORDS:
        before = _trimmed(_CLAUSE_END.split(before.rstrip(" ("))[-1])
        # Words that stand apart in the report are not run together.
        words = " … ".join(part for part in (before, words) if part)
    words = words if _LETTERS.search(words) else _trimmed(sentence[: 2 * AROUND])
    return f"{about.what}: {words}" if about is not None else words


def _trimmed(clause: str) -> str:
    """At most LONGEST_NAME words of a clause, without what only led to or from its number."""
    words = clause.split()[:LONGEST_NAME]
    while words and _DANGLING.fullmatch(words[-1]):
        words.pop()
    return " ".join(words)


def _as_of(sentence: str, position: int) -> str | None:
    """The date a number holds for: the nearest after "at" or "on", behind it or before it."""
    left = max(0, position - FAR_DATE)
    sentence, position = sentence[left : position + FAR_DATE], position - left
    runs = [r for r in find_dates(sentence) if len(r.periods) == 1]
    behind = [
        r
        for r in runs
        if r.start > position
        and _AT.search(sentence[: r.start])
        and not _COMPARES.search(sentence[position : r.start])
    ]
    ahead = [r for r in runs if r.end <= position]
    chosen = (
        behind[0]
        if behind and (not ahead or "from" in sentence[:position])
        else (ahead[-1] if ahead else None)
    )
    if chosen is None and behind:
        chosen = behind[0]
    if chosen is not None:
        return chosen.last.isoformat()
    compared = _COMPARES.search(sentence, position)
    behind_it = sentence[position : compared.start() if compared else None]
    return find_month(behind_it) or find_month(sentence[:position])
