"""Networks from rows: what ties, how strongly, and always the same whatever the order."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph.networks import authority_network, theme_network, with_measures, with_ties

# Three findings speak of oversight, two of these also of plans, and one of plans alone.
MENTIONS = [
    ("f1", "oversight"),
    ("f1", "plans"),
    ("f2", "oversight"),
    ("f2", "plans"),
    ("f3", "oversight"),
    ("f4", "plans"),
    ("f5", "health"),
]
WEAK = [
    ("north", "oversight", "n1"),
    ("north", "plans", "n2"),
    ("south", "oversight", "s1"),
    ("south", "plans", "s2"),
    ("south", "plans", "s3"),
    ("east", "oversight", "e1"),
]


def test_a_tie_of_themes_keeps_its_findings_and_says_how_strong_it_is() -> None:
    graph = theme_network(MENTIONS)
    assert dict(graph.nodes(data="findings")) == {"health": 1, "oversight": 3, "plans": 3}
    assert list(graph.edges) == [("oversight", "plans")]
    tie = graph["oversight"]["plans"]
    assert tie["passages"] == ("f1", "f2")
    assert tie["weight"] == 2
    assert tie["jaccard"] == 0.5  # two of the four that speak of either
    assert tie["lift"] == pytest.approx(2 * 5 / (3 * 3), abs=1e-3)


def test_findings_without_a_theme_make_a_meeting_more_telling() -> None:
    tie = theme_network(MENTIONS, findings=50)["oversight"]["plans"]
    assert tie["lift"] == pytest.approx(2 * 50 / (3 * 3), abs=1e-3)


def test_a_mention_told_twice_counts_once() -> None:
    assert theme_network([*MENTIONS, *MENTIONS])["oversight"]["plans"]["weight"] == 2


def test_authorities_are_tied_by_what_not_everybody_has() -> None:
    graph = authority_network(WEAK)
    # All three are weak in oversight: that ties nobody.
    assert list(graph.edges) == [("north", "south")]
    tie = graph["north"]["south"]
    assert tie["themes"] == ("oversight", "plans")
    assert tie["passages"] == ("n1", "n2", "s1", "s2", "s3")
    assert tie["by_theme"] == {"oversight": ("n1", "s1"), "plans": ("n2", "s2", "s3")}
    assert tie["weight"] == 1.0  # the same themes
    assert dict(graph.nodes(data="themes")) == {"east": 1, "north": 2, "south": 2}


def test_sharing_two_of_two_themes_is_less_likely_where_there_are_more() -> None:
    chance = {n: authority_network(WEAK, n)["north"]["south"]["chance"] for n in (2, 4, 10)}
    assert chance == {n: pytest.approx(1 / math.comb(n, 2), abs=1e-6) for n in (2, 4, 10)}


def test_a_tie_may_be_light_and_is_never_nothing() -> None:
    bodies = [f"b{n:02}" for n in range(60)]
    weak = [(body, f"{body} {n}", "p") for body in bodies for n in range(40)]
    # All but one have this too, and it is all that any two of them share.
    weak += [(body, "common", "p") for body in bodies[1:]]
    graph = authority_network(weak)
    assert all(0 < weight < 0.00005 for _, _, weight in graph.edges(data="weight"))
    assert len(with_measures(graph)) == 60


def test_fewer_ties_come_in_the_order_of_the_network() -> None:
    graph = theme_network(
        (f"f{n}", name) for n, name in enumerate("bcdefghijk") for name in "a" + name
    )
    few = with_ties(graph, lambda one, other, tie: other in "kdb" and tie["weight"] == 1)
    assert list(few.nodes(data="findings")) == [("a", 10), ("b", 1), ("d", 1), ("k", 1)]
    assert list(few.edges) == [("a", "b"), ("a", "d"), ("a", "k")]
    few["a"]["b"]["weight"] = 7
    assert graph["a"]["b"]["weight"] == 1


def test_nothing_makes_no_network() -> None:
    assert not theme_network([])
    assert not authority_network([])


NAMES = st.sampled_from("abcdef")


@given(st.lists(st.tuples(NAMES, NAMES)), st.randoms())
def test_themes_do_not_depend_on_the_order_of_rows(rows, chance) -> None:  # type: ignore[no-untyped-def]
    mixed = chance.sample(rows, len(rows))
    one, other = theme_network(rows), theme_network(mixed)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True)) == list(other.edges(data=True))
    for tie in one.edges(data=True):
        assert tie[2]["weight"] == len(set(tie[2]["passages"]))
        assert 0 < tie[2]["jaccard"] <= 1


@given(st.lists(st.tuples(NAMES, NAMES, NAMES)), st.randoms())
def test_authorities_do_not_depend_on_the_order_of_rows(rows, chance) -> None:  # type: ignore[no-untyped-def]
    mixed = chance.sample(rows, len(rows))
    one, other = authority_network(rows), authority_network(mixed)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True)) == list(other.edges(data=True))
    for _, _, tie in one.edges(data=True):
        assert 0 < tie["weight"] <= 1
        assert 0 <= tie["chance"] <= 1
