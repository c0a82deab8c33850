"""What there is to learn of stance: passages as networks read them, and what is told of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import stances
from data import Labelled
from learning import numbers

from themegraph.tagging.stance_network import STANCES, STEPS, nearness
from themegraph.tagging.stance_tokens import StanceToken
from themegraph.tagging.themes import Piece

#: How much a passage counts that only a heading or a grade tells of, beside one that was labelled.
HINTED_WEIGHT = 0.3
#: What a heading or a grade tells: how likely each of the STANCES is.
HINTED = {
    (0, 1.0): (0.1, 0.85, 0.05),
    (1, 1.0): (0.15, 0.05, 0.8),
    (0, 0.6): (0.2, 0.7, 0.1),
    (1, 0.6): (0.4, 0.1, 0.5),
}
#: A reader who is near to the standard counts more, but not so much that others are unheard.
MOST_TRUST = 2.0

Likely = Sequence[float]


@dataclass(frozen=True)
class Read:
    """A passage as a network reads it: its ``parts`` (numbers of words, or vectors of sentences)
    and for each theme, the likeliest first, how near each part is to it: a row for each way of
    being near, in STEPS.
    """

    parts: np.ndarray
    near: Sequence[np.ndarray]


@dataclass(frozen=True)
class Told:
    """How likely each of the STANCES is, of a passage and of each of its themes (None: nothing is
    told of it), and how much that counts.
    """

    whole: Likely
    themes: Sequence[Likely | None]
    weight: float


@dataclass(frozen=True)
class Lesson:
    """What is told of a passage that is read."""

    read: Read
    told: Told


@dataclass(frozen=True)
class Both:
    """A passage of ``report`` as both networks read it, and what is told of it, if anything is."""

    report: str
    words: Read
    sentences: Read
    told: Told | None


def both(
    report: str,
    tokens: Sequence[StanceToken],
    vectors: np.ndarray,
    pieces: Mapping[str, Sequence[Piece]],
    told: Told | None,
    place: Mapping[str, int],
) -> Both:
    """A passage with these ``tokens`` and ``vectors`` of sentences; ``pieces`` are the words that
    speak for each theme, the likeliest first, and ``place`` the numbers of words.
    """
    themes = list(pieces.values())
    near = [table.astype(np.uint8) for table in nearness(tokens, themes)]
    words = Read(numbers([token.name for token in tokens], place), near)
    sentences = [_near_sentences(own, len(vectors)) for own in themes]
    return Both(report, words, Read(vectors.astype(np.float16), sentences), told)


def _near_sentences(pieces: Sequence[Piece], count: int) -> np.ndarray:
    near = np.zeros((1, count), np.uint8)
    for piece in pieces:
        near[0, piece.sentence] = max(near[0, piece.sentence], round(STEPS * piece.weight))
    return near


def labelled(item: Labelled, themes: Sequence[str]) -> Told | None:
    """What a reader told of a passage with these ``themes``, and of each of them."""
    if item.stance not in STANCES:
        return None
    told = [_certain(item.themes[theme]) for theme in themes]
    return Told(_certain(item.stance), told, min(MOST_TRUST, item.trust))


def _certain(stance: str) -> Likely | None:
    return [float(stance == one) for one in STANCES] if stance in STANCES else None


def hinted(section: str, themes: int) -> Told | None:
    """What its heading tells of a passage, but not of its ``themes``."""
    hint = stances.hint_of(section)
    return Told(HINTED[hint], [None] * themes, HINTED_WEIGHT * hint[1]) if hint else None
