"""Which of two files that tell of one inspection is kept, whatever the order they come in."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from themegraph.graph.build import BuiltReport, build_report
from themegraph.graph.loading import Loading
from themegraph.graph.store import Store
from themegraph.model import Report, Source


def rendering(report: Report, file: str, media_type: str, sha256: str) -> BuiltReport:
    """The report as if read from another file; its title tells which."""
    source = Source(file, sha256 * 64, media_type, 1)
    return build_report(dataclasses.replace(report, source=source, title=f"from {file}"))


def load(store: Store, *built: BuiltReport) -> list[str]:
    loading = Loading(store)
    return [loading.put(each).became for each in built]


def kept(store: Store) -> list[tuple[str, str]]:
    return sorted((held.key, held.file) for held in store.reports().values())


@pytest.mark.parametrize(
    ("better", "worse", "why"),
    [
        (("b.pdf", "application/pdf", "f"), ("a.html", "text/html", "0"), "pages and tables"),
        (("b.html", "text/html", "f"), ("a.txt", "text/plain", "0"), "structure"),
        (("b.pdf", "application/pdf", "0"), ("a.pdf", "application/pdf", "f"), "smaller digest"),
        (("a.pdf", "application/pdf", "0"), ("b.pdf", "application/pdf", "0"), "a copy: its name"),
        (("r.pdf", "application/pdf", "0"), ("r.pdf", "application/pdf", "f"), "two folders"),
    ],
)  # fmt: skip
def test_the_better_rendering_is_kept(
    reports: tuple[Report, ...],
    better: tuple[str, str, str],
    worse: tuple[str, str, str],
    why: str,
) -> None:
    files = [rendering(reports[0], *better), rendering(reports[0], *worse)]
    outcomes = []
    for order in itertools.permutations(files):
        with Store(":memory:", write=True) as store:
            load(store, *order)
            outcomes.append([line for graph in store.graphs() for line in store.lines(graph)])
            assert kept(store) == [(files[0].key, better[0])], why
    assert outcomes[0] == outcomes[1]


def test_the_one_not_kept_is_told(reports: tuple[Report, ...]) -> None:
    pdf = rendering(reports[0], "a.pdf", "application/pdf", "1")
    text = rendering(reports[0], "a.txt", "text/plain", "2")
    with Store(":memory:", write=True) as store:
        loading = Loading(store)
        loading.put(pdf)
        change = loading.put(text)
    assert (change.became, change.reason) == ("skipped", "same inspection as a.pdf")


def test_a_newer_copy_of_the_same_name_replaces(reports: tuple[Report, ...]) -> None:
    first = rendering(reports[0], "a.pdf", "application/pdf", "1")
    second = rendering(reports[0], "a.pdf", "application/pdf", "2")
    with Store(":memory:", write=True) as store:
        assert load(store, first) == ["added"]
        assert load(store, second) == ["replaced"]
        assert load(store, second) == ["unchanged"]
        assert load(store, first) == ["replaced"]


def test_a_worse_rendering_loaded_later_is_skipped(reports: tuple[Report, ...]) -> None:
    with Store(":memory:", write=True) as store:
        load(store, rendering(reports[0], "a.pdf", "application/pdf", "1"))
        assert load(store, rendering(reports[0], "a.txt", "text/plain", "2")) == ["skipped"]


def test_a_file_read_differently_leaves_its_old_key(reports: tuple[Report, ...]) -> None:
    before = build_report(reports[0])
    after = build_report(dataclasses.replace(reports[0], report_type="sif-reinspection"))
    with Store(":memory:", write=True) as store:
        load(store, before)
        assert load(store, after) == ["replaced"]
        assert kept(store) == [("northmere-2016-03-07-sif-reinspection", "2016-northmere.pdf")]


def test_loading_again_changes_nothing(reports: tuple[Report, ...]) -> None:
    built = [build_report(report) for report in reports]
    with Store(":memory:", write=True) as store:
        assert load(store, *built) == ["added"] * 3
        assert load(store, *reversed(built)) == ["unchanged"] * 3
