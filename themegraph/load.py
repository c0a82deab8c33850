"""From files to the store: reading, building and keeping, one report at a time."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from themegraph.derivation.derive import derive
from themegraph.graph.build import BuiltReport, build_report
from themegraph.graph.loading import Became, Loading
from themegraph.graph.sources import read_sources, write_sources
from themegraph.graph.store import Store
from themegraph.graph.vocabulary import own_body
from themegraph.loaders.beside import find_tables
from themegraph.loaders.inputs import InputFile
from themegraph.loaders.pipeline import Outcome, Reader, read_many
from themegraph.model import Report
from themegraph.ontology import own_bodies
from themegraph.ontology.register import RegisteredAuthority
from themegraph.reading import reader_for
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

    ``reader`` reads a file; by default it tags, and makes the corrections beside the files.
    At the end assessments, follow-ups and the search index are made anew where reports changed,
    unless ``then_derive`` is False. Bodies in every ``authorities.csv`` beside the files are
    registered. Where the files lie is remembered beside the store. Raises StoreError when it cannot
    be written.
    """
    tables = find_tables(files, own_bodies.FILE)
    bodies = [body for t in tables for body in own_bodies.read_own_bodies(t.data, t.name)]
    loading = Loading(store)
    known = read_sources(store.folder)
    sources = dict(known)
    is_ready = False
    read = reader or reader_for(files)
    outcomes = read_many(files, jobs=jobs, read=read, then=build_report)
    try:
        for file, outcome in zip(files, outcomes, strict=True):
            if outcome.report and not is_ready:
                _write_common(store, bodies)
                is_ready = True
            loaded = _keep(loading, outcome)
            if outcome.report and loaded.became != "skipped":
                sources[outcome.report.source.sha256] = file.place
            yield loaded
    finally:
        if sources != known:
            write_sources(store.folder, sources)
    if then_derive:
        derive(store)
        for _ in update_index(store):
            pass


def _write_common(store: Store, bodies: Iterable[RegisteredAuthority]) -> None:
    """Bring up to date what all reports share; where none can be read nothing is written."""
    store.write_vocabulary()
    for body in bodies:
        store.replace_graph(*own_body(body))


def _keep(loading: Loading, outcome: Outcome[BuiltReport]) -> Loaded:
    if outcome.report is None:
        return Loaded(outcome.origin, "failed", outcome.reason)
    change = loading.put(outcome.report)
    return Loaded(outcome.origin, change.became, change.reason, len(outcome.report.warnings))
