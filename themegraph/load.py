"""From files to the store: reading, building and keeping, one report at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from themegraph.derivation.derive import derive
from themegraph.errors import ThemegraphError
from themegraph.graph.build import BuiltReport, build_report
from themegraph.graph.inference import holds_inferred, infer
from themegraph.graph.loading import Became, Loading
from themegraph.graph.read_before import ReadBefore, read_records, write_records
from themegraph.graph.sources import read_sources, write_sources
from themegraph.graph.store import Store
from themegraph.graph.vocabulary import own_body
from themegraph.loaders.beside import find_tables
from themegraph.loaders.inputs import InputFile
from themegraph.loaders.pipeline import Outcome, Reader, read_many
from themegraph.model import Report
from themegraph.ontology import own_bodies
from themegraph.ontology.register import RegisteredAuthority
from themegraph.reading import CorrectedReader, reader_for
from themegraph.search import update_index


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file; ``reason`` says why it was skipped or failed."""

    origin: str
    became: Became | Literal["failed"]
    reason: str = ""
    warnings: int = 0


def load_reports(
    store: Store,
    files: Sequence[InputFile],
    *,
    jobs: int = 1,
    reader: Reader[Report] | None = None,
    then_derive: bool = True,
) -> Generator[Loaded, None, None]:
    """Read ``files`` into ``store``; each report is stored when its file is given back.

    ``reader`` reads a file; by default it tags, and makes the corrections beside the files. A file
    that was read before, by the same rules, and whose report is held as it then was, is not read
    again.
    At the end assessments, follow-ups, inferred graphs where there are some, and the search index
    are made anew where reports changed, unless ``then_derive`` is False. Bodies in every
    ``authorities.csv`` beside the files are registered. Where the files lie is remembered beside
    the store. Raises StoreError when it cannot be written.
    """
    tables = find_tables(files, own_bodies.FILE)
    bodies = [body for t in tables for body in own_bodies.read_own_bodies(t.data, t.name)]
    run = _Run(store, bodies, reader or reader_for(files))
    try:
        yield from run.load(files, jobs)
    finally:
        run.remember()
    if then_derive:
        derive(store)
        if holds_inferred(store):
            infer(store)
        for _ in update_index(store):
            pass


class _Run:
    """One run of loading: what is held, what was read before, and where files lie."""

    def __init__(
        self, store: Store, bodies: Sequence[RegisteredAuthority], read: Reader[Report]
    ) -> None:
        self._store = store
        self._bodies = bodies
        self._read = read
        self._loading = Loading(store)
        self._sources = read_sources(store.folder)
        self._records = read_records(store.folder)
        self._known = dict(self._sources), dict(self._records)
        self._is_ready = False

    def load(self, files: Sequence[InputFile], jobs: int) -> Iterator[Loaded]:
        """What became of each file, in order; those that were read before and are the same are not
        read.
        """
        same = {n: sha for n, file in enumerate(files) if (sha := self._read_before(file))}
        others = [file for n, file in enumerate(files) if n not in same]
        outcomes = read_many(others, jobs=jobs, read=self._read, then=build_report)
        for n, file in enumerate(files):
            record = self._records[same[n]] if n in same else None
            if record and self._loading.keep(record.key, record.digest):
                self._sources[same[n]] = file.place
                yield Loaded(file.origin, "unchanged", warnings=record.warnings)
            elif record:  # another file of this run has taken its place
                (outcome,) = read_many([file], read=self._read, then=build_report)
                yield self._keep(file, outcome)
            else:
                yield self._keep(file, next(outcomes))
        for _ in outcomes:  # there is none: its processes are let go
            pass

    def remember(self) -> None:
        """Keep with the store where files lie and how they were read, where that has changed."""
        sources, records = self._known
        if self._sources != sources:
            write_sources(self._store.folder, self._sources)
        if self._records != records:
            write_records(self._store.folder, self._records)

    def _read_before(self, file: InputFile) -> str:
        """The SHA-256 of ``file``, where it was read before just as it would be now; else ""."""
        if not self._records:
            return ""
        try:
            sha256 = hashlib.sha256(file.read()).hexdigest()
        except ThemegraphError:  # told when it is read
            return ""
        record = self._records.get(sha256)
        return sha256 if record and record.how == self._how(file, sha256) else ""

    def _how(self, file: InputFile, sha256: str) -> str:
        """How ``file`` is read now; "" where that is not known."""
        if not isinstance(self._read, CorrectedReader):
            return ""
        return f"{self._read.how(file, sha256)} {self._of_bodies}"

    @cached_property
    def _of_bodies(self) -> str:
        return hashlib.sha256(repr(self._bodies).encode()).hexdigest()

    def _keep(self, file: InputFile, outcome: Outcome[BuiltReport]) -> Loaded:
        report = outcome.report
        if report is None:
            return Loaded(outcome.origin, "failed", outcome.reason)
        self._write_common()
        change = self._loading.put(report)
        sha256, warnings = report.source.sha256, len(report.warnings)
        if change.became != "skipped":
            self._sources[sha256] = file.place
            if how := self._how(file, sha256):
                record = ReadBefore(how, report.key, report.digest, warnings)
                self._records[sha256] = record
        return Loaded(outcome.origin, change.became, change.reason, warnings)

    def _write_common(self) -> None:
        """Bring up to date what all reports share, once; where none can be read nothing is."""
        if self._is_ready:
            return
        self._store.write_vocabulary()
        for body in self._bodies:
            self._store.replace_graph(*own_body(body))
        self._is_ready = True
