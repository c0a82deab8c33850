"""Labels of the schemes: whole words, look-alikes left out."""

from __future__ import annotations

import pytest

from themegraph.ontology import vocab
from themegraph.tagging.labels import service_labels, theme_labels
from themegraph.tagging.words import fold, words_of


def themes(text: str) -> set[str]:
    return {hit.concept for hit in theme_labels().find(words_of(text))}


@pytest.mark.parametrize(
    ("text", "theme", "there", "why"),
    [
        ("Chronologies are kept.", "history-and-chronologies", True, "a label"),
        ("CHRONOLOGIES", "history-and-chronologies", True, "whatever its case"),
        ("a chronologiesque word", "history-and-chronologies", False, "whole words only"),
        ("step-down is safe", "thresholds", True, "hyphen and space alike"),
        ("children’s views are sought", "voice-of-the-child", True, "either apostrophe"),
        ("a multi-agency risk assessment conference", "risk-assessment-and-safety-planning", False,
         "inside a look-alike"),
        ("Privately fostered children", "private-fostering", True, "a label"),
    ],
)  # fmt: skip
def test_a_label_is_found_as_the_scheme_says(text: str, theme: str, there: bool, why: str) -> None:
    assert (theme in themes(text)) is there, why


def test_every_label_is_found_in_itself() -> None:
    for theme in (t for t in vocab.themes() if t.broader):
        for label in theme.alt_labels:
            if not any(fold(label) in fold(other) for other in theme.excludes):
                assert theme.id in themes(label), label


def test_a_hit_has_its_place() -> None:
    text = "The LADO service is prompt."
    hits = [hit for hit in service_labels().find(words_of(text)) if hit.concept == "lado-service"]
    assert "LADO" in {text[hit.start : hit.end] for hit in hits}
