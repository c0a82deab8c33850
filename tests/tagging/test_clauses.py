"""Clauses: where a sentence turns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph.tagging.clauses import clauses_of


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        # contrast
        ("Visits are regular, but records are poor.", ["Visits are regular,", "but records are poor."]),
        ("Plans are clear; reviews are late.", ["Plans are clear;", "reviews are late."]),
        ("Most are seen, and some wait too long.", ["Most are seen,", "and some wait too long."]),
        # concession
        ("Although visits are late, children are heard.",
         ["Although visits are late,", "children are heard."]),
        # no contrast: a list, a "but" too near the end
        ("Social workers, carers and teachers meet.", ["Social workers, carers and teachers meet."]),
        ("Nothing but it.", ["Nothing but it."]),
    ],
)  # fmt: skip
def test_a_sentence_parts_where_it_turns(sentence: str, clauses: list[str]) -> None:
    found = [sentence[c.start : c.end].strip() for c in clauses_of(sentence)]
    assert found == clauses


@given(st.text(min_size=1))
def test_the_clauses_are_the_sentence(sentence: str) -> None:
    assert "".join(sentence[c.start : c.end] for c in clauses_of(sentence)) == sentence
