"""From a printed name to the body inspected."""

from __future__ import annotations

import datetime as dt

import pytest

from themegraph.loaders.authorities import bare_name, resolve


@pytest.mark.parametrize(
    ("printed", "body"),
    [
        # the longest name wins: York stands inside North Yorkshire's name
        ("North Yorkshire County Council", "north-yorkshire"),
        ("City of York Council", "york"),
        ("North Lincolnshire Council", "north-lincolnshire"),
        ("London Borough of Hammersmith & Fulham", "hammersmith-and-fulham"),
        ("Bath & North East Somerset", "bath-and-north-east-somerset"),
        ("the Royal Borough of Kensington and Chelsea", "kensington-and-chelsea"),
        ("City of London Corporation", "city-of-london"),
        ("Bristol City Council", "bristol"),
        ("St Helens Metropolitan Borough Council", "st-helens"),
        ("Stockton-on-Tees Borough Council", "stockton-on-tees"),
        ("Newcastle City Council", "newcastle-upon-tyne"),
        ("Derbyshire", "derbyshire"),
        ("Cumbria County Council", "cumbria"),
    ],
)
def test_a_printed_name_is_resolved(printed: str, body: str) -> None:
    authority = resolve(printed)
    assert authority is not None
    assert authority.id == body


def test_a_trust_is_kept_apart_from_the_authority_it_serves() -> None:
    authority = resolve("Sandwell Children’s Trust")
    assert authority is not None
    assert (authority.id, authority.delivered_by) == ("sandwell", "Sandwell Children's Trust")


def test_a_company_of_several_councils_is_told_by_the_council_named() -> None:
    authority = resolve("Richmond upon Thames", "services are provided by Achieving for Children")
    assert authority is not None
    assert (authority.id, authority.delivered_by) == (
        "richmond-upon-thames",
        "Achieving for Children",
    )


def test_a_name_that_passed_to_another_body_is_told_by_the_date() -> None:
    before = resolve("Dorset", day=dt.date(2016, 3, 1))
    after = resolve("Dorset", day=dt.date(2021, 9, 27))
    assert before is not None
    assert after is not None
    assert (before.id, after.id) == ("dorset-county", "dorset")


@pytest.mark.parametrize(
    ("printed", "context", "why"),
    [
        ("East Surrey Council", "", "a longer name is another place"),
        ("Farmoor", "Piccadilly Gate, Store Street, Manchester", "Ofsted's own address"),
        ("Farmoor", "children enjoy reading with their carers", "a word that is also a name"),
    ],
)
def test_another_place_is_not_taken_for_one_of_the_register(
    printed: str, context: str, why: str
) -> None:
    authority = resolve(printed, context)
    assert authority is not None
    assert authority.urn is None, why
    assert authority.printed == printed


def test_an_unknown_place_is_kept_as_printed() -> None:
    authority = resolve("Farmoor County Council")
    assert authority is not None
    assert (authority.id, authority.name, authority.urn) == ("farmoor", "Farmoor", None)


def test_no_name_gives_no_authority() -> None:
    assert resolve("") is None


def test_words_of_style_are_taken_off_a_name() -> None:
    assert bare_name("London Borough of Farmoor Council") == "Farmoor"
