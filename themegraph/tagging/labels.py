"""Labels of the theme and service schemes found word for word, minus their look-alikes.

The rule is that of the schemes: whole words, hyphen and space alike, no stemming; a hit that lies
inside a hit of the concept's ``excludes`` is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from themegraph.ontology import vocab
from themegraph.tagging.words import Word, words_of

Labelled = vocab.Theme | vocab.ServiceArea


@dataclass(frozen=True, slots=True)
class Hit:
    """A label of a concept in a sentence; offsets into the sentence."""

    concept: str
    start: int
    end: int


class LabelFinder:
    """Finds the labels of ``concepts``."""

    def __init__(self, concepts: Iterable[Labelled]) -> None:
        self._wanted: dict[tuple[str, ...], list[str]] = {}
        self._excluded: dict[tuple[str, ...], list[str]] = {}
        for concept in concepts:
            for label in (concept.label, *concept.alt_labels):
                self._wanted.setdefault(_key(label), []).append(concept.id)
            for label in concept.excludes:
                self._excluded.setdefault(_key(label), []).append(concept.id)
        self._longest = max(map(len, [*self._wanted, *self._excluded]), default=0)

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """The labels among ``words``, in order."""
        wanted = self._runs(words, self._wanted)
        excluded = self._runs(words, self._excluded)
        return [
            hit
            for hit in wanted
            if not any(
                no.concept == hit.concept and no.start <= hit.start and hit.end <= no.end
                for no in excluded
            )
        ]

    def _runs(self, words: Sequence[Word], table: dict[tuple[str, ...], list[str]]) -> list[Hit]:
        folded = tuple(word.folded for word in words)
        return [
            Hit(concept, words[i].start, words[end - 1].end)
            for i in range(len(folded))
            for end in range(i + 1, min(i + self._longest, len(folded)) + 1)
            for concept in table.get(folded[i:end], ())
        ]


def _key(label: str) -> tuple[str, ...]:
    return tuple(word.folded for word in words_of(label))


@cache
def theme_labels() -> LabelFinder:
    """Finds the labels of the themes that passages are tagged with."""
    return LabelFinder(theme for theme in vocab.themes() if theme.broader)


@cache
def service_labels() -> LabelFinder:
    """Finds the labels of the service areas."""
    return LabelFinder(vocab.services())
