"""Derived graphs in a store: made where reports changed, the same whatever the order, taken away."""

from __future__ import annotations

import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from themegraph import ids
from themegraph.derivation.derive import Derivation, _rules, derive
from themegraph.graph.store import MEMORY, Store
from themegraph.model import Report


@pytest.fixture
def store() -> Store:
    return Store(MEMORY, write=True)


def put(store: Store, *reports: Report) -> None:
    for report in reports:
        store.replace_report(report)


def derived(store: Store) -> dict[str, list[str]]:
    return {g: store.lines(g) for g in store.graphs() if g.startswith(ids.GRAPH_DERIVED)}


def test_a_second_run_makes_nothing(store: Store, reports: tuple[Report, ...]) -> None:
    put(store, *reports)
    assert derive(store) == len({r.authority.id for r in reports if r.authority})
    assert derive(store) == 0


def test_only_the_authority_that_changed_is_made_anew(
    store: Store, reports: tuple[Report, ...]
) -> None:
    put(store, *reports)
    derive(store)
    changed = replace(reports[0], title="Another title")
    put(store, changed)
    assert list(Derivation(store).run()) == [changed.authority.id if changed.authority else ""]


@pytest.mark.parametrize(
    "rule", ["derivation/assess.py", "derivation/follow.py", "derivation/derive.py",
             "ontology/frameworks.csv", "ontology/report-types.csv", "ontology/themes.csv",
             "ontology/quality.csv", "tagging/word-classes.csv", "tagging/words.py"],
)  # fmt: skip
def test_everything_is_made_anew_when_a_rule_changes(
    store: Store,
    reports: tuple[Report, ...],
    rule: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for part in ("derivation", "ontology", "tagging"):
        shutil.copytree(str(files(f"themegraph.{part}")), tmp_path / part)
    monkeypatch.setattr(
        "themegraph.derivation.derive.files", lambda name: tmp_path / name.rpartition(".")[2]
    )
    monkeypatch.setattr("themegraph.derivation.derive._rules", _rules.__wrapped__)
    put(store, *reports)
    made = derive(store)
    assert derive(store) == 0
    with (tmp_path / rule).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert derive(store) == made


def test_order_does_not_matter(reports: tuple[Report, ...]) -> None:
    one, other = Store(MEMORY, write=True), Store(MEMORY, write=True)
    put(one, *reports)
    derive(one)
    for report in reversed(reports):
        put(other, report)
        derive(other)
    assert derived(one) == derived(other)


def test_what_is_removed_leaves_nothing_behind(store: Store, reports: tuple[Report, ...]) -> None:
    put(store, *reports)
    derive(store)
    store.remove(*store.reports())
    derive(store)
    assert derived(store) == {}


def test_no_derived_statement_without_what_it_is_derived_from(
    store: Store, reports: tuple[Report, ...]
) -> None:
    put(store, *reports)
    derive(store)
    orphans = store.query(
        "SELECT ?x WHERE { VALUES ?kind { tg:ThemeAssessment tg:FollowUp tg:FollowUpStep } "
        "?x a ?kind FILTER NOT EXISTS { ?x prov:wasDerivedFrom ?source . ?source a ?what } }"
    )
    assert list(orphans) == []  # type: ignore[arg-type]
    assert list(store.rows("SELECT ?x WHERE { ?x a tg:ThemeAssessment }"))


def test_assessments_of_what_the_reports_say(store: Store, reports: tuple[Report, ...]) -> None:
    put(store, *reports)
    derive(store)
    rows = store.rows(
        "SELECT ?node ?status ?trajectory WHERE { ?node a tg:ThemeAssessment ; tg:status ?status "
        "OPTIONAL { ?node tg:trajectory ?trajectory } } ORDER BY ?node"
    )
    told = [
        (
            row["node"].value.removeprefix(ids.resource("assessment", "")),
            row["status"].value.rpartition("/")[2],
            row["trajectory"].value.rpartition("/")[2],
        )
        for row in rows
    ]
    assert told == [
        ("northmere-2016-03-07-sif/management-oversight", "weakness", "new-weakness"),
        ("northmere-2016-03-07-sif/self-evaluation", "strength", "new-strength"),
        # From weak to mixed under other rules: not compared in degree.
        ("northmere-2021-09-06-ilacs/management-oversight", "mixed", "persisting"),
    ]
