"""The stance network: what it reads of a passage, and that its sums are what they should be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph.tagging.passages import Passage, Sentence
from themegraph.tagging.stance_network import (
    AROUND,
    GIVEN,
    HARDLY,
    HEADS,
    STANCES,
    STEPS,
    StanceNetwork,
    StanceWeights,
    nearness,
    place_among,
    read_stance,
)
from themegraph.tagging.stance_tokens import MOST, stance_tokens
from themegraph.tagging.themes import Piece
from themegraph.tagging.windows import UNKNOWN


def passage(*sentences: str, section: str = "") -> Passage:
    return Passage("finding", "ilacs", section, tuple(map(Sentence, sentences)))


@pytest.mark.parametrize(
    ("read", "names", "why"),
    [
        (passage("Doors closed."), ["<finding", "<sentence", "doors", "closed"], "words as they are"),
        (passage("Doors.", section="Key strengths"),
         ["<finding", "^key", "^strengths", "^^strengths", "<sentence", "doors"],
         "the heading, and what it says of stance"),
        (passage("Work is good here."),
         ["<finding", "<sentence", "work", "is", "good", "#strength", "here"],
         "a cue stands behind its words"),
        (passage("Doors are weak."), ["<finding", "<sentence", "doors", "are", "weak", "#weakness"],
         "behind the last word too"),
    ],
)  # fmt: skip
def test_a_passage_is_read_as_tokens(read: Passage, names: list[str], why: str) -> None:
    assert [token.name for token in stance_tokens(read)] == names, why


def test_words_know_their_clause() -> None:
    tokens = stance_tokens(passage("Doors open, but windows never do."))
    clauses = {token.name: token.clause for token in tokens}
    assert clauses["doors"] != clauses["but"] == clauses["windows"]
    assert clauses["<finding"] is None


def test_a_passage_is_read_to_a_length() -> None:
    assert len(stance_tokens(passage("word " * 2 * MOST))) == MOST


def test_nearness_is_told_by_word_clause_and_sentence() -> None:
    tokens = stance_tokens(passage("Doors open, but windows never do.", "Roofs leak."))
    names = [token.name for token in tokens]
    doors, windows = Piece(1.0, 0, 0, 5), Piece(0.5, 0, 16, 23)
    near, other = nearness(tokens, [[doors], [windows]])
    at = {name: names.index(name) for name in ("<finding", "doors", "open", "windows", "roofs")}

    def row(table: np.ndarray, name: str) -> list[float]:
        return [table[AROUND.index(name), n] for n in at.values()]

    assert row(near, "words") == [0, STEPS, 0, 0, 0]
    assert row(near, "clauses") == [0, STEPS, STEPS, 0, 0]
    assert row(near, "sentences") == [0, STEPS, STEPS, STEPS, 0]
    assert row(near, "unclaimed") == [0, STEPS, STEPS, 0, STEPS]
    assert row(other, "words") == [0, 0, 0, STEPS / 2, 0]


def small() -> StanceNetwork:
    """One number a word, one sum; best windows count 1 for a weakness, those of a theme's own words
    10 for a strength. What is said of a passage is said of its themes; the first is mixed by 3 more.
    """
    nothing = np.zeros((1, len(STANCES)))
    given = np.zeros((len(GIVEN), len(STANCES)))
    given[:3] = np.eye(3)
    given[GIVEN.index("first"), STANCES.index("mixed")] = 6
    heads = dict.fromkeys(HEADS, nothing) | {
        "best": np.array([[0.0, 0.0, 1.0]]),
        "theme words": np.array([[0.0, 10.0, 0.0]]),
    }
    return StanceNetwork(
        StanceWeights(
            names=(UNKNOWN, "a"),
            words=np.array([[0.0], [2.0]]),
            windows=np.array([[0.0], [0.0], [1.0], [0.0], [0.0]]),
            bias=np.array([0.0]),
            heads=heads,
            constants=dict.fromkeys(HEADS, np.zeros(len(STANCES))),
            given=given,
            units={"words": 0.5, "windows": 0.5, "given": 0.5} | dict.fromkeys(HEADS, 1.0),
        )
    )


def test_a_passage_is_judged_by_its_best_windows_and_a_theme_by_those_near_it() -> None:
    tokens = stance_tokens(passage("a b"))  # after <finding and <sentence: none is known but a
    whole, (theme, _) = small().judge(tokens, [[Piece(1.0, 0, 0, 1)], []])
    sums = [0, 0, 0.5, 0]
    assert whole.weakness == pytest.approx(math.log(sum(math.exp(s) for s in sums)))
    assert whole.strength == pytest.approx(math.log(len(sums)))
    # Half of what is said of the passage counts. Its own word is all that is near the theme: the
    # mean of the one window, 0.5, ten times; and what the windows of its clause say at best (three
    # tokens of no weight, and one that is hardly heard).
    heard = math.log(3 + HARDLY)
    assert theme.strength - whole.strength / 2 == pytest.approx(5.0 + heard)
    assert theme.weakness - whole.weakness / 2 == pytest.approx(heard)


def test_the_first_theme_is_not_as_the_others() -> None:
    first, second = small().judge(stance_tokens(passage("a b")), [[], []])[1]
    assert first.mixed - second.mixed == pytest.approx(3.0)
    assert first.weakness == pytest.approx(second.weakness)


@pytest.mark.parametrize(
    ("rank", "count", "place"),
    [(0, 1, (1, 1, 1 / 8, 0)), (3, 4, (0, 0, 1 / 2, 1 / 2)), (9, 12, (0, 0, 1, 1))],
)
def test_the_place_of_a_theme(rank: int, count: int, place: tuple[float, ...]) -> None:
    assert place_among(rank, count) == pytest.approx(place)


@given(st.lists(st.sampled_from(["a", "good", "weak", "nobody", "but", "plans"]), min_size=1))
def test_what_is_said_of_a_passage_does_not_depend_on_its_themes(words: list[str]) -> None:
    read = passage(" ".join(words))
    alone, _ = read_stance(read, [])
    beside, themes = read_stance(read, [[Piece(1.0, 0, 0, 1)], [Piece(0.5, 0, 0, 3)]])
    assert alone == beside
    assert len(themes) == 2
