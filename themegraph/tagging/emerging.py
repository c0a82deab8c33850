"""Phrases that come back in the reports and that no theme covers, so that the scheme can grow.

A phrase is up to three words that stand together and end in a noun, neither a label of the scheme
nor talk that every report has (``generic-words.csv``) nor a name of a body or place. It matters
when sentences that have it have no theme more often than others do, or when a larger share of
sentences has it than used to.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import mean

from themegraph.ontology.register import authorities
from themegraph.tagging.labels import service_labels, theme_labels
from themegraph.tagging.tables import read_table
from themegraph.tagging.words import Word, stem, words_of

LONGEST = 3
#: A phrase of which a larger share stands in labels of the scheme is covered by it.
MOST_COVERED = 0.2
#: A longer phrase takes the place of a shorter one when it is this share of its uses.
MOST_NESTED = 0.7


#: Sentences with a phrase that no theme covers lack a theme at least this often, as a share of how
#: often all sentences do.
LEAST_UNTHEMED = 0.75
#: The log-likelihood above which the rise of one phrase would be chance once in twenty.
LEAST_RISE = 3.84
#: A noun stands before a joint or at an end this often, and as a verb does at most so often.
LEAST_ENDS, MOST_VERBAL = 0.5, 0.2


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report: its words, where it is from, and whether it has a theme.

    ``year`` is that of the inspection.
    """

    text: str
    inspection: str
    authority: str
    year: int
    has_theme: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it is mostly written, and the sentences it is in (by place in the input).

    ``unthemed`` is the share of them without a theme, ``surplus`` how far that is above what chance
    gives, in standard errors; ``rise`` is how sure it is that a larger share of sentences has it in
    the later half than before, as the signed log-likelihood of Dunning (1993): reports were longer
    once, so that inspections cannot be compared. Above LEAST_RISE a rise of one phrase alone would
    be chance once in twenty; of many phrases some always are. ``rises`` is whether it is above, and
    the inspections that use the phrase are also later on average than all are: a few reports with
    many such sentences are no rise. That asks the more of it the longer the early reports are.
    """

    words: str
    sentences: tuple[int, ...]
    inspections: int
    authorities: int
    first: int
    last: int
    unthemed: float
    surplus: float
    rise: float
    rises: bool


def emerging(
    sentences: Sequence[Sentence],
    *,
    names: Iterable[str] = (),
    least_inspections: int = 10,
    least_authorities: int = 5,
    watched: Callable[[Sequence[Sentence]], Iterable[Sentence]] = iter,
) -> list[Phrase]:
    """The phrases of ``sentences`` that no theme covers, those with the largest surplus first.

    ``names`` are names of bodies and places beside those of the register. ``watched`` may give back
    the sentences while it shows how far it has come.
    """
    unwanted = _names() | _stems_of(names) | _local_names(sentences)
    uses, covered, forms = _uses(watched(sentences), _nouns(sentences), unwanted)
    enough = {
        key: at
        for key, at in uses.items()
        if covered[key] <= MOST_COVERED * len(at)
        and len({sentences[n].inspection for n in at}) >= least_inspections
        and len({sentences[n].authority for n in at}) >= least_authorities
    }
    period = _Periods(sentences)
    kept = _without_nested(enough)
    found = [_phrase(forms[key], at, sentences, period) for key, at in kept.items()]
    found = [phrase for phrase in found if phrase.unthemed >= LEAST_UNTHEMED * period.unthemed]
    return sorted(found, key=lambda phrase: (-phrase.surplus, phrase.words))


def _uses(
    sentences: Iterable[Sentence], nouns: frozenset[str], names: frozenset[str]
) -> tuple[dict[str, list[int]], Counter[str], dict[str, Counter[str]]]:
    """Of each phrase (by its stems) the sentences, how many are covered, and how it is written."""
    uses: dict[str, list[int]] = {}
    covered: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for number, sentence in enumerate(sentences):
        words = words_of(sentence.text)
        hits = [*theme_labels().find(words), *service_labels().find(words)]
        seen: set[str] = set()
        for run in _runs(words, nouns, names):
            key = " ".join(word.stem for word in run)
            if key in seen:
                continue
            seen.add(key)
            uses.setdefault(key, []).append(number)
            written = " ".join(word.folded for word in run)
            forms.setdefault(key, Counter())[written] += 1
            covered[key] += any(h.start < run[-1].end and run[0].start < h.end for h in hits)
    return uses, covered, forms


def _runs(
    words: Sequence[Word], nouns: frozenset[str], names: frozenset[str]
) -> Iterable[Sequence[Word]]:
    """The runs of words that may be a subject: they end in a noun that tells something, begin with
    a word that is more than a joint, and hold no name or number.
    """
    little, generic, function = _little(), _generic(), _function()
    joint = [len(word.folded) < 3 or word.stem in little for word in words]
    for first, word in enumerate(words):
        if joint[first] or word.stem in function or word.folded.endswith("ly"):
            continue
        for run in (words[first:end] for end in range(first + 1, first + LONGEST + 1)):
            last = run[-1].folded
            if last not in nouns or run[-1].stem in generic or run[-1].stem in little:
                continue
            if all(other.folded.isalpha() and other.stem not in names for other in run):
                yield run


def _nouns(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Words that stand where nouns stand: before a joint or the end of a sentence mostly, seldom at
    the beginning, and seldom behind what a verb follows.
    """
    uses: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    verbal: Counter[str] = Counter()
    for sentence in sentences:
        words = words_of(sentence.text)
        for n, word in enumerate(words):
            uses[word.folded] += 1
            behind = words[n + 1].stem if n + 1 < len(words) else ""
            ends[word.folded] += not behind or behind in _little()
            verbal[word.folded] += n == 0 or words[n - 1].folded in _before_verbs()
    return frozenset(
        word
        for word, count in uses.items()
        if ends[word] >= LEAST_ENDS * count and verbal[word] <= MOST_VERBAL * count
    )


