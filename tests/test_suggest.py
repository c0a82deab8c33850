"""What is guessed for a name that nothing has."""

from __future__ import annotations

import pytest

from themegraph.suggest import Named, did_you_mean, nearest

THINGS = (
    Named("neglect", "Neglect", ("neglected children",)),
    Named("timeliness-drift-and-delay", "Timeliness, drift and delay", ("delays", "pace of")),
    Named("waiting-times", "Waiting times for health services", ("delays in diagnosis",)),
    Named("radicalisation-and-harmful-practices", "Radicalisation and forced marriage"),
    Named("case-recording", "Case recording and record systems"),
)


@pytest.mark.parametrize(
    ("typed", "ids", "why"),
    [
        ("drift", ["timeliness-drift-and-delay"], "a word of the name"),
        ("Delay Drift", ["timeliness-drift-and-delay"], "all words, in any order"),
        ("timel", ["timeliness-drift-and-delay"], "the beginning of a word"),
        ("harmful", ["radicalisation-and-harmful-practices"], "a word of the id"),
        ("delays", ["timeliness-drift-and-delay", "waiting-times"], "words of other names"),
        ("delay", ["timeliness-drift-and-delay", "waiting-times"], "its own name first"),
        ("lays", [], "no beginning of a word"),
        ("neglct", ["neglect"], "spelt alike"),
        ("case-recrding", ["case-recording"], "an id spelt alike"),
        ("radicalization", ["radicalisation-and-harmful-practices"], "one word spelt alike"),
        ("zzzz", [], "nothing near"),
        ("", [], "nothing typed"),
        ("?!", [], "no word typed"),
    ],
)
def test_what_comes_near(typed: str, ids: list[str], why: str) -> None:
    assert [thing.id for thing in nearest(typed, THINGS)] == ids, why


def test_a_long_list_is_no_help() -> None:
    assert len(nearest("east", [Named(f"east-{n}", f"East {n}") for n in range(9)])) == 5


def test_things_are_named_so_that_they_can_be_typed() -> None:
    assert did_you_mean([]) == ""
    assert did_you_mean(THINGS[:1]) == " Did you mean neglect?"
    assert did_you_mean(["a", "b", "c"]) == " Did you mean a, b or c?"
    both = did_you_mean([THINGS[1], THINGS[0]])
    assert both == (
        " Did you mean Timeliness, drift and delay (timeliness-drift-and-delay) or neglect?"
    )
