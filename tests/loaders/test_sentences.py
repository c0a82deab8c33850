"""Sentences: where one ends, and where a stop does not end one."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph.loaders.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Visits are regular. Plans are not.", ["Visits are regular.", "Plans are not."]),
        # a decimal and a thousands comma are inside a number
        ("It fell to 4.5 per cent. That is low.", ["It fell to 4.5 per cent.", "That is low."]),
        # abbreviations
        (
            "Dr. Hale, e.g. Mr. Poe, agreed. So did we.",
            ["Dr. Hale, e.g. Mr. Poe, agreed.", "So did we."],
        ),
        # a closing quotation mark belongs to the sentence it closes
        ("One said ‘it helped.’ Others agreed.", ["One said ‘it helped.’", "Others agreed."]),
        # the marker is the end of the sentence before it
        ("Drift is common. (Recommendation)", ["Drift is common. (Recommendation)"]),
        (
            "Drift is common. (Recommendations 2 and 3)",
            ["Drift is common. (Recommendations 2 and 3)"],
        ),
        # a footnote mark behind the stop
        ("Partners agreed.² They met.", ["Partners agreed.²", "They met."]),
        # the next sentence may begin with a number
        ("It grew. 14 children waited.", ["It grew.", "14 children waited."]),
        ("no full stop", ["no full stop"]),
    ],
)
def test_sentences_are_parted(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text(alphabet="ab.? ‘’()1A\u2009", max_size=80))
def test_every_letter_is_in_one_sentence_and_in_order(text: str) -> None:
    found = list(split_sentences(text))
    assert "".join("".join(text[a:b] for a, b in found).split()) == "".join(text.split())
    assert all(a1 < b1 <= a2 for (a1, b1), (a2, _) in itertools.pairwise(found))
