"""Real reports, where a folder of them stands beside the checkout: all load, and as the gold says."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from themegraph.extract import report_to_line
from themegraph.graph.store import Store
from themegraph.load import load_reports
from themegraph.loaders.inputs import InputFile, expand
from themegraph.loaders.pipeline import Outcome, read_many
from themegraph.model import Report

SHARED = Path(__file__).resolve().parents[2] / "shared"
pytestmark = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="no corpus of real reports beside the checkout"
)

# What must not get worse; measured with the scorer that comes with the corpus.
FLOORS = {
    "judgements": {
        "reports wholly right (type, authority, dates, lead, judgements)": 0.99,
        "judgements (area+grade)": 0.998,
    },
    "structure": {
        "recommendations, exact bounds": 0.97,
        "findings, exact bounds": 0.96,
        "finding page": 0.99,
        "finding number": 0.99,
        "finding section": 0.95,
        "(Recommendation) marker": 0.99,
        "inspector names": 0.98,
        "statistics recalled": 0.85,
    },
}


def inputs() -> list[InputFile]:
    return list(expand([str(SHARED / "corpus"), str(SHARED / "seeds")]))


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome[Report]]:
    return list(read_many(inputs(), jobs=2))


@pytest.fixture(scope="module")
def reports(outcomes: list[Outcome[Report]]) -> list[Report]:
    return [outcome.report for outcome in outcomes if outcome.report]


def test_every_report_is_read(outcomes: list[Outcome[Report]]) -> None:
    assert len(outcomes) == 340
    assert [outcome.reason for outcome in outcomes if outcome.report is None] == []


def test_what_is_no_report_is_refused_in_one_line() -> None:
    bad = list(read_many(expand([str(SHARED / "corpus-bad")])))
    assert len(bad) == 2
    for outcome in bad:
        assert outcome.report is None
        assert outcome.reason.startswith(outcome.origin)
        assert "\n" not in outcome.reason


def test_every_quotation_stands_at_its_offsets_and_page(reports: list[Report]) -> None:
    for report in reports:
        for _, words, span in report.quotations():
            assert span.of(report.text) == words
            # A box at the foot of a page follows the paragraph that runs on to the next page.
            assert report.page_starts[span.page - 1] <= span.start


def test_it_reads_as_the_gold_says(reports: list[Report], tmp_path: Path) -> None:
    lines = tmp_path / "reports.jsonl"
    lines.write_text("\n".join(map(report_to_line, reports)), encoding="utf-8")
    scorer = [sys.executable, str(SHARED / "tools" / "score.py"), str(lines), "--json"]
    done = subprocess.run(
        [*scorer, "--gold", str(SHARED / "gold")], capture_output=True, text=True, check=True
    )
    figures = json.loads(done.stdout)
    short = {
        name: figures[part][name]
        for part, floors in FLOORS.items()
        for name, floor in floors.items()
        if figures[part][name] < floor
    }
    assert short == {}


def test_what_a_full_inspection_asks_is_no_finding(reports: list[Report]) -> None:
    """Recommendations of 2014 and 2015 stand under topics that bear the names of chapters."""
    asks = ("Ensure ", "Improve ", "Review ", "Strengthen ", "Implement ", "Undertake ", "Develop ")
    full = [r for r in reports if r.report_type in ("sif", "sif-reinspection")]
    assert len(full) > 60
    for report in full:
        assert len(report.recommendations) >= 3
        assert [f.text for f in report.findings if f.text.startswith(asks)] == []


def test_the_graph_does_not_depend_on_the_order_of_the_files(tmp_path: Path) -> None:
    """A seed and a PDF that tell of one inspection: the same file wins in either order."""
    files = list(expand([str(SHARED / "corpus" / "coventry"), str(SHARED / "seeds")]))
    kept = []
    for n in range(3):
        random.Random(n).shuffle(files)
        with Store(str(tmp_path / str(n)), write=True) as store:
            list(load_reports(store, files, jobs=1 + n % 2))
            kept.append({key: store.lines(graph_of(key)) for key in sorted(store.reports())})
    assert kept[0] == kept[1] == kept[2]
    assert len(kept[0]) >= 3


def graph_of(key: str) -> str:
    return f"https://w3id.org/themegraph/id/graph/report/{key}"
