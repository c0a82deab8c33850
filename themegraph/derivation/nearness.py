"""How near a later passage is to what was recommended, and so whether it is on that.

Nearness is the sum of three shares, each from 0 to 1. Themes: the mean of how surely the passage
speaks of the themes that were asked for, and of how far the two speak of the same themes and no
others (the cosine); a theme counts the more, the rarer it is. Words: how many of the words of the
recommendation recur in the passage, whatever their endings. Services: how many of the areas that
either is about both are about; this counts SERVICES_COUNT as much. All that is weighed comes with
the two passages and with tables that ship, so that nothing depends on what else is in the store.

How much services count and the bound were chosen on pairs read by hand;
docs/explanation/how-themes-go-on.md says how often the rule is right, and scripts/training measures
it.
"""

from __future__ import annotations

from functools import cache
from math import fsum, hypot, log

from themegraph.derivation.facts import Passage
from themegraph.ontology.quality import measurements
from themegraph.tagging.tables import read_table
from themegraph.tagging.words import stems_of

SERVICES_COUNT, NEAR_ENOUGH = 0.3, 0.85
#: The themes that a recommendation is so sure of are its main ones.
SURE = 0.8


def is_on(passage: Passage, asked: Passage) -> bool:
    """Whether ``passage`` is on what ``asked`` recommends."""
    return (
        not asked.themes.keys().isdisjoint(passage.themes)
        and nearness(passage, asked) >= NEAR_ENOUGH
    )


def nearness(passage: Passage, asked: Passage) -> float:
    """How near ``passage`` is to what ``asked`` recommends; both have themes."""
    return (
        _by_themes(passage, asked)
        + _by_words(passage, asked)
        + SERVICES_COUNT * _by_services(passage, asked)
    )


def main_themes(passage: Passage) -> frozenset[str]:
    """The themes that ``passage`` is sure of or, where it is sure of none, its likeliest."""
    sure = frozenset(theme for theme, score in passage.scores.items() if score >= SURE)
    return sure or frozenset(list(passage.themes)[:1])


def words_that_count(text: str) -> frozenset[str]:
    """The stems of the words of ``text``, without those that carry no meaning by themselves.

    >>> sorted(words_that_count("The recording of supervision is poor."))
    ['poor', 'record', 'supervis']
    """
    return stems_of(text) - _little()


def _by_themes(passage: Passage, asked: Passage) -> float:
    said, wanted = _weights(passage), _weights(asked)
    both = said.keys() & wanted.keys()
    covered = fsum(wanted[theme] * passage.scores[theme] for theme in both) / fsum(wanted.values())
    alike = fsum(said[theme] * wanted[theme] for theme in both)
    return (covered + alike / (hypot(*said.values()) * hypot(*wanted.values()))) / 2


def _by_words(passage: Passage, asked: Passage) -> float:
    return len(asked.words & passage.words) / len(asked.words) if asked.words else 0.0


def _by_services(passage: Passage, asked: Passage) -> float:
    either = passage.services | asked.services
    return len(passage.services & asked.services) / len(either) if either else 0.0


def _weights(passage: Passage) -> dict[str, float]:
    """How much each theme of ``passage`` counts: how sure it is, and how rare."""
    return {theme: score * rarity(theme) for theme, score in passage.scores.items()}


@cache
def rarity(theme: str) -> float:
    """How rare a theme is: the logarithm of how many themes readers gave passages for each time
    that they gave this one; one of which nothing is known is taken to be as rare as the rarest.
    """
    given = {one.of: one.support for one in measurements() if one.metric == "recall"}
    return log(given["themes"] / given.get(theme, min(given.values())))


@cache
def _little() -> frozenset[str]:
    rows = (row for row in read_table("word-classes.csv") if row["class"] == "little")
    return stems_of(" ".join(row["words"] for row in rows))
