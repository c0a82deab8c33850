"""Trains the taggers: ``python scripts/training/train.py EXTRACTED.jsonl [--gold themes.jsonl]``.

EXTRACTED.jsonl is what ``themegraph extract`` printed of the corpus. With ``--measure`` nothing is
written, and each model is judged on reports that it has not seen (five folds).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import student
import themes as teaching
from data import (
    FOLDS,
    REFERENCE_TRUST,
    corpus_passages,
    fold_of,
    group_of,
    put_quality,
    read_extracted,
    read_labels,
)
from joblib import Parallel, delayed
from learning import known_words
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from vectors import embed, vectors_of

from themegraph.ontology import vocab
from themegraph.tagging.network import Network
from themegraph.tagging.passages import Passage
from themegraph.tagging.tokens import tokens_of


def named_tokens(passage: Passage) -> list[str]:
    """The names of a passage's tokens."""
    return [token.name for token in tokens_of(passage)]


def micro(items, chosen) -> tuple[float, float, float]:
    tp = fp = fn = 0
    for item, themes in zip(items, chosen, strict=True):
        tp += len(themes & item.themes.keys())
        fp += len(themes - item.themes.keys() - item.optional)
        fn += len(item.themes.keys() - themes)
    return tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)


def fit_ranking(train, items, scores):
    x, y, trust = [], [], []
    for i in train:
        rows = teaching.ranking_rows(scores[i], items[i].passage)
        for theme, row in rows.items():
            if theme not in items[i].optional - items[i].themes.keys():
                x.append(row)
                y.append(theme in items[i].themes)
                trust.append(items[i].trust)
    vectorizer = DictVectorizer(sparse=False)
    table = vectorizer.fit_transform(x)
    flags = np.array([n.startswith("theme ") for n in vectorizer.feature_names_])
    mean = np.where(flags, 0, table.mean(0))
    spread = np.where(flags, 1, table.std(0) + 1e-9)
    model = LogisticRegression(C=0.3, max_iter=1000).fit((table - mean) / spread, y, trust)
    weights = model.coef_[0] / spread
    constant = model.intercept_[0] - (weights * mean).sum()
    return dict(zip(vectorizer.feature_names_, weights, strict=True)) | {"(constant)": constant}


