"""What ships: every file that the package reads is in it, and its public names are there."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest

import themegraph

# At least this many of each, so that a wheel without them is noticed.
DATA = {".rq": 12, ".csv": 20, ".ttl": 2, ".pdf": 7, ".md": 1, ".html": 1, ".json": 1}


def everything(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from everything(entry)
        else:
            yield entry


@pytest.mark.parametrize("ending", DATA)
def test_data_is_in_the_package_and_can_be_read(ending: str) -> None:
    found = [file for file in everything(files("themegraph")) if file.name.endswith(ending)]
    assert len(found) >= DATA[ending]
    assert all(file.read_bytes() for file in found)


def test_types_are_declared() -> None:
    assert files("themegraph").joinpath("py.typed").is_file()


def test_public_names_are_there() -> None:
    for name in themegraph.__all__:
        assert getattr(themegraph, name) is not None
    assert set(themegraph.__all__) == set(dir(themegraph))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        themegraph.nothing  # noqa: B018 - the access is the test


def test_the_version_is_that_of_the_distribution() -> None:
    assert metadata.version("themegraph") == themegraph.__version__
