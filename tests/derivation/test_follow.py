"""Follow-ups of recommendations: which later passages are on them, and what became of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from themegraph.derivation.facts import Passage, Visit
from themegraph.derivation.follow import follow_up, is_on
from themegraph.model import Polarity


def passage(
    *themes: str, services: str = "", stance: Polarity = "weakness", asks: bool = False
) -> Passage:
    """Themes are sure (0.9), or as sure as they say: "supervision 0.4"."""
    told = [f"{theme} 0.9".split()[:2] for theme in themes]
    scores = {theme: float(score) for theme, score in told}
    return Passage("x", asks, dict.fromkeys(scores, stance), frozenset(services.split()), scores)


@pytest.mark.parametrize(
    ("asked", "later", "on_it", "why"),
    [
        (passage("supervision"), passage("supervision"), True, "its only theme"),
        (passage("supervision"), passage("caseloads-and-capacity"), False, "another theme"),
        (passage("supervision", services="corporate-leadership"),
         passage("case-recording", services="corporate-leadership"), False,
         "one service, and nothing shared"),
        (passage("supervision", "plan-quality"),
         passage("plan-quality", "family-time-and-siblings", "neglect"), False,
         "one theme of two, among others"),
        (passage("supervision", "plan-quality", services="front-door"),
         passage("plan-quality", "neglect", services="front-door"), True,
         "one theme of two, of the same service"),
        (passage("supervision", "plan-quality"),
         passage("visits-and-direct-work", "plan-quality", "supervision"), True,
         "both of its themes"),
        (passage("supervision", services="front-door"),
         passage("supervision 0.5", "neglect", services="adoption-service"), False,
         "a lesser theme of a passage on another service"),
        (passage("supervision", services="front-door"),
         passage("supervision", "neglect", services="front-door adoption-service"), True,
         "a main theme, of that service too"),
        (passage("supervision", "neglect 0.4"), passage("supervision", "plan-quality 0.5"), True,
         "its main theme"),
        (passage("supervision", "neglect 0.4"), passage("neglect", "plan-quality"), False,
         "a theme that only goes with it"),
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


@pytest.mark.parametrize(
    ("asking", "later", "outcome", "why"),
    [
        (visit("2017", passage(asks=True)), visit("2018"), "not-followed", "no theme"),
        (visit("2017", passage(asks=True)), visit("2016"), "no-later-inspection", "none to tell"),
        (visit("", ASKED), visit("2018"), "not-followed", "no day"),
        (visit("2017", ASKED), visit(""), "no-later-inspection", "one without a day is not later"),
    ],
)
def test_what_cannot_be_followed_says_so(
    asking: Visit, later: Visit, outcome: str, why: str
) -> None:
    (followed,) = follow_up([asking, later])
    assert (followed.outcome, followed.steps) == (outcome, ()), why
    assert followed.comparability is None


def test_the_outcome_is_as_comparable_as_the_step_it_rests_on() -> None:
    said = passage("private-fostering")
    like, part = visit("2018", said), visit("2019", said, kind="focused-visit")
    (followed,) = follow_up([visit("2017", ASKED), like, part, visit("2020")])
    told = [step.comparability for step in followed.steps]
    assert told == ["like-with-like", "other-scope", "like-with-like"]
    assert followed.comparability == "other-scope"


def test_praise_and_fault_on_themes_that_are_shared_make_a_passage_mixed() -> None:
    asked = passage("supervision", "plan-quality", asks=True)
    later = replace(
        passage("supervision", "plan-quality"),
        themes={"supervision": "strength", "plan-quality": "weakness"},
    )
    (followed,) = follow_up([visit("2017", asked), visit("2018", later)])
    assert (followed.outcome, followed.steps[0].counts.mixed) == ("partly-resolved", 1)
