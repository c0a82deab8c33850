"""The commands on themes and follow-ups, put to the example reports.

``pytest tests/commands --regenerate`` writes the expected texts anew, to be reviewed as a diff.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from themegraph import ids
from themegraph.commands import marks
from themegraph.graph.store import Store
from themegraph.ontology import vocab
from themegraph.queries import ask as questions_ask

Run = Callable[..., Result]
EXPECTED = Path(__file__).parent.parent / "data" / "expected" / "commands"
REPORT = "westmarch-2017-02-27-sif-reinspection"
# What each prints tells the story that the reports were written to tell.
TOLD = {
    "themes": ("themes", "--top", "10"),
    "themes-in-a-period": ("themes", "--region", "Example region", "--since", "2019-01-01",
                           "--until", "2023-12-31", "--type", "ilacs", "--stance", "strength"),
    "themes-of-westmarch": ("themes", "--authority", "Westmarch", "--stance", "recommended",
                            "--top", "8"),
    "themes-of-westmarch-in-part": ("themes", "--authority", "westmarch", "--type", "ilacs",
                                    "--since", "2019-01-01", "--top", "6"),
    "trace-westmarch": ("trace", "private-fostering", "--authority", "westmarch"),
    "trace-everywhere": ("trace", "Supervision"),
    "compare-named": ("compare", "westmarch", "eastmere", "--top", "6"),
    "compare-neighbours": ("compare", "eastmere", "--neighbours", "--theme", "supervision"),
    "follow-up": ("follow-up", "westmarch", "--report", REPORT),
    "follow-up-not-spoken-of": ("follow-up", "westmarch", "--outcome", "not-looked-at-again"),
    "follow-up-passages": ("follow-up", "westmarch", "--report", REPORT, "--outcome", "resolved",
                           "--passages"),
    "turned-around": ("turned-around", "supervision"),
}  # fmt: skip


@pytest.fixture
def ask(run: Run, examples_place: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the example reports in a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    return lambda *arguments: run(*arguments, "--store", examples_place)


@pytest.mark.parametrize("name", sorted(TOLD))
def test_it_tells_the_story(name: str, ask: Run, request: pytest.FixtureRequest) -> None:
    told = ask(*TOLD[name])
    assert told.exit_code == 0
    text = f"{told.stdout}----\n{told.stderr}"
    file = EXPECTED / f"{name}.txt"
    if request.config.getoption("--regenerate"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 80


def test_no_expected_text_is_left_over() -> None:
    assert {file.stem for file in EXPECTED.glob("*.txt")} == set(TOLD)


@pytest.mark.parametrize("name", sorted(TOLD))
def test_csv_and_json_have_the_same_rows(name: str, ask: Run) -> None:
    as_csv = list(csv.DictReader(io.StringIO(ask(*TOLD[name], "--format", "csv").stdout)))
    as_json = json.loads(ask(*TOLD[name], "--format", "json").stdout)
    assert as_csv
    for row, other in zip(as_csv, as_json, strict=True):
        assert row == {key: "" if value is None else str(value) for key, value in other.items()}


def test_what_came_in_a_row_is_counted_among_what_is_shown(
    ask: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "250")

    def told(*only: str) -> str:
        shown = ask("themes", "--authority", "westmarch", "--theme", "management-oversight", *only)
        return " ".join(shown.stdout.split())

    assert "weak or mixed 9 times in a row" in told()
    assert "left out here" not in told()
    assert "weak or mixed 2 times in a row" in told("--since", "2020-12-31", "--type", "ilacs")
    assert "gone on from one of 7 inspections" in told("--since", "2020-12-31", "--type", "ilacs")
    assert "left out here" not in told("--until", "2017-12-31")
    assert "times in a row" not in told("--since", "2026-01-01")


class TestStories:
    """What the example reports were written to say comes out of the commands."""

    def test_what_a_visit_did_not_look_at_is_said(self, ask: Run) -> None:
        rows = json.loads(
            ask("trace", "private-fostering", "--authority", "westmarch", "--format", "json").stdout
        )
        status = {row["date"]: ids.last_part(row["status"]) for row in rows}
        assert status["2018-06-19"] == status["2020-11-10"] == "not-looked-at"
        assert status["2014-03-18"] == status["2019-09-30"] == "weakness"
        assert status["2017-02-27"] in ("weakness", "mixed")
        assert status["2026-05-11"] == "strength"
        assert all(row["words"] is None for row in rows if row["date"] == "2018-06-19")

    def test_private_fostering_was_resolved_in_the_end(self, ask: Run) -> None:
        told = ask("follow-up", "westmarch", "--report", REPORT, "--format", "json").stdout
        outcome = {row["number"]: ids.last_part(row["outcome"]) for row in json.loads(told)}
        assert outcome[3] == "resolved"
        assert outcome[1] in ("persists", "partly-resolved")  # plans drift to the last

    def test_the_neighbour_turned_oversight_round(self, ask: Run) -> None:
        told = ask("turned-around", "management-oversight", "--format", "json").stdout
        (row,) = json.loads(told)
        assert ids.last_part(row["authority"]) == "eastmere"
        assert row["still"] == "yes"
        assert all(row[words] for words in ("weakness", "strength"))


def test_the_rows_of_a_story_are_complete_and_plain(ask: Run) -> None:
    asked = ("trace", "private-fostering", "--format", "csv")
    head, *rows = csv.reader(io.StringIO(ask(*asked, "--authority", "westmarch").stdout))
    assert head == [
        "theme", "authority", "date", "kind", "status", "trajectory", "comparability", "read",
        "says", "words", "page", "passage", "inspection", "sentence_says",
    ]  # fmt: skip
    for row in (dict(zip(head, values, strict=True)) for values in rows):
        assert (row["theme"], row["authority"]) == ("private-fostering", "westmarch")
        assert row["status"] in marks.SHAPES
        assert {name for name in head if row[name].startswith("http")} <= {"passage", "inspection"}
        assert row["inspection"]
    assert ask(*asked, "--authority", "leeds").stdout == ",".join(head) + "\n"


KINDS = (
    "There are: area-send, assurance-visit, focused-visit, ilacs, ilacs-short, ilacs-standard, jtai, "
    "monitoring-visit, other, sif, sif-reinspection."
)


class TestKinds:
    """A kind of report takes in those under it, everywhere."""

    def test_a_reinspection_is_a_single_inspection(self, ask: Run) -> None:
        of_body = ("themes", "--authority", "westmarch", "--format", "json", "--type")
        kinds = {row["kind"] for row in json.loads(ask(*of_body, "sif").stdout)}
        assert {ids.last_part(kind) for kind in kinds} == {"sif", "sif-reinspection"}
        alone = {row["kind"] for row in json.loads(ask(*of_body, "sif-reinspection").stdout)}
        assert {ids.last_part(kind) for kind in alone} == {"sif-reinspection"}
        shown = ask("themes", "--authority", "westmarch", "--type", "sif").stdout
        assert re.search(r"^theme +2014 +2017", shown)

    def test_it_is_one_in_counts_and_networks_too(self, ask: Run) -> None:
        asked = ("themes", "--theme", "neglect", "--format", "json", "--type")
        assert [row["of"] for row in json.loads(ask(*asked, "sif").stdout)] == [2]
        assert [row["of"] for row in json.loads(ask(*asked, "sif-reinspection").stdout)] == [1]
        assert "of 2 inspections of 1 body" in ask("network", "themes", "--type", "sif").stderr

    def test_it_is_one_in_the_table_of_passages(self, examples: Store) -> None:
        def inspections(kind: str) -> set[str]:
            rows = questions_ask(examples, "passages-by-theme", kind=kind)
            return {ids.last_part(row["inspection"]) for row in rows}

        assert inspections("sif") == {"westmarch-2014-03-18-sif", REPORT}
        assert inspections("sif-reinspection") == {REPORT}
        every = questions_ask(examples, "passages-by-theme")
        assert len(set(every.rows)) == len(every)

    def test_help_names_them(self, run: Run) -> None:
        told = "".join(run("themes", "--help").stdout.split())
        assert "sif,sif-reinspection,ilacs,ilacs-standard," in told

    @pytest.mark.parametrize("kind", ["sift", "zzzz"])
    def test_the_error_names_them(self, ask: Run, kind: str) -> None:
        assert KINDS in ask("themes", "--type", kind).stderr


class TestFollowUp:
    """What a follow-up rests on is said, and nothing against what stands beside it."""

    def test_what_was_looked_at_is_not_said_to_be_not_looked_at(self, ask: Run) -> None:
        told = ask("follow-up", "westmarch", "--outcome", "not-looked-at-again")
        assert "· looked at, nothing said" in told.stdout
        assert "→ not looked at" not in told.stdout
        number = told.stdout.count("→ not spoken of again")
        assert told.stderr == f"{number} recommendations: {number} not spoken of again.\n"

    def test_what_rests_on_one_passage_says_so(self, ask: Run) -> None:
        told = ask("follow-up", "westmarch")
        outcomes = " ".join(told.stdout.split())
        alone = len(re.findall(r"→ persists[^→;]*; rests on 1 passage\b", outcomes))
        every = len(re.findall(r"→ persists[^→;]*; rests on ", outcomes))
        assert 0 < alone < every
        words = " ".join(told.stderr.split())
        assert f": {every} persist, {alone} of them on one passage alone;" in words
        assert words.endswith("; 5 with no later inspection; 2 cannot be traced here.")

    def test_it_is_told_in_the_last_inspection_that_judged(self, ask: Run) -> None:
        rows = json.loads(ask("follow-up", "westmarch", "--format", "json").stdout)
        by_asked: dict[str, list[dict[str, object]]] = {}
        for row in rows:
            by_asked.setdefault(row["recommendation"], []).append(row)
        for told in by_asked.values():
            judged = [
                row for row in told if row["later_status"] in ("strength", "mixed", "weakness")
            ]
            last = [row for row in judged if row["later_date"] == judged[-1]["later_date"]]
            said = [row for row in last if row["later_says"] != "neutral"]
            assert told[0]["rests_on"] == (len(said) or None)

    @pytest.mark.parametrize("more", [(), ("--passages",)])
    def test_no_blank_lines_are_doubled_and_no_hint_is_given_twice(
        self, ask: Run, more: tuple[str, ...]
    ) -> None:
        told = ask("follow-up", "westmarch", *more).stdout
        assert "\n\n\n" not in told
        assert told.count("--passages") == (not more)
        assert not told.splitlines()[-1].startswith(" ")

    def test_its_columns_are_complete_and_plain(self, ask: Run) -> None:
        asked = ("follow-up", "westmarch", "--format", "csv", "--outcome")
        head, *rows = csv.reader(io.StringIO(ask(*asked, "resolved").stdout))
        assert head == [
            "authority", "date", "report", "number", "text", "page", "outcome", "rests_on",
            "recommendation", "later_date", "later_kind", "later_status", "later_says",
            "later_words", "later_page", "later_passage", "later_inspection",
        ]  # fmt: skip
        iris = {"recommendation", "later_passage", "later_inspection"}
        for row in (dict(zip(head, values, strict=True)) for values in rows):
            assert (row["authority"], row["outcome"]) == ("westmarch", "resolved")
            assert row["date"] in row["report"]
            assert {name for name in head if row[name].startswith("http")} <= iris
            assert bool(row["later_words"]) == bool(row["later_passage"])
        assert ask(*asked, "described").stdout == ",".join(head) + "\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("themes", "--authority", "westmarch", "--region", "x"), "not both"),
        (("themes", "--authority", "westmarsh"), "Did you mean westmarch"),
        (("themes", "--type", "sift"), "No kind of report 'sift' in the store. Did you mean Single "
         "inspection report (sif)"),
        (("themes", "--authority", "westmarch", "--type", "sift"), "No kind of report 'sift'"),
        (("themes", "--since", "last year"),
         "'last year' is no day, month or year; write one such as 2018-05-17, 2018-05 or 2018."),
        (("network", "themes", "--until", "2018-02-30"), "'2018-02-30' is no day, month or year;"),
        (("query", "recurring-themes", "-p", "since=1/5/2018"),
         "since: '1/5/2018' is no day, month or year; write one such as 2018-05-17, 2018-05 or "
         "2018."),
        (("query", "recurring-themes", "-p", "since=2020", "-p", "until=2019-12"),
         "since=2020 is after until=2019-12."),
        (("themes", "--since", "2020", "--until", "2019"),
         "--since 2020-01-01 is after --until 2019-12-31."),
        (("emerging", "--until", "2019", "--since", "2020"),
         "--since 2020-01-01 is after --until 2019-12-31."),
        (("trace", "supervisoin"), "Did you mean supervision"),
        (("compare", "westmarch"), "Name other authorities, or give --neighbours or --region."),
        (
            ("compare", "westmarch", "eastmere", "--region"),
            "Choose one: other authorities and --region cannot go together.",
        ),
        (
            ("compare", "westmarch", "eastmere", "--neighbours", "--region"),
            "Choose one: other authorities, --neighbours and --region cannot go together.",
        ),
        (("compare", "westmarch", "Westmarch"), "Westmarch cannot be compared with itself."),
        (("follow-up", "nowhere"), "No authority 'nowhere'"),
        (("follow-up", "westmarch", "--report", "x"), "No report 'x'"),
        (("turned-around", "fostering"), "No theme 'fostering' in the store. Did you mean Private "
         "fostering (private-fostering)"),
        (("trace", "drift"), "Did you mean Timeliness, drift and delay (timeliness-drift-and-delay)? "
         "See: themegraph themes --list"),
        (("themes", "--theme", "statutory timescales"), "(timeliness-drift-and-delay)?"),
        (("trace", "radicalization"), "(radicalisation-and-harmful-practices)?"),
        (("turned-around", "nope"), "No theme 'nope' in the store. See: themegraph themes --list"),
        (("trace", "workforce"), "is no theme but a group of them: caseloads-and-capacity,"),
        (("themes", "--region", "Exemple region"), "No region 'Exemple region'. There are: "),
        (("themes", "--authority", ""), "'--authority': is empty."),
        (("themes", "--authority", "westmarch", "--theme", " "), "'--theme': is empty."),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(ask: Run, arguments: tuple[str, ...], message: str) -> None:
    refused = ask(*arguments)
    assert refused.exit_code in (1, 2)
    assert not refused.stdout
    assert message in " ".join(refused.stderr.split())


def test_a_year_is_all_of_it(ask: Run) -> None:
    """Inspections are of 2019-01 to 2019-12 where the year is given for both days."""
    year = ask("themes", "--since", "2019", "--until", "2019", "--format", "csv").stdout
    days = ask("themes", "--since", "2019-01-01", "--until", "2019-12-31", "--format", "csv").stdout
    assert year == days
    assert len(year.splitlines()) > 10


def test_themes_are_listed_without_a_store(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("THEMEGRAPH_STORE", str(tmp_path / "none"))
    monkeypatch.setenv("COLUMNS", "100")
    listed = run("themes", "--list")
    assert listed.exit_code == 0
    lines = listed.stdout.splitlines()
    group = lines.index("Assessment and planning")
    assert any(
        re.fullmatch(r"  Timeliness, drift and delay +timeliness-drift-and-delay", line)
        for line in lines[group : lines.index("Voice, rights and identity")]
    )
    rows = list(csv.DictReader(io.StringIO(run("themes", "--list", "--format", "csv").stdout)))
    themes = [theme for theme in vocab.themes() if theme.broader]
    assert [(row["id"], row["label"]) for row in rows] == [(t.id, t.label) for t in themes]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("themes", "--since", "2040-01-01"), "No theme matches."),
        (("themes", "--authority", "westmarch", "--since", "2040-01-01"), "No theme matches."),
        (
            ("compare", "eastmere", "westmarch", "--theme", "neglect"),
            "This theme was never judged in Eastmere.",
        ),
        (("turned-around", "radicalisation-and-harmful-practices"), "Nobody yet"),
        (("follow-up", "eastmere", "--outcome", "described"), "No such recommendation."),
    ],
)
def test_nothing_is_said_in_words(ask: Run, arguments: tuple[str, ...], words: str) -> None:
    assert words in ask(*arguments).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("themes", "--authority"),
        ("trace", "supervision", "--authority"),
        ("follow-up",),
        ("compare", "--neighbours"),
        ("search", "supervision", "--authority"),
        ("network", "themes", "--authority"),
        ("network", "authorities", "--authority"),
    ],
)
def test_a_body_without_reports_is_said_to_have_none(ask: Run, arguments: tuple[str, ...]) -> None:
    told = ask(*arguments, "birmingham")
    assert told.stderr == "The store holds no report about birmingham.\n"
    assert (told.exit_code, told.stdout) == (0, "")


def test_the_region_is_known_where_all_of_it_are_neighbours(ask: Run) -> None:
    told = ask("compare", "westmarch", "--region", "--top", "1")
    assert re.search(r"^theme +Westmarch +Eastmere$", told.stdout, re.MULTILINE)
    assert told.stderr == "Beside 1 body, 1 of them in the store.\n"


def test_neighbours_elsewhere_are_not_of_the_region(examples: Store) -> None:
    beside = list(questions_ask(examples, "bodies-beside", authority="coventry"))
    elsewhere = {row["name"] for row in beside if row["same_region"] == "no"}
    assert elsewhere
    assert all(row["neighbour"] == "yes" for row in beside if row["name"] in elsewhere)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("eastmere",), "1 of them in the store; nothing was judged there on this theme."),
        (("eastmere", "leeds"), "1 of them in the store; nothing was judged there on this theme."),
        (("leeds",), "Beside 1 body, 0 of them in the store."),
    ],
)
def test_a_body_that_says_nothing_of_a_theme_is_still_in_the_store(
    ask: Run, arguments: tuple[str, ...], words: str
) -> None:
    told = ask("compare", "westmarch", *arguments, "--theme", "neglect")
    assert told.stderr.endswith(f"{words}\n")


def test_a_region_may_be_written_in_any_case(ask: Run) -> None:
    asked = ("turned-around", "supervision", "--region")
    assert ask(*asked, "EXAMPLE region").stdout == ask(*asked, "Example region").stdout
    assert ask(*asked, "Wales").exit_code == 2


def test_bodies_are_counted_in_the_region_that_was_asked_for(ask: Run) -> None:
    everywhere = ask("turned-around", "supervision").stderr
    elsewhere = ask("turned-around", "supervision", "--region", "London").stderr
    assert "0 of 0 bodies" in elsewhere
    assert "of 0 bodies" not in everywhere
    assert everywhere == "2 of 2 bodies ever judged on it turned it round.\n"
    alone = ask("turned-around", "management-oversight").stderr
    assert re.fullmatch(r"1 of \d+ bod(y|ies) ever judged on it turned it round\.\n", alone)


def test_a_store_of_another_version_is_said_to_be_one(run: Run, tmp_path: Path) -> None:
    place = str(tmp_path / "store")
    with Store(place, write=True) as store:
        store.write_vocabulary()
    assert "another version" not in run("themes", "--store", place).stderr
    mark = f'<{ids.GRAPH_ONTOLOGY}> <{ids.ONTOLOGY}sha256> "0" <{ids.GRAPH_ONTOLOGY}> .'
    with Store(place, write=True) as store:
        store.replace_graph(ids.GRAPH_ONTOLOGY, f"{mark}\n")
    told = run("themes", "--store", place, "--quiet")
    assert "loaded by another version of themegraph" in told.stderr
    assert "load FOLDER" in told.stderr


def test_shapes_have_colour_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert marks.coloured("▲ x", "-") == "▲ x"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert marks.coloured("▲ x", "-").startswith("\x1b[")
    assert marks.coloured("▲ x", "file.txt") == "▲ x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert marks.coloured("▲ x", "-") == "▲ x"
