"""Corrections: what they change, what does not fit, and what a table must look like."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from themegraph.derivation.derive import derive
from themegraph.errors import UnreadableSourceError
from themegraph.graph.store import MEMORY, Store
from themegraph.ids import local_ids, report_key
from themegraph.model import Finding, Report
from themegraph.tagging.corrections import (
    Corrections,
    correct,
    find_corrections,
    parse_corrections,
)

HEADER = "report,passage,action,theme,stance,instead_of,who,why,words\n"
KEY = "northmere-2016-03-07-sif"


@pytest.fixture
def report(reports: tuple[Report, ...]) -> Report:
    """Finding 7 is weak on management-oversight; recommendation 1 asks for it."""
    return reports[0]


def corrected(report: Report, row: str, key: str = KEY) -> Report:
    return correct(report, parse_corrections(f"{HEADER}{key},{row}\n", "corrections.csv"))


def finding(report: Report) -> Finding:
    return report.findings[0]


def themes(report: Report) -> dict[str, str | None]:
    return {tag.id: tag.polarity for tag in finding(report).themes}


@pytest.mark.parametrize(
    ("row", "expected", "why"),
    [
        ("7,add,caseloads-and-capacity,weakness,,A,B,do not see plans",
         {"management-oversight": "weakness", "caseloads-and-capacity": "weakness"}, "added"),
        ("7,add,CASELOADS and capacity,strength,,A,B,do not see plans",
         {"management-oversight": "weakness", "caseloads-and-capacity": "strength"},
         "a theme by its name, in any case"),
        ("7,remove,management-oversight,,,A,B,do not see plans", {}, "taken away"),
        ("7,replace,Supervision,weakness,Management oversight and decision-making,A,B,do not see plans",
         {"supervision": "weakness"}, "another theme, both by name"),
        ("7,replace,supervision,mixed,management-oversight,A,B,do not see plans", {"supervision": "mixed"},
         "another theme and stance"),
        ("7,replace,management-oversight,mixed,,A,B,do not see plans", {"management-oversight": "mixed"},
         "another stance"),
        ("7,remove,management-oversight,,,A,B,do not see plans", {}, "the words are there"),
    ],
)  # fmt: skip
def test_what_a_correction_changes(
    report: Report, row: str, expected: dict[str, str], why: str
) -> None:
    done = corrected(report, row)
    assert themes(done) == expected, why
    assert [one.place for one in done.corrections] == ["corrections.csv, line 2"]
    assert done.warnings == report.warnings
    assert done.findings[1:] == report.findings[1:]


def test_the_stance_of_a_whole_passage(report: Report) -> None:
    assert finding(corrected(report, "7,replace,,mixed,,A,B,Drift is common")).polarity == "mixed"


def test_a_recommendation_by_its_number(report: Report) -> None:
    done = corrected(report, "1,add,plan-quality,weakness,,A,B,")
    assert done.recommendations[0].themes[-1].id == "plan-quality"
    assert done.recommendations[0].themes[-1].polarity == "weakness"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("77,remove,neglect,,,A,B,", "no such finding"),
        ("7,remove,neglect,,,A,B,", "it has no theme neglect"),
        ("7,add,management-oversight,mixed,,A,B,", "it has the theme management-oversight already"),
        ("7,replace,supervision,mixed,neglect,A,B,", "it has no theme neglect"),
        ("7,replace,management-oversight,weakness,,A,B,", "is weakness already"),
        ("7,replace,,weakness,,A,B,", "its stance is weakness already"),
        ("7,remove,management-oversight,,,A,B,privately fostered", "does not hold the words"),
        ("1,replace,management-oversight,strength,,A,B,", "recommended is a weakness"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(
    report: Report, row: str, reason: str
) -> None:
    done = corrected(report, row)
    assert (done.findings, done.recommendations) == (report.findings, report.recommendations)
    (warning,) = done.warnings[len(report.warnings) :]
    assert warning.startswith("corrections.csv, line 2: ")
    assert reason in warning
    assert done.corrections == ()


@pytest.mark.parametrize(
    ("passage", "words", "warned"),
    [
        ("7", "", True),
        ("7", "…", True),
        ("7", "Drift is common", False),
        ("a finding without a number", "", False),
    ],
)
def test_a_number_alone_does_not_name_a_passage_for_good(
    report: Report, passage: str, words: str, warned: bool
) -> None:
    if passage != "7":
        report = replace(report, findings=(replace(finding(report), number=None),))
        passage = local_ids(report).findings[0]
    done = corrected(report, f"{passage},remove,management-oversight,,,A,B,{words}")
    assert themes(done) == {}
    told = done.warnings[len(report.warnings) :]
    assert bool(told) == warned
    for warning in told:
        assert warning.startswith("corrections.csv, line 2: the correction of 7 was made by its")
        assert "column words" in warning


def test_rows_are_made_in_order_and_by_file_name_too(report: Report) -> None:
    text = (
        f"{HEADER}{report.source.file},7,remove,management-oversight,,,A,B,\n"
        f"{KEY},7,add,management-oversight,mixed,,A,B,\n"
    )
    assert themes(correct(report, parse_corrections(text, "c"))) == {
        "management-oversight": "mixed"
    }


def test_rows_on_other_reports_change_nothing(report: Report) -> None:
    assert corrected(report, "7,remove,management-oversight,,,A,B,", key="other") is report


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("k,7,erase,neglect,,,A,B,", "action 'erase' is not known; write one of add, remove, replace"),
        ("k,7,remove,neglct,,,A,B,",
         "theme 'neglct' is not known. Did you mean neglect? See: themegraph themes --list"),
        ("k,7,remove,drift,,,A,B,",
         "theme 'drift' is not known. Did you mean Timeliness, drift and delay "
         "(timeliness-drift-and-delay)? See: themegraph themes --list"),
        ("k,7,replace,neglect,mixed,zzzz,A,B,",
         "instead_of 'zzzz' is not known. See: themegraph themes --list"),
        ("k,7,remove,Workforce,,,A,B,",
         "theme 'workforce' is a group of themes; write one of caseloads-and-capacity, "
         "workforce-stability, training-and-development, staff-support-and-morale"),
        ("k,7,add,neglect,bad,,A,B,",
         "stance 'bad' is not known; write one of strength, weakness, mixed, neutral"),
        ("k,7,add,,weakness,,A,B,", "name the theme to add"),
        ("k,7,add,neglect,,,A,B,", "name the stance, which add needs"),
        ("k,7,replace,supervision,,neglect,A,B,", "name the stance, which replace needs"),
        ("k,7,remove,,,,A,B,", "name the theme to remove"),
        ("k,7,add,neglect,mixed,supervision,A,B,",
         "leave instead_of empty, which add has no use for"),
        ("k,7,remove,neglect,,supervision,A,B,",
         "leave instead_of empty, which remove has no use for"),
        ("k,7,replace,,mixed,supervision,A,B,",
         "name the theme to put in the place of that in instead_of"),
        ("k,7,remove,neglect,,,,,", "fill in who, why"),
        ("k,7,add,neglect,,,A,,", "fill in why; name the stance, which add needs"),
        ("k,7,add,neglect,mixed,,A,B,words,more", "too many cells; quote those that hold a comma"),
    ],
)  # fmt: skip
def test_a_row_with_a_slip_is_told_with_its_line(row: str, reason: str) -> None:
    read = parse_corrections(f"{HEADER}{row}\n", "corrections.csv")
    assert read.rows == ()
    assert [str(bad) for bad in read.bad] == [
        f"corrections.csv, line 2: the correction was not made: {reason}"
    ]
    assert read.bad[0].report == "k"


def test_every_bad_row_is_told_and_the_others_are_made(report: Report) -> None:
    text = (
        f"{HEADER}{KEY},7,add,neglct,weakness,,A,B,\n"
        f"{KEY},7,remove,management-oversight,,,A,B,Drift is common\n"
        f"other,7,add,neglect,,,A,B,\n"
        f"{report.source.file},7,erase,neglect,,,A,B,\n"
    )
    read = parse_corrections(text, "c")
    assert [bad.place for bad in read.bad] == ["c, line 2", "c, line 4", "c, line 5"]
    done = correct(report, read)
    assert themes(done) == {}
    warnings = done.warnings[len(report.warnings) :]
    assert [warning.partition(":")[0] for warning in warnings] == ["c, line 2", "c, line 5"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"report,passage\nx,y\n", "add the missing column(s) action"),
        (HEADER.encode() + b"k,7,add,neglect,mixed,,A,\xff,\n", "is not a table in UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "corrections.csv"
    path.write_bytes(data)
    with pytest.raises(UnreadableSourceError, match=r"corrections.csv: ") as error:
        find_corrections([tmp_path])
    assert message in str(error.value)


def test_tables_lie_beside_the_reports(tmp_path: Path) -> None:
    assert find_corrections([tmp_path]) == Corrections()
    row = f"{KEY},7,remove,management-oversight,,,A,B,\n"
    (tmp_path / "corrections.csv").write_text(f"\ufeff{HEADER}{row}", encoding="utf-8")
    (one,) = find_corrections([tmp_path, tmp_path]).rows
    assert one.place == f"{tmp_path / 'corrections.csv'}, line 2"


def test_a_correction_can_be_seen_in_the_graph(report: Report) -> None:
    store = Store(MEMORY, write=True)
    done = corrected(
        report, "7,replace,supervision,mixed,management-oversight,A. Reader,Not the manager,"
    )
    assert report_key(done) == KEY
    store.replace_report(done)
    derive(store)
    (row,) = store.rows(
        """SELECT ?theme ?mode ?who ?why ?removed WHERE {
          ?assignment tg:assignmentOf/tg:printedNumber 7 ; tg:assignedTheme ?theme ;
                      tg:assignmentMode ?mode ; prov:wasDerivedFrom ?correction .
          ?correction tg:correctedBy ?who ; tg:reason ?why ; tg:removesTheme ?removed }"""
    )
    told = [
        row[name].value.rpartition("/")[2] for name in ("theme", "mode", "who", "why", "removed")
    ]
    assert told == ["supervision", "person", "A. Reader", "Not the manager", "management-oversight"]
    assert list(store.rows("SELECT ?x { ?x tg:assessedTheme <%s> }" % (  # noqa: UP031
        "https://w3id.org/themegraph/vocab/theme/supervision")))  # fmt: skip


def test_an_added_theme_shows_its_words_where_the_table_gives_them(report: Report) -> None:
    done = corrected(report, "7,add,timeliness-drift-and-delay,weakness,,A,B,Drift is common")
    tag = finding(done).themes[-1]
    assert tag.trigger is not None
    assert tag.trigger.of(done.text) == "Drift is common"
    bare = corrected(report, "7,add,timeliness-drift-and-delay,weakness,,A,B,")
    assert finding(bare).themes[-1].trigger == finding(report).span


def test_sentences_follow_their_finding(report: Report) -> None:
    first, *rest = finding(report).evidence
    told = replace(first, themes=("management-oversight",))
    tagged = replace(finding(report), evidence=(told, *rest))
    report = replace(report, findings=(tagged, *report.findings[1:]))
    swapped = corrected(report, "7,replace,supervision,weakness,management-oversight,A,B,")
    assert finding(swapped).evidence[0].themes == ("supervision",)
    added = corrected(report, "7,add,plan-quality,weakness,,A,B,")
    assert [e.themes for e in finding(added).evidence] == [
        ("management-oversight", "plan-quality"),
        *((*e.themes, "plan-quality") for e in rest),
    ]
    gone = corrected(report, "7,remove,management-oversight,,,A,B,")
    assert {theme for e in finding(gone).evidence for theme in e.themes} == set()
