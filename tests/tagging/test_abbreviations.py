"""Abbreviations that a report explains: which are found, and what a passage is then read as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph.tagging.abbreviations import find_abbreviations, spelt_out
from themegraph.tagging.passages import Passage, Sentence
from themegraph.tagging.themes import tag_themes
from themegraph.tagging.words import words_of


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("The young carers panel (YCP) meets.", {"ycp": "young carers panel"}, "initials"),
        ("Multi-agency child exploitation (MACE) meetings.",
         {"mace": "Multi-agency child exploitation"}, "a hyphen begins a word"),
        ("Return home interviews (RHIs) are late.", {"rhi": "Return home interviews"}, "plural"),
        ("Multi-agency screening service (MASS) staff.",
         {"mass": "Multi-agency screening service"}, "no plural: a capital S is a letter"),
        ("Child assessment support services (CASSs).",
         {"cass": "Child assessment support services"}, "the plural of such a one"),
        ("A quality assurance framework (QuAF) is new.",
         {"quaf": "quality assurance framework"}, "two letters of one word"),
        ("The visit ended (Monday).", {}, "no abbreviation: one capital"),
        ("Managers know. The team (ABC) is new.", {}, "the letters are not in the words"),
        ("It ended. (YCP) young carers panel", {}, "the words stand before, in one sentence"),
        ("Social care (SC) and the south coast (SC).", {"sc": "Social care"}, "the first counts"),
    ],
)  # fmt: skip
def test_what_a_report_explains(text: str, found: dict[str, str], why: str) -> None:
    assert find_abbreviations(text) == found, why


def test_a_word_is_spelt_out_where_it_stands() -> None:
    text = "The XQZs are late."
    full = spelt_out(words_of(text), {"xqz": "pathway plans"})
    assert [word.folded for word in full] == ["the", "pathway", "plans", "are", "late"]
    assert {text[w.start : w.end] for w in full if w.folded in ("pathway", "plans")} == {"XQZs"}


@pytest.mark.parametrize("text", ["The MASS is prompt.", "Every MASSs is prompt."])
def test_an_abbreviation_that_ends_in_s_is_spelt_out(text: str) -> None:
    meanings = find_abbreviations("They ask the multi-agency screening service (MASS).")
    spelt = " ".join(word.folded for word in spelt_out(words_of(text), meanings))
    assert "multi agency screening service is prompt" in spelt


def test_a_passage_is_about_what_its_abbreviation_means() -> None:
    sentence = Sentence("XQZs are late and of poor quality.", range(34))
    plain = Passage("finding", "ilacs", "", (sentence,))
    explained = Passage("finding", "ilacs", "", (sentence,), {"xqz": "pathway plans"})
    assert "pathway-planning" not in {tag.theme for tag in tag_themes(plain)}
    (tag,) = (tag for tag in tag_themes(explained) if tag.theme == "pathway-planning")
    assert sentence.text[tag.trigger.start : tag.trigger.end].startswith("XQZs")


@given(st.text(alphabet="abcAB ().", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for short, meant in find_abbreviations(text).items():
        assert short == short.lower()
        assert meant in " ".join(text.split()) or len(meant.split()) > 1
