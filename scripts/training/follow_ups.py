"""How often a later passage that is taken to be on what was recommended is on it.

    python scripts/training/follow_ups.py extracted.jsonl

For each way in which pairs were drawn: how many that the rule lists are on what was recommended,
near it and off it, how many that are on it the rule leaves out, and how often one that is on it is
nearer than one that is not (the area under the curve).
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from itertools import product
from pathlib import Path

from data import HERE, SHORT, read_extracted

from themegraph.derivation.facts import Passage
from themegraph.derivation.nearness import is_on, nearness, words_that_count

LABELS = HERE / "follow-ups.csv"


def passages(path: Path) -> dict[tuple[str, str, int], Passage]:
    """Every passage that has themes, by the report's first signs, its kind and where it begins."""
    return {
        (report["source"]["sha256"][:SHORT], kind, item["start"]): Passage(
            "",
            kind == "recommendation",
            {theme["id"]: theme["polarity"] for theme in item["themes"]},
            frozenset(item["services"]),
            {theme["id"]: theme["score"] for theme in item["themes"]},
            words=words_that_count(item["text"]),
        )
        for report in read_extracted(path)
        for kind in ("finding", "recommendation")
        for item in report[f"{kind}s"]
        if item["themes"]
    }


def measure(path: Path) -> None:
    """Print the figures."""
    known = passages(path)
    drawn = defaultdict(list)
    gone = 0
    for row in csv.DictReader(LABELS.read_text("utf-8").splitlines()):
        asked = known.get((row["report"], "recommendation", int(row["start"])))
        later = known.get((row["later_report"], row["later_kind"], int(row["later_start"])))
        if asked and later:
            told = (is_on(later, asked), nearness(later, asked), row["label"])
            drawn[row["drawn"]].append((*told, int(row["stands_for"])))
        else:
            gone += 1
    for how, pairs in sorted(drawn.items()):
        on = [near for _, near, label, _ in pairs if label == "on"]
        other = [near for _, near, label, _ in pairs if label != "on"]
        area = sum((a > b) + (a == b) / 2 for a, b in product(on, other)) / len(on) / len(other)
        listed = {
            label: sum(one for found, _, said, one in pairs if found and said == label)
            for label in ("on", "near", "off")
        }
        missed = sum(one for found, _, label, one in pairs if not found and label == "on")
        print(f"{how}: {len(pairs)} pairs, listed {listed}, missed {missed}, area {area:.2f}")
    if gone:
        print(f"{gone} pairs are of passages that are not in {path}, or have no theme there.")


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
