"""Stance: whether a clause, a passage and a theme in it are praised, faulted or both.

A clause is scored by the cues and phrases in it (above 0 it finds fault). A passage is judged by
the scores of its clauses, the contrasts in it and the heading above it; a theme by the clauses
that speak of it; and both by what the stance network says. The weights were learned from labelled
passages (docs/explanation).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from themegraph.model import Polarity
from themegraph.tagging.clauses import Clause, clauses_of
from themegraph.tagging.cues import Cue, find_cues
from themegraph.tagging.headings import says_of_stance
from themegraph.tagging.passages import Passage
from themegraph.tagging.stance_network import STANCES, Said, read_stance
from themegraph.tagging.tables import read_table, read_weights
from themegraph.tagging.themes import Piece
from themegraph.tagging.words import ngrams, words_of

LONGEST_PHRASE = 4
#: A cue counts this often in a clause, at most.
MOST_CUES = 3
#: More themes in a passage are as many as this.
MOST_THEMES = 8
#: Scores are cut at this, so that one strong clause does not drown the others.
STRONGEST = 4.0
#: A clause scored between these does not judge clearly.
PRAISES, FAULTS = -0.5, 0.3
#: How much of what a sentence says of a theme the next one says too, when it goes on with it.
CARRIED = 0.6
_GOES_ON = re.compile(
    r"(?:however, |where |when )?(?:this|these|that|it|they|consequently|as a result"
    r"|as a consequence|such|in addition|therefore|so)\b",
    re.IGNORECASE,
)
_SHIELDS = ("neutral", "condition")
_MASK = "zz"


@dataclass(frozen=True, slots=True)
class Judged:
    """A clause with its score (above 0 finds fault, below praises) and its cues; ``goes_on`` when
    its sentence goes on with the subject of the one before.
    """

    clause: Clause
    score: float
    cues: tuple[Cue, ...]
    length: int
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a theme among those of its passage: its ``rank`` (0 is the likeliest), and the
    pieces that speak for each of the ``others``.

    What a passage finds in all is most likely found of its main theme, and a clause that speaks of
    no theme goes on about one that was named before.
    """

    rank: int = 0
    others: tuple[Sequence[Piece], ...] = ()

    @property
    def count(self) -> int:
        """How many themes the passage has."""
        return len(self.others) + 1


@dataclass(frozen=True, slots=True)
class Judgement:
    """A passage as judged: clause by clause, and by what the stance network says of it and of each
    of its themes.
    """

    clauses: Sequence[Judged]
    whole: Said
    themes: Sequence[Said]


def judge(passage: Passage, themes: Sequence[Sequence[Piece]]) -> Judgement:
    """``passage`` as judged; each of its ``themes`` is known by the pieces that speak for it."""
    return Judgement(judge_clauses(passage), *read_stance(passage, themes))


def judge_clauses(passage: Passage) -> list[Judged]:
    """Every clause of ``passage`` in order, with its score."""
    judged = []
    for number, sentence in enumerate(passage.sentences):
        cues = find_cues(sentence.text)
        for clause in clauses_of(sentence.text, number):
            inside = tuple(cue for cue in cues if clause.start <= cue.start < clause.end)
            names = clause_features(sentence.text, clause, inside)
            length = clause.end - clause.start
            judged.append(Judged(clause, _score(names), inside, length, goes_on(sentence.text)))
    return judged


def goes_on(sentence: str) -> bool:
    """Whether a sentence goes on with the subject of the one before it."""
    return bool(_GOES_ON.match(sentence))


def clause_features(sentence: str, clause: Clause, cues: Sequence[Cue]) -> dict[str, float]:
    """What the score of a clause is made of: its phrases, with shielded words masked, and cues."""
    shields = [(cue.start, cue.end) for cue in cues if cue.stance in _SHIELDS]
    shown = ["^"]
    for word in words_of(sentence[clause.start : clause.end]):
        at = word.start + clause.start
        if any(a <= at < b for a, b in shields):
            if shown[-1] != _MASK:
                shown.append(_MASK)
        else:
            shown.append(word.folded)
    shown.append("$")
    features = {name: 1.0 for name, _, _ in ngrams(shown, LONGEST_PHRASE)}
    counts = Counter(chain.from_iterable((f"#{c.stance}", f"#{c.stance} {c.row}") for c in cues))
    return features | {name: float(min(MOST_CUES, n)) for name, n in counts.items()}


