"""Every named question: its header is complete and true, it runs, and it answers as expected.

``pytest tests/queries --regenerate`` writes the expected answers anew, to be reviewed as a diff.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from themegraph.errors import QueryError
from themegraph.graph.store import Store
from themegraph.ontology.namespaces import OUTSIDE
from themegraph.ontology.vocab import schemes
from themegraph.queries import ask, bind, by_reader, find, parse_question, questions, resolve

EXPECTED = Path(__file__).parent.parent / "data" / "expected" / "queries"
# Each parameter with a value that leaves some of what is there out.
ASKED = {
    "about": "care",
    "authority": "westmarch",
    "finding": "westmarch-2014-03-18-sif/35",
    "kind": "ilacs",
    "outcome": "resolved",
    "recommendation": "westmarch-2014-03-18-sif/16",
    "region": "Example region",
    "report": "westmarch-2014-03-18-sif",
    "service": "front-door",
    "since": "2018-01-01",
    "theme": "management-oversight",
    "until": "2023-12-31",
    "with_grade": "inadequate",
    "word": "Plan",
}
# Where all that is there would make an expected file that nobody reads.
NARROWED = {"follow-up-steps": {"report": ASKED["report"]}}
# Where the usual value has no answer.
ELSEWHERE = {
    "corrections-made": {"report": "westmarch-2026-05-11-ilacs"},
    "never-revisited": {"theme": "waiting-times"},
    "declined": {"theme": "life-story-work"},
}
# The example reports are understood, and leave no warning: this is put to three small ones.
WITHOUT_EXAMPLE = {"warnings"}
SCHEMES = {f"https://w3id.org/themegraph/vocab/{scheme.id}/" for scheme in schemes()}
TYPES = {
    "authority",
    "report",
    "finding",
    "service",
    "theme",
    "area",
    "region",
    "grade",
    "string",
    "number",
    "date",
    "report-type",
    "follow-up-outcome",
    "recommendation",
}


@pytest.fixture
def held(name: str, store: Store, examples: Store) -> Store:
    """The store that the question ``name`` is put to."""
    return store if name in WITHOUT_EXAMPLE else examples


def asked(name: str, *, optional: bool) -> dict[str, str]:
    values = ASKED | ({"authority": "southfell"} if name in WITHOUT_EXAMPLE else {})
    return {p.name: values[p.name] for p in find(name).parameters if p.required or optional}


def as_csv(store: Store, name: str, **values: str) -> str:
    answer = ask(store, name, **values)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows((answer.columns, *answer.rows))
    return text.getvalue()


def test_there_are_questions_for_every_reader_and_on_every_topic() -> None:
    assert len(questions()) >= 40
    assert all(len(named) >= 10 for named in by_reader().values())
    assert {question.topic for question in questions().values()} == {
        "coverage", "findings", "judgements", "people", "recommendations", "statistics", "themes",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(questions()))
class TestEach:
    """What holds of every question."""

    def test_its_header_is_complete(self, name: str) -> None:
        question = find(name)
        assert question.title.endswith("?")
        assert question.description.endswith(".")
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
        for parameter in question.parameters:
            assert parameter.type in TYPES
            assert f"?{parameter.name}" in question.text
            assert not (parameter.required and parameter.default)

    def test_it_can_be_pasted_anywhere(self, name: str) -> None:
        text = find(name).text
        assert "ORDER BY" in text
        used = set(re.findall(r"\b([a-z]+):[A-Za-z]", re.sub(r"#.*|<[^>]*>", "", text)))
        declared = dict(re.findall(r"^PREFIX (\w+): <([^>]*)>", text, re.MULTILINE))
        assert used == set(declared)
        for prefix, iri in declared.items():
            own = "https://w3id.org/themegraph/"
            inside = {f"{own}ontology#"} if prefix == "tg" else set(SCHEMES)
            assert iri in {OUTSIDE.get(prefix), *inside}
        assert isinstance(ox.Store().query(text), ox.QuerySolutions)

    def test_its_columns_are_those_of_its_header(self, name: str, held: Store) -> None:
        answer = ask(held, name, **asked(name, optional=True))
        assert answer.columns == tuple(column.name for column in find(name).columns)

    def test_it_answers_as_expected(
        self, name: str, held: Store, request: pytest.FixtureRequest
    ) -> None:
        answer = as_csv(held, name, **asked(name, optional=False), **NARROWED.get(name, {}))
        file = EXPECTED / f"{name}.csv"
        if request.config.getoption("--regenerate"):
            file.write_text(answer, encoding="utf-8")
        assert answer.count("\n") > 1, "a question without an answer tests nothing"
        assert answer == file.read_text(encoding="utf-8")

    def test_every_parameter_is_heeded(self, name: str, held: Store) -> None:
        """Its value gives rows, and a value that nothing has gives none."""
        question = find(name)
        values = asked(name, optional=True) | ELSEWHERE.get(name, {})
        for parameter, term in bind(held, question, values).items():
            assert list(held.rows(question.text, {parameter: term}))
            other = ox.NamedNode("x:no") if isinstance(term, ox.NamedNode) else ox.Literal("zzz")
            assert not list(held.rows(question.text, {parameter: other}))

    def test_its_example_values_find_something(self, name: str, examples: Store) -> None:
        """In the example reports, where a reader tries them first."""
        question = find(name)
        needed = {p.name: p.example for p in question.parameters if p.required}
        optional = [{p.name: p.example} for p in question.parameters if not p.required]
        for more in [{}, *optional]:
            found = ask(examples, name, **needed, **more).rows
            assert found or name in WITHOUT_EXAMPLE, more

    def test_a_value_cannot_become_part_of_the_query(self, name: str, held: Store) -> None:
        for parameter in find(name).parameters:
            if parameter.type == "string":
                values = asked(name, optional=False) | {parameter.name: '") } } # \\" <x> ?y'}
                assert ask(held, name, **values).rows == ()


def test_no_expected_file_is_left_over() -> None:
    assert {file.stem for file in EXPECTED.glob("*.csv")} == set(questions())


def test_people_and_bodies_named_in_several_reports_are_listed_once(store: Store) -> None:
    rows = ask(store, "who-inspected-what").rows
    assert len(rows) == len(set(rows)) == 5
    rows = ask(store, "graded-inadequate").rows
    assert len(rows) == 2


@pytest.mark.parametrize(
    "name", ["northmere", "Northmere", "NORTHMERE", "https://w3id.org/themegraph/id/authority/northmere"]
)  # fmt: skip
def test_a_body_is_known_by_id_name_or_iri(store: Store, name: str) -> None:
    assert len(ask(store, "reports-list", authority=name)) == 2


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Northmere County Council", "as its reports print it"),
        ("northmere county council", "in any case"),
        ("Northmere Council", "with another style than the one printed"),
        ("The Metropolitan Borough of Northmere", "with a style in front"),
        ("Northmere Children's Services", "with what is inspected there"),
    ],
)
def test_a_body_is_known_by_its_name_as_it_is_printed(store: Store, name: str, why: str) -> None:
    assert len(ask(store, "reports-list", authority=name)) == 2, why


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Bath & North East Somerset Council", "bath-and-north-east-somerset"),
        ("City of York Council", "york"),
        ("St. Helens Metropolitan Borough Council", "st-helens"),
        ("London Borough of Camden", "camden"),
        ("Kingston-upon-Hull City Council", "kingston-upon-hull"),
        ("North Yorkshire County Council", "north-yorkshire"),
    ],
)
def test_a_body_of_the_register_is_known_by_its_full_name(
    examples: Store, name: str, body: str
) -> None:
    assert str(resolve(examples, "authority", name).value).endswith(f"/authority/{body}")


@pytest.mark.parametrize(
    "name", ["County Council", "Council of Nowhere", "Dorset and York Council"]
)
def test_a_style_alone_names_no_body(examples: Store, name: str) -> None:
    with pytest.raises(QueryError, match="No authority"):
        resolve(examples, "authority", name)


def test_a_finding_that_is_mixed_is_quoted_with_both_sides(examples: Store) -> None:
    """Where its sentences praise and find fault, whatever themes they are tagged with."""
    stances: dict[str, set[str]] = {}
    for row in examples.rows("SELECT ?f ?s { ?f tg:supportedBy/tg:stance ?s }"):
        stances.setdefault(row["f"].value, set()).add(row["s"].value.rpartition("/")[2])
    quoted: dict[tuple[str, str], set[str]] = {}
    for theme in ("management-oversight", "supervision", "pathway-planning", "plan-quality"):
        for row in ask(examples, "theme-story", theme=theme):
            if row["says"] == "mixed":
                quoted.setdefault((theme, row["passage"]), set()).add(row["sentence_says"])
    assert len(quoted) > 3
    for (_, passage), told in quoted.items():
        for side in ("strength", "weakness"):
            assert {side, "mixed"} & told or not {side, "mixed"} & stances[passage], passage


def test_a_service_is_known_by_its_name(store: Store) -> None:
    by_id = ask(store, "findings-of-service", service="private-fostering-function")
    assert by_id.rows
    assert ask(store, "findings-of-service", service="Private fostering function") == by_id


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        (
            "judgement-histroy",
            {},
            r"'judgement-histroy'\. Did you mean judgement-history\? "
            "See all: themegraph query --list$",
        ),
        ("zzzz", {}, r"'zzzz'\. See all: themegraph query --list$"),
        ("judgement-history", {}, r"needs authority: The body inspected.*-p authority=westmarch$"),
        ("judgement-history", {"authority": "northmer"}, "Did you mean northmere"),
        (
            "judgement-history",
            {"authority": "nowhere at all"},
            "See: themegraph query reports-list",
        ),
        ("judgement-history", {"athority": "x"}, "has no parameter 'athority'; it takes authority"),
        ("inspections-by-type-and-year", {"a": "x"}, "it takes none"),
        ("evidence-for-finding", {"finding": "x y"}, "No finding 'x y' in the store"),
    ],
)
def test_what_cannot_be_asked_is_told(
    store: Store, name: str, values: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        ask(store, name, **values)


def test_an_empty_store_says_what_to_do() -> None:
    with Store(":memory:") as empty, pytest.raises(QueryError, match="Load reports first"):
        ask(empty, "judgement-history", authority="northmere")


HEADER = """#+ reader: data
#+ title: A question?
#+ description: Words.
#+ parameter: since | date | optional | 2020-01-31 | From when
#+ parameter: most | number | 5 | 7 | How many
#+ column: since | The day
SELECT ?since ?most { BIND(1 AS ?one) }
"""


def test_dates_and_numbers_are_typed(store: Store) -> None:
    question = parse_question("q", "t", HEADER)
    bound = bind(store, question, {"since": "2021-02-03"})
    assert str(bound["since"]) == '"2021-02-03"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert str(bound["most"]) == '"5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    for values, message in (
        ({"since": "yesterday"}, "since: 'yesterday' is no day, month or year; write one such as"),
        ({"most": "many"}, "must be a number, such as 7"),
    ):
        with pytest.raises(QueryError, match=message):
            bind(store, question, values)


@pytest.mark.parametrize(
    ("values", "since", "until"),
    [
        ({"since": "2020"}, "2020-01-01", None),
        ({"until": "2020"}, None, "2020-12-31"),
        ({"since": "2020-02", "until": "2020-02"}, "2020-02-01", "2020-02-29"),
        ({"since": "2020-02-03", "until": "2020"}, "2020-02-03", "2020-12-31"),
    ],
)
def test_a_period_may_be_given_in_months_and_years(
    store: Store, values: dict[str, str], since: str | None, until: str | None
) -> None:
    bound = bind(store, find("recurring-themes"), values)
    days = {name: str(term.value) for name, term in bound.items()}
    assert (days.get("since"), days.get("until")) == (since, until)


@pytest.mark.parametrize(
    "line", ["title: A question?", "column: since | The day", "parameter: since | date"]
)
def test_a_header_that_is_amiss_is_told(line: str) -> None:
    mark = f"#+ {line.partition(':')[0]}"
    lines = [text for text in HEADER.splitlines() if not text.startswith(mark)]
    extra = [f"#+ {line}"] if line.startswith("parameter") else []
    with pytest.raises(QueryError, match=r"t/q\.rq: its #\+ header is incomplete"):
        parse_question("q", "t", "\n".join([*extra, *lines]))


def test_rows_are_plain_values(store: Store) -> None:
    (row, *_) = ask(store, "statistics-series", authority="northmere", about="not visited")
    assert row["value"] == 12
    assert row["inspected"].isoformat() == "2016-03-07"
    assert row["as_of"] == "2016"
    assert row["page"] == 2


def test_any_select_can_be_asked(store: Store) -> None:
    assert ask(store, "SELECT (COUNT(?r) AS ?n) { ?r a tg:Report }").rows == ((3,),)
    with pytest.raises(QueryError, match="Only SELECT gives rows"):
        ask(store, "ASK { ?s ?p ?o }")
