"""Corrections: what they change, what does not fit, and what a table must look like."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from themegraph.derivation.derive import derive
from themegraph.errors import UnreadableSourceError
from themegraph.graph.store import MEMORY, Store
from themegraph.ids import local_ids, report_key
from themegraph.loaders.inputs import expand
from themegraph.model import Finding, Report
from themegraph.reading import reader_for
from themegraph.tagging.correction_tables import Corrections, find_corrections, parse_corrections
from themegraph.tagging.corrections import correct

HEADER = "report,passage,action,theme,stance,instead_of,who,why,words\n"
KEY = "northmere-2016-03-07-sif"


@pytest.fixture
def report(reports: tuple[Report, ...]) -> Report:
    """Finding 7 is weak on management-oversight; recommendation 1 asks for it."""
    return reports[0]


def corrected(report: Report, row: str, key: str = KEY) -> Report:
    return correct(report, parse_corrections(f"{HEADER}{key},{row}\n", "corrections.csv"))


def put(report: Report, folder: Path, data: bytes = b"") -> None:
    """The file that ``report`` was read from."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / report.source.file).write_bytes(data or report.text.encode())


def table(folder: Path, *rows: str, load: Path | None = None) -> Corrections:
    """What is read of a table in ``folder`` when that, or ``load``, is loaded."""
    path = folder / "corrections.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8-sig")
    return find_corrections(expand([str(load or folder)]))


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


def test_rows_are_made_in_order_and_by_file_name_too(report: Report, tmp_path: Path) -> None:
    put(report, tmp_path)
    read = table(
        tmp_path,
        f"{report.source.file},7,remove,management-oversight,,,A,B,",
        f"{KEY},7,add,management-oversight,mixed,,A,B,",
    )
    assert themes(correct(report, read)) == {"management-oversight": "mixed"}


class TestFileNames:
    """Two reports in files of one name, in two folders."""

    ROW = "7,remove,management-oversight,,,A,B,do not see plans"

    @pytest.fixture
    def namesake(self, report: Report) -> Report:
        """Another report from a file of the same name."""
        source = replace(report.source, sha256=hashlib.sha256(b"another").hexdigest())
        return replace(report, source=source, report_type="other")

    @pytest.fixture(autouse=True)
    def folders(self, report: Report, namesake: Report, tmp_path: Path) -> None:
        put(report, tmp_path / "a" / "x")
        put(namesake, tmp_path / "b", b"another")

    def test_a_name_is_that_of_a_file_beside_the_table(
        self, report: Report, namesake: Report, tmp_path: Path
    ) -> None:
        row = f"{report.source.file},{self.ROW}"
        for folder, own in (("a", report), ("a/x", report), ("b", namesake)):
            read = table(tmp_path / folder, row, load=tmp_path)
            assert read.bad == ()
            for one in (report, namesake):
                assert (themes(correct(one, read)) == {}) == (one is own), folder
            (tmp_path / folder / "corrections.csv").unlink()

    def test_a_name_that_several_files_have_is_refused_and_a_path_is_not(
        self, report: Report, namesake: Report, tmp_path: Path
    ) -> None:
        name = report.source.file
        read = table(tmp_path, f"{name},{self.ROW}", f"b/{name},{self.ROW}")
        (bad,) = read.bad
        assert bad.place == f"{tmp_path / 'corrections.csv'}, line 2"
        assert bad.reason == (
            f"{name} may be a/x/{name} or b/{name}; write which of these, or the id of the report"
        )
        for one in (report, namesake):
            assert str(bad) in correct(one, read).warnings
        assert themes(correct(report, read)) == themes(report)
        assert themes(correct(namesake, read)) == {}

    def test_copies_of_one_file_are_one(self, report: Report, tmp_path: Path) -> None:
        put(report, tmp_path / "a" / "copy")
        read = table(tmp_path / "a", f"{report.source.file},{self.ROW}")
        assert read.bad == ()
        assert themes(correct(report, read)) == {}

    def test_a_file_in_another_folder_is_not_meant(self, report: Report, tmp_path: Path) -> None:
        other = replace(report.source, file="other.pdf")
        put(replace(report, source=other), tmp_path / "b", b"third")
        row = f"other.pdf,{self.ROW}"
        (bad,) = table(tmp_path / "a" / "x", row, load=tmp_path).bad
        assert "other.pdf does not lie beside this table, but in another folder" in bad.reason
        # A file that is there, and not loaded this time, may be meant.
        (tmp_path / "a" / "x" / "other.pdf").write_text("fourth")
        files = [str(tmp_path / "a" / "x" / report.source.file), str(tmp_path / "b")]
        assert find_corrections(expand(files)).bad == ()


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