def _score(features: dict[str, float]) -> float:
    weights = _clause_weights()
    return weights.get("(constant)", 0.0) + sum(
        weights.get(name, 0.0) * value for name, value in features.items()
    )


def stance_of_passage(passage: Passage, judgement: Judgement) -> Polarity:
    """The stance of a finding as a whole."""
    judged = judgement.clauses
    if not any(cue.stance not in _SHIELDS for one in judged for cue in one.cues):
        return "neutral"
    features = passage_features(passage, judged, judgement.whole)
    return max(STANCES, key=lambda stance: _total("passage", stance, features))


def stances_of_themes(
    judgement: Judgement, whole: Polarity, themes: Sequence[Sequence[Piece]]
) -> list[Polarity]:
    """The stance of each theme of a finding that is ``whole`` in all: those it was judged with, the
    likeliest first.
    """
    if whole == "neutral":
        return ["neutral"] * len(themes)
    stances = []
    for rank, (pieces, said) in enumerate(zip(themes, judgement.themes, strict=True)):
        place = Place(rank, tuple(other for n, other in enumerate(themes) if n != rank))
        features = theme_features(judgement.clauses, whole, pieces, place, said)
        stances.append(max(STANCES, key=lambda stance: _total("theme", stance, features)))
    return stances


def stance_of_sentence(judged: Sequence[Judged], number: int) -> Polarity:
    """The stance of one sentence, by its clauses alone."""
    own = [one for one in judged if one.clause.sentence == number]
    praises = any(one.score < PRAISES for one in own)
    faults = any(one.score > FAULTS for one in own)
    if praises and faults:
        return "mixed"
    if faults:
        return "weakness"
    spoken = any(cue.stance not in _SHIELDS for one in own for cue in one.cues)
    return "strength" if praises else "neutral" if not spoken else _leaning(own)


def _leaning(own: Sequence[Judged]) -> Polarity:
    return "weakness" if sum(one.score for one in own) > 0 else "strength"


def passage_features(passage: Passage, judged: Sequence[Judged], said: Said) -> dict[str, float]:
    """What the stance of a passage is made of."""
    scores = [_cut(one.score) for one in judged]
    lengths = [math.sqrt(max(20, one.length)) for one in judged]
    total = sum(lengths)
    ranked = sorted(scores, reverse=True)
    counts = [Counter(cue.stance for cue in one.cues) for one in judged]
    praise = [min(3, c["strength"]) for c in counts]
    faults = [min(3, c["weakness"]) for c in counts]
    mitigated = [bool(c["mitigation"]) for c in counts]
    pairs = list(zip(scores, lengths, strict=True))

    def share(limit: float) -> float:
        return sum(length for score, length in pairs if score > limit) / total

    features = {
        "share of faults": share(0.0),
        "share of clear faults": share(1.0),
        "share of no praise": share(-1.0),
        "worst": ranked[0],
        "second worst": ranked[min(1, len(ranked) - 1)],
        "best": ranked[-1],
        "second best": ranked[max(-2, -len(ranked))],
        "mean": sum(score * length for score, length in pairs) / total,
        "clauses": math.log(len(scores)),
        "faulting": float(min(4, sum(score > 0.3 for score in scores))),
        "praising": float(min(4, sum(score < -0.8 for score in scores))),
        "plain praise": float(
            any(s < -0.8 and not m for s, m in zip(scores, mitigated, strict=True))
        ),
        "a fault": float(ranked[0] > 0.5),
        "a clear fault": float(ranked[0] > 1),
        "a grave fault": float(ranked[0] > 2),
        "improving": float(any(c["improving"] for c in counts)),
        "mitigated": float(any(mitigated)),
        "fault words": float(min(6, sum(faults))),
        "praise words": float(min(8, sum(praise))),
        "most fault words": float(max(faults)),
        "clauses of fault words": sum(f > p for f, p in zip(faults, praise, strict=True))
        / len(scores),
        "first": scores[0],
        "last": scores[-1],
    }
    features |= {name: 1.0 for name, pattern in _CONTRASTS if pattern.search(passage.text)}
    features |= {f"heading {name}": 1.0 for name in says_of_stance(passage.section)}
    return features | said.features


_CONTRASTS = (
    ("however", re.compile(r"\b(?:however|nevertheless)\b", re.IGNORECASE)),
    ("but", re.compile(r"\b(?:but|although|though|while|despite)\b", re.IGNORECASE)),
)


