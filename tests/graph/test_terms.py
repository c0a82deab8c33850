"""Terms are written as the store itself writes them."""

from __future__ import annotations

import datetime as dt

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph.graph import terms

any_text = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


def read(term: str) -> ox.Literal:
    (quad,) = ox.parse(f"<x:s> <x:p> {term} .", format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, ox.Literal)
    return quad.object


@given(any_text)
def test_a_string_reads_back_and_is_in_canonical_form(text: str) -> None:
    literal = read(terms.string(text))
    assert literal.value == text
    assert str(literal) == terms.string(text)


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_decimal_is_what_the_store_makes_of_it(number: object) -> None:
    term = terms.decimal(float(str(number)))
    store = ox.Store()
    store.load(f"<x:s> <x:p> {term} .", format=ox.RdfFormat.N_TRIPLES)
    (quad,) = store
    assert str(quad.object) == term
    assert float(quad.object.value) == float(str(number))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (terms.decimal(599), "599"),
        (terms.decimal(0.5), "0.5"),
        (terms.decimal(1e21), "1000000000000000000000"),  # never an exponent
        (terms.decimal(-0.0), "0"),
        (terms.partial_date("2014"), "2014"),
        (terms.partial_date("2014-01"), "2014-01"),
        (terms.day(dt.date(2014, 1, 2)), "2014-01-02"),
        (terms.integer(7), "7"),
    ],
)
def test_written_form(term: str, written: str) -> None:
    assert read(term).value == written


@pytest.mark.parametrize(
    ("date", "kind"), [("2014", "gYear"), ("2014-01", "gYearMonth"), ("2014-01-02", "date")]
)
def test_a_date_has_the_type_of_its_precision(date: str, kind: str) -> None:
    assert read(terms.partial_date(date)).datatype.value == terms.XSD + kind
