"""The example reports as a library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import themegraph


@pytest.fixture(scope="session")
def library(examples_place: str) -> Iterator[themegraph.Library]:
    """A library of the example reports; to be read only."""
    with themegraph.open(examples_place) as opened:
        yield opened
