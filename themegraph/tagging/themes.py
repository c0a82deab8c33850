"""Which themes a passage is about, with the words that say so.

Two steps, both tables of weights that were learned from labelled passages (docs/explanation). In
the first each theme is scored by the phrases of the passage; in the second a score counts by what
else the passage is about: how it ranks, how far it is from the best, how many others there are.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from themegraph.tagging.abbreviations import spelt_out
from themegraph.tagging.features import Feature, word_features
from themegraph.tagging.labels import Hit, theme_labels
from themegraph.tagging.passages import Passage
from themegraph.tagging.tables import read_table, read_weights_by_file
from themegraph.tagging.words import stem, words_of

METHOD = "phrases-3"
#: Names in the table of weights that are no phrases: the constant, and a label of the theme.
CONSTANT, LABEL = "(constant)", "(label)"
#: No more labels of a theme than this count.
MOST_LABELS = 3
#: Themes with a score below this are not weighed in the second step.
LEAST_SCORE = -4.5
LAST_RANK = 6
#: The likeliest theme of a recommendation that has no other is told from this probability on.
LEAST_ASKED = 0.2


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that speak for a theme, and how much: a sentence by number, and offsets in it."""

    weight: float
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A theme of a passage: how likely, the words that say so most, and all that do."""

    theme: str
    probability: float
    trigger: Piece
    pieces: tuple[Piece, ...]

    def said_in(self, sentence: int) -> float:
        """How much a sentence says for the theme."""
        return sum(piece.weight for piece in self.pieces if piece.sentence == sentence)


def tag_themes(passage: Passage) -> list[Tag]:
    """The themes of ``passage``, the likeliest first."""
    reading = read_passage(passage)
    chances = _chances(reading.scores, passage)
    chosen = [(p, theme) for theme, p in chances.items() if p >= _threshold()]
    if passage.kind == "recommendation" and not chosen and chances:
        # A recommendation asks for something: its likeliest theme, unless all are unlikely.
        best = min((-p, theme) for theme, p in chances.items())
        chosen = [(-best[0], best[1])] if -best[0] >= LEAST_ASKED else []
    return [reading.tag(theme, p) for p, theme in sorted(chosen, key=lambda c: (-c[0], c[1]))]


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage after the first step: the score of every theme, and what scores come from."""

    scores: Mapping[str, float]
    features: tuple[tuple[int, Feature], ...]
    labels: tuple[tuple[int, Hit], ...]

    def tag(self, theme: str, probability: float) -> Tag:
        """The tag of a theme, with the words that speak for it."""
        weights = _weights()
        pieces = [
            Piece(weight, number, feature.start, feature.end)
            for number, feature in self.features
            if (weight := weights.get(feature.name, _NOTHING).get(theme, 0.0)) > 0
        ]
        label = max(0.0, weights[LABEL].get(theme, 0.0)) + 1
        pieces += [
            Piece(label, number, hit.start, hit.end)
            for number, hit in self.labels
            if hit.concept == theme
        ]
        shares: dict[int, float] = {}
        for piece in pieces:
            shares[piece.sentence] = shares.get(piece.sentence, 0.0) + piece.weight
        trigger = max(
            pieces,
            key=lambda piece: (shares[piece.sentence], piece.weight, -piece.start),
            default=Piece(0.0, 0, 0, 0),
        )
        return Tag(theme, probability, trigger, tuple(pieces))


_NOTHING: Mapping[str, float] = {}


def read_passage(passage: Passage) -> Reading:
    """The first step: how far the phrases and labels of a passage speak for each theme."""
    weights = _weights()
    scores = dict(weights[CONSTANT])
    # An abbreviation that the tables know stands for itself.
    meanings = {a: full for a, full in passage.abbreviations.items() if stem(a) not in weights}
    features: list[tuple[int, Feature]] = []
    labels: list[tuple[int, Hit]] = []
    for number, sentence in enumerate(passage.sentences):
        words = spelt_out(words_of(sentence.text), meanings)
        features += [(number, feature) for feature in word_features(words)]
        labels += [(number, hit) for hit in theme_labels().find(words)]
    for name in dict.fromkeys(feature.name for _, feature in features):
        for theme, weight in weights.get(name, _NOTHING).items():
            scores[theme] += weight
    for theme, count in Counter(hit.concept for _, hit in labels).items():
        scores[theme] += min(MOST_LABELS, count) * weights[LABEL].get(theme, 0.0)
    return Reading(scores, tuple(features), tuple(labels))


def ranking_features(scores: Mapping[str, float], passage: Passage) -> dict[str, dict[str, float]]:
    """What the second step looks at, for every theme that is not out of the question."""
    order = sorted(scores, key=lambda theme: (-scores[theme], theme))
    chances = {theme: _logistic(score) for theme, score in scores.items()}
    best, total = scores[order[0]], sum(chances.values())
    asked = float(passage.kind == "recommendation")
    length = math.log(max(3, len(passage.text.split())))
    rows = {}
    for rank, theme in enumerate(order):
        score = scores[theme]
        if score < LEAST_SCORE:
            break
        place = float(min(rank, LAST_RANK))
        rows[theme] = {
            "score": score,
            "rank": place,
            "behind the best": best - score,
            "others": total - chances[theme],
            "asked": asked,
            "asked score": asked * score,
            "asked rank": asked * place,
            "length": length,
            "length score": length * score,
            f"theme {theme}": 1.0,
        }
    return rows


def _chances(scores: Mapping[str, float], passage: Passage) -> dict[str, float]:
    weights = _ranking()
    return {
        theme: _logistic(
            weights[CONSTANT] + sum(weights.get(name, 0.0) * value for name, value in row.items())
        )
        for theme, row in ranking_features(scores, passage).items()
    }


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def _weights() -> dict[str, dict[str, float]]:
    return read_weights_by_file("theme-phrases")


@cache
def _ranking() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("theme-ranking.csv")}


@cache
def _threshold() -> float:
    return _ranking()["(threshold)"]
