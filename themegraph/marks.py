"""The shapes that stand for what an inspection says of a theme, on pages and on a terminal."""

from __future__ import annotations

SHAPES = {
    "strength": "●",
    "mixed": "◐",
    "weakness": "▲",
    "mentioned": "○",
    "neutral": "○",
    "theme-spoken-of": "◌",
    "nothing-said": "·",
    "not-looked-at": "▨",
}
MEANINGS = {
    "strength": "strength",
    "mixed": "mixed",
    "weakness": "weakness",
    "mentioned": "described, not judged",
    "neutral": "described, not judged",
    "theme-spoken-of": "speaks of the theme, of nothing near enough to what was asked",
    "nothing-said": "looked at, nothing said",
    "not-looked-at": "not looked at",
}
ASKED = "◆"
UNLIKE = "≠"
