"""A passage as the stance network takes it: its heading, its words, and the cues in them.

A token is named by the word as it stands (a stem would lose "not good enough" its "ing" and "ed")
or, with a sign in front that no word has, by what stands there: ``<finding``, ``^word`` of the
heading, ``^^says`` what the heading says of stance, ``<sentence`` the beginning of a sentence and,
behind its words, ``#stance`` for a cue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from themegraph.tagging.clauses import Clause, clauses_of
from themegraph.tagging.cues import find_cues
from themegraph.tagging.headings import says_of_stance
from themegraph.tagging.passages import Passage
from themegraph.tagging.words import words_of

#: So many words of a heading, and so many tokens of a passage, are read.
HEADING, MOST = 12, 700


@dataclass(frozen=True, slots=True)
class StanceToken:
    """A token: its name, the clause it stands in (None in the heading), and where its word begins
    in the sentence (None where no word stands).
    """

    name: str
    clause: Clause | None = None
    start: int | None = None


def stance_tokens(passage: Passage) -> list[StanceToken]:
    """The tokens of ``passage`` in order."""
    heading = [StanceToken(f"^{word.folded}") for word in words_of(passage.section)][:HEADING]
    said = [StanceToken(f"^^{says}") for says in says_of_stance(passage.section)]
    tokens = [StanceToken(f"<{passage.kind}"), *heading, *said]
    for number, sentence in enumerate(passage.sentences):
        tokens += _of_sentence(sentence.text, list(clauses_of(sentence.text, number)))
    return tokens[:MOST]


def _of_sentence(text: str, clauses: Sequence[Clause]) -> Iterator[StanceToken]:
    words = words_of(text)
    cues = sorted((cue.end, f"#{cue.stance}") for cue in find_cues(text))
    at, passed = 0, 0
    yield StanceToken("<sentence", clauses[0])
    for word in words:
        while passed < len(cues) and cues[passed][0] <= word.start:
            yield StanceToken(cues[passed][1], clauses[at])
            passed += 1
        while at + 1 < len(clauses) and word.start >= clauses[at + 1].start:
            at += 1
        yield StanceToken(word.folded, clauses[at], word.start)
    for _, name in cues[passed:]:
        yield StanceToken(name, clauses[at])
