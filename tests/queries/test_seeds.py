"""The questions on themes and follow-ups, put to two real reports: a full inspection and a visit.

They lie beside the checkout or not at all. Kept are ids, dates and counts, and no words of theirs:
``pytest tests/queries --regenerate`` writes them anew, to be reviewed as a diff.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from themegraph import ids
from themegraph.graph.store import Store
from themegraph.load import load_reports
from themegraph.loaders.inputs import expand
from themegraph.queries import ask, find, questions

EXPECTED = Path(__file__).parent.parent / "data" / "expected" / "seeds"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
FULL, VISIT = "coventry-2017-03-06-sif-reinspection", "coventry-2018-01-30-focused-visit"
ASKED = {
    "authority": "coventry",
    "report": FULL,
    "finding": f"{FULL}/31",
    "theme": "management-oversight",
}
#: What became a strength.
OTHERWISE = {
    "turned-around": {"theme": "thresholds"},
    "strengths-to-learn-from": {"theme": "thresholds"},
}
#: Questions whose answer on two reports of one body says something.
NAMES = sorted(
    question.name
    for question in questions().values()
    if question.topic == "themes"
    or question.name in ("follow-up", "follow-up-steps", "never-revisited", "asked-again")
)
#: There are no neighbours here, and no table of corrections.
SILENT = {"neighbours-turned-around", "corrections-made"}

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared/seeds")


@pytest.fixture(scope="module")
def seeds() -> Iterator[Store]:
    """The two reports, read, tagged and compared."""
    with Store(":memory:", write=True) as filled:
        done = list(load_reports(filled, list(expand([str(SEEDS)]))))
        assert {file.became for file in done} == {"added"}
        yield filled


def as_ids(value: object) -> str:
    """``value`` where it is an id, a date or a number; nothing for words."""
    if value is None or isinstance(value, int | float | dt.date):
        return "" if value is None else str(value)
    text = str(value)
    return text.removeprefix(ids.BASE) if text.startswith(ids.BASE) else ""


@pytest.mark.parametrize("name", NAMES)
def test_it_answers_as_expected(name: str, seeds: Store, request: pytest.FixtureRequest) -> None:
    asked = ASKED | OTHERWISE.get(name, {})
    values = {p.name: asked[p.name] for p in find(name).parameters if p.required}
    answer = ask(seeds, name, **values)
    out = io.StringIO()
    rows = [[as_ids(value) for value in row] for row in answer.rows]
    csv.writer(out, lineterminator="\n").writerows([answer.columns, *rows])
    file = EXPECTED / f"{name}.csv"
    if request.config.getoption("--regenerate"):
        file.write_text(out.getvalue(), encoding="utf-8")
    assert rows or name in SILENT
    assert out.getvalue() == file.read_text(encoding="utf-8")


class TestStory:
    """What anybody who reads the two reports can see."""

    def status(self, seeds: Store, theme: str) -> dict[str, tuple[str, str]]:
        answer = ask(seeds, "theme-assessments", authority="coventry", theme=theme)
        last = lambda iri: str(iri or "").rpartition("/")[2]  # noqa: E731
        return {
            last(row["inspection"]): (last(row["status"]), last(row["trajectory"]))
            for row in answer
        }

    def test_management_oversight_persists(self, seeds: Store) -> None:
        told = self.status(seeds, "management-oversight")
        assert told[FULL][0] in ("weakness", "mixed")
        assert told[VISIT][0] in ("weakness", "mixed")
        assert told[VISIT][1] == "persisting"

    def test_it_was_recommended(self, seeds: Store) -> None:
        asked = [
            row["number"]
            for row in seeds.rows(
                f"SELECT ?number {{ <{ids.resource('report', FULL)}> tg:hasRecommendation ?r ."
                f" ?r tg:printedNumber ?number ;"
                f" tg:hasTheme <{ids.concept('theme', 'management-oversight')}> }}"
            )
        ]
        assert "6" in {number.value for number in asked}

    def test_thresholds_became_a_strength(self, seeds: Store) -> None:
        told = self.status(seeds, "thresholds")
        assert told[FULL][0] in ("weakness", "mixed")
        assert told[VISIT][0] == "strength"

    @pytest.mark.parametrize("theme", ["private-fostering", "allegations-management"])
    def test_what_the_visit_did_not_look_at_is_not_resolved(self, seeds: Store, theme: str) -> None:
        assert self.status(seeds, theme)[VISIT] == ("not-looked-at", "not-revisited")
        (row,) = (
            row
            for row in ask(seeds, "follow-up", authority="coventry")
            if row["number"] == {"private-fostering": 7, "allegations-management": 8}[theme]
        )
        assert str(row["outcome"]).endswith("/not-looked-at-again")

    def test_every_recommendation_is_followed(self, seeds: Store) -> None:
        rows = [r for r in ask(seeds, "follow-up", authority="coventry") if FULL in r["report"]]
        assert [row["number"] for row in rows] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
