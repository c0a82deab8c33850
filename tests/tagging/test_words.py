"""Words of a passage: folded where they stand, stemmed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph.tagging.words import fold, ngrams, stem, words_of


@given(st.text())
def test_folding_moves_nothing(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    for word in words_of(text):
        assert fold(text)[word.start : word.end] == word.folded


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("assessments", "assessment"),
        ("children's", "children"),
        ("recording", "recorded"),
        ("timely", "timely"),
    ],
)
def test_forms_of_a_word_have_one_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other)


def test_hyphens_part_words_as_spaces_do() -> None:
    assert [w.stem for w in words_of("return-home")] == [w.stem for w in words_of("return home")]


def test_phrases_have_their_place() -> None:
    assert ngrams(["a", "b", "c"], 2) == [
        ("a", 0, 1), ("b", 1, 2), ("c", 2, 3), ("a b", 0, 2), ("b c", 1, 3),
    ]  # fmt: skip
