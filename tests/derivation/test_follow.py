"""Follow-ups of recommendations: which later passages are on them, and what became of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from themegraph.derivation.facts import Passage, Visit
from themegraph.derivation.follow import follow_up
from themegraph.derivation.nearness import (
    is_on,
    main_themes,
    nearness,
    rarity,
    words_that_count,
)
from themegraph.model import Polarity
from themegraph.ontology import vocab
from themegraph.ontology.quality import measurements


def passage(
    *themes: str,
    words: str = "",
    services: str = "",
    stance: Polarity = "weakness",
    asks: bool = False,
) -> Passage:
    """Themes are sure (0.9), or as sure as they say: "supervision 0.4"."""
    told = [f"{theme} 0.9".split()[:2] for theme in themes]
    scores = {theme: float(score) for theme, score in told}
    return Passage(
        "x",
        asks,
        dict.fromkeys(scores, stance),
        frozenset(services.split()),
        scores,
        words=words_that_count(words),
    )


RECORDS = "Record supervision and what was agreed in it."


@pytest.mark.parametrize(
    ("asked", "later", "on_it", "why"),
    [
        (passage("supervision", words=RECORDS), passage("supervision", words="It is monthly."),
         True, "its only theme, and the passage's"),
        (passage("supervision", words=RECORDS),
         passage("case-recording", words="What was agreed in supervision is not recorded."), False,
         "all its words, and no theme of it"),
        (passage("supervision", services="corporate-leadership"),
         passage("case-recording", services="corporate-leadership"), False,
         "one service, and nothing shared"),
        (passage("supervision", words=RECORDS),
         passage("supervision", "staff-support-and-morale", "caseloads-and-capacity",
                 words="Staff feel well led and have time for children."), False,
         "its theme among others, in other words"),
        (passage("supervision", words=RECORDS),
         passage("supervision", "staff-support-and-morale", "caseloads-and-capacity",
                 words="Staff feel well led; supervision is recorded, with what was agreed."), True,
         "its theme among others, in its own words"),
        (passage("supervision", "plan-quality", words="Supervise plans."),
         passage("plan-quality", "family-time-and-siblings", "neglect", words="Contact is rare."),
         False, "one theme of two, among others"),
        (passage("supervision", "plan-quality", words="Supervise plans.", services="front-door"),
         passage("plan-quality", "neglect", words="Plans are vague.", services="front-door"), True,
         "one theme of two, of the same service"),
        (passage("supervision", "plan-quality", words="Supervise plans."),
         passage("visits-and-direct-work", "plan-quality", "supervision", words="Visits are rare."),
         True, "both of its themes, in other words and beside a third"),
        (passage("private-fostering", "multi-agency-working", words="Tell schools."),
         passage("private-fostering", "training-and-development", words="Schools know."), True,
         "the rarer theme of two"),
        (passage("private-fostering", "multi-agency-working", words="Tell schools."),
         passage("multi-agency-working", "training-and-development", words="Schools know."), False,
         "the commoner theme of two"),
        (passage("supervision", services="front-door"),
         passage("supervision 0.5", "neglect", services="adoption-service"), False,
         "a lesser theme of a passage on another service"),
        (passage("supervision", services="front-door"),
         passage("supervision", "neglect", services="front-door adoption-service"), True,
         "a main theme, of that service too"),
        (passage("supervision", "neglect 0.4"), passage("neglect", "plan-quality"), False,
         "a theme that only goes with it"),
        (passage(), passage("supervision"), False, "a recommendation without a theme"),
    ],
)  # fmt: skip
def test_which_passages_are_on_what_was_recommended(
    asked: Passage, later: Passage, on_it: bool, why: str
) -> None:
    assert is_on(later, asked) is on_it, why


def test_a_passage_that_says_more_is_not_much_less_near() -> None:
    asked = passage("supervision", words=RECORDS)
    short = passage("supervision", words="Supervision is not recorded.")
    rich = passage("supervision", "neglect", "plan-quality", words="Supervision is not recorded.")
    other = passage("neglect", "supervision 0.5", words="Supervision is not recorded.")
    assert nearness(other, asked) < nearness(rich, asked) < nearness(short, asked)


@pytest.mark.parametrize(
    ("themes", "main", "why"),
    [
        (["supervision", "neglect 0.5"], {"supervision"}, "what it is sure of"),
        (["supervision", "neglect"], {"supervision", "neglect"}, "it is sure of two"),
        (["supervision 0.7", "neglect 0.5"], {"supervision"}, "sure of none: the likeliest"),
        ([], set(), "no theme"),
    ],
)
def test_main_themes(themes: list[str], main: set[str], why: str) -> None:
    assert main_themes(passage(*themes)) == main, why


def test_it_is_known_of_every_theme_how_rare_it_is() -> None:
    themes = {theme.id for theme in vocab.themes() if theme.broader}
    assert themes <= {one.of for one in measurements() if one.metric == "recall"}
    assert rarity("multi-agency-working") < rarity("supervision") < rarity("private-fostering")
    assert rarity("private-fostering") < rarity("a theme of an earlier release")


def visit(day: str, *passages: Passage, kind: str = "ilacs-standard") -> Visit:
    return Visit(day, day, kind, "ilacs-2018", 40, passages)


THEME = "private-fostering"
ASKED = passage(THEME, words="Visit privately fostered children on time.", asks=True)
SAID = passage(THEME, words="Children who are privately fostered are visited late.")
NEAR = passage(
    f"{THEME} 0.6", "neglect", "supervision", words="A leaflet tells schools whom to ring."
)


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
        (["near", ""], "theme-spoken-of", "its theme is spoken of, and nothing near enough to it"),
        (["W", "near"], "persists", "what is not near enough judges nothing"),
        (["N", "near"], "described", "more than its theme was spoken of"),
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
        visit(
            f"{2018 + n}",
            *(
                [NEAR]
                if said == "near"
                else [replace(SAID, themes={THEME: stances[s]}) for s in said]
            ),
        )
        for n, said in enumerate(later)
    ]
    (followed,) = follow_up(reversed(visits))
    assert followed.outcome == outcome, why
    assert [step.visit.day for step in followed.steps] == [v.day for v in visits[1:]]


PRAISED = replace(SAID, themes={THEME: "strength"})


@pytest.mark.parametrize(
    ("asked_by", "answered_by", "praise", "outcome", "why"),
    [
        ("ilacs-standard", "focused-visit", 1, "partly-resolved", "a part, and one passage"),
        ("ilacs-standard", "focused-visit", 2, "resolved", "a part, and more than one passage"),
        ("ilacs-standard", "ilacs-standard", 1, "resolved", "the whole was looked at"),
        ("focused-visit", "focused-visit", 1, "resolved", "as much as was looked at before"),
        ("focused-visit", "ilacs-standard", 1, "resolved", "more than was looked at before"),
    ],
)
def test_one_passage_of_a_visit_to_a_part_does_not_settle_it(
    asked_by: str, answered_by: str, praise: int, outcome: str, why: str
) -> None:
    visits = [
        visit("2017", ASKED, kind=asked_by),
        visit("2018", *[PRAISED] * praise, kind=answered_by),
    ]
    (followed,) = follow_up(visits)
    assert followed.outcome == outcome, why


def test_being_asked_again_is_a_fault() -> None:
    first, second = follow_up([visit("2017", ASKED), visit("2019", ASKED)])
    assert (first.outcome, second.outcome) == ("persists", "no-later-inspection")


def test_each_later_inspection_says_whether_it_looked() -> None:
    visits = [visit("2017", ASKED), visit("2018", kind="focused-visit"), visit("2019")]
    (followed,) = follow_up(visits)
    assert [step.status for step in followed.steps] == ["not-looked-at", "nothing-said"]


def test_what_speaks_of_a_main_theme_alone_is_said_and_led_to() -> None:
    asked = passage(THEME, "case-recording 0.5", words="Visit children on time.", asks=True)
    lesser = passage("case-recording", "neglect", "supervision", words="Records are kept late.")
    later = [visit("2018", lesser), visit("2019", NEAR, lesser, kind="focused-visit")]
    (followed,) = follow_up([visit("2017", asked), *later])
    told = [(step.status, step.passages) for step in followed.steps]
    assert told == [("nothing-said", ()), ("theme-spoken-of", (NEAR,))]
    assert followed.outcome == "theme-spoken-of"
    assert followed.comparability is None


@pytest.mark.parametrize(
    ("again", "status", "why"),
    [
        (ASKED, "mixed", "asks for what the finding finds fault with: one fault, one praise"),
        (replace(ASKED, themes={"neglect": "weakness", THEME: "weakness"}), "weakness",
         "another main theme: a fault of its own"),
        (passage(THEME, "case-recording", "supervision", words="A leaflet.", asks=True), "weakness",
         "not near enough to the finding: a fault of its own"),
    ],
)  # fmt: skip
def test_a_fault_that_is_found_and_asked_for_counts_once(
    again: Passage, status: str, why: str
) -> None:
    praise = replace(SAID, iri="praise", themes={THEME: "strength"})
    asked = replace(ASKED, words=ASKED.words | {"leaflet"})
    (followed, _) = follow_up([visit("2017", asked), visit("2018", praise, SAID, again)])
    (step,) = followed.steps
    assert step.status == status, why
    assert step.counts.recommendations == 1


def test_what_is_recommended_beside_praise_is_no_strength() -> None:
    praise = [replace(SAID, iri=f"praise {n}", themes={THEME: "strength"}) for n in range(3)]
    (followed, _) = follow_up([visit("2017", ASKED), visit("2018", *praise, SAID, ASKED)])
    assert followed.steps[0].status == "mixed"


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
    said = SAID
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