def theme_features(
    judged: Sequence[Judged], whole: Polarity, pieces: Sequence[Piece], place: Place, said: Said
) -> dict[str, float]:
    """What the stance of a theme is made of: the passage's, the clauses that speak of it, and what
    the network has ``said``.
    """
    shares = _shares(judged, pieces)
    most = max(shares, default=0.0)
    if not most:
        shares, most = [1.0] * len(judged), 1.0
    scores = [_cut(one.score) for one in judged]
    at = shares.index(most)
    spoken = [s for s, share in zip(scores, shares, strict=True) if share >= most / 2]
    touched = [s for s, share in zip(scores, shares, strict=True) if share > 0]
    beside = [
        s
        for s, one in zip(scores, judged, strict=True)
        if one.clause.sentence == judged[at].clause.sentence
    ]
    # A clause that another theme speaks in says nothing of this one.
    elsewhere = [_shares(judged, pieces) for pieces in place.others]
    free = [
        share > 0 or not any(0 < max(other) <= 2 * other[n] for other in elsewhere)
        for n, share in enumerate(shares)
    ]
    following = [
        s
        for n, (s, one) in enumerate(zip(scores, judged, strict=True))
        if one.clause.sentence == judged[at].clause.sentence + 1 and free[n]
    ]
    unclaimed = [s for n, s in enumerate(scores) if free[n] and not shares[n]]
    after = scores[at + 1] if at + 1 < len(scores) and free[at + 1] else 0.0
    weighed = sum(s * share for s, share in zip(scores, shares, strict=True)) / sum(shares)
    here = scores[at]
    features = {
        "said": here,
        "weighed": weighed,
        "worst": max(spoken),
        "best": min(spoken),
        "worst touched": max(touched),
        "best touched": min(touched),
        "worst beside": max(beside),
        "best beside": min(beside),
        "after": after,
        "both": float(max(spoken) > FAULTS and min(spoken) < PRAISES),
        "both touched": float(max(touched) > FAULTS and min(touched) < PRAISES),
        "improving": float(any(c.stance == "improving" for c in judged[at].cues)),
        "worst free": max([here, *(s for n, s in enumerate(scores) if free[n])]),
        "best free": min([here, *(s for n, s in enumerate(scores) if free[n])]),
        "share touched": sum(share > 0 for share in shares) / len(shares),
        "from the first": float(shares[0] > 0),
        "main": float(place.rank == 0),
        "alone": float(place.count == 1),
        "themes": float(min(MOST_THEMES, place.count)),
        "worst next": max(following, default=0.0),
        "best next": min(following, default=0.0),
        "worst unclaimed": max(unclaimed, default=0.0),
        "best unclaimed": min(unclaimed, default=0.0),
        "main and worst unclaimed": max([0.0, *unclaimed]) if place.rank == 0 else 0.0,
    }
    crossed = {f"{whole}, {name}": value for name, value in features.items()}
    return features | crossed | {f"passage {whole}": 1.0} | said.features


def _shares(judged: Sequence[Judged], pieces: Sequence[Piece]) -> list[float]:
    """How much each clause says of a theme. A sentence that begins with "This" or "As a result"
    goes on with what the one before it spoke of.
    """
    own = [said_of(one.clause, pieces) for one in judged]
    by_sentence: dict[int, float] = {}
    for one, share in zip(judged, own, strict=True):
        number = one.clause.sentence
        by_sentence[number] = max(by_sentence.get(number, 0.0), share)
    return [
        share + (CARRIED * by_sentence.get(one.clause.sentence - 1, 0.0) if one.goes_on else 0.0)
        for one, share in zip(judged, own, strict=True)
    ]


def said_of(clause: Clause, pieces: Sequence[Piece]) -> float:
    """How much a clause itself says of the theme that ``pieces`` speak for."""
    return sum(
        piece.weight
        for piece in pieces
        if piece.sentence == clause.sentence and clause.start <= piece.start < clause.end
    )


def _cut(score: float) -> float:
    return max(-STRONGEST, min(STRONGEST, score))


def _total(level: str, stance: str, features: dict[str, float]) -> float:
    weights = read_weights("stance-weights.csv")
    return weights["(constant)"].get(f"{level} {stance}", 0.0) + sum(
        weights.get(name, {}).get(f"{level} {stance}", 0.0) * value
        for name, value in features.items()
    )


@cache
def _clause_weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("clause-weights.csv")}
