"""Which parts of the service a passage speaks of: from its words, its heading and its themes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from themegraph.tagging.labels import service_labels
from themegraph.tagging.passages import Passage
from themegraph.tagging.tables import read_weights
from themegraph.tagging.words import ngrams, words_of

#: A passage speaks of no more services than this.
MOST = 3
#: Probabilities from which a service is taken, and taken where no other is.
LIKELY, POSSIBLE = 0.3, 0.1
#: A label within so many characters of the passage's beginning is likely its subject.
OPENING = 60
LONGEST_PHRASE = 2
#: Plain phrases count less than what is known of the subject.
PHRASE_VALUE = 0.3


def tag_services(passage: Passage, themes: Sequence[str]) -> tuple[str, ...]:
    """The services of ``passage`` (which has ``themes``), the likeliest first."""
    weights = read_weights("service-weights.csv")
    scores = dict(weights["(constant)"])
    features = service_features(passage, themes)
    for name, value in features.items():
        for service, weight in weights.get(name, {}).items():
            scores[service] += weight * value
    return choose(scores, features)


def choose(scores: Mapping[str, float], features: Mapping[str, float]) -> tuple[str, ...]:
    """The likely services; where there is none, the best that is possible or named."""
    ranked = sorted(scores, key=lambda service: (-scores[service], service))
    chosen = [service for service in ranked if scores[service] >= _score_of(LIKELY)]
    if not chosen:
        named = (service for service in ranked if f"(names {service})" in features)
        possible = (service for service in ranked if scores[service] >= _score_of(POSSIBLE))
        chosen = [service for service in (next(possible, None) or next(named, None),) if service]
    return tuple(chosen[:MOST])


def service_features(passage: Passage, themes: Sequence[str]) -> dict[str, float]:
    """What the services of a passage are told by."""
    counts: Counter[str] = Counter()
    opening: set[str] = set()
    features: dict[str, float] = {}
    before = 0
    for sentence in passage.sentences:
        words = words_of(sentence.text)
        for hit in service_labels().find(words):
            counts[hit.concept] += 1
            if before + hit.start < OPENING:
                opening.add(hit.concept)
        before += len(sentence.text) + 1
        stems = [word.stem for word in words]
        features |= {name: PHRASE_VALUE for name, _, _ in ngrams(stems, LONGEST_PHRASE)}
    for service, count in counts.items():
        features[f"(names {service})"] = 1.0
        if count > 1:
            features[f"(names {service} again)"] = 1.0
    # Sorted: the sum of what features weigh depends, in its last place, on their order.
    features |= {f"(opens with {service})": 1.0 for service in sorted(opening)}
    features[f"(names {min(5, len(counts))} services)"] = 1.0
    heading = words_of(passage.section)
    features |= {f"(under {hit.concept})": 1.0 for hit in service_labels().find(heading)}
    stems = [word.stem for word in heading]
    features |= {f"(heading {name})": 1.0 for name, _, _ in ngrams(stems, LONGEST_PHRASE)}
    features |= {f"(theme {theme})": 1.0 for theme in themes}
    kinds = (passage.kind, passage.report_type, f"{passage.kind} {passage.report_type}")
    return features | {f"(a {kind})": 1.0 for kind in kinds}


@cache
def _score_of(probability: float) -> float:
    return math.log(probability / (1 - probability))
