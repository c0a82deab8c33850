"""Tables for spreadsheets: what would be a formula stays a text, and all else stays as it was."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from themegraph.web.sheet import guarded


@pytest.mark.parametrize(
    ("cell", "shown", "why"),
    [
        ("=HYPERLINK(0)", "'=HYPERLINK(0)", "a formula"),
        ("+44 is a number of a telephone", "'+44 is a number of a telephone", "a sum, to some"),
        ("- said a bullet", "'- said a bullet", "a difference, to some"),
        ("@SUM(A1)", "'@SUM(A1)", "an old formula"),
        ("\t=1", "'\t=1", "a formula behind a tab"),
        ("＝1", "'＝1", "a wide sign, to some"),
        ('=1,"2"', '\'=1,"2"', "one that has to be quoted"),
        ("-3", "-3", "a number"),
        ("+1.5e3", "+1.5e3", "a number"),
        ("-inf", "'-inf", "no number of a spreadsheet"),
        ("a=1", "a=1", "a sign within"),
        ("", "", "nothing"),
    ],
)
def test_a_formula_becomes_a_text(cell: str, shown: str, why: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow(["x", cell, "y"])
    (row,) = csv.reader(io.StringIO(guarded(out.getvalue()), newline=""))
    assert row == ["x", shown, "y"], why


@given(st.lists(st.lists(st.text(alphabet='=-+@a1", \r\n', max_size=6), min_size=1), max_size=4))
def test_a_table_keeps_its_cells_and_none_is_a_formula(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(table)
    rows = list(csv.reader(io.StringIO(guarded(out.getvalue()), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in rows] == table
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "@", "\r", "\n")), cell


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/search.csv?q=children", 200, ""),
        ("/search.csv?q=children&authority=nowhere", 400, "no authority"),
        ("/search?q=children&authority=nowhere", 400, "no authority"),
        ("/search.csv", 400, "Type at least one word"),
        ("/search.csv?q=+", 400, "Type at least one word"),
        ("/brief", 400, "whom or what"),
        ("/brief?authority=nowhere", 404, "nowhere"),
    ],
)
def test_what_is_asked_wrongly_is_not_called_missing(
    pages: TestClient, address: str, status: int, words: str
) -> None:
    response = pages.get(address)
    assert response.status_code == status
    assert words in response.text


def test_the_table_of_a_page_is_guarded_and_that_of_the_endpoint_exact(pages: TestClient) -> None:
    rows = pages.get("/authority/westmarch", headers={"Accept": "text/csv"})
    assert rows.headers["vary"] == "Accept"
    assert "\n=" not in rows.text
    exact = pages.get("/sparql", params={"query": "SELECT ('=1' AS ?x) {}", "format": "csv"})
    assert exact.text == "x\r\n=1\r\n"
