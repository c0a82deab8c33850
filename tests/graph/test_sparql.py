"""SPARQL as text: where it is wrong, and values bound from outside."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph.errors import QueryError
from themegraph.graph.sparql import with_values
from themegraph.graph.store import Store


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT ?s\nWHERE { ?s a tg:Report\n  ?x }\n", 3, 3),  # found at the slip, not at the end
        ("SELECT * { ?s foo:bar ?o }", 1, 15),  # at the prefix, not behind it
        ("SELEC", 1, 1),
        ("SELECT * {\n ?s ?p ?o\n FILTER(?s >> 1)\n}", 3, 2),
    ],
)
def test_the_place_of_an_error_is_told(store: Store, query: str, line: int, column: int) -> None:
    with pytest.raises(QueryError) as told:
        store.query(query)
    first, shown, mark = str(told.value).split("\n")
    assert first.startswith(f"SPARQL syntax error at line {line}, column {column}")
    assert shown == f"  {query.splitlines()[line - 1]}"
    assert mark.index("^") == column + 1


def test_an_undeclared_prefix_is_named(store: Store) -> None:
    with pytest.raises(QueryError, match="the prefix foo: is not declared"):
        store.query("SELECT * { ?s foo:bar ?o }")


@pytest.mark.parametrize(
    ("query", "first", "shown", "why"),
    [
        ("SELECT * {\n  ?s ?p ?o\n\n", "line 2, column 11: } is missing for the { in line 1",
         "  ?s ?p ?o", "the place is behind the last word, not in an empty line"),
        ("SELECT * { ?s ?p ?o", "line 1, column 20: } is missing for the { in line 1",
         "SELECT * { ?s ?p ?o", "no line end"),
        ("SELECT * {\n OPTIONAL { ?s ?p ?o\n}\n", "line 3, column 2: } is missing for the { in line 1",
         "}", "the inner one is closed"),
        ("SELECT (COUNT(?s AS ?n) { ?s ?p '}' }", "line 1, column 23: ) is missing for the ( in line 1",
         "SELECT (COUNT(?s AS ?n) { ?s ?p '}' }", "a bracket in a string is none"),
    ],
)  # fmt: skip
def test_a_bracket_that_is_missing_is_named(
    store: Store, query: str, first: str, shown: str, why: str
) -> None:
    with pytest.raises(QueryError) as told:
        store.query(query)
    lines = str(told.value).split("\n")
    assert lines[0] == f"SPARQL syntax error at {first}", why
    assert lines[1] == f"  {shown}", why


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_bound_text_stays_a_text(text: str) -> None:
    query = "# {\nSELECT ?said { ?s ?p ?said }"
    bound = with_values(query, {"said": ox.Literal(text)})
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal(text)))
    store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal(f"{text} and more")))
    rows = store.query(bound)
    assert isinstance(rows, ox.QuerySolutions)
    assert [row["said"] for row in rows] == [ox.Literal(text)]


def test_nothing_bound_is_the_query_itself() -> None:
    assert with_values("SELECT * { ?s ?p ?o }", {}) == "SELECT * { ?s ?p ?o }"


pieces = st.lists(
    st.sampled_from(
        ["SELECT", "*", "WHERE", "{", "}", "?s", "?p", "a", "tg:Report", "x:y", "<x:y>", '"t"', "'",
         '"', ".", ";", "FILTER", "(", ")", "OPTIONAL", "#", "\n", "\\u0041", "ASK", "FROM", "\x85"]
    )
)  # fmt: skip


@given(pieces.map(" ".join))
def test_whatever_is_typed_is_answered_or_told(query: str) -> None:
    with Store(":memory:") as store:
        try:
            answer = str(store.query(query))
        except QueryError as error:
            answer = str(error)
    assert re.search("line|refused|pyoxigraph", answer)


blanks = st.sampled_from([" ", "\n", "\t", "# a comment\n", "#'\n", '#"\n', "#<\n"])
words = st.sampled_from(["SERVICE", "service", "SeRvIcE", "SERV\\u0049CE", "\\U00000053ERVICE"])
before = st.sampled_from(
    [
        *("", "?a ?b 'x' .", '?a ?b "#" .', "?a ?b <x#y> .", "FILTER(?a<1) "),
        # escapes that would open or close a string, were they undone before the query is parsed
        *(
            '?a ?b "\\u0022" .',
            "?a ?b '\\u0027' .",
            '?a ?b "\\u005C" .',
            '?a ?b "\\u0022\\u0022" .',
        ),
    ]
)
behind = st.sampled_from(["", '?c ?d "\\u0022" .', "?c ?d '\\u0027' .", '?c ?d "\\u005C" .'])


@given(before, blanks, words, blanks, behind)
def test_a_call_to_another_host_cannot_be_hidden(
    first: str, gap: str, word: str, after: str, last: str
) -> None:
    call = f"{word}{after}<http://127.0.0.1:9/> {{ ?s ?p ?o }}"
    query = f"SELECT * {{ {first}{gap}{call} {last} }}"
    with (
        Store(":memory:") as store,
        pytest.raises(QueryError, match=r"SERVICE is refused|syntax error"),
    ):
        store.query(query)
