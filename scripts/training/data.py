"""Passages to learn from: those of a corpus, and those that readers have labelled."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from themegraph.ids import squash
from themegraph.loaders.sentences import split_sentences
from themegraph.tagging.passages import Passage, Sentence

HERE = Path(__file__).parent
QUALITY = HERE.parents[1] / "themegraph" / "ontology" / "quality.csv"
LABELS = HERE / "labels.csv"
REFERENCE_TRUST = 3.0
FOLDS = 5
#: Labels know a report by so many signs of its SHA-256.
SHORT = 12
_NUMBER = re.compile(r"^\s*\d{1,3}[.)]\s+")


def group_of(report: str) -> int:
    """A number for a report (its SHA-256 or name), the same on every machine."""
    return int(hashlib.sha256(report.encode()).hexdigest()[:8], 16)


def fold_of(report: str) -> int:
    """Which of the folds holds the report out."""
    return group_of(report) // 7 % FOLDS


@dataclass
class Labelled:
    """A passage with what a reader said of it; ``report`` tells which report it is from."""

    passage: Passage
    report: str
    themes: dict[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    stance: str = ""
    services: frozenset[str] | None = frozenset()  # None: the reader did not say
    optional_services: frozenset[str] = frozenset()
    trust: float = 1.0  # how much it counts: readers differ in how near they are to the standard


def read_extracted(path: Path) -> list[dict]:
    """The reports that ``themegraph extract`` printed."""
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def passage_of(report: dict, kind: str, item: dict) -> Passage:
    """A finding or recommendation of an extracted report."""
    if kind == "finding":
        sentences = [Sentence(e["text"]) for e in item["evidence"]]
    else:
        text = item["text"]
        sentences = [Sentence(text[a:b]) for a, b in split_sentences(text)]
        sentences += [Sentence(sub) for sub in item["items"]]
    return Passage(kind, report["report_type"], item["section"], tuple(sentences))


def corpus_passages(reports: Iterable[dict], without: set[str]) -> list[Labelled]:
    """Every passage of the reports that are PDFs and not among ``without`` (SHA-256)."""
    return [
        Labelled(passage_of(report, kind, item), report["source"]["sha256"])
        for report in reports
        if report["source"]["media_type"] == "application/pdf"
        and report["source"]["sha256"] not in without
        for kind in ("finding", "recommendation")
        for item in report[f"{kind}s"]
        if 6 <= len(item["text"].split()) <= 260
    ]


def read_labels(reports: Iterable[dict], gold: Path | None) -> list[Labelled]:
    """The labelled passages that are found in ``reports``: those of labels.csv (known by file and
    offset) and those of a reference file (known by file and first words).
    """
    by_key = {r["source"]["sha256"]: r for r in reports}
    by_start = {sha256[:SHORT]: report for sha256, report in by_key.items()}
    by_key |= {r["source"]["file"]: r for r in by_key.values()}
    found = []
    for row in csv.DictReader(LABELS.open(encoding="utf-8")):
        report = by_start[row["sha256"]]
        items = {item["start"]: item for item in report[f"{row['kind']}s"]}
        item = items.get(int(row["start"]))
        if item is None:
            continue
        pairs = [pair.split(":") for pair in row["themes"].split()]
        found.append(
            Labelled(
                passage_of(report, row["kind"], item),
                report["source"]["sha256"],
                dict(pairs),
                frozenset(row["optional_themes"].split()),
                row["stance"],
                None if row["services"] == "-" else frozenset(row["services"].split()),
                frozenset(row["optional_services"].split()),
                trust=float(row["trust"]),
            )
        )
    for line in gold.open(encoding="utf-8") if gold else ():
        row = json.loads(line)
        report = by_key[row.get("sha256") or row["seed"]]
        start = squash(_NUMBER.sub("", row["start"]))
        item = next(
            i
            for i in report[f"{row['unit']}s"]
            if squash(_NUMBER.sub("", i["text"])).startswith(start)
        )
        found.append(
            Labelled(
                passage_of(report, row["unit"], item),
                report["source"]["sha256"],
                {t["id"]: t["polarity"] for t in row["themes"]},
                frozenset(row["optional_themes"]),
                row["polarity"],
                frozenset(row["services"]),
                frozenset(row["optional_services"]),
                trust=REFERENCE_TRUST,
            )
        )
    return found


def put_quality(
    rows: Iterable[tuple[str, str, float, int]], replacing: Callable[[str], bool]
) -> None:
    """Put figures (of what, which metric, its value, from how many passages) into the table that
    ships, in the place of those that ``replacing`` says are old.
    """
    from themegraph.tagging.themes import METHOD

    kept = [
        row for row in csv.DictReader(QUALITY.open(encoding="utf-8")) if not replacing(row["of"])
    ]
    fresh = [
        {"of": of, "metric": m, "value": f"{v:.3f}", "support": n, "method": METHOD}
        for of, m, v, n in rows
    ]
    ordered = sorted([*kept, *fresh], key=lambda row: (row["of"], row["metric"]))
    with QUALITY.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file, ["of", "metric", "value", "support", "method"], lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(ordered)
