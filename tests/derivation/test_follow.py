"""Follow-ups of recommendations: which later passages are on them, and what became of them."""

from __future__ import annotations

import pytest

from themegraph.derivation.facts import Passage, Visit
from themegraph.derivation.follow import follow_up, is_on
from themegraph.model import Polarity


def passage(
    *themes: str, services: str = "", stance: Polarity = "weakness", asks: bool = False
) -> Passage:
    about = frozenset(services.split())
    return Passage("x", asks, dict.fromkeys(themes, stance), about)


@pytest.mark.parametrize(
    ("asked", "later", "on_it", "why"),
    [
        (passage("supervision"), passage("supervision"), True, "its only theme"),
        (passage("supervision"), passage("caseloads-and-capacity"), False, "another theme"),
        (passage("supervision", "plan-quality"), passage("supervision"), True, "its first theme"),
        (passage("supervision", "plan-quality"), passage("plan-quality"), False,
         "a theme that only goes with it"),
        (passage("supervision", "plan-quality", "visits-and-direct-work"),
         passage("visits-and-direct-work", "plan-quality"), True, "two of its themes"),
        (passage("supervision", services="front-door"),
         passage("supervision", services="adoption-service"), False, "another service"),
        (passage("supervision", services="front-door"),
         passage("supervision", services="front-door adoption-service"), True, "that service too"),
        (passage("supervision", services="front-door"), passage("supervision"), True,
         "no service named"),
        (passage("supervision", services="corporate-leadership"),
         passage("supervision", services="front-door"), True, "leaders answer for every service"),
        (passage("neglect", services="front-door"),
         passage("neglect", services="child-protection-service"), True,
         "a need tells the subject by itself"),
        (passage("supervision", "plan-quality", services="front-door"),
         passage("supervision", "plan-quality", services="adoption-service"), True,
         "two themes agree"),
        (passage("thresholds", services="safeguarding-partnership-body"),
         passage("thresholds", services="front-door"), True, "a board works through its partners"),
        (passage("timeliness-drift-and-delay", "permanence-planning"),
         passage("timeliness-drift-and-delay"), False, "pace is part of everything"),
        (passage("timeliness-drift-and-delay", "permanence-planning"),
         passage("permanence-planning"), True, "its first theme but pace"),
        (passage("timeliness-drift-and-delay"), passage("timeliness-drift-and-delay"), True,
         "pace alone"),
        (passage(), passage("supervision"), False, "a recommendation without a theme"),
    ],
)  # fmt: skip
def test_which_passages_are_on_what_was_recommended(
    asked: Passage, later: Passage, on_it: bool, why: str
) -> None:
    assert is_on(later, asked) is on_it, why


def visit(day: str, *passages: Passage, kind: str = "ilacs-standard") -> Visit:
    return Visit(day, day, kind, "ilacs-2018", 40, passages)


ASKED = passage("private-fostering", asks=True)


@pytest.mark.parametrize(
    ("later", "outcome", "why"),
    [
        ([], "no-later-inspection", "nothing to tell from"),
        (["W"], "persists", "still weak"),
        (["S"], "resolved", "praised without fault"),
        (["M"], "partly-resolved", "praise and fault"),
        (["SSSW"], "partly-resolved", "praise prevails, with a fault"),
        (["W", "S"], "resolved", "the last that judged decides"),
        (["S", "W"], "persists", "the last that judged decides"),
        (["S", ""], "resolved", "not looked at again is no judgement"),
        (["", ""], "not-looked-at-again", "no inspection speaks of it"),
        (["N"], "described", "spoken of and not judged"),
    ],
)
def test_outcome(later: list[str], outcome: str, why: str) -> None:
    stances: dict[str, Polarity] = {
        "S": "strength",
        "W": "weakness",
        "M": "mixed",
        "N": "neutral",
    }
    visits = [visit("2017", ASKED)]
    visits += [
        visit(f"{2018 + n}", *(passage("private-fostering", stance=stances[s]) for s in said))
        for n, said in enumerate(later)
    ]
    (followed,) = follow_up(reversed(visits))
    assert followed.outcome == outcome, why
    assert [step.visit.day for step in followed.steps] == [v.day for v in visits[1:]]


def test_being_asked_again_is_a_fault() -> None:
    first, second = follow_up([visit("2017", ASKED), visit("2019", ASKED)])
    assert (first.outcome, second.outcome) == ("persists", "no-later-inspection")


def test_each_later_inspection_says_whether_it_looked() -> None:
    visits = [visit("2017", ASKED), visit("2018", kind="focused-visit"), visit("2019")]
    (followed,) = follow_up(visits)
    assert [step.status for step in followed.steps] == ["not-looked-at", "nothing-said"]


def test_praise_and_fault_on_themes_that_are_shared_make_a_passage_mixed() -> None:
    asked = Passage("x", True, {"supervision": "weakness", "plan-quality": "weakness"})
    later = Passage("y", False, {"supervision": "strength", "plan-quality": "weakness"})
    (followed,) = follow_up([visit("2017", asked), visit("2018", later)])
    assert (followed.outcome, followed.steps[0].counts.mixed) == ("partly-resolved", 1)
