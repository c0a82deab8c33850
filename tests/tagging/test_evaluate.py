"""Measuring the tagger: what is counted as right, wrongly told and missed, and what is forgiven."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from themegraph.ids import local_ids, report_key
from themegraph.reading import read_tagged
from themegraph.tagging.evaluate import (
    Quality,
    Told,
    accuracy,
    agreeing,
    by_stance,
    evaluate,
    macro_f1,
)
from themegraph.tagging.reference import Reference

Run = Callable[..., Result]
TEXT = "12. Managers see every plan. Visits are late."


def wanted(unit: str = "finding", **facts: object) -> Reference:
    row: dict[str, object] = {
        "report": "a",
        "unit": unit,
        "start": "Managers see",
        "themes": {"management-oversight": "strength"},
        "optional": frozenset(),
        "stance": "strength",
        "services": frozenset({"front-door"}),
        "optional_services": frozenset(),
    }
    return Reference(**(row | facts))  # type: ignore[arg-type]


def told(unit: str = "finding", **facts: object) -> Told:
    row: dict[str, object] = {
        "unit": unit,
        "text": TEXT,
        "themes": {"management-oversight": "strength"},
        "stance": "strength",
        "services": frozenset({"front-door"}),
    }
    return Told(**(row | facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reference", "said", "counts", "why"),
    [
        (wanted(), told(), (1, 0, 0), "the same"),
        (wanted(), told(themes={}), (0, 0, 1), "missed"),
        (wanted(), told(themes={"supervision": "strength"}), (0, 1, 1), "another in its place"),
        (
            wanted(optional=frozenset({"supervision"})),
            told(themes={"management-oversight": "strength", "supervision": "weakness"}),
            (1, 0, 0),
            "what is optional is not held against it",
        ),
        (wanted(optional=frozenset({"supervision"})), told(), (1, 0, 0), "nor is it wanted"),
        (wanted("recommendation"), told(), (0, 0, 1), "a finding is no recommendation"),
        (wanted(start="Something else"), told(), (0, 0, 1), "other words"),
        (wanted(start=""), told(), (0, 0, 1), "no words name no passage"),
        (wanted(start="12. MANAGERS  see"), told(), (1, 0, 0), "number, case and spaces aside"),
    ],
)
def test_a_passage_is_counted(
    reference: Reference, said: Told, counts: tuple[int, int, int], why: str
) -> None:
    rate = evaluate([reference], {"a": [said]}).all_themes
    assert (rate.right, rate.spurious, rate.missed) == counts, why


def test_passages_that_are_not_found_are_named() -> None:
    quality = evaluate([wanted(), wanted(report="b")], {"a": [told()]})
    assert [reference.report for reference in quality.not_found] == ["b"]


def test_each_theme_has_its_figures() -> None:
    quality = evaluate(
        [wanted(), wanted(report="b"), wanted(report="c")],
        {
            "a": [told()],
            "b": [told(themes={"supervision": "strength"})],
            "c": [told(themes={"management-oversight": "mixed", "supervision": "mixed"})],
        },
    )
    oversight, supervision = quality.themes["management-oversight"], quality.themes["supervision"]
    assert (oversight.precision, oversight.recall) == (1.0, pytest.approx(2 / 3))
    assert oversight.f1 == pytest.approx(0.8)
    assert (supervision.precision, supervision.recall, supervision.f1) == (0.0, None, 0.0)
    assert quality.theme_stances == Counter({("strength", "strength"): 1, ("strength", "mixed"): 1})
    assert accuracy(quality.theme_stances) == 0.5


def test_an_optional_theme_is_not_held_against_the_figures_of_that_theme_either() -> None:
    reference = wanted(optional=frozenset({"supervision"}))
    said = told(themes={"management-oversight": "strength", "supervision": "weakness"})
    assert evaluate([reference], {"a": [said]}).themes.keys() == {"management-oversight"}


def test_the_stance_of_a_recommendation_is_not_measured() -> None:
    quality = evaluate([wanted("recommendation")], {"a": [told("recommendation")]})
    assert not quality.stances
    assert not quality.theme_stances
    assert accuracy(quality.stances) is None
    assert macro_f1(quality.stances) is None


def test_stances_are_measured_one_by_one() -> None:
    counts = Counter({("strength", "strength"): 6, ("mixed", "strength"): 2, ("mixed", "mixed"): 2})
    rates = dict(by_stance(counts))
    assert rates.keys() == {"strength", "mixed"}
    assert rates["strength"].precision == 0.75
    assert rates["mixed"].recall == 0.5
    assert (agreeing(counts), accuracy(counts)) == (8, 0.8)
    assert macro_f1(counts) == pytest.approx((12 / 14 + 2 / 3) / 2)


def test_services_are_measured_where_the_reader_named_them() -> None:
    quality = evaluate(
        [wanted(), wanted(report="b", services=None)],
        {"a": [told(services=frozenset({"front-door", "other"}))], "b": [told()]},
    )
    assert (quality.services.right, quality.services.spurious, quality.services.missed) == (1, 1, 0)


def test_nothing_has_no_figures() -> None:
    quality = Quality()
    assert quality.all_themes.f1 is None
    assert quality.all_themes.precision is None


class TestCommand:
    """On one of the example reports."""

    @pytest.fixture
    def gold(self, tmp_path: Path) -> Path:
        rows = [
            {
                "seed": "2018-07-12-westmarch-focused-visit.md",
                "unit": "recommendation",
                "start": start,
                "themes": [{"id": theme, "polarity": "weakness"}],
            }
            for start, theme in (
                ("Oversight by managers in the assessment", "management-oversight"),
                ("Nobody ever wrote this", "supervision"),
            )
        ]
        file = tmp_path / "gold.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return file

    def test_it_reads_only_what_is_named_and_names_what_is_missing(
        self, run: Run, gold: Path, examples_folder: Path
    ) -> None:
        told = run("evaluate", str(gold), str(examples_folder), "--format", "json", "--jobs", "1")
        assert told.exit_code == 1
        assert "Nobody ever wrote this" in told.stderr
        assert "1 of 2 passages found." in told.stderr
        rows = {(row["measured"], row["of"]): row for row in json.loads(told.stdout)}
        assert rows["theme", "management-oversight"]["right"] == 1
        assert rows["theme", "supervision"]["recall"] == 0
        assert rows["themes", "all"]["wanted"] == 2

    def test_a_table_is_for_people(self, run: Run, gold: Path, examples_folder: Path) -> None:
        told = run("evaluate", str(gold), str(examples_folder), "--quiet", "--jobs", "1")
        assert "management-oversight" in told.stdout
        assert not told.stderr

    def test_a_missing_passage_and_a_missing_report_are_told_apart(
        self, run: Run, gold: Path, examples_folder: Path
    ) -> None:
        row = json.loads(gold.read_text("utf-8").splitlines()[0])
        more = [row | {"seed": "2031-01-01-westmarch-focused-visit.md"}] * 2
        more.append({"sha256": "ab" * 32, **{key: row[key] for key in row if key != "seed"}})
        with gold.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(each) + "\n" for each in more)
        told = run("evaluate", str(gold), str(examples_folder), "--jobs", "1")
        assert told.exit_code == 1
        assert told.stderr.splitlines() == [
            "Report not read: 2031-01-01-westmarch-focused-visit.md; 2 passages of it count as missed.",
            "Report not read: abababababab…; 1 passage of it counts as missed.",
            "Not found: the recommendation “Nobody ever wrote this …” in "
            "2018-07-12-westmarch-focused-visit.md",
            "1 of 5 passages found.",
        ]

    @pytest.mark.parametrize("there", [True, False])
    def test_a_folder_without_the_reports_is_an_error_and_no_table(
        self, run: Run, gold: Path, tmp_path: Path, there: bool
    ) -> None:
        folder = tmp_path / "reprots"
        if there:
            folder.mkdir()
            (folder / "other.md").write_text("Another text.", encoding="utf-8")
        told = run("evaluate", str(gold), str(folder), "--jobs", "1")
        assert told.exit_code == 1
        assert not told.stdout
        assert f"No report that {gold} names was found and read in {folder}." in told.stderr

    def test_what_people_corrected_is_not_the_taggers(
        self, run: Run, tmp_path: Path, gold: Path, examples_folder: Path
    ) -> None:
        report = "2018-07-12-westmarch-focused-visit.md"
        (tmp_path / report).write_bytes((examples_folder / report).read_bytes())
        ask = ("evaluate", str(gold), str(tmp_path / report), "--format", "csv", "--jobs", "1")
        before, plain = run(*ask).stdout, run("extract", str(tmp_path / report)).stdout
        read = read_tagged((tmp_path / report).read_bytes(), report)
        asked = next(r for r in read.recommendations if r.text.startswith("Oversight by managers"))
        name = local_ids(read).recommendations[read.recommendations.index(asked)]
        (tmp_path / "corrections.csv").write_text(
            "report,passage,action,theme,stance,instead_of,who,why,words\n"
            f"{report_key(read)},{name},remove,management-oversight,,,A,B,Oversight by managers\n"
        )
        assert run("extract", str(tmp_path / report)).stdout != plain
        assert run(*ask).stdout == before

    def test_a_name_that_two_files_have_is_refused(
        self, run: Run, tmp_path: Path, gold: Path, examples_folder: Path
    ) -> None:
        report = "2018-07-12-westmarch-focused-visit.md"
        words = (examples_folder / report).read_text(encoding="utf-8")
        for folder, text in (("a", words), ("b", words), ("c", words + "\nMore.\n")):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / report).write_text(text, encoding="utf-8")
        same = run("evaluate", str(gold), str(tmp_path / "a"), str(tmp_path / "b"))
        assert "1 of 2 passages found." in same.stderr
        refused = run("evaluate", str(gold), str(tmp_path))
        assert refused.exit_code == 1
        places = [str(tmp_path / folder / report) for folder in ("a", "c")]
        assert f"that may be {places[0]} or {places[1]}. Name the report by" in refused.stderr
        assert not refused.stdout

    def test_a_bad_reference_is_one_message(self, run: Run, tmp_path: Path) -> None:
        refused = run("evaluate", str(tmp_path / "none"), str(tmp_path))
        assert refused.exit_code == 1
        assert "cannot be opened" in refused.stderr
