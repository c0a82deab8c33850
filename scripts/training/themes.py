"""The teacher of the theme tagger: sentence vectors, labels of the scheme and the company
they keep, and cues, weighed together. It stays here; what it says of the corpus teaches the network
that ships (student.py).
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from themegraph.ontology import vocab
from themegraph.tagging.labels import theme_labels
from themegraph.tagging.passages import Passage
from themegraph.tagging.words import Word, fold, ngrams, words_of

THEMES = [theme.id for theme in vocab.themes() if theme.broader]
COLUMN = {theme: n for n, theme in enumerate(THEMES)}


def _phrases(words: Sequence[Word]) -> list[tuple[str, int, int]]:
    """The runs of up to three stems in a sentence, with where each begins and ends."""
    runs = ngrams([word.stem for word in words], 3)
    return [(name, words[first].start, words[end - 1].end) for name, first, end in runs]


def company(
    passages: Sequence[Passage], labelled: Sequence[Passage]
) -> tuple[np.ndarray, np.ndarray]:
    """For each theme how likely its labels stand in a passage, by its other words alone."""
    everything = [*passages, *labelled]
    plain, masked = [], []
    for passage in everything:
        all_of: set[str] = set()
        without: dict[str, set[str]] = {}
        feats = []
        for s in passage.sentences:
            words = words_of(s.text)
            hits = theme_labels().find(words)
            feats.append((_phrases(words), hits))
            all_of |= {name for name, _, _ in feats[-1][0]}
        for theme in {h.concept for _, hits in feats for h in hits}:
            kept = set()
            for fs, hits in feats:
                spans = [(h.start, h.end) for h in hits if h.concept == theme]
                kept |= {
                    name
                    for name, start, end in fs
                    if not any(start < b and a < end for a, b in spans)
                }
            without[theme] = kept
        plain.append(all_of)
        masked.append(without)
    vectorizer = CountVectorizer(analyzer=lambda x: x, min_df=8, binary=True)
    base = vectorizer.fit_transform(plain)
    n = len(passages)

    def one(theme: str) -> np.ndarray:
        has = [i for i in range(len(everything)) if theme in masked[i]]
        own = vectorizer.transform([masked[i][theme] for i in has]) if has else base[:0]
        train = [k for k, i in enumerate(has) if i < n]
        rng = np.random.RandomState(0)
        lacks = np.array([i for i in range(n) if theme not in masked[i]])
        rng.shuffle(lacks)
        lacks = lacks[: 6 * len(train) + 500]
        model = LogisticRegression(C=0.05, solver="liblinear")
        model.fit(
            vstack([own[train], base[lacks]]), np.r_[np.ones(len(train)), np.zeros(len(lacks))]
        )
        scores = model.decision_function(base)
        scores[has] = model.decision_function(own)
        return scores

    made = np.array(Parallel(n_jobs=2)(delayed(one)(t) for t in THEMES)).T
    return made[:n], made[n:]


@dataclass
class Finds:
    """The cues and labels of a theme in a passage: which, and what their places tell."""

    names: frozenset[str]
    features: dict[str, float]


#: In cues {S} stands for up to three words, and {G} for a gap within the clause.
_PLACEHOLDERS = {"{S}": r"(?:[\w']+ ){0,3}", "{G}": r"[^.;]{0,40}?"}


@cache
def theme_cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The cues of cues.csv, each with its theme, as patterns for folded text."""
    rows = csv.DictReader((Path(__file__).parent / "cues.csv").open(encoding="utf-8"))
    return tuple((row["theme"], re.compile(_filled(row["pattern"]))) for row in rows)


def _filled(pattern: str) -> str:
    for name, expression in _PLACEHOLDERS.items():
        pattern = pattern.replace(name, expression)
    return pattern


_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|could|will|should|must|need|needs|remain"
    r"|remains|receive|benefit|provide|ensure|make|take|include|show|lack)\b"
)


def find_cues(passage: Passage) -> dict[str, Finds]:
    """What speaks for each theme in a passage, by cue."""
    hits: dict[str, list[tuple[str, int, int, int]]] = {}
    verbs = []
    for n, sentence in enumerate(passage.sentences):
        text = fold(sentence.text)
        verb = _VERB.search(text)
        verbs.append(verb.start() if verb else len(text))
        for hit in theme_labels().find(words_of(sentence.text)):
            hits.setdefault(hit.concept, []).append(
                (f"label {text[hit.start : hit.end]}", n, hit.start, hit.end)
            )
        for row, (theme, pattern) in enumerate(theme_cues()):
            for match in pattern.finditer(text):
                hits.setdefault(theme, []).append((f"cue {row}", n, match.start(), match.end()))
    crowd = Counter(n for found in hits.values() for n in {h[1] for h in found})
    lengths = [max(1, len(s.text)) for s in passage.sentences]
    before = np.cumsum([0, *lengths])
    made = {}
    for theme, found in hits.items():
        named, where = {h[0] for h in found}, {h[1] for h in found}
        covered = {(h[1], c) for h in found for c in range(h[2], h[3])}
        made[theme] = Finds(
            frozenset(named),
            {
                "cues": min(4, len(named)),
                "finds": min(5, len(found)),
                "early": 1 - min(before[h[1]] + h[2] for h in found) / before[-1],
                "in the first": float(0 in where),
                "place": min(h[2] / lengths[h[1]] for h in found),
                "subject": float(any(h[2] < verbs[h[1]] for h in found)),
                "words": min(
                    4, max(len(passage.sentences[h[1]].text[h[2] : h[3]].split()) for h in found)
                ),
                "themes": len(hits),
                "length": math.log(max(3, len(passage.text.split()))),
                "sentences": len(lengths),
                "share": len(where) / len(lengths),
                "covered": len(covered) / before[-1],
                "asked": float(passage.kind == "recommendation"),
                "label": float(any(name.startswith("label ") for name in named)),
                "alone": 1 / min(crowd[n] for n in where),
            },
        )
    return made


