"""By which sentences a finding that is mixed on a theme praises it, and by which it finds fault.

What a finding praises in one sentence is often taken back in the next, which does not name the
theme again ("Oversight has improved. However, decisions are not written down."): the first alone
would not show why the finding is mixed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from themegraph.model import Evidence, Finding

Side = Literal["strength", "weakness"]
SIDES: tuple[Side, ...] = ("strength", "weakness")


def both_sides(finding: Finding) -> Iterator[tuple[int, Side, str]]:
    """For each theme that ``finding`` is mixed on, the place of the sentence (from 0) that says its
    strength and of the one that says its weakness, with the side and the theme.

    A sentence on the theme comes before one that is on none, as such a one goes on about what was
    named before, and that before one on another theme. Of several the one that says it most clearly
    is taken, and of these the first. A sentence that is mixed itself says both. A side that no
    sentence says is left out.
    """
    for tag in finding.themes:
        if tag.polarity != "mixed":
            continue
        for side in SIDES:
            if (place := _clearest(finding.evidence, tag.id, side)) is not None:
                yield place, side, tag.id


def _clearest(sentences: Sequence[Evidence], theme: str, side: Side) -> int | None:
    """The place of the sentence that says this side of ``theme`` best; None where none says it."""
    said = [n for n, one in enumerate(sentences) if one.polarity in (side, "mixed")]
    return min(said, key=lambda n: _unclearness(sentences[n], theme, side), default=None)


def _unclearness(sentence: Evidence, theme: str, side: Side) -> tuple[int, float]:
    """How far ``sentence`` is from saying this side of ``theme``: the least says it best."""
    about = 0 if theme in sentence.themes else 1 if not sentence.themes else 2
    return about, -(sentence.praise if side == "strength" else sentence.fault)
