"""The table of mentions: the same as the question gives, and narrowed the same way."""

from __future__ import annotations

import pytest

from themegraph.graph.store import Store
from themegraph.networks.mentions import Mentions, Only, read_mentions
from themegraph.queries import ask


@pytest.fixture(scope="module")
def mentions(examples: Store) -> Mentions:
    return read_mentions(examples)


def told(mentions: Mentions) -> set[tuple[str, str, str, str, str]]:
    return {
        (passage.iri, theme, stance, visit.authority, visit.inspection)
        for visit, passages in mentions.visits()
        for passage in passages
        for theme, stance in passage.themes
    }


@pytest.mark.parametrize(
    ("given", "only"),
    [
        ({}, Only()),
        ({"region": "Example region"}, Only(region="Example region")),
        ({"region": "West Midlands"}, Only(region="West Midlands")),
        ({"kind": "focused-visit"}, Only(kind="focused-visit")),
        ({"since": "2018-01-01"}, Only(since="2018-01-01")),
        ({"until": "2018-12-31"}, Only(until="2018-12-31")),
    ],
)
def test_it_is_what_the_question_gives(
    mentions: Mentions, examples: Store, given: dict[str, str], only: Only
) -> None:
    rows = ask(examples, "passages-by-theme", **given)
    assert told(mentions.only(only)) == {
        (row["passage"], row["theme"], row["stance"].rpartition("/")[2], row["authority"],
         row["inspection"])
        for row in rows
    }  # fmt: skip


def test_a_service_leaves_the_passages_that_speak_of_it(mentions: Mentions) -> None:
    some = mentions.only(Only(service="fostering-service"))
    kept = [passage for _, passages in some.visits() for passage in passages]
    assert kept
    assert all("fostering-service" in passage.services for passage in kept)
    assert len(told(some)) < len(told(mentions))


def test_inspections_come_in_order_of_time_and_framework_narrows(mentions: Mentions) -> None:
    days = [visit.date for visit, _ in mentions.visits()]
    assert days == sorted(days)
    frameworks = {visit.framework for visit, _ in mentions.only(Only(framework="sif")).visits()}
    assert frameworks == {"sif"}
