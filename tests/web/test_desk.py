"""What is kept ahead for pages: the same rows as are asked for one thing at a time."""

from __future__ import annotations

import pytest

from themegraph.graph.store import Store
from themegraph.web.desk import Answers, Put


@pytest.fixture(scope="module")
def warm(examples: Store) -> Answers:
    answers = Answers(examples)
    answers.warm()
    return answers


@pytest.mark.parametrize(
    ("question", "column", "value"),
    [
        ("theme-assessments", "authority", "westmarch"),
        ("theme-assessments", "theme", "supervision"),
        ("follow-up", "authority", "westmarch"),
        ("themes-now", "theme", "supervision"),
    ],
)
def test_what_is_kept_is_what_would_be_asked(
    examples: Store, warm: Answers, question: str, column: str, value: str
) -> None:
    put = Put(question, "", ((column, value),))
    kept = warm.to(put)
    assert kept.rows
    assert kept == Answers(examples).to(put)
