"""From mentions to networks: what counts as read, what chance is reckoned from, what is weak now."""

from __future__ import annotations

import pytest

from themegraph import ids
from themegraph.graph.store import Store
from themegraph.networks.mentions import Mentions, Only, Passage, Visit
from themegraph.networks.read import (
    Network,
    Source,
    authorities_network,
    read_source,
    themes_network,
    weak_now,
)
from themegraph.queries import ask

FINDING, ASKED = f"{ids.ID}finding/", f"{ids.ID}recommendation/"


def visit(body: str, day: str, *passages: Passage) -> tuple[Visit, tuple[Passage, ...]]:
    place = f"{ids.ID}inspection/{body}-{day}"
    return Visit(place, f"{ids.ID}authority/{body}", "sif", day, "", "sif"), passages


def passage(name: str, service: str = "", **themes: str) -> Passage:
    services = frozenset({service} - {""})
    return Passage(f"{FINDING}{name}", tuple(sorted(themes.items())), services)


#: Four findings and a recommendation of one body, and a report in which nothing has a theme.
VISITS = Mentions(
    dict(
        [
            visit(
                "leeds",
                "2018-01-01",
                passage("1", supervision="strength", neglect="strength"),
                passage("2", supervision="weakness", neglect="weakness"),
                passage("3", "front-door", supervision="weakness"),
                passage("4"),
                Passage(f"{ASKED}1", (("supervision", "weakness"),), frozenset()),
            ),
            visit("dudley", "2019-01-01", passage("5"), passage("6")),
            visit("coventry", "2020-01-01"),
        ]
    )
)
SOURCE = Source(VISITS, {}, {})


def test_chance_is_reckoned_from_all_findings_that_were_read() -> None:
    # Of six findings two are weak on supervision and one of these on neglect: 1 * 6 / (2 * 1).
    weak = themes_network(SOURCE, Only(), "weakness").graph["neglect"]["supervision"]
    assert (weak["weight"], weak["lift"]) == (1, 3.0)
    every = themes_network(SOURCE, Only()).graph["neglect"]["supervision"]
    assert (every["weight"], every["lift"]) == (2, 2.0)  # 2 * 6 / (3 * 2)
    of_leeds = themes_network(SOURCE, Only(authority=f"{ids.ID}authority/leeds"))
    assert of_leeds.graph["neglect"]["supervision"]["lift"] == 1.333  # 2 * 4 / (3 * 2)


@pytest.mark.parametrize(
    ("found", "counts", "why"),
    [
        (themes_network(SOURCE, Only()), (3, 6, 3, 3), "also where no passage has a theme"),
        (themes_network(SOURCE, Only(), "strength"), (1, 6, 3, 3), "whatever the stance"),
        (themes_network(SOURCE, Only(since="2019-01-01")), (0, 2, 2, 2), "of a period"),
        (themes_network(SOURCE, Only(service="front-door")), (1, 1, 3, 3), "on a service"),
        (authorities_network(SOURCE, Only()), (3, 7, 3, 3), "recommendations too"),
    ],
)
def test_a_network_says_out_of_how_much_it_is(
    found: Network, counts: tuple[int, int, int, int], why: str
) -> None:
    assert (found.passages, found.read, found.inspections, found.bodies) == counts, why


@pytest.mark.parametrize(
    ("stances", "weak", "why"),
    [
        (("strength", "weakness"), ["2"], "the last counts"),
        (("weakness", "strength"), [], "what was put right is not weak"),
        (("weakness", "neutral"), ["1"], "what was only spoken of is not judged"),
        (("weakness", None), ["1"], "nor is what was not spoken of"),
        (("strength", "mixed"), ["2"], "mixed finds fault"),
    ],
)
def test_the_last_inspection_that_judged_tells_what_is_weak(
    stances: tuple[str | None, ...], weak: list[str], why: str
) -> None:
    visits = [
        visit("leeds", f"{2018 + n}-01-01", passage(str(n + 1), **{"supervision": s} if s else {}))
        for n, s in enumerate(stances)
    ]
    for given in (visits, visits[::-1]):
        found = weak_now(Mentions(dict(given)))
        assert [iri.removeprefix(FINDING) for _, _, iri in found] == weak, why


def test_the_named_question_has_the_same_lift(examples: Store) -> None:
    """The same findings below and above the line, those of every body that were read."""
    network = themes_network(read_source(examples), Only())
    ties = {
        pair: (tie["weight"], tie["lift"])
        for one, other, tie in network.graph.edges(data=True)
        if tie["weight"] > 1
        for pair in ((one, other), (other, one))
    }
    rows = list(ask(examples, "co-occurring-themes"))
    assert {(r["theme"], r["other"]): (r["together"], r["lift"]) for r in rows} == ties
    assert {row["of"] for row in rows} == {network.read}
    assert ties
