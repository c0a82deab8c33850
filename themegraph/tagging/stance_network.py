"""The stance network: what the words of a passage say of it, and of each theme in it.

It weighs windows of words (themegraph.tagging.windows) as the theme network does: a passage is
judged by what its best windows say and what all say on average; a theme by the windows that stand
near the words that speak of it, by what is said of the passage, and by its place among the themes.
What it says is weighed with the clauses (themegraph.tagging.stance). It was learned by
scripts/training/stance_student.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from themegraph.model import Polarity
from themegraph.tagging.passages import Passage
from themegraph.tagging.stance_tokens import StanceToken, stance_tokens
from themegraph.tagging.themes import Piece
from themegraph.tagging.windows import Table, Windows, numbers_of, read_rows

STANCES: tuple[Polarity, ...] = ("mixed", "strength", "weakness")
#: What is weighed: of a passage its best windows and all of them; of a theme the best windows of
#: its clauses, and on average the windows at its own words, in their clauses, in their sentences,
#: and where no other theme speaks.
AROUND = ("words", "clauses", "sentences", "unclaimed")
HEADS = ("best", "all", "theme best", *(f"theme {name}" for name in AROUND))
#: What is given for a theme beside its words: the log odds of the passage, and the theme's place.
GIVEN = (*(f"passage {stance}" for stance in STANCES), "first", "alone", "themes", "rank")
#: More themes than this, and a rank below this, make no difference.
MOST_THEMES, LOWEST_RANK = 8, 6
#: A clause of which another theme claims more than this is not unclaimed.
CLAIMED = 0.3
#: How near a token is to a theme is told in so many steps, which keeps sums whole numbers.
STEPS = 16
#: A theme is hardly heard in clauses that do not speak of it.
HARDLY = 1e-4
FOLDER = "stance-network"


@dataclass(frozen=True, slots=True)
class StanceWeights:
    """What the network has learned: whole numbers, and how much one of each stands for.

    ``words``, ``windows`` and ``bias`` are those of Windows. ``heads`` has for each head a row for
    each sum of a window, with a column for each of the STANCES; ``constants`` are added to the
    windows of a head, or to its sums. ``given`` has a row for each of GIVEN.
    """

    names: tuple[str, ...]
    words: Table
    windows: Table
    bias: Table
    heads: Mapping[str, Table]
    constants: Mapping[str, Table]
    given: Table
    units: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Said:
    """How far the words say that something is mixed, a strength and a weakness, in log odds."""

    mixed: float
    strength: float
    weakness: float

    @property
    def features(self) -> dict[str, float]:
        """As what is weighed with the clauses."""
        return {
            "network strength": self.strength - self.weakness,
            "network mixed": self.mixed - max(self.strength, self.weakness),
            "network mixed, not weak": self.mixed - self.weakness,
        }


def place_among(rank: int, count: int) -> tuple[float, ...]:
    """The place of a theme among ``count`` in its passage, as GIVEN: ``rank`` 0 is the likeliest.

    What a passage finds in all is most likely found of its main theme.
    """
    themes, low = min(count, MOST_THEMES) / MOST_THEMES, min(rank, LOWEST_RANK) / LOWEST_RANK
    return float(rank == 0), float(count == 1), themes, low


def nearness(tokens: Sequence[StanceToken], themes: Sequence[Sequence[Piece]]) -> list[Table]:
    """How near each token is to each theme, which ``themes`` knows by its pieces: for each theme a
    row for each of AROUND, in STEPS.
    """
    clauses = sorted({(t.clause.sentence, t.clause.start) for t in tokens if t.clause})
    clause = {place: n for n, place in enumerate(clauses)}
    inside = np.array([t.clause is not None for t in tokens])
    numbers = np.array(
        [clause[t.clause.sentence, t.clause.start] if t.clause else 0 for t in tokens]
    )
    sentences = np.array([t.clause.sentence if t.clause else 0 for t in tokens])
    own = [_steps(tokens, pieces) for pieces in themes]
    by_clause = [_spread(one, numbers, inside) for one in own]
    made = []
    for n, one in enumerate(own):
        others = [by_clause[m] for m in range(len(own)) if m != n]
        claimed = np.max(others, axis=0) if others else np.zeros(len(tokens))
        unclaimed = np.where(inside & (claimed <= CLAIMED * STEPS), STEPS, 0)
        spread = _spread(one, sentences, inside)
        made.append(np.array([one, by_clause[n], spread, unclaimed], dtype=np.float64))
    return made


def _steps(tokens: Sequence[StanceToken], pieces: Sequence[Piece]) -> Table:
    near = np.zeros(len(tokens))
    for n, token in enumerate(tokens):
        if token.clause is not None and token.start is not None:
            weights = (
                piece.weight
                for piece in pieces
                if piece.sentence == token.clause.sentence
                and piece.start <= token.start < piece.end
            )
            near[n] = round(STEPS * max(weights, default=0.0))
    return near


def _spread(near: Table, groups: Table, inside: Table) -> Table:
    """The most that any token of its group has, for each token inside one."""
    most = np.zeros(int(groups.max()) + 1)
    np.maximum.at(most, groups[inside], near[inside])
    spread: Table = np.where(inside, most[groups], 0)
    return spread


class StanceNetwork:
    """Judges passages with these weights."""

    def __init__(self, weights: StanceWeights) -> None:
        self._windows = Windows(weights.names, weights.words, weights.windows, weights.bias)
        self._weights = weights
        self._unit = weights.units["words"] * weights.units["windows"]

    def judge(
        self, tokens: Sequence[StanceToken], themes: Sequence[Sequence[Piece]]
    ) -> tuple[Said, list[Said]]:
        """What the words say of the passage, and of each theme, which is known by its pieces:
        the likeliest first.
        """
        above = self._windows.above([token.name for token in tokens])
        everywhere = np.full(len(tokens), float(STEPS))
        whole = self._best("best", above, everywhere) + self._mean("all", above, everywhere)
        of_themes = []
        for rank, around in enumerate(nearness(tokens, themes)):
            told = self._given(whole, rank, len(themes))
            told = told + self._best("theme best", above, around[AROUND.index("clauses")])
            for name, near in zip(AROUND, around, strict=True):
                told = told + self._mean(f"theme {name}", above, near)
            of_themes.append(Said(*told.tolist()))
        return Said(*whole.tolist()), of_themes

    def _best(self, head: str, above: Table, near: Table) -> Table:
        """What the windows say that say most, each counted as much as it is near."""
        weights = self._weights
        said = (above @ weights.heads[head]) * (self._unit * weights.units[head])
        said = said + weights.constants[head]
        top = said.max(0)
        heard = np.maximum(near / STEPS, HARDLY)[:, None]
        best: Table = top + np.log((heard * np.exp(said - top)).sum(0))
        return best

    def _given(self, whole: Table, rank: int, count: int) -> Table:
        given = np.concatenate([whole, place_among(rank, count)])
        told: Table = given @ self._weights.given * self._weights.units["given"]
        return told

    def _mean(self, head: str, above: Table, near: Table) -> Table:
        weights = self._weights
        unit = self._unit * weights.units[head]
        mean: Table = near @ above @ weights.heads[head] * unit / max(1.0, near.sum())
        return mean


@cache
def stance_network() -> StanceNetwork:
    """The network that ships with this package."""
    return StanceNetwork(_read())


def read_stance(passage: Passage, themes: Sequence[Sequence[Piece]]) -> tuple[Said, list[Said]]:
    """What the words of ``passage`` say of it as a whole, and of each of its ``themes``."""
    return stance_network().judge(stance_tokens(passage), themes)


def _read() -> StanceWeights:
    words, windows, heads, given, units = (
        read_rows(FOLDER, name) for name in ("words", "windows", "heads", "given", "units")
    )
    unit = {row[0]: float(row[1]) for row in units}
    tables = {
        head: numbers_of([row for row in heads if row[0].rpartition(" ")[0] == head])
        for head in HEADS
    }
    return StanceWeights(
        names=tuple(row[0] for row in words),
        words=numbers_of(words),
        windows=numbers_of(windows[1:]),
        bias=numbers_of(windows[:1])[0],
        heads={head: table[:, 1:].T.copy() for head, table in tables.items()},
        constants={head: table[:, 0] * unit["constants"] for head, table in tables.items()},
        given=numbers_of(given),
        units=unit,
    )
