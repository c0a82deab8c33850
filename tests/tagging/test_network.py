"""The theme network: what it reads of a passage, and that its sums are what they should be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph.ontology import vocab
from themegraph.tagging.network import SHARPNESS, Network, Weights, theme_network
from themegraph.tagging.passages import Passage, Sentence
from themegraph.tagging.themes import read_passage, tag_themes
from themegraph.tagging.tokens import MOST, tokens_of
from themegraph.tagging.windows import UNKNOWN, WIDTH


def passage(*sentences: str, section: str = "", **abbreviations: str) -> Passage:
    texts = tuple(map(Sentence, sentences))
    return Passage("finding", "ilacs", section, texts, abbreviations)


@pytest.mark.parametrize(
    ("read", "names", "why"),
    [
        (passage("Doors close."), ["<finding", "<sentence", "door", "close"], "stems in order"),
        (passage("Doors.", "They close."),
         ["<finding", "<sentence", "door", "<sentence", "they", "close"], "sentences begin"),
        (passage("Good.", section="Care leavers"),
         ["<finding", "^care", "^leaver", "<sentence", "good"], "the heading comes first"),
        (passage("Caseloads."), ["<finding", "<sentence", "caseload", "#caseloads-and-capacity"],
         "a label of the scheme stands behind the words of its sentence"),
    ],
)  # fmt: skip
def test_a_passage_is_read_as_tokens(read: Passage, names: list[str], why: str) -> None:
    assert [token.name for token in tokens_of(read)] == names, why


def test_an_abbreviation_is_read_as_its_words_unless_it_is_known() -> None:
    read = passage("The YCP meets.", ycp="young carers panel")
    assert "panel" in {t.name for t in tokens_of(read)}
    assert "panel" not in {t.name for t in tokens_of(read, known={"ycp"})}


def test_a_passage_is_read_to_a_length() -> None:
    assert len(tokens_of(passage("word " * 2 * MOST))) == MOST


def small() -> Network:
    """Two words of one number each, one hidden sum, one theme."""
    return Network(
        Weights(
            names=(UNKNOWN, "a", "b"),
            themes=("x",),
            words=np.array([[0.0], [1.0], [2.0]]),
            windows=np.array([[1.0], [2.0], [4.0], [8.0], [16.0]]),
            bias=np.array([-3.0]),
            best=np.array([[10.0]]),
            mean=np.array([[1.0]]),
            constant=np.array([-1.0]),
            units={"words": 0.5, "windows": 0.1, "best": 0.01, "mean": 0.1},
        )
    )


def test_a_window_reaches_two_words_to_either_side() -> None:
    # The sums for a, ?, b are 4 + 2 * 16, 2 + 2 * 8 and 1 + 2 * 4, less 3, in units of 0.05.
    scores, windows = small().read(["a", "nobody", "b"])
    sums = [33, 15, 6]
    said = [0.05 * 0.01 * 10 * n for n in sums]
    assert windows[:, 0].tolist() == pytest.approx(said)
    best = math.log(sum(math.exp(SHARPNESS * s) for s in said)) / SHARPNESS
    mean = 0.05 * 0.1 * sum(sums) / 3
    assert scores.tolist() == pytest.approx([best + mean - 1])


def test_sums_below_nothing_count_as_nothing() -> None:
    _, windows = small().read(["nobody"])
    assert windows.tolist() == [[0.0]]


@given(st.lists(st.sampled_from(["a", "b", "nobody"]), min_size=1, max_size=9), st.integers(0, 9))
def test_words_far_away_change_no_window(tokens: list[str], more: int) -> None:
    _, windows = small().read(tokens)
    _, longer = small().read([*tokens, *["nobody"] * (WIDTH // 2), *["b"] * more])
    assert np.array_equal(windows, longer[: len(tokens)])


def test_the_network_that_ships_is_whole_numbers_on_the_themes_of_the_scheme() -> None:
    network = theme_network()
    assert set(network.themes) == {theme.id for theme in vocab.themes() if theme.broader}
    assert {UNKNOWN, "<finding", "<recommendation", "<sentence"} <= network.places.keys()
    weights = network._weights
    for table in (weights.words, weights.windows, weights.bias, weights.best, weights.mean):
        assert np.array_equal(table, np.round(table))


def test_what_it_says_does_not_hang_on_the_passage_being_read_alone() -> None:
    read = passage("Supervision is regular.", "Plans are out of date.")
    first = read_passage(read)
    read_passage(passage("Children are seen."))
    assert read_passage(read).scores == first.scores


def test_a_theme_has_its_words_and_the_sentence_they_stand_in() -> None:
    texts = ("Children are settled at school.", "Supervision of social workers is regular.")
    (tag,) = (t for t in tag_themes(passage(*texts)) if t.theme == "supervision")
    assert tag.trigger.sentence == 1
    assert "Supervision" in texts[1][tag.trigger.start : tag.trigger.end]
    assert tag.trigger.weight == tag.said_in(1) == 1.0
    assert tag.said_in(0) < tag.said_in(1)


@pytest.mark.parametrize("text", ["", "…", "1.", "– –"])
def test_where_there_are_no_words_there_is_no_theme(text: str) -> None:
    assert all(tag.probability for tag in tag_themes(passage(text)))


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for tag in tag_themes(passage(text)):
        for piece in tag.pieces:
            assert 0 <= piece.start < piece.end <= len(text)
            assert 0 < piece.weight <= 1