def rank(weights, scores, passage):
    rows = teaching.ranking_rows(scores, passage)
    return {
        theme: 1
        / (
            1
            + np.exp(-(weights["(constant)"] + sum(weights.get(k, 0) * v for k, v in row.items())))
        )
        for theme, row in rows.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extracted", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--cache", type=Path, default=Path("sentences.pickle"))
    parser.add_argument("--found", type=Path, help="where to write which themes each passage got")
    parser.add_argument("--measure", action="store_true")
    options = parser.parse_args()
    reports = read_extracted(options.extracted)
    items = read_labels(reports, options.gold)
    gold = len(items) - sum(1 for _ in options.gold.open()) if options.gold else len(items)
    held = {item.report for item in items[gold:]}
    corpus = corpus_passages(reports, held)
    print(len(items), "labelled,", len(corpus), "in the corpus", flush=True)
    passages = [c.passage for c in corpus]
    labelled = [i.passage for i in items]
    vectors = vectors_of([*passages, *labelled], options.cache)
    meanings = embed(
        [f"{t.label}. {t.scope_note}" for t in vocab.themes() if t.broader], options.cache
    )
    cv, lv = vectors[: len(corpus)], vectors[len(corpus) :]
    near_c, near_l = teaching.company(passages, labelled)
    found = Parallel(n_jobs=2, batch_size=200)(
        delayed(teaching.find_cues)(p) for p in [*passages, *labelled]
    )
    corpus_finds, item_finds = found[: len(corpus)], found[len(corpus) :]
    read = Parallel(n_jobs=2, batch_size=200)(
        delayed(named_tokens)(p) for p in [*passages, *labelled]
    )
    corpus_tokens, item_tokens = read[: len(corpus)], read[len(corpus) :]
    words = known_words(corpus_tokens, student.LEAST_OFTEN)
    print(len(words), "words", flush=True)
    groups = [group_of(i.report) for i in items]
    folds = [fold_of(i.report) for i in items]
    everything = list(range(len(items)))
    taught = [set() for _ in items]
    rounds = list(range(FOLDS)) if options.measure else [*range(FOLDS), ALL]
    lessons = []
    for fold in rounds:
        train = [i for i in everything if folds[i] != fold]
        test = [i for i in everything if folds[i] == fold]
        teacher = teaching.Teacher(meanings)
        teacher.fit(train, items, lv, near_l, item_finds, groups)
        soft = teacher.predict(cv, near_c, corpus_finds)
        direct = teacher.predict([lv[i] for i in test], near_l[test], [item_finds[i] for i in test])
        for i, row in zip(test, direct, strict=True):
            taught[i] = {teaching.THEMES[j] for j in np.where(row > 0.45)[0]}
        lessons.append((soft, [item_tokens[i] for i in train], [items[i] for i in train]))
        print("taught for fold", fold, flush=True)
    print(
        "teacher on gold",
        micro(items[gold:], taught[gold:]),
        "on ours",
        micro(items[:gold], taught[:gold]),
    )
    learned = Parallel(n_jobs=2)(
        delayed(student.taught)(words, corpus_tokens, *lesson) for lesson in lessons
    )
    scores = np.zeros((len(items), len(teaching.THEMES)))
    for fold in range(FOLDS):
        network = Network(learned[fold])
        for i in (i for i in everything if folds[i] == fold):
            scores[i] = network.read(item_tokens[i])[0]
    chances = [None] * len(items)
    for fold in range(FOLDS):
        train = [i for i in everything if folds[i] != fold]
        weights = fit_ranking(train, items, scores)
        for i in everything:
            if folds[i] == fold:
                chances[i] = rank(weights, scores[i], labelled[i])
    best = (0, 0)
    for threshold in np.arange(0.3, 0.56, 0.02):
        chosen = [{t for t, p in c.items() if p >= threshold} for c in chances]
        # Both count: all that is known and, more, the standard that is measured against.
        f = micro(items, chosen)[2]
        f += REFERENCE_TRUST * micro(items[gold:], chosen[gold:])[2] if options.gold else 0
        best = max(best, (f, threshold))
        print(
            round(threshold, 2),
            "gold {:.3f} {:.3f} {:.3f}".format(*micro(items[gold:], chosen[gold:])),
            "all {:.3f} {:.3f} {:.3f}".format(*micro(items, chosen)),
        )
    put_quality(figures(items, chances, best[1]), lambda of: of not in WHOLES)
    if options.found:
        told = [sorted(t for t, p in c.items() if p >= best[1]) for c in chances]
        options.found.write_text(json.dumps(told), encoding="utf-8")
    if options.measure:
        return
    student.write(learned[rounds.index(ALL)], HERE / "theme-network")
    weights = fit_ranking(everything, items, scores)
    write_ranking(weights | {"(threshold)": best[1]})


#: The round in which no report is held back.
ALL = -1
#: Figures that the other script writes.
WHOLES = ("stance", "theme-stance", "services")


def figures(items, chances, threshold):
    """Precision, recall and F1 of each theme and of all, each passage judged by models that did not
    see its report; what is optional is forgiven.
    """
    counts = {theme: [0, 0, 0] for theme in ("themes", *teaching.THEMES)}
    for item, chance in zip(items, chances, strict=True):
        got = {theme for theme, p in chance.items() if p >= threshold}
        want = item.themes.keys()
        told = (want & got, got - want - item.optional, want - got)
        for place, themes in enumerate(told):
            for theme in themes:
                counts[theme][place] += 1
                counts["themes"][place] += 1
    for theme, (right, spurious, missed) in counts.items():
        if right + missed:
            yield theme, "recall", right / (right + missed), right + missed
        if right + spurious:
            yield theme, "precision", right / (right + spurious), right + spurious
        if right + missed:
            yield theme, "f1", 2 * right / (2 * right + spurious + missed), right + missed


HERE = Path(__file__).parents[2] / "themegraph" / "tagging"


def write_ranking(weights) -> None:
    lines = ["feature,weight", *(f"{k},{v:.4f}" for k, v in sorted(weights.items()))]
    (HERE / "theme-ranking.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
