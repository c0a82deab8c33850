"""Learns the weights of the stance tagger: of clauses, passages and themes.

Clauses have no labels of their own. A passage that only praises has praising clauses, one that
only finds fault has faulting ones; headings ("Key strengths") and grades say the same of far more
passages, less surely. What that teaches then tells the clauses of mixed passages apart, together
with the stances of the themes that each clause speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from data import Labelled
from scipy.sparse import vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from themegraph.tagging import stance as tagger
from themegraph.tagging.clauses import clauses_of
from themegraph.tagging.cues import find_cues
from themegraph.tagging.headings import says_of_stance
from themegraph.tagging.passages import Passage
from themegraph.tagging.themes import Piece

HINTS = {
    "strengths": (0, 1.0),
    "shortfalls": (1, 1.0),
    "outstanding": (0, 0.6),
    "inadequate": (1, 0.6),
}
LEANS = {"weakness": 1, "strength": -1}
#: A clause of a mixed passage that says less than this of its themes is told nothing by them, and
#: what they tell counts as so much in log odds.
LEAST_SAID, TOLD = 0.3, 2.0


def clause_table(passage: Passage) -> list[tuple[dict[str, float], tagger.Judged]]:
    """The features of each clause, and the clause yet without a score."""
    made = []
    for number, sentence in enumerate(passage.sentences):
        cues = find_cues(sentence.text)
        for clause in clauses_of(sentence.text, number):
            inside = tuple(c for c in cues if clause.start <= c.start < clause.end)
            features = tagger.clause_features(sentence.text, clause, inside)
            length = clause.end - clause.start
            made.append(
                (
                    features,
                    tagger.Judged(clause, 0.0, inside, length, tagger.goes_on(sentence.text)),
                )
            )
    return made


def _leanings(
    judged: Sequence[tagger.Judged],
    stances: Mapping[str, str],
    pieces: Mapping[str, Sequence[Piece]],
) -> np.ndarray:
    """What the themes that each clause speaks of tell of it: 1 when all are found wanting, -1 when
    all are praised, 0 when nothing can be told.
    """
    said, of = np.zeros(len(judged)), np.zeros(len(judged))
    for theme, own in pieces.items():
        shares = np.array([tagger.said_of(one.clause, own) for one in judged])
        if shares.any():
            shares /= shares.max()
            said += shares * LEANS.get(stances[theme], 0)
            of += shares
    return np.divide(said, of, out=np.zeros(len(judged)), where=of > LEAST_SAID)


def hint_of(section: str) -> tuple[int, float] | None:
    said = says_of_stance(section)
    return next(
        (
            HINTS[name]
            for name in ("shortfalls", "strengths", "outstanding", "inadequate")
            if name in said
        ),
        None,
    )


class Clauses:
    """The clauses of the labelled passages and of the corpus, as one table."""

    def __init__(
        self,
        items: Sequence[Labelled],
        corpus: Sequence[Labelled],
        pieces: Mapping[int, Mapping[str, Sequence[Piece]]],
    ) -> None:
        """``pieces`` are the words that speak for each theme of an item, known by its number."""
        self.of_items = [clause_table(item.passage) for item in items]
        self.weak = []
        for item in corpus:
            hint = hint_of(item.passage.section) if item.passage.kind == "finding" else None
            if hint:
                self.weak += [(f, *hint, item.report) for f, _ in clause_table(item.passage)]
        counts: dict[str, int] = {}
        rows = [f for table in self.of_items for f, _ in table] + [w[0] for w in self.weak]
        for features in rows:
            for name in features:
                counts[name] = counts.get(name, 0) + 1
        kept = [{n: v for n, v in f.items() if counts[n] >= 5} for f in rows]
        self.vectorizer = DictVectorizer().fit(kept)
        table = self.vectorizer.transform(kept)
        self.count = sum(map(len, self.of_items))
        self.own, self.hinted = table[: self.count], table[self.count :]
        self.owner = np.repeat(np.arange(len(items)), [len(t) for t in self.of_items])
        self.stance = np.array(
            [items[i].stance if items[i].passage.kind == "finding" else "" for i in self.owner]
        )
        self.leaning = np.concatenate(
            [
                _leanings([j for _, j in table], item.themes, pieces.get(i, {}))
                for i, (item, table) in enumerate(zip(items, self.of_items, strict=True))
            ]
        )
        self.weak_y = np.array([w[1] for w in self.weak])
        self.weak_w = np.array([w[2] for w in self.weak])
        self.weak_report = np.array([w[3] for w in self.weak])

    def fit(self, train: set[int], reports: set[str]) -> LogisticRegression:
        """A model of clauses, from the passages ``train`` and hinted ones outside ``reports``."""
        inside = np.isin(self.owner, list(train))
        pure = inside & np.isin(self.stance, ["strength", "weakness"])
        mixed = inside & (self.stance == "mixed")
        fresh = ~np.isin(self.weak_report, list(reports))
        model = None
        for _ in range(4):
            x = [self.hinted[fresh], self.own[pure]]
            y = [self.weak_y[fresh], (self.stance[pure] == "weakness").astype(int)]
            w = [self.weak_w[fresh] * 0.5, np.full(pure.sum(), 2.0)]
            if model is not None:
                odds = model.decision_function(self.own[mixed]) + TOLD * self.leaning[mixed]
                p = 1 / (1 + np.exp(-odds))
                x.append(self.own[mixed])
                y.append((p > 0.5).astype(int))
                w.append(np.abs(p - 0.5) * 4)
                for k, limit, low in ((0, 0.3, 0.0), (1, 0.2, 0.3)):
                    q = model.predict_proba(x[k])[:, 1]
                    agrees = np.where(y[k] == 1, q, 1 - q)
                    w[k] = np.where(agrees < limit, low, w[k])
            model = LogisticRegression(C=0.15, solver="liblinear")
            model.fit(vstack(x), np.concatenate(y), sample_weight=np.concatenate(w))
        return model

    def judged(self, model: LogisticRegression, i: int) -> list[tagger.Judged]:
        """The clauses of passage ``i`` with their scores."""
        at = np.where(self.owner == i)[0]
        scores = model.decision_function(self.own[at])
        return [
            replace(one, score=float(score))
            for (_, one), score in zip(self.of_items[i], scores, strict=True)
        ]


def fit_choice(
    rows: list[dict[str, float]], stances: list[str], c: float, weights: list[float] | None = None
):
    """A model that chooses a stance: weights by feature and stance, for unscaled features."""
    vectorizer = DictVectorizer(sparse=False)
    table = vectorizer.fit_transform(rows)
    mean, spread = table.mean(0), table.std(0) + 1e-9
    model = LogisticRegression(C=c, max_iter=3000).fit((table - mean) / spread, stances, weights)
    weights = model.coef_ / spread
    constants = model.intercept_ - (weights * mean).sum(1)
    return {
        stance: dict(zip(vectorizer.feature_names_, weights[k], strict=True))
        | {"(constant)": constants[k]}
        for k, stance in enumerate(model.classes_)
    }


def choose(model, row: dict[str, float]) -> str:
    return max(
        sorted(model),
        key=lambda s: (
            model[s]["(constant)"] + sum(model[s].get(k, 0.0) * v for k, v in row.items())
        ),
    )
