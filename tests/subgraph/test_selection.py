"""What may be meant, what may not, and how it is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from themegraph.errors import ExportError
from themegraph.subgraph.links import ROLES, read_links
from themegraph.subgraph.selection import Selection


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({}, "everything"),
        ({"authorities": ("westmarch",)}, "authority westmarch"),
        # Values of one kind are alternatives, whatever order they were given in.
        ({"themes": ("b", "a")}, "theme a or b"),
        (
            {"themes": ("a",), "since": dt.date(2018, 1, 1), "depth": 1},
            "theme a; since 2018-01-01; and what is tied to it, 1 deep",
        ),
        # A query may be long: it stands in the header as a whole.
        ({"construct": "CONSTRUCT WHERE { ?s ?p ?o }"}, "what a CONSTRUCT query makes"),
    ],
)
def test_what_is_meant_is_told_in_words(chosen: dict[str, Any], words: str) -> None:
    assert Selection(**chosen).words() == words


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"since": dt.date(2020, 1, 1), "until": dt.date(2019, 1, 1)}, "is after until"),
        ({"stances": ("good",)}, "No stance 'good'. There are: strength"),
        ({"iris": ("x",), "themes": ("a",)}, "named alone"),
        ({"iris": ("x",), "construct": "y"}, "named alone"),
        ({"depth": 1}, "nothing around it"),
        ({"iris": ("x",), "depth": 5}, "from 0 to 4"),
    ],
)
def test_what_cannot_be_meant_is_refused(chosen: dict[str, Any], message: str) -> None:
    with pytest.raises(ExportError, match=message):
        Selection(**chosen)


def test_every_link_has_a_role() -> None:
    links = read_links()
    assert all(getattr(links, role) for role in ROLES)
    # What is undone by a link must be one that leads to what may be missing.
    assert set(links.undoes) <= links.apart
