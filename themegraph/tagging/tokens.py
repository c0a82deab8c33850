"""A passage as the theme network takes it: its heading, its words, and the labels in them.

A token is named by the stem of a word or, with a sign in front that no word has, by what stands
there: ``<finding`` for a finding, ``^stem`` a word of the heading, ``<sentence`` the beginning of a
sentence and, behind its words, ``#theme`` for a label of the theme.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from themegraph.tagging.abbreviations import spelt_out
from themegraph.tagging.labels import theme_labels
from themegraph.tagging.passages import Passage
from themegraph.tagging.words import stem, words_of

#: So many words of a heading, and so many tokens of a passage, are read.
HEADING, MOST = 12, 600


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its name, the number of its sentence (None in the heading), and where it stands in
    the sentence (``start`` is ``end`` where no word does).
    """

    name: str
    sentence: int | None = None
    start: int = 0
    end: int = 0


def tokens_of(passage: Passage, known: Container[str] = ()) -> list[Token]:
    """The tokens of ``passage`` in order. An abbreviation of its report is read as what it stands
    for, unless it is among the stems that are ``known``.
    """
    heading = [Token(f"^{word.stem}") for word in words_of(passage.section)][:HEADING]
    tokens = [Token(f"<{passage.kind}"), *heading]
    meanings = {a: full for a, full in passage.abbreviations.items() if stem(a) not in known}
    for number, sentence in enumerate(passage.sentences):
        tokens += _of_sentence(sentence.text, number, meanings)
    return tokens[:MOST]


def _of_sentence(text: str, number: int, meanings: Mapping[str, str]) -> Iterator[Token]:
    words = spelt_out(words_of(text), meanings)
    yield Token("<sentence", number)
    for word in words:
        yield Token(word.stem, number, word.start, word.end)
    for hit in theme_labels().find(words):
        yield Token(f"#{hit.concept}", number, hit.start, hit.end)
