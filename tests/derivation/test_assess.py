"""Assessments of themes: counts, status and trajectory follow from what inspections say."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph.derivation.assess import Assessment, assess, current
from themegraph.derivation.facts import (
    JUDGED,
    Counts,
    Passage,
    Sentence,
    Visit,
    compare,
    count,
    unsaid,
)
from themegraph.model import Polarity
from themegraph.ontology import vocab

WHOLE, PART = "ilacs-standard", "focused-visit"


def visit(day: str, said: str = "", kind: str = WHOLE, framework: str = "ilacs-2018") -> Visit:
    """A visit that says of supervision what the letters tell: S W M N for findings, R for asking."""
    stances = {"S": "strength", "W": "weakness", "M": "mixed", "N": "neutral", "R": "weakness"}
    passages = tuple(
        Passage(f"{day}/{n}", letter == "R", {"supervision": stances[letter]})  # type: ignore[dict-item]
        for n, letter in enumerate(said)
    )
    return Visit(day, day, kind, framework, 40, passages)


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        ("S", "strength", "praise alone"),
        ("SSS", "strength", "praise alone"),
        ("SSSW", "strength", "three praise for one fault: praise prevails"),
        ("SSW", "mixed", "neither prevails"),
        ("SW", "mixed", "neither prevails"),
        ("SWW", "weakness", "twice as much fault"),
        ("W", "weakness", "fault alone"),
        ("R", "weakness", "what is recommended is not good enough"),
        ("SSSR", "mixed", "where something is recommended praise cannot prevail"),
        ("SWR", "weakness", "a recommendation counts as fault"),
        ("M", "mixed", "a mixed finding counts on both sides"),
        ("MS", "mixed", "two praise, one finds fault"),
        ("MSS", "strength", "three praise, one of them with a fault"),
        ("N", "mentioned", "described and not judged"),
        ("NW", "weakness", "a mention does not soften a fault"),
        ("", None, "nothing said"),
    ],
)
def test_status(said: str, status: str | None, why: str) -> None:
    passages = visit("2020-01-01", said).passages
    counts = count((p.recommends, p.themes["supervision"]) for p in passages)
    assert counts.status == status, why


@pytest.mark.parametrize(
    ("before", "now", "trajectory", "why"),
    [
        (None, "W", "new-weakness", "never judged before"),
        (None, "M", "new-weakness", "mixed is weak in part"),
        (None, "S", "new-strength", "never judged before"),
        (None, "N", None, "a mention is no judgement"),
        ("W", "W", "persisting", "weak as before"),
        ("M", "M", "persisting", "mixed as before"),
        ("W", "M", "improved", "better, with fault"),
        ("W", "SSSW", "improved", "praise prevails, and one fault is left"),
        ("W", "S", "resolved", "praised without fault"),
        ("M", "S", "resolved", "praised without fault"),
        ("S", "S", "sustained-strength", "praised as before"),
        ("S", "SW", "declined", "fault where there was none"),
        ("S", "W", "declined", "fault where there was praise"),
        ("M", "W", "declined", "the praise is gone"),
        ("W", "N", "not-revisited", "mentioned, and not judged"),
        ("W", "", "not-revisited", "nothing said"),
        ("S", "N", None, "a strength that is only mentioned is no news"),
    ],
)
def test_trajectory(before: str | None, now: str, trajectory: str | None, why: str) -> None:
    visits = [visit("2020-01-01", now)]
    if before:
        visits.append(visit("2018-01-01", before))
    last = [one for one in assess(visits) if one.visit.day == "2020-01-01"]
    assert [one.trajectory for one in last] == [trajectory], why


@pytest.mark.parametrize(
    ("before", "now", "trajectory", "why"),
    [
        (
            "M",
            "W",
            "persisting",
            "a part of the service has the fault, and praise may be elsewhere",
        ),
        ("W", "M", "persisting", "praise in a part does not tell that the whole is better"),
        ("S", "W", "declined", "fault where there was praise"),
        ("W", "S", "resolved", "praised without fault"),
    ],
)
def test_degrees_are_compared_like_with_like(
    before: str, now: str, trajectory: str, why: str
) -> None:
    *_, last = assess([visit("2018-01-01", before), visit("2020-01-01", now, PART)])
    assert last.trajectory == trajectory, why


def test_nothing_said_is_told_apart_from_not_looked_at() -> None:
    visits = [visit("2017-03-06", "W"), visit("2018-01-30", "", PART), visit("2019-01-01", "")]
    found = {one.visit.day: (one.status, one.trajectory) for one in assess(visits)}
    assert found == {
        "2017-03-06": ("weakness", "new-weakness"),
        "2018-01-30": ("not-looked-at", "not-revisited"),
        "2019-01-01": ("nothing-said", "not-revisited"),
    }


def test_what_was_not_looked_at_is_compared_with_when_it_last_was() -> None:
    visits = [visit("2017-03-06", "W"), visit("2018-01-30", "", PART), visit("2019-01-01", "S")]
    *_, last = assess(visits)
    assert last.previous is not None
    assert (last.previous.day, last.trajectory) == ("2017-03-06", "resolved")


def test_a_strength_that_nobody_speaks_of_again_is_not_assessed() -> None:
    assert len(list(assess([visit("2017-03-06", "S"), visit("2018-01-30", "")]))) == 1


def test_an_inspection_without_a_day_is_assessed_and_compared_with_none() -> None:
    undated, dated = assess([visit("", "W"), visit("2018-01-30", "W")])
    assert (undated.status, undated.previous, undated.trajectory) == ("weakness", None, None)
    assert (undated.since, undated.times) == (None, 0)
    assert (dated.previous, dated.trajectory, dated.times) == (None, "new-weakness", 1)


@pytest.mark.parametrize("keys", ["ab", "ba"])
def test_two_inspections_of_one_day_are_not_before_and_after(keys: str) -> None:
    weak, strong = (
        replace(visit("2020-01-01", said), key=key) for said, key in zip("WS", keys, strict=True)
    )
    first, last = visit("2018-01-01", "W"), visit("2021-01-01", "W")
    told = {one.visit.key: one for one in assess([weak, strong, first, last])}
    assert told[weak.key].previous == told[strong.key].previous == first
    assert (told[weak.key].trajectory, told[strong.key].trajectory) == ("persisting", "resolved")
    (now,) = current(assess([weak, strong]))
    assert told[last.key].previous == now.visit
    assert now.visit.key == "b", "of one day the last by key counts"


def test_a_report_of_which_nothing_was_read_says_nothing_at_all() -> None:
    empty = replace(visit("2019-01-01"), findings=0)
    *_, last = assess([visit("2017-03-06", "W"), empty])
    assert (last.status, last.trajectory) == ("not-looked-at", "not-revisited")


@pytest.mark.parametrize(
    ("kind", "findings", "status"),
    [
        (WHOLE, 1, "nothing-said"),
        (WHOLE, 0, "not-looked-at"),
        (PART, 1, "not-looked-at"),
        (PART, 0, "not-looked-at"),
    ],
)
def test_what_silence_means(kind: str, findings: int, status: str) -> None:
    assert unsaid(kind, findings) == status


@pytest.mark.parametrize(
    ("kinds", "frameworks", "comparability"),
    [
        ((WHOLE, WHOLE), ("ilacs-2018", "ilacs-2023"), "like-with-like"),
        ((WHOLE, WHOLE), ("sif", "ilacs-2018"), "other-framework"),
        ((WHOLE, WHOLE), ("ilacs-2023", "ilacs-2026"), "other-framework"),
        ((WHOLE, PART), ("ilacs-2018", "focused-visit"), "other-scope"),
        ((WHOLE, PART), ("sif", "focused-visit"), "other-framework-and-scope"),
        ((PART, PART), ("focused-visit", "monitoring-visit"), "like-with-like"),
        (("other", "other"), ("other", "other"), "other-framework"),
        ((WHOLE, "other"), ("ilacs-2018", "other"), "other-framework-and-scope"),
    ],
)
def test_comparability(
    kinds: tuple[str, str], frameworks: tuple[str, str], comparability: str
) -> None:
    one, other = (
        visit(str(n), "", kind, rules)
        for n, (kind, rules) in enumerate(zip(kinds, frameworks, strict=True))
    )
    assert compare(one, other) == compare(other, one) == comparability


@given(st.lists(st.text("SWMNR", max_size=4), max_size=6), st.randoms())
def test_the_order_of_loading_does_not_matter(said: list[str], chance: random.Random) -> None:
    visits = [visit(f"20{n:02}-01-01", words) for n, words in enumerate(said, 10)]
    shuffled = list(visits)
    chance.shuffle(shuffled)
    assert list(assess(shuffled)) == list(assess(visits))


@given(st.lists(st.text("SWMNR", max_size=4), max_size=6))
def test_every_passage_is_counted_once(said: list[str]) -> None:
    visits = [visit(f"20{n:02}-01-01", words) for n, words in enumerate(said, 10)]
    found = list(assess(visits))
    assert sum(_total(one.counts) for one in found) == sum(map(len, said))
    assert sum(len(one.passages) for one in found) == sum(map(len, said))
    assert all((one.status in JUDGED) or not _judged(one) for one in found)


def _total(counts: Counts) -> int:
    found = counts.strengths + counts.weaknesses + counts.mixed + counts.mentions
    return found + counts.recommendations


def _judged(one: Assessment) -> bool:
    return any(p.recommends or p.themes[one.theme] != "neutral" for p in one.passages)


def test_every_word_used_is_in_its_vocabulary() -> None:
    from typing import get_args

    from themegraph.derivation import assess as module
    from themegraph.derivation import facts, follow

    for words, scheme in (
        (facts.Status, "assessment-status"),
        (facts.Comparability, "comparability"),
        (module.Trajectory, "trajectory"),
        (follow.Outcome, "follow-up-outcome"),
    ):
        assert set(get_args(words)) == {term.id for term in vocab.terms(scheme)}
    assert {vocab.scope_of(t.id) for t in vocab.terms("report-type")} == {"whole", "part"}


@pytest.mark.parametrize(
    ("said", "since", "times", "why"),
    [
        (("W",), "2010", 1, "the first of its run"),
        (("W", "M", "R"), "2010", 3, "weak or mixed is one side"),
        (("W", "S"), "2011", 1, "praise begins a run of its own"),
        (("S", "S", "SW"), "2012", 1, "fault ends a run of praise"),
        (("W", "", "N", "W"), "2010", 2, "who does not judge does not break a run"),
        (("S", "W", "S"), "2012", 1, "a run that was broken does not go on"),
    ],
)
def test_a_run_goes_on_while_the_theme_is_on_one_side(
    said: tuple[str, ...], since: str, times: int, why: str
) -> None:
    visits = [visit(f"{2010 + n}-01-01", words) for n, words in enumerate(said)]
    last = list(assess(visits))[-1]
    assert last.since
    assert (last.since.day[:4], last.times) == (since, times), why


def test_the_current_one_is_the_last_that_judged() -> None:
    told = list(assess([visit("2010-01-01", "W"), visit("2011-01-01", "N"), visit("2012-01-01")]))
    assert [one.visit.day for one in current(told)] == ["2010-01-01"]
    assert [one.since is None for one in told] == [False, True, True]


EARLY = Sentence("early", 1, "weakness", frozenset({"supervision"}))
LATE = Sentence("late", 9, "weakness", frozenset({"supervision"}))
PRAISE = Sentence("praise", 0, "strength", frozenset({"supervision"}))
PLAIN = Sentence("plain", 2, "neutral", frozenset({"supervision"}))
BOTH = Sentence("both", 3, "mixed", frozenset({"supervision"}))
OTHER = Sentence("other", 0, "weakness", frozenset({"neglect"}))
#: It tells how it was at an earlier time.
ONCE = Sentence("once", 0, "weakness", frozenset({"supervision"}), looks_back=True)
#: It has no theme of its own: it goes with what stands before it.
HOWEVER = Sentence("however", 5, "weakness", frozenset())
INDEED = Sentence("indeed", 6, "strength", frozenset())


def finding(
    score: float, *sentences: Sentence, recommends: bool = False, stance: Polarity = "weakness"
) -> Passage:
    themes = {"supervision": stance}
    scores = {"supervision": score}
    return Passage(f"p{score}", recommends, themes, scores=scores, sentences=sentences)


@pytest.mark.parametrize(
    ("passages", "example", "why"),
    [
        ((finding(0.9, LATE, EARLY),), "early", "the first that says it"),
        ((finding(0.9, PRAISE, LATE),), "late", "one with the stance before one without"),
        ((finding(0.9, OTHER, LATE),), "late", "one on the theme"),
        ((finding(0.5, EARLY), finding(0.9, LATE)), "late", "the surer passage"),
        ((finding(0.5, EARLY), finding(0.9, recommends=True)), "p0.9", "a recommendation too"),
        ((finding(0.9, OTHER),), None, "no sentence speaks of it"),
        ((finding(0.9, PRAISE, HOWEVER),), "however", "fault that goes with it, before praise"),
        ((finding(0.9, PLAIN, HOWEVER),), "however", "fault that goes with it, before none"),
        ((finding(0.9, BOTH, HOWEVER),), "both", "one on the theme that finds fault too"),
        ((finding(0.9, PRAISE, PLAIN),), "plain", "one that does not praise"),
        ((finding(0.9, PRAISE, OTHER),), "praise", "fault with something else is no example"),
        ((finding(0.9, PRAISE, HOWEVER, stance="mixed"),), "however", "the fault of a mixed one"),
        ((finding(0.9, EARLY, stance="strength"), finding(0.5, LATE), finding(0.4, LATE)),
         "late", "a passage that finds fault with the theme"),
        ((finding(0.9, LATE, PRAISE, stance="strength"),), "praise", "praise for a strength"),
        ((finding(0.9, LATE, INDEED, stance="strength"),), "indeed", "praise that goes with it"),
        ((finding(0.9, ONCE, LATE),), "late", "what is found now before what was"),
        ((finding(0.9, ONCE), finding(0.1, LATE)), "late", "also in a passage that is less sure"),
        ((finding(0.9, ONCE), finding(0.1, recommends=True)), "p0.1", "what is asked is of now"),
        ((finding(0.9, ONCE, HOWEVER),), "however", "what goes with it and is of now"),
        ((finding(0.9, ONCE, PRAISE, stance="mixed"),), "praise", "half of it, but found now"),
        ((finding(0.9, ONCE, PLAIN),), "once", "what was weak before what is not judged"),
        ((finding(0.9, ONCE, PRAISE),), "once", "what was weak before what is praised"),
        ((finding(0.9, ONCE),), "once", "what was, where nothing else is told"),
    ],
)  # fmt: skip
def test_an_example_says_what_the_assessment_says(
    passages: tuple[Passage, ...], example: str | None, why: str
) -> None:
    told = Visit("v", "2010-01-01", WHOLE, "ilacs-2018", 40, passages)
    (one,) = assess([told])
    assert one.example == example, why


ABOUT = frozenset({"supervision"})
REGULAR = Sentence("regular", 0, "strength", ABOUT, praises=ABOUT)
REGULAR_ONCE = Sentence("once", 0, "strength", ABOUT, looks_back=True, praises=ABOUT)
SHALLOW = Sentence("shallow", 4, "weakness", frozenset(), faults=ABOUT)
UNSURE = Sentence("unsure", 2, "weakness", frozenset(), faults=frozenset({"neglect"}))


@pytest.mark.parametrize(
    ("sentences", "stance", "example", "other_side", "why"),
    [
        ((REGULAR, SHALLOW), "mixed", "shallow", "regular", "the praise beside the fault"),
        ((REGULAR, UNSURE, SHALLOW), "mixed", "unsure", "regular", "whatever fault is quoted"),
        ((REGULAR, UNSURE), "strength", "regular", None, "nothing is taken back of the theme"),
        ((REGULAR, SHALLOW), "weakness", "shallow", None, "the finding is not mixed on it"),
        ((REGULAR_ONCE, SHALLOW), "mixed", "shallow", None, "praise of another time"),
        ((BOTH, REGULAR), "mixed", "both", None, "the sentence that is quoted does both itself"),
    ],
)  # fmt: skip
def test_the_other_side_of_an_example_is_told(
    sentences: tuple[Sentence, ...],
    stance: Polarity,
    example: str,
    other_side: str | None,
    why: str,
) -> None:
    read = (finding(0.9, *sentences, stance=stance),)
    (one,) = assess([Visit("v", "2010-01-01", WHOLE, "ilacs-2018", 40, read)])
    assert (one.example, one.other_side) == (example, other_side), why
