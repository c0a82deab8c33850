"""Blocks that the page broke: dashed lists whose dashes are set like words."""

from __future__ import annotations

from themegraph.loaders.blocks import Block, Fragment
from themegraph.loaders.mending import mend


def block(text: str, x: float, kind: str = "paragraph", marker: str = "", level: int = 0) -> Block:
    return Block(kind, (Fragment(text, 1),), marker, None, level, x=x)  # type: ignore[arg-type]


def test_dashed_lines_under_an_item_are_nested_items() -> None:
    made = mend(
        [
            block("Of this number:", 89, "item", "•", 1),
            block("– 22 live in homes, of whom most live outside the", 125),
            block("authority area", 143),
            block("− three live with their parents.", 125),
            block("However, one is to move", 143),
            block("Plans are reviewed.", 71),
        ]
    )
    assert [(b.kind, b.level, b.text) for b in made] == [
        ("item", 1, "Of this number:"),
        ("item", 2, "22 live in homes, of whom most live outside the authority area"),
        ("item", 2, "three live with their parents. However, one is to move"),
        ("paragraph", 0, "Plans are reviewed."),
    ]


def test_a_single_dash_may_be_punctuation() -> None:
    cut = [block("Most children", 89, "item", "•", 1), block("– but not all – are seen.", 125)]
    assert [b.kind for b in mend(cut)] == ["item", "paragraph"]
