"""The whole texts of reports, read from their files again: the graph keeps passages and offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import TYPE_CHECKING

from themegraph import ids
from themegraph.errors import ExportError
from themegraph.graph.sources import read_sources
from themegraph.loaders.inputs import expand
from themegraph.loaders.pipeline import read_many
from themegraph.verify import find_sources, reread

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_DIGESTS = "SELECT DISTINCT ?text ?digest { ?text a tg:ExtractedText ; tg:sha256 ?digest }"


def read_texts(
    store: Store, keys: Collection[str], sources: str | None = None, *, jobs: int = 1
) -> dict[str, str]:
    """The text of each of the reports ``keys``, to which the offsets in the graph refer.

    Files are looked for in the folder ``sources`` or, without one, where they were loaded from.
    Raises ExportError for a report whose file is not at hand, or no longer gives the text that was
    loaded.
    """
    held = {key: one for key, one in store.reports().items() if key in keys}
    digests = {ids.last_part(r["text"].value): r["digest"].value for r in store.rows(_DIGESTS)}
    given = expand([sources]) if sources else None
    found = dict(sorted(find_sources(held, read_sources(store.folder), given).items()))
    if missing := sorted(held.keys() - found):
        where = f"in {sources}" if sources else "where it was loaded from"
        raise ExportError(
            f"{missing[0]}: its file, {held[missing[0]].file}, is not {where}. Say where the files "
            "are with --sources FOLDER."
        )
    texts = {}
    outcomes = read_many(found.values(), jobs=jobs, read=reread)
    for key, outcome in zip(found, outcomes, strict=True):
        if outcome.report is None:
            raise ExportError(f"{key}: {outcome.reason}")
        text = outcome.report.text
        if hashlib.sha256(text.encode()).hexdigest() != digests[key]:
            raise ExportError(
                f"{key}: {outcome.origin} does not give the text that was loaded. Load it again: "
                "themegraph load FOLDER"
            )
        texts[key] = text
    return texts