def test_every_bad_row_is_told_and_the_others_are_made(report: Report, tmp_path: Path) -> None:
    put(report, tmp_path)
    read = table(
        tmp_path,
        f"{KEY},7,add,neglct,weakness,,A,B,",
        f"{KEY},7,remove,management-oversight,,,A,B,Drift is common",
        "other,7,add,neglect,,,A,B,",
        f"{report.source.file},7,erase,neglect,,,A,B,",
    )
    c = tmp_path / "corrections.csv"
    assert [bad.place for bad in read.bad] == [f"{c}, line {n}" for n in (2, 4, 5)]
    done = correct(report, read)
    assert themes(done) == {}
    warnings = done.warnings[len(report.warnings) :]
    assert [warning.partition(":")[0] for warning in warnings] == [f"{c}, line {n}" for n in (2, 5)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"report,passage\nx,y\n", "add the missing column(s) action"),
        (HEADER.encode() + b"k,7,add,neglect,mixed,,A,\xff,\n", "is not a table in UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "corrections.csv").write_bytes(data)
    (tmp_path / "a.md").touch()
    with pytest.raises(UnreadableSourceError, match=r"corrections.csv: ") as error:
        find_corrections(expand([str(tmp_path)]))
    assert message in str(error.value)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_any_program_ends_them(end: str) -> None:
    rows = HEADER + f"{KEY},7,remove,neglect,,,A,B,\n{KEY},8,remove,neglect,,,A,B,\n"
    read = parse_corrections(rows.replace("\n", end), "c")
    assert [one.passage for one in read.rows] == ["7", "8"]
    assert read.bad == ()


@pytest.mark.parametrize("folder", ["", "2016", "2016/sif"])
def test_tables_lie_beside_the_reports_or_above_them(
    report: Report, tmp_path: Path, folder: str
) -> None:
    put(report, tmp_path / "2016" / "sif")
    assert find_corrections(expand([str(tmp_path)])) == Corrections()
    for name in (KEY, report.source.file):
        row = f"{name},7,remove,management-oversight,,,A,B,"
        read = table(tmp_path / folder, row, load=tmp_path)
        assert [one.place for one in read.rows] == [
            f"{tmp_path / folder / 'corrections.csv'}, line 2"
        ]
        assert themes(correct(report, read)) == {}


def test_tables_lie_in_zips_with_the_reports(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "r.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"2016/{report.source.file}", report.text)
        archive.writestr(
            "corrections.csv",
            f"{HEADER}{report.source.file},7,remove,management-oversight,,,A,B,\r\n",
        )
    read = find_corrections(expand([str(path)]))
    assert [one.place for one in read.rows] == [f"{path}/corrections.csv, line 2"]
    assert themes(correct(report, read)) == {}


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


def test_a_row_on_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_text("A report.", encoding="utf-8")
    (tmp_path / "corrections.csv").write_text(
        "report,passage,action,theme,stance,instead_of,who,why,words\n"
        "report.md,1,add,neglect,weakness,,A,B,words\n",
        encoding="utf-8",
    )
    files = list(expand([str(tmp_path)]))
    report.unlink()  # as on a disk that fails while it is read
    reader = reader_for(files)
    assert [row.files for row in reader.corrections.rows] == [("report.md",)]
    (told,) = reader.without_report([])
    assert "no report 'report.md' in the store, so nothing was corrected" in told
