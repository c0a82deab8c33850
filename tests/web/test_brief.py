"""A brief quotes what was found now, and marks a sentence that looks back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import html
from starlette.datastructures import QueryParams

from themegraph.derivation.derive import derive
from themegraph.graph.build import build_report
from themegraph.graph.store import Store
from themegraph.model import Report
from themegraph.web.book import Book
from themegraph.web.desk import Answers

BACK = "At the last inspection, supervision was irregular."
NOW = "Supervision is irregular."
MARK = "Looks back: tells how it was before"


def sentence(number: int) -> str:
    """The only sentence of a finding of the later inspection, as small reports have it."""
    return f"leeds 2018-05-01 ilacs: sentence 0 of finding {number} says W."


@pytest.mark.parametrize("asked", ["authority=leeds", "theme=supervision"])
@pytest.mark.parametrize(
    ("said", "quoted", "marked", "why"),
    [
        ((BACK,), BACK, True, "there is no other"),
        ((BACK, BACK), BACK, True, "the other looks back too"),
        ((BACK, NOW), NOW, False, "the other tells what was found now"),
        ((NOW, BACK), NOW, False, "in any order"),
    ],
)
def test_what_looks_back_is_quoted_last_and_marked(
    small_report: Callable[..., Report],
    said: tuple[str, ...],
    quoted: str,
    marked: bool,
    why: str,
    asked: str,
) -> None:
    later = build_report(small_report("leeds", "2018-05-01", "ilacs", ["W"] * len(said)))
    quads = later.quads
    for number, words in enumerate(said, 1):
        assert sentence(number) in quads
        quads = quads.replace(sentence(number), words)
    with Store(":memory:", write=True) as store:
        store.write_vocabulary()
        store.replace_report(small_report("leeds", "2014-05-01", "ilacs", ["W"]))
        store.replace_report(replace(later, quads=quads))
        derive(store)
        page = html.fromstring(Book(Answers(store)).page("/brief", QueryParams(asked)))
    (note,) = page.xpath("//ol[@class='notes']/li")
    told = " ".join(note.text_content().split())
    assert told.startswith(quoted), why
    assert (MARK in told) is marked, why
