"""What is kept ahead for pages: the same rows as are asked for one thing at a time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

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


def test_who_asks_for_something_else_does_not_wait(examples: Store) -> None:
    answers, begun, done = Answers(examples), threading.Event(), threading.Event()
    made: list[str] = []

    def slow() -> str:
        made.append("slow")
        begun.set()
        assert done.wait(60)
        return "slow"

    with ThreadPoolExecutor() as pool:
        first = pool.submit(answers.keep, "slow", slow)
        assert begun.wait(60)
        second = pool.submit(answers.keep, "slow", slow)
        assert answers.keep("quick", lambda: "quick") == "quick"
        assert not first.done()
        done.set()
        assert (first.result(60), second.result(60)) == ("slow", "slow")
    assert made == ["slow"]  # who asks for the same waits for it


def test_what_could_not_be_made_is_tried_again(examples: Store) -> None:
    answers = Answers(examples)
    with pytest.raises(ZeroDivisionError):
        answers.keep("key", lambda: 1 // 0)
    assert answers.keep("key", lambda: 1) == 1
