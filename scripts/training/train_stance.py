"""Trains stance and services, once the theme tables are written:
``python scripts/training/train_stance.py EXTRACTED.jsonl [--gold themes.jsonl] [--measure]``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import stance_lessons as lessons
import stance_student as student
import stances
from data import FOLDS, corpus_passages, fold_of, put_quality, read_extracted, read_labels
from joblib import Parallel, delayed
from learning import known_words, places_of
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from train import HERE
from vectors import vectors_of

from themegraph.ontology import vocab
from themegraph.tagging import stance as tagger
from themegraph.tagging.services import choose, service_features
from themegraph.tagging.stance_network import FOLDER, StanceNetwork
from themegraph.tagging.stance_tokens import stance_tokens
from themegraph.tagging.themes import read_passage, tag_themes

#: Weights of clauses below this are left out of the table: what they add is noise.
LEAST_WEIGHT = 0.1
SERVICES = [service.id for service in vocab.services()]


def prune(model):
    model.coef_[np.abs(model.coef_) < LEAST_WEIGHT] = 0
    return model


def fit_services(items, rows, train, c=1.0):
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([rows[i] for i in train])
    models = {}
    for service in SERVICES:
        use = [
            n
            for n, i in enumerate(train)
            if service not in items[i].optional_services - items[i].services
        ]
        y = [service in items[train[n]].services for n in use]
        if sum(y) < 2:
            models[service] = {"(constant)": -5.0}
            continue
        model = LogisticRegression(C=c, solver="liblinear", l1_ratio=1, random_state=0).fit(
            table[use], y
        )
        names = vectorizer.get_feature_names_out()
        models[service] = {names[k]: model.coef_[0][k] for k in np.nonzero(model.coef_[0])[0]}
        models[service]["(constant)"] = model.intercept_[0]
    return models


def services_of(models, row):
    scores = {
        s: m["(constant)"] + sum(m.get(k, 0.0) * v for k, v in row.items())
        for s, m in models.items()
    }
    return set(choose(scores, row))


def fit_themes(items, spoken, keys):
    told = ([spoken[k][0] for k in keys], [spoken[k][1] for k in keys])
    return stances.fit_choice(*told, 0.05, [items[i].trust for i, _ in keys])


def pieces_of(item):
    """The words that speak for each theme of a labelled passage, the likeliest theme first."""
    reading = read_passage(item.passage)
    ranked = sorted(item.themes, key=lambda theme: -reading.scores[theme])
    return {theme: reading.tag(theme, 1.0).pieces for theme in ranked}


def hear(items, found, pieces, corpus, options):
    """What the stance network says of each finding and of its themes, each time one that has not
    seen the report; and, unless this is to measure alone, one that has seen them all.
    """
    findings = [one for one in corpus if one.passage.kind == "finding"]
    read = Parallel(n_jobs=2, batch_size=200)(
        delayed(stance_tokens)(one.passage) for one in findings
    )
    names = known_words([[t.name for t in tokens] for tokens in read], student.LEAST_OFTEN)
    place = places_of(names)
    spoken = Parallel(n_jobs=2, batch_size=200)(
        delayed(tag_themes)(one.passage) for one in findings
    )
    vectors = vectors_of([items[i].passage for i in found], options.cache)
    of_items = {}
    tokens = {i: stance_tokens(items[i].passage) for i in found}
    for i, own in zip(found, vectors, strict=True):
        told = lessons.labelled(items[i], list(pieces[i]))
        of_items[i] = lessons.both(items[i].report, tokens[i], own, pieces[i], told, place)
    of_corpus = []
    vectors = vectors_of([one.passage for one in findings], options.cache)
    for one, own, its, tags in zip(findings, vectors, read, spoken, strict=True):
        themes = {tag.theme: tag.pieces for tag in tags}
        told = lessons.hinted(one.passage.section, len(themes))
        of_corpus.append(lessons.both(one.report, its, own, themes, told, place))
    rounds = [{i for i in found if fold_of(items[i].report) == fold} for fold in range(FOLDS)]
    if not options.measure:
        rounds.append(set())
    unseen = [{items[i].report for i in test} for test in rounds]
    networks = Parallel(n_jobs=2)(
        delayed(student.taught)(
            names,
            [one for i, one in of_items.items() if i not in test],
            [one for one in of_corpus if one.report not in reports],
        )
        for test, reports in zip(rounds, unseen, strict=True)
    )
    said = {}
    for test, weights in zip(rounds, networks, strict=True):
        network = StanceNetwork(weights)
        said |= {i: network.judge(tokens[i], list(pieces[i].values())) for i in test}
    return said, networks[-1]


def report(name, pairs):
    counts = Counter(pairs)
    right = sum(n for (a, b), n in counts.items() if a == b)
    f = []
    for stance in ("strength", "weakness", "mixed"):
        tp = counts[stance, stance]
        wrong = sum(n for (a, b), n in counts.items() if (a == stance) != (b == stance))
        f.append(round(2 * tp / max(1, 2 * tp + wrong), 3))
    print(name, round(right / len(pairs), 3), f, round(sum(f) / 3, 3))
    return right / len(pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extracted", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--found", type=Path, help="what train.py --found has written")
    parser.add_argument("--cache", type=Path, default=Path("sentences.pickle"))
    parser.add_argument("--measure", action="store_true")
    options = parser.parse_args()
    reports = read_extracted(options.extracted)
    items = read_labels(reports, options.gold)
    gold = len(items) - sum(1 for _ in options.gold.open()) if options.gold else len(items)
    corpus = corpus_passages(reports, {item.report for item in items[gold:]})
    folds = [fold_of(item.report) for item in items]
    found = [i for i, item in enumerate(items) if item.passage.kind == "finding"]
    pieces = {i: pieces_of(items[i]) for i in found}
    clauses = stances.Clauses(items, corpus, pieces)
    said, network = hear(items, found, pieces, corpus, options)
    judged = {}
    for fold in range(FOLDS):
        test = [i for i in found if folds[i] == fold]
        train = {i for i in found if folds[i] != fold}
        model = prune(clauses.fit(train, {items[i].report for i in test}))
        judged |= {i: clauses.judged(model, i) for i in test}
    rows = {i: tagger.passage_features(items[i].passage, judged[i], said[i][0]) for i in found}
    graded = [i for i in found if items[i].stance != "neutral"]
    whole = {}
    for fold in range(FOLDS):
        train = [i for i in graded if folds[i] != fold]
        model = stances.fit_choice([rows[i] for i in train], [items[i].stance for i in train], 0.1)
        whole |= {i: stances.choose(model, rows[i]) for i in found if folds[i] == fold}
    quality = []
    for name, some in (("passages, gold", [i for i in found if i >= gold]), ("passages", found)):
        share = report(name, [(items[i].stance, whole[i]) for i in some])
    quality.append(("stance", "accuracy", share, len(found)))
    spoken = {}
    for i in found:
        for rank, (theme, own) in enumerate(pieces[i].items()):
            others = tuple(words for other, words in pieces[i].items() if other != theme)
            place = tagger.Place(rank, others)
            features = tagger.theme_features(judged[i], whole[i], own, place, said[i][1][rank])
            spoken[i, theme] = (features, items[i].themes[theme])
    guess = {}
    for fold in range(FOLDS):
        train = [k for k in spoken if folds[k[0]] != fold and spoken[k][1] != "neutral"]
        model = fit_themes(items, spoken, train)
        guess |= {k: stances.choose(model, spoken[k][0]) for k in spoken if folds[k[0]] == fold}
    known = json.loads(options.found.read_text("utf-8")) if options.found else None
    matched = [k for k in spoken if known and k[1] in known[k[0]]]
    for name, some in (
        ("themes found, gold", [k for k in matched if k[0] >= gold]),
        ("themes found", matched),
        ("themes, gold", [k for k in spoken if k[0] >= gold]),
        ("themes", list(spoken)),
    ):
        if some:
            share = report(name, [(spoken[k][1], guess[k]) for k in some])
    quality.append(("theme-stance", "accuracy", share, len(spoken)))
    everything = [i for i, item in enumerate(items) if item.services is not None]
    themes = {i: sorted({t.theme for t in tag_themes(items[i].passage)}) for i in everything}
    service_rows = {i: service_features(items[i].passage, themes[i]) for i in everything}
    tp, fp, fn = np.zeros(2), np.zeros(2), np.zeros(2)
    for fold in range(FOLDS):
        train = [i for i in everything if folds[i] != fold]
        models = fit_services(items, service_rows, train)
        for i in (i for i in everything if folds[i] == fold):
            said, item = services_of(models, service_rows[i]), items[i]
            at = np.array([i >= gold, True], float)
            tp = tp + at * len(said & item.services)
            fp = fp + at * len(said - item.services - item.optional_services)
            fn = fn + at * len(item.services - said)
    f1 = 2 * tp / (2 * tp + fp + fn)
    print("services, gold and all", f1)
    quality.append(("services", "f1", f1[1], len(everything)))
    put_quality(quality, lambda of: of in ("stance", "theme-stance", "services"))
    if options.measure:
        return
    student.write(network, HERE / FOLDER)
    final = prune(clauses.fit(set(found), set()))
    names = clauses.vectorizer.get_feature_names_out()
    lines = [f"{quoted(names[k])},{final.coef_[0][k]:.2f}" for k in np.nonzero(final.coef_[0])[0]]
    lines.append(f"(constant),{final.intercept_[0]:.2f}")
    write("clause-weights.csv", "feature,weight", lines)
    lines = []
    model = stances.fit_choice([rows[i] for i in graded], [items[i].stance for i in graded], 0.1)
    lines += choice_lines("passage", model)
    keys = [k for k in spoken if spoken[k][1] != "neutral"]
    model = fit_themes(items, spoken, keys)
    lines += choice_lines("theme", model)
    write("stance-weights.csv", "target,feature,weight", lines)
    models = fit_services(items, service_rows, everything)
    lines = [f"{s},{quoted(f)},{w:.2f}" for s, m in models.items() for f, w in m.items()]
    write("service-weights.csv", "target,feature,weight", lines)


def choice_lines(level, model):
    return [
        f"{level} {stance},{quoted(name)},{weight:.4f}"
        for stance, weights in model.items()
        for name, weight in weights.items()
    ]


def quoted(name: str) -> str:
    return f'"{name}"' if "," in name else name


def write(name: str, header: str, lines: list[str]) -> None:
    (HERE / name).write_text("\n".join([header, *sorted(lines)]) + "\n", encoding="utf-8")
    print(name, len(lines), "rows")


if __name__ == "__main__":
    main()
