"""A file's bytes to a tagged report: what is read, what it is about, and what was corrected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.loaders.inputs import InputFile
from themegraph.model import Report
from themegraph.tagging.correction_tables import Corrections, find_corrections
from themegraph.tagging.corrections import correct

if TYPE_CHECKING:
    from themegraph.graph.store import Held


def read_tagged(data: bytes, name: str, metadata: Mapping[str, str] | None = None) -> Report:
    """As :func:`themegraph.loaders.report.read_report`, with themes, stance and services."""
    from themegraph.loaders.report import read_report
    from themegraph.tagging.tag import tag_report

    return tag_report(read_report(data, name, metadata))


#: Where what a report becomes is written down, and the packages that read files with it.
_PARTS = ("loaders", "tagging", "graph", "ontology")
_ENGINES = ("lxml", "numpy", "pypdfium2")


@dataclass(frozen=True, slots=True)
class CorrectedReader:
    """:func:`read_tagged`, and then the corrections that people made. Can go to other processes."""

    corrections: Corrections = field(default_factory=Corrections)

    def __call__(self, data: bytes, name: str, metadata: Mapping[str, str] | None = None) -> Report:
        """As :func:`read_tagged`, corrected."""
        return correct(read_tagged(data, name, metadata), self.corrections)

    def how(self, file: InputFile, sha256: str) -> str:
        """A digest of all that the reading of ``file`` goes by: its bytes, its name, its row in a
        table, the corrections that may be meant for it, and the rules.
        """
        rows = [one for one in self.corrections.rows if not one.files or sha256 in one.files]
        told = (_rules(), sha256, file.name, file.metadata, rows)
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def without_report(self, held: Iterable[Held]) -> Iterator[str]:
        """A line for each correction whose report is not among ``held``."""
        held = list(held)
        digests = {one.sha256 for one in held}
        names = {name for one in held for name in (one.key, one.file)}
        for one in self.corrections.rows:
            there = not digests.isdisjoint(one.files) if one.files else one.report in names
            if not there:
                yield (
                    f"{one.place}: no report {one.report!r} in the store, so nothing was "
                    "corrected. See which there are: themegraph query reports-list"
                )


def reader_for(files: Iterable[InputFile]) -> CorrectedReader:
    """A reader that makes the corrections in every ``corrections.csv`` beside ``files``.

    Raises UnreadableSourceError for a file that is no such table, before anything is read.
    """
    return CorrectedReader(find_corrections(files))


@cache
def _rules() -> str:
    """A digest of the code and the tables that make a graph of a file."""
    digest = hashlib.sha256(ids.BASE.encode())
    for name in _ENGINES:
        digest.update(f"{name} {metadata.version(name)}".encode())
    here = resources.files("themegraph")
    own = [file for file in here.iterdir() if file.name.endswith(".py")]
    for file in (*_in_order(own), *_in_order(here / part for part in _PARTS)):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _in_order(found: Iterable[Traversable]) -> Iterator[Traversable]:
    """The files among ``found`` and in the folders among them, by name."""
    for each in sorted(found, key=lambda each: each.name):
        if each.is_file():
            yield each
        elif each.name != "__pycache__":
            yield from _in_order(each.iterdir())