def _local_names(sentences: Iterable[Sentence]) -> frozenset[str]:
    """The stems of words that are written large wherever they do not begin a sentence, and that
    the reports about one body alone have: names of places, teams and people there.
    """
    bodies: dict[str, set[str]] = {}
    small: set[str] = set()
    for sentence in sentences:
        for word in words_of(sentence.text)[1:]:
            if sentence.text[word.start].isupper():
                bodies.setdefault(word.stem, set()).add(sentence.authority)
            else:
                small.add(word.stem)
    return frozenset(stem for stem, of in bodies.items() if len(of) == 1) - small


def _without_nested(uses: dict[str, list[int]]) -> dict[str, list[int]]:
    """Phrases without those that are nearly always part of one longer phrase, and without longer
    ones that are only some of the uses of their part, unless these took the place of another.
    """
    parts_dropped, longer_dropped, taking_place = set(), set(), set()
    for key, at in uses.items():
        stems = key.split()
        for size in range(1, len(stems)):
            for first in range(len(stems) - size + 1):
                part = " ".join(stems[first : first + size])
                if part not in uses:
                    continue
                if len(at) >= MOST_NESTED * len(uses[part]):
                    parts_dropped.add(part)
                    taking_place.add(key)
                else:
                    longer_dropped.add(key)
    dropped = parts_dropped | (longer_dropped - taking_place)
    return {key: at for key, at in uses.items() if key not in dropped}


class _Periods:
    """How many sentences there are before and since the middle year, and how many have no theme."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        ordered = sorted(sentence.year for sentence in sentences)
        self.middle = ordered[len(ordered) // 2] if ordered else 0
        self.since = sum(year >= self.middle for year in ordered)
        self.before = len(ordered) - self.since
        untold = sum(not sentence.has_theme for sentence in sentences)
        self.unthemed = untold / max(1, len(sentences))
        years = {sentence.inspection: sentence.year for sentence in sentences}
        self.mean_year = mean(years.values()) if years else 0.0


def _phrase(
    forms: Counter[str], at: Sequence[int], sentences: Sequence[Sentence], period: _Periods
) -> Phrase:
    told = [sentences[n] for n in at]
    years = {sentence.inspection: sentence.year for sentence in told}
    since = sum(sentence.year >= period.middle for sentence in told)
    share = sum(not sentence.has_theme for sentence in told) / len(told)
    error = math.sqrt(period.unthemed * (1 - period.unthemed) / len(told)) or 1.0
    written = min(forms, key=lambda form: (-forms[form], form))
    rise = _rise(len(told) - since, since, period.before, period.since)
    return Phrase(
        written,
        tuple(at),
        len(years),
        len({sentence.authority for sentence in told}),
        min(years.values()),
        max(years.values()),
        round(share, 3),
        round((share - period.unthemed) / error, 2),
        round(rise, 2),
        rise >= LEAST_RISE and mean(years.values()) > period.mean_year,
    )


def _rise(before: int, since: int, of_before: int, of_since: int) -> float:
    """Dunning's log-likelihood of two rates, with a minus where the rate fell."""
    total = of_before + of_since
    if not of_before or not of_since:
        return 0.0
    likelihood = 0.0
    for seen, of in ((before, of_before), (since, of_since)):
        if seen:
            likelihood += seen * math.log(seen * total / (of * (before + since)))
    rises = since * of_before > before * of_since
    return 2 * likelihood if rises else -2 * likelihood


@cache
def _generic() -> frozenset[str]:
    rows = (row for row in read_table("generic-words.csv") if row["kind"] != "before verbs")
    return frozenset(stem(word) for row in rows for word in row["words"].split())


@cache
def _little() -> frozenset[str]:
    rows = [row for row in read_table("word-classes.csv") if row["class"] == "little"]
    rows += [row for row in read_table("generic-words.csv") if row["kind"] == "placing"]
    return frozenset(stem(word) for row in rows for word in row["words"].split())


@cache
def _function() -> frozenset[str]:
    rows = (row for row in read_table("generic-words.csv") if row["kind"] == "function")
    return frozenset(stem(word) for row in rows for word in row["words"].split())


@cache
def _before_verbs() -> frozenset[str]:
    rows = (row for row in read_table("generic-words.csv") if row["kind"] == "before verbs")
    return frozenset(word for row in rows for word in row["words"].split())


@cache
def _names() -> frozenset[str]:
    """The stems of the names of bodies in the register."""
    return _stems_of(name for body in authorities() for name in (body.name, *body.also_known_as))


def _stems_of(names: Iterable[str]) -> frozenset[str]:
    """The stems of the words of ``names``, but for those that are short or name a kind of body."""
    return frozenset(
        word.stem
        for name in names
        for word in words_of(name)
        if len(word.stem) > 3 and word.stem not in _generic()
    )
