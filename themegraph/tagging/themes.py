"""Themes of a passage: what the network says for each, weighed against what it says for others.

docs/explanation/how-passages-are-tagged.md tells how the network and the weights were learned.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from themegraph.tagging.network import theme_network
from themegraph.tagging.passages import Passage
from themegraph.tagging.tables import read_table
from themegraph.tagging.tokens import Token, tokens_of
from themegraph.tagging.windows import Table

METHOD = "network-4"
CONSTANT = "(constant)"
#: Themes with a score below this are not weighed in the second step.
LEAST_SCORE = -4.5
LAST_RANK = 6
#: What is asked for is told from this probability on, though the threshold is higher for findings:
#: what a recommendation is not said to ask for is never followed up, and F1 is as high (measured
#: from 0.3 to 0.55). The likeliest theme of one that has no other is told from the other one on.
ASKED, LEAST_ASKED = 0.3, 0.2
#: Words that say less than this share of what the most telling words say are left out.
LEAST_SHARE = 0.1
#: A window reaches so many tokens to either side.
REACH = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that speak for a theme, and how much beside those that say most (1): a sentence by
    number, and offsets in it.
    """

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
        """How much a sentence says for the theme: as much as its most telling words."""
        return max((p.weight for p in self.pieces if p.sentence == sentence), default=0.0)


def tag_themes(passage: Passage) -> list[Tag]:
    """The themes of ``passage``, the likeliest first."""
    reading = read_passage(passage)
    if not reading.words:
        return []
    chances = _chances(reading.scores, passage)
    is_asked = passage.kind == "recommendation"
    least = ASKED if is_asked else _threshold()
    chosen = [(p, theme) for theme, p in chances.items() if p >= least]
    if is_asked and not chosen and chances:
        # A recommendation asks for something: its likeliest theme, unless all are unlikely.
        best = min((-p, theme) for theme, p in chances.items())
        chosen = [(-best[0], best[1])] if -best[0] >= LEAST_ASKED else []
    return [reading.tag(theme, p) for p, theme in sorted(chosen, key=lambda c: (-c[0], c[1]))]


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage after the first step: the score of every theme, the passage's tokens, and what the
    window around each says for each theme.
    """

    scores: Mapping[str, float]
    tokens: Sequence[Token]
    windows: Table

    @property
    def words(self) -> list[int]:
        """Which of the tokens stand for words of a sentence, or for labels in it."""
        return [n for n, token in enumerate(self.tokens) if token.end]

    def tag(self, theme: str, probability: float) -> Tag:
        """The tag of a theme, with the words that speak for it."""
        said = self.windows[:, theme_network().themes.index(theme)]
        most = max(float(said[n]) for n in self.words)
        pieces = []
        for n in self.words:
            share = math.exp(float(said[n]) - most)
            if share >= LEAST_SHARE:
                pieces.append(Piece(share, *self._words(n)))
        trigger = min(pieces, key=lambda piece: -piece.weight)
        return Tag(theme, probability, trigger, tuple(pieces))

    def _words(self, at: int) -> tuple[int, int, int]:
        """The words of the window around a token; a label is its own words."""
        token = self.tokens[at]
        number = token.sentence or 0
        if token.name[0] == "#":
            return number, token.start, token.end
        around = [
            other
            for other in self.tokens[max(0, at - REACH) : at + REACH + 1]
            if other.sentence == number and other.end and other.name[0] != "#"
        ]
        return number, around[0].start, max(other.end for other in around)


def read_passage(passage: Passage) -> Reading:
    """The first step: how far the words of a passage speak for each theme."""
    network = theme_network()
    tokens = tokens_of(passage, network.places)
    scores, windows = network.read([token.name for token in tokens])
    return Reading(dict(zip(network.themes, scores.tolist(), strict=True)), tokens, windows)


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
def _ranking() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("theme-ranking.csv")}


@cache
def _threshold() -> float:
    return _ranking()["(threshold)"]
