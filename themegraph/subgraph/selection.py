"""What piece of the graph is meant: by whom, where, when, about what; in words and as values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any

from themegraph.errors import SelectionError

#: How a passage may speak of a theme; a recommendation finds nothing, it asks.
STANCES = ("strength", "weakness", "mixed", "neutral", "recommended")
#: Depths beyond this reach nearly everything.
DEEPEST = 4

_WORDS = {
    "reports": "report",
    "authorities": "authority",
    "regions": "region",
    "frameworks": "framework",
    "kinds": "kind of report",
    "themes": "theme",
    "services": "service area",
    "stances": "stance",
    "iris": "thing",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """What is meant. Values of one kind are alternatives; kinds together narrow.

    Things are named by id, name or IRI. ``reports`` are inspections by the keys of their reports;
    ``kinds`` ids of kinds of report; ``since`` and ``until`` days of inspections, both included;
    ``themes`` take in those under them; ``stances`` are of STANCES. ``iris`` are things of any
    kind and ``construct`` a CONSTRUCT query: what it makes, and the things it names. ``depth`` is
    how many steps are gone from there to what is tied to it.
    """

    reports: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    themes: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    iris: tuple[str, ...] = ()
    construct: str = ""
    depth: int = 0

    def __post_init__(self) -> None:
        """Raises SelectionError for what cannot be meant together."""
        if self.since and self.until and self.since > self.until:
            raise SelectionError(f"since {self.since} is after until {self.until}.")
        if unknown := [stance for stance in self.stances if stance not in STANCES]:
            raise SelectionError(f"No stance {unknown[0]!r}. There are: {', '.join(STANCES)}.")
        if not 0 <= self.depth <= DEEPEST:
            raise SelectionError(f"A depth is from 0 to {DEEPEST}, and not {self.depth}.")
        if (self.iris or self.construct) and (self.narrows or (self.iris and self.construct)):
            raise SelectionError(
                "Things by their IRIs, and a CONSTRUCT, are named alone: they are not narrowed by "
                "other choices."
            )
        if self.depth and self.is_everything:
            raise SelectionError(
                "The whole graph has nothing around it: choose a part, or no depth."
            )

    @property
    def narrows(self) -> bool:
        """Whether inspections or passages are chosen."""
        return self.chooses_inspections or self.chooses_passages

    @property
    def chooses_inspections(self) -> bool:
        """Whether some inspections are meant, and not all."""
        return bool(
            self.reports
            or self.authorities
            or self.regions
            or self.frameworks
            or self.kinds
            or self.since
            or self.until
        )

    @property
    def chooses_passages(self) -> bool:
        """Whether some of what the inspections say is meant, and not all."""
        return bool(self.themes or self.services or self.stances)

    @property
    def is_everything(self) -> bool:
        """Whether nothing was chosen."""
        return not (self.narrows or self.iris or self.construct)

    def words(self) -> str:
        """What is meant, in words: "authority westmarch; since 2018-01-01"."""
        told = [
            f"{word} {' or '.join(sorted(map(str, getattr(self, name))))}"
            for name, word in _WORDS.items()
            if getattr(self, name)
        ]
        told += [
            f"{name} {getattr(self, name)}" for name in ("since", "until") if getattr(self, name)
        ]
        told += ["what a CONSTRUCT query makes"] if self.construct else []
        told += [f"and what is tied to it, {self.depth} deep"] if self.depth else []
        return "; ".join(told) or "everything"

    def sorted(self) -> Selection:
        """The same with every list in order, each value once: it means the same."""
        lists: dict[str, Any] = {
            field.name: tuple(sorted(set(value)))
            for field in fields(self)
            if isinstance(value := getattr(self, field.name), tuple)
        }
        return replace(self, **lists)
