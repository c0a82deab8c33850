"""Stance cues: what praises, what finds fault, and what only looks as if it did."""

from __future__ import annotations

import itertools
import re

import pytest

from themegraph.tagging.cues import find_cues
from themegraph.tagging.tables import read_table


def stances(sentence: str) -> dict[str, str]:
    """Each cue's words and its stance."""
    return {sentence[c.start : c.end].strip().lower(): c.stance for c in find_cues(sentence)}


@pytest.mark.parametrize(
    ("sentence", "words", "stance", "why"),
    [
        ("Children are seen without delay.", "without delay", "strength", "a denied deficit"),
        ("There is delay.", "delay", "weakness", "a deficit"),
        ("No children were found at risk.", None, "strength", "looked for and not found"),
        (
            "Workers do not shy away from hard talks.",
            "do not shy away",
            "strength",
            "denied deficit",
        ),
        (
            "Risk assessments are clear.",
            "risk assessments",
            "neutral",
            "a document, not a shortfall",
        ),
        ("Children in need are seen.", None, "neutral", "the child's need"),
        ("Safeguarding concerns are shared.", None, "neutral", "concern is the work itself"),
        ("When risks increase, action is swift.", None, "condition", "a condition is not judged"),
        ("Leaders are aware of this.", None, "mitigation", "awareness does not cancel"),
        ("Plans are not yet embedded.", None, "weakness", "not yet done"),
        ("Too many children wait.", "too many", "weakness", "a quantifier of shortfall"),
        ("A small number of children drift.", None, "weakness", "some, with no praise"),
        ("It is too early to see impact.", "is too early", "weakness", "not yet shown"),
        ("Practice is starting to improve.", None, "improving", "better, not yet good"),
        ("Drift is reduced and managers reduce drift.", None, "strength", "less of a deficit"),
    ],
)
def test_a_cue_is_read_as_inspectors_mean_it(
    sentence: str, words: str | None, stance: str, why: str
) -> None:
    found = stances(sentence)
    assert stance in found.values(), why
    if words:
        assert found.get(words) == stance, (why, found)


def test_no_two_cues_claim_the_same_words() -> None:
    sentence = "Not all plans are good enough, and too many children wait too long without help."
    cues = find_cues(sentence)
    assert all(a.end <= b.start for a, b in itertools.pairwise(cues))


def test_every_row_has_a_reason_and_can_be_read() -> None:
    for row in read_table("stance-cues.csv"):
        assert row["why"]
        assert row["kind"] in ("pattern", "words")
        assert row["stance"] in (
            "condition", "neutral", "mitigation", "strength", "improving", "weakness",
        )  # fmt: skip
        if row["kind"] == "pattern":
            re.compile(row["cue"])
