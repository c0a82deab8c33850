"""Which sentences look back: those of an earlier time that say nothing of the present."""

from __future__ import annotations

import csv
import doctest
import re
from importlib.resources import files

import pytest

from themegraph.derivation import hindsight
from themegraph.derivation.hindsight import looks_back


@pytest.mark.parametrize(
    ("sentence", "back", "why"),
    [
        ("At the last inspection, supervision was irregular.", True, "names it"),
        ("At its previous full inspection in 2014 the authority was told to act.", True, "names it"),
        ("Visits were an area for improvement at the time of the last inspection.", True, "its time"),
        ("Drift was a weakness in the 2017 inspection.", True, "by its year"),
        ("Previous inspections found these plans to be weak.", True, "says what they found"),
        ("Previous inspections found these plans weak, and they still are.", False, "still"),
        ("Drift, which previous inspections criticised, was not seen.", False, "which drift"),
        ("Previously, plans had been vague.", True, "an earlier time"),
        ("Plans were previously vague.", True, "an earlier time"),
        ("Managers had not previously read what was written.", True, "an earlier time"),
        ("Until recently, nobody read the plans.", True, "and does so now"),
        ("Until April 2018 nobody read the plans.", True, "and does so now"),
        ("In the past, children waited for months.", True, "an earlier time"),
        ("Leaders acknowledge that until very recently this was not a priority.", True,
         "whoever says so"),
        ("Children who are privately fostered were not visited at the last inspection.", True,
         "which children is no judgement of now"),
        ("Supervision was irregular.", False, "many reports tell in the past what was found"),
        ("At the time of the inspection, ten children were waiting.", False, "this one"),
        ("In a few cases risks had not been seen.", False, "found this time"),
        ("Supervision has improved since the last inspection.", False, "the perfect is of now"),
        ("Supervision, which was irregular at the last inspection, is now weekly.", False, "now"),
        ("Plans were poor at the last inspection and still are.", False, "still"),
        ("Visits were late at the last inspection, but children no longer wait.", False, "no longer"),
        ("Areas identified at the last inspection were dealt with.", False, "which areas"),
        ("Leaders dealt with what was weak at the last inspection.", False, "with what, is aside"),
        ("Visits were more frequent than at the last inspection.", False, "a comparison"),
        ("It was an area for improvement at the last inspection that has now been met.", False,
         "what became of it"),
        ("In the past year, caseloads were reduced.", False, "of this inspection"),
        ("In the past six months staff left.", False, "of this inspection"),
        ("Handover to previously unknown workers was abrupt.", False, "unknown to whom"),
        ("Practice for those who present as homeless was weak at the last inspection.", True,
         "which children is no judgement of now"),
        ("", False, "nothing"),
    ],
)  # fmt: skip
def test_what_looks_back(sentence: str, back: bool, why: str) -> None:
    assert looks_back(sentence) is back, why


def test_every_row_of_the_table_has_a_reason_and_a_pattern() -> None:
    text = files("themegraph.derivation").joinpath("hindsight.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["kind"] for row in rows} == {"aside", "back", "now"}
    for row in rows:
        assert row["why"]
        assert re.compile(row["pattern"]).groups == 0


def test_its_examples_are_true() -> None:
    told = doctest.testmod(hindsight)
    assert (told.attempted, told.failed) == (2, 0)
