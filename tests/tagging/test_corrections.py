"""Corrections: what they change, what does not fit, and what a table must look like."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from themegraph.derivation.derive import derive
from themegraph.errors import UnreadableSourceError
from themegraph.graph.store import MEMORY, Store
from themegraph.ids import report_key
from themegraph.model import Finding, Report
from themegraph.tagging.corrections import correct, find_corrections, parse_corrections

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
        ("7,add,caseloads-and-capacity,weakness,,A,B,",
         {"management-oversight": "weakness", "caseloads-and-capacity": "weakness"}, "added"),
        ("7,add,caseloads-and-capacity,,,A,B,",
         {"management-oversight": "weakness", "caseloads-and-capacity": "weakness"},
         "without a stance it has that of the passage"),
        ("7,remove,management-oversight,,,A,B,", {}, "taken away"),
        ("7,replace,supervision,,management-oversight,A,B,", {"supervision": "weakness"},
         "another theme, the stance is kept"),
        ("7,replace,supervision,mixed,management-oversight,A,B,", {"supervision": "mixed"},
         "another theme and stance"),
        ("7,replace,management-oversight,mixed,,A,B,", {"management-oversight": "mixed"},
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
    assert finding(corrected(report, "7,replace,,mixed,,A,B,")).polarity == "mixed"


def test_a_recommendation_by_its_number(report: Report) -> None:
    done = corrected(report, "1,add,plan-quality,,,A,B,")
    assert done.recommendations[0].themes[-1].id == "plan-quality"
    assert done.recommendations[0].themes[-1].polarity == "weakness"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("77,remove,neglect,,,A,B,", "no such finding"),
        ("7,remove,neglect,,,A,B,", "it has no theme neglect"),
        ("7,add,management-oversight,,,A,B,", "it has the theme management-oversight already"),
        ("7,replace,supervision,,neglect,A,B,", "it has no theme neglect"),
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
    ("text", "message"),
    [
        ("report,passage\nx,y\n", "add the missing column(s) action"),
        (f"{HEADER}k,7,erase,neglect,,,A,B,\n", "line 2: action 'erase' is not known"),
        (f"{HEADER}k,7,add,neglct,,,A,B,\n", "line 2: theme 'neglct' is not known"),
        (f"{HEADER}k,7,add,needs-and-risks,,,A,B,\n", "theme 'needs-and-risks' is not known"),
        (f"{HEADER}k,7,add,neglect,bad,,A,B,\n", "stance 'bad' is not known; one of strength"),
        (f"{HEADER}k,7,add,,weakness,,A,B,\n", "name the theme to add"),
        (f"{HEADER}k,7,replace,,,,A,B,\n", "name a theme, a stance or both"),
        (f"{HEADER}k,7,add,neglect,,,,,\n", "fill in who, why"),
        (f"{HEADER}k,7,add,neglect,,,A,B,words,more\n", "too many cells"),
    ],
)
def test_a_table_with_a_slip_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=r"^corrections.csv") as error:
        parse_corrections(text, "corrections.csv")
    assert message in str(error.value)


def test_tables_lie_beside_the_reports(tmp_path: Path) -> None:
    assert find_corrections([tmp_path]) == ()
    row = f"{KEY},7,remove,management-oversight,,,A,B,\n"
    (tmp_path / "corrections.csv").write_text(f"\ufeff{HEADER}{row}", encoding="utf-8")
    (one,) = find_corrections([tmp_path, tmp_path])
    assert one.place == f"{tmp_path / 'corrections.csv'}, line 2"


def test_a_correction_can_be_seen_in_the_graph(report: Report) -> None:
    store = Store(MEMORY, write=True)
    done = corrected(
        report, "7,replace,supervision,,management-oversight,A. Reader,Not the manager,"
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
    done = corrected(report, "7,add,timeliness-drift-and-delay,,,A,B,Drift is common")
    tag = finding(done).themes[-1]
    assert tag.trigger is not None
    assert tag.trigger.of(done.text) == "Drift is common"
    bare = corrected(report, "7,add,timeliness-drift-and-delay,,,A,B,")
    assert finding(bare).themes[-1].trigger == finding(report).span


def test_sentences_follow_their_finding(report: Report) -> None:
    first, *rest = finding(report).evidence
    told = replace(first, themes=("management-oversight",))
    tagged = replace(finding(report), evidence=(told, *rest))
    report = replace(report, findings=(tagged, *report.findings[1:]))
    swapped = corrected(report, "7,replace,supervision,,management-oversight,A,B,")
    assert finding(swapped).evidence[0].themes == ("supervision",)
    gone = corrected(report, "7,remove,management-oversight,,,A,B,")
    assert {theme for e in finding(gone).evidence for theme in e.themes} == set()
