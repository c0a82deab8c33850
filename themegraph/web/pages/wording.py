"""How a theme is put into words, and which others are spoken of with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from themegraph.ids import concept
from themegraph.networks.read import Source
from themegraph.web.desk import Desk, Put

Row = dict[str, Any]

#: So many sentences are shown for each stance.
TYPICAL = 3
#: A sentence is shown if it can be read at a glance and is more than a heading.
FITTING = range(40, 241)
#: Shorter words ("the", "from") say nothing of a subject.
_WORD = re.compile(r"[^\W\d_]{5,}")
_COMMON = 3


def typical(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """For praise and for fault the sentences that share most words with the others of their kind,
    by the rows of ``theme-word-for-word``: one from each body at most, and none said twice.
    """
    told = {}
    for stance in ("weakness", "strength"):
        said = [row for row in rows if row["stance"] == stance and row["sentence_says"] == stance]
        uses = Counter(word for row in said for word in _words(row["sentence"]))
        best = sorted(said, key=lambda row: (-_shared(row["sentence"], uses), row["finding"]))
        told[stance] = _once_each(row for row in best if len(row["sentence"]) in FITTING)
    return told


def _once_each(rows: Iterable[Row]) -> list[Row]:
    seen: set[str] = set()
    told: list[Row] = []
    for row in rows:
        words = " ".join(row["sentence"].split()).lower()
        if len(told) < TYPICAL and not seen & {row["authority"], words}:
            seen |= {row["authority"], words}
            told.append(row)
    return told


def _words(sentence: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(sentence))


def _shared(sentence: str, uses: Mapping[str, int]) -> float:
    """In how many sentences, on average, a word of this one stands."""
    words = _words(sentence)
    return sum(uses[word] for word in words) / max(len(words), _COMMON)


def spoken_with(desk: Desk, theme: str) -> list[Row]:
    """The themes that findings speak of together with ``theme`` (an id), most often first.

    The rows are those of ``co-occurring-themes`` on it, which is put on the ``desk``; they are
    counted from what graphs are made from, as the question takes long on many reports.
    """
    put = Put("co-occurring-themes", "Which themes are spoken of together?", (("theme", theme),))
    desk.put.append(put)
    return together(desk.answers.networks, concept("theme", theme))


def together(source: Source, theme: str) -> list[Row]:
    """The rows of ``co-occurring-themes`` on ``theme`` (an IRI), with the other's ``label``."""
    findings = {
        passage.iri: {told for told, _ in passage.themes}
        for _, passages in source.mentions.visits()
        for passage in passages
        if not passage.is_recommendation
    }
    alone = Counter(told for themes in findings.values() for told in themes)
    both = Counter(told for themes in findings.values() if theme in themes for told in themes)
    of = len(findings)
    rows = [
        {
            "theme": theme,
            "other": other,
            "label": source.labels[other],
            "together": number,
            "theme_alone": alone[theme],
            "other_alone": alone[other],
            "of": of,
            "lift": number * of / (alone[theme] * alone[other]),
        }
        for other, number in both.items()
        if other != theme and number > 1
    ]
    return sorted(rows, key=lambda row: (-row["together"], row["other"]))
