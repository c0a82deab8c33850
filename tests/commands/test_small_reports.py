"""Commands put to small reports: without a date, with findings of both kinds, under unlike rules."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from themegraph.derivation.derive import derive
from themegraph.graph.store import Store
from themegraph.model import Report

Ask = Callable[..., Result]


@pytest.fixture
def ask(
    run: Callable[..., Result],
    tmp_path: Path,
    small_report: Callable[..., Report],
    monkeypatch: pytest.MonkeyPatch,
) -> Ask:
    """Run a command on four inspections of Leeds, one of them without a date."""
    monkeypatch.setenv("COLUMNS", "80")
    place = str(tmp_path / "store")
    with Store(place, write=True) as store:
        store.write_vocabulary()
        for report in (
            small_report("leeds", "2014-05-01", "sif", ["W", "MSW"], asks=["supervision", ""]),
            small_report("leeds", "", "sif", ["W"], asks=["supervision"]),
            small_report("leeds", "2016-05-01", "focused-visit", ["-"]),
            small_report("leeds", "2018-05-01", "ilacs", ["S"]),
            small_report("leeds", "2019-05-01", "ilacs", []),
        ):
            store.replace_report(report)
        derive(store)
    return lambda *arguments: run(*arguments, "--store", place)


LEFT_OUT = "1 inspection without a date is left out"


@pytest.mark.parametrize(
    ("arguments", "is_left_out"),
    [
        (("themes",), False),
        (("themes", "--since", "2010-01-01"), True),
        (("themes", "--since", "2010-01-01", "--type", "ilacs"), False),
        (("themes", "--authority", "leeds"), False),
        (("themes", "--authority", "leeds", "--until", "2030-01-01"), True),
        (("trace", "supervision"), False),
        (("turned-around", "supervision"), True),
        (("turned-around", "supervision", "--region", "London"), False),
        (("compare", "leeds", "coventry"), True),
        (("compare", "coventry", "dudley"), False),
        (("follow-up", "leeds"), True),
        (("emerging", "--least", "1"), True),
    ],
)
def test_what_is_left_out_for_want_of_a_date_is_said(
    ask: Ask, arguments: tuple[str, ...], is_left_out: bool
) -> None:
    told = ask(*arguments)
    assert told.exit_code == 0
    assert (LEFT_OUT in " ".join(told.stderr.split())) is is_left_out


def test_the_matrix_has_every_inspection_and_says_what_is_unlike(ask: Ask) -> None:
    head, _, _, line, read, *rest = ask("themes", "--authority", "leeds").stdout.splitlines()
    assert " ".join(head.split()) == (
        "theme ? SIF 2014 SIF 2016 FV 2018 ILACS 2019 ILACS at the last"
    )
    assert line.split() == ["Supervision", "▲1◆", "▲2◆", "▨", "●1", "▨", "resolved≠"]
    assert read.split() == ["findings", "read", "1", "2", "1", "1", "0"]
    assert "≠ other rules or scope than when it was judged before" in " ".join(rest)


def test_a_period_has_no_column_without_a_date(ask: Ask) -> None:
    head, *_ = ask("themes", "--authority", "leeds", "--until", "2015-01-01").stdout.splitlines()
    assert " ".join(head.split()) == "theme 2014 SIF at the last"


def test_the_fault_of_a_mixed_finding_comes_first(ask: Ask) -> None:
    told = ask("trace", "supervision", "--authority", "leeds").stdout
    assert told.index("◐ leeds 2014-05-01 sif: sentence 1 of finding 2 says W.") < told.index(
        "◐ leeds 2014-05-01 sif: sentence 0 of finding 2 says S."
    )
    assert "2019-05-01  leeds, ILACS, not looked at, no finding was read" in told
    as_csv = csv.DictReader(io.StringIO(
        ask("trace", "supervision", "--authority", "leeds", "--format", "csv").stdout
    ))  # fmt: skip
    in_order = [row["sentence_says"] for row in as_csv if row["says"] == "mixed"]
    assert in_order == ["strength", "weakness"]


def test_every_recommendation_is_told(ask: Ask) -> None:
    told = ask("follow-up", "leeds")
    assert "Recommended on a day that is not known, in leeds-" in told.stdout
    assert "→ resolved, other framework" in told.stdout
    words = "3 recommendations: 1 resolved, on one passage alone; 2 cannot be traced here."
    assert words in " ".join(told.stderr.split())
    assert "\n\n\n" not in told.stdout