class Reliability:
    """How often a theme is there where one of its cues is."""

    def __init__(self, train, items, finds) -> None:
        self.cue = Counter()
        self.right = Counter()
        for i in train:
            for theme, found in finds[i].items():
                if theme in items[i].optional - items[i].themes.keys():
                    continue
                for name in (*found.names, ""):
                    self.cue[theme, name] += 1
                    self.right[theme, name] += theme in items[i].themes

    def of(self, theme: str, found: Finds, own: bool | None) -> dict[str, float]:
        """``own`` says whether the passage, which was counted itself, has the theme."""
        less = 0 if own is None else 1
        right = self.right[theme, ""] - bool(own)
        base = (right + 2) / (self.cue[theme, ""] - less + 4)
        rates = [
            (self.right[theme, n] - bool(own) + 4 * base) / (self.cue[theme, n] - less + 4)
            for n in found.names
        ]
        return {"theme rate": base, "best rate": max(rates), "mean rate": sum(rates) / len(rates)}


class Teacher:
    """Says how likely each theme is in a passage, from everything that is known of it."""

    def __init__(self, meanings: np.ndarray) -> None:
        self.meanings = meanings  # of the themes' definitions

    def _meaning_models(self, train, items, vectors) -> tuple:
        weights = np.zeros((self.meanings.shape[1], len(THEMES)), np.float32)
        bias = np.full(len(THEMES), -5.0, np.float32)
        for theme, column in COLUMN.items():
            x, y = [], []
            for i in train:
                if theme in items[i].optional - items[i].themes.keys():
                    continue
                x.append(vectors[i][(vectors[i] @ self.meanings[column]).argmax()])
                y.append(theme in items[i].themes)
            if sum(y) >= 4:
                model = LogisticRegression(C=10, max_iter=300).fit(np.array(x), y)
                weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
        return weights, bias

    def _rows(self, e, sim, near, finds, own=None) -> dict[int, dict[str, float]]:
        top = set(np.argsort(-e)[:3])
        rows = {}
        for j, theme in enumerate(THEMES):
            found = finds.get(theme)
            if found is None and e[j] < -2.5:
                continue
            row = {"e": e[j], "sim": sim[j], "near the top": float(j in top)}
            if found is None:
                row["company alone"] = near[j]
            else:
                said = None if own is None else theme in own
                row |= {"found": 1.0, "company": near[j]} | found.features
                row |= self.reliability.of(theme, found, said)
            rows[j] = row
        return rows

    def fit(self, train, items, vectors, near, finds, groups) -> None:
        """Learn from ``items[i]`` for i in ``train``; ``groups`` keeps a report together."""
        self.reliability = Reliability(train, items, finds)
        x, y, trust = [], [], []
        for part in range(4):
            inner = [i for i in train if groups[i] % 4 != part]
            weights, bias = self._meaning_models(inner, items, vectors)
            for i in (i for i in train if groups[i] % 4 == part):
                e = (vectors[i] @ weights + bias).max(0)
                sim = (vectors[i] @ self.meanings.T).max(0)
                item = items[i]
                for j, row in self._rows(e, sim, near[i], finds[i], item.themes).items():
                    if THEMES[j] not in item.optional - item.themes.keys():
                        x.append(row)
                        y.append(THEMES[j] in item.themes)
                        trust.append(item.trust)
        self.vectorizer = DictVectorizer(sparse=False)
        table = self.vectorizer.fit_transform(x)
        self.mean, self.spread = table.mean(0), table.std(0) + 1e-9
        self.model = LogisticRegression(C=0.3, max_iter=500)
        self.model.fit((table - self.mean) / self.spread, y, sample_weight=trust)
        self.weights, self.bias = self._meaning_models(train, items, vectors)

    def predict(self, vectors, near, finds) -> np.ndarray:
        """How likely each theme is in each passage."""
        out = np.zeros((len(vectors), len(THEMES)), np.float32)
        rows, places = [], []
        for i, own in enumerate(vectors):
            e = (own @ self.weights + self.bias).max(0)
            sim = (own @ self.meanings.T).max(0)
            for j, row in self._rows(e, sim, near[i], finds[i]).items():
                rows.append(row)
                places.append((i, j))
            if rows and (len(rows) > 200_000 or i == len(vectors) - 1):
                table = (self.vectorizer.transform(rows) - self.mean) / self.spread
                for (a, b), p in zip(places, self.model.predict_proba(table)[:, 1], strict=True):
                    out[a, b] = p
                rows, places = [], []
        return out


def ranking_rows(scores: np.ndarray, passage: Passage) -> dict[int, dict[str, float]]:
    """What the second step looks at: see themegraph.tagging.themes."""
    from themegraph.tagging.themes import ranking_features

    return ranking_features(dict(zip(THEMES, scores, strict=True)), passage)
