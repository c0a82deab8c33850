"""By which sentences a finding that is mixed on a theme is explained."""

from __future__ import annotations

import pytest

from themegraph.graph.both_sides import both_sides
from themegraph.model import Evidence, Finding, Polarity, Span, ThemeTag

Said = tuple[Polarity, tuple[str, ...], float, float]


def finding(polarity: Polarity, *sentences: Said) -> Finding:
    here = Span(0, 1, 1)
    evidence = tuple(
        Evidence("x", here, stance, themes, praise=praise, fault=fault)
        for stance, themes, praise, fault in sentences
    )
    tags = (ThemeTag("oversight", polarity),)
    return Finding(None, "Leaders", "x", here, themes=tags, evidence=evidence)


OWN, OTHER = ("oversight",), ("plans",)


@pytest.mark.parametrize(
    ("sentences", "strength", "weakness", "why"),
    [
        ([("strength", OWN, 3, -3), ("weakness", (), -2, 2)], 0, 1, "the next takes it back"),
        ([("strength", OWN, 3, -3), ("weakness", (), 0, 2), ("mixed", (), 3, 5)], 0, 2,
         "the clearest of those on no theme, though another is nearer"),
        ([("weakness", OTHER, 0, 9), ("strength", OWN, 3, 0), ("weakness", (), 0, 1)], 1, 2,
         "one on no theme before one on another"),
        ([("strength", OWN, 3, 0), ("weakness", OTHER, 0, 1)], 0, 1, "no other finds fault"),
        ([("mixed", OWN, 3, 4), ("weakness", (), 0, 9)], 0, 0, "one sentence on it says both"),
        ([("weakness", OWN, 0, 4), ("strength", (), 2, 0), ("strength", (), 2, 0)], 1, 0,
         "the first of two that say it alike"),
        ([("strength", OWN, 3, 0), ("neutral", (), 0, 0)], 0, None, "nothing finds fault"),
    ],
)  # fmt: skip
def test_both_sides_are_found(
    sentences: list[Said], strength: int | None, weakness: int | None, why: str
) -> None:
    found = {side: place for place, side, _ in both_sides(finding("mixed", *sentences))}
    assert (found.get("strength"), found.get("weakness")) == (strength, weakness), why


@pytest.mark.parametrize("polarity", ["strength", "weakness", "neutral"])
def test_what_is_not_mixed_needs_no_explanation(polarity: Polarity) -> None:
    said: list[Said] = [("strength", OWN, 3, 0), ("weakness", OWN, 0, 3)]
    assert not list(both_sides(finding(polarity, *said)))
