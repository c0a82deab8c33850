"""A file's bytes to a tagged report: what is read, what it is about, and what was corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, slots=True)
class CorrectedReader:
    """:func:`read_tagged`, and then the corrections that people made. Can go to other processes."""

    corrections: Corrections = field(default_factory=Corrections)

    def __call__(self, data: bytes, name: str, metadata: Mapping[str, str] | None = None) -> Report:
        """As :func:`read_tagged`, corrected."""
        return correct(read_tagged(data, name, metadata), self.corrections)

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
