"""Which report the store keeps, when two files tell of the same inspection.

The choice depends on the files and not on the order they come in: of two files loaded together the
better rendering is kept. A file of the same name, loaded later, is a newer copy and replaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from themegraph.graph.build import BuiltReport
from themegraph.graph.store import Held, Store
from themegraph.model import Source

# A PDF has pages, headings and tables as printed; HTML has structure; text has neither.
_RENDERINGS = ("application/pdf", "text/html")

Became = Literal["added", "replaced", "unchanged", "skipped"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a report that was to be stored; ``reason`` says why it was skipped."""

    key: str
    became: Became
    reason: str = ""


class Loading:
    """One run of loading into ``store``."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held = store.reports()
        self._keys_of: dict[str, set[str]] = {}
        for held in self._held.values():
            self._keys_of.setdefault(held.sha256, set()).add(held.key)
        self._fresh: set[str] = set()

    def keep(self, key: str, digest: str) -> bool:
        """Leave the report ``key`` as it is, if it is held with this ``digest``; whether it is."""
        held = self._held.get(key)
        if held is None or held.digest != digest:
            return False
        self._fresh.add(key)
        return True

    def put(self, report: BuiltReport) -> Change:
        """Store ``report``, unless a better file tells of the same inspection."""
        copies = [self._held[key] for key in sorted(self._keys_of.get(report.source.sha256, ()))]
        for held in (*copies, self._held.get(report.key)):
            if held and not self._is_preferred(report.source, held):
                return Change(report.key, "skipped", _why(report.source, held))
        known = self._held.get(report.key)
        stale = tuple(held.key for held in copies if held.key != report.key)
        if known and known.digest == report.digest and not stale:
            self._fresh.add(report.key)
            return Change(report.key, "unchanged")
        self._store.replace_report(report, drop=stale)
        self._remember(report, stale)
        return Change(report.key, "replaced" if known or stale else "added")

    def _is_preferred(self, new: Source, held: Held) -> bool:
        """Whether ``new`` takes the place of what is held."""
        if new.file == held.file and held.key not in self._fresh:
            return True
        if new.sha256 == held.sha256 and held.key not in self._fresh:
            return True
        return _rank(new) <= _rank(held)

    def _remember(self, report: BuiltReport, stale: tuple[str, ...]) -> None:
        for key in (*stale, report.key):
            if held := self._held.pop(key, None):
                self._keys_of[held.sha256].discard(key)
            self._fresh.discard(key)
        source = report.source
        self._held[report.key] = Held(
            report.key, source.file, source.sha256, source.media_type, report.digest
        )
        self._keys_of.setdefault(source.sha256, set()).add(report.key)
        self._fresh.add(report.key)


def _rank(file: Source | Held) -> tuple[int, str, str]:
    """Lower is better: the rendering, then an order that no folder or clock can change."""
    known = file.media_type in _RENDERINGS
    rendering = _RENDERINGS.index(file.media_type) if known else len(_RENDERINGS)
    return rendering, file.sha256, file.file


def _why(new: Source, held: Held) -> str:
    same = "same file as" if new.sha256 == held.sha256 else "same inspection as"
    return f"{same} {held.file}"
