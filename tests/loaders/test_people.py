"""Names of inspectors in lists, sentences and tables. All of them invented."""

from __future__ import annotations

import pytest

from themegraph.loaders.people import clean_name, labelled_people, split_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Pell HMI", "Ada Pell"),
        ("Ada Pell, His Majesty’s Inspector", "Ada Pell"),
        ("Ada Pell SCRI", "Ada Pell"),
        ("Ada Pell (AI)", "Ada Pell"),
        ("Ada Pell Senior HMI", "Ada Pell"),
        ("Mr Noel Arundel", "Noel Arundel"),
        ("Noel O’Arundel-Pike HMI", "Noel O’Arundel-Pike"),
        ("Femke van der Lune", "Femke van der Lune"),
        ("Wendy Moor, CBE", "Wendy Moor"),
        ("the local authority", None),
        ("His Majesty’s Inspector", None),
        ("Ofsted", None),
        ("", None),
    ],
)
def test_a_name_is_left_when_the_office_is_taken_off(text: str, name: str | None) -> None:
    assert clean_name(text) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Pell, HMI, and Noel Arundel, HMI", ["Ada Pell", "Noel Arundel"]),
        ("Ada Pell and Noel Arundel, Her Majesty’s Inspectors", ["Ada Pell", "Noel Arundel"]),
        (
            "Ada Pell HMI, Noel Arundel HMI and Ian Fry SCRI",
            ["Ada Pell", "Noel Arundel", "Ian Fry"],
        ),
        # a comma forgotten by the printer
        ("Ada Pell Noel Arundel, Ian Fry", ["Ada Pell", "Noel Arundel", "Ian Fry"]),
        ("Ada Pell HMI Noel Arundel HMI", ["Ada Pell", "Noel Arundel"]),
    ],
)
def test_a_list_of_names_is_parted(text: str, names: list[str]) -> None:
    assert split_names(text) == names


def test_a_team_block_gives_each_their_role() -> None:
    people = labelled_people(
        "Lead inspector: Ada Pell HMI Deputy lead inspector Noel Arundel HMI "
        "Team inspectors: Ian Fry HMI, Una Holt SCRI and Bo Marsh HMI Shadow inspector: Kit Dell HMI "
        "Senior data analyst: Lou Voss Quality assurance manager: Pam Ash Senior HMI"
    )
    assert [(person.name, person.role) for person in people] == [
        ("Ada Pell", "lead"),
        ("Noel Arundel", "deputy"),
        ("Ian Fry", "team"),
        ("Una Holt", "team"),
        ("Bo Marsh", "team"),
        ("Kit Dell", "shadow"),
        ("Lou Voss", "analyst"),
        ("Pam Ash", "quality-assurance"),
    ]
