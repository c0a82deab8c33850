"""Reference answers: what a file of them must look like, and what is said of one that does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from themegraph.errors import UnreadableSourceError
from themegraph.tagging.reference import read_reference

ROW = {"sha256": "a", "unit": "finding", "start": "Managers see", "themes": []}
THEME = {"id": "supervision", "polarity": "strength"}


def row(**facts: object) -> str:
    return json.dumps(ROW | facts, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", r"gold\.jsonl, line 1: is not JSON"),
        (row() + "\n[1]", r"line 2: is not a reference passage"),
        ("5", r"line 1: is not a reference passage"),
        ('{"sha256": "a"}', r"line 1: has no 'unit'"),
        ('{"unit": "finding"}', r"line 1: has no 'seed'"),
        (row(start=None), r"line 1: has no 'start'"),
        ("\n\n", "holds no reference passages"),
        (row(unit="page"), r"line 1: there is no unit page"),
        (row(polarity="good"), r"line 1: there is no polarity good"),
        (row(services=["bins"]), r"line 1: there is no service bins"),
        (row(optional_themes=["hope"]), r"line 1: there is no theme hope"),
        (row(themes=[THEME | {"polarity": "good"}]), r"line 1: there is no polarity good"),
        (row(sha256=5), r"line 1: 'sha256' is not a text"),
        (row(unit=["finding"]), r"line 1: 'unit' is not a text"),
        (row(start=5), r"line 1: 'start' is not a text"),
        (row(polarity=["mixed"]), r"line 1: 'polarity' is not a text"),
        (row(services="front-door"), r"line 1: 'services' is not a list of ids"),
        (row(optional_services=[5]), r"line 1: 'optional_services' is not a list of ids"),
        (row(optional_themes={"a": 1}), r"line 1: 'optional_themes' is not a list of ids"),
        (row(themes=THEME), r"line 1: 'themes' is not a list of themes, each with an id and"),
        (row(themes=["supervision"]), r"'themes' is not a list of themes"),
        (row(themes=[{"id": "supervision"}]), r"'themes' is not a list of themes"),
        (row(themes=[THEME | {"polarity": None}]), r"'themes' is not a list of themes"),
        (row(themes=[THEME | {"id": ["supervision"]}]), r"'themes' is not a list of themes"),
    ],
)
def test_a_slip_in_the_reference_is_told(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableSourceError, match=message):
        read_reference(file)


def test_a_reference_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="cannot be opened"):
        read_reference(tmp_path / "none.jsonl")
    (tmp_path / "gold.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableSourceError, match="not a text"):
        read_reference(tmp_path / "gold.jsonl")


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85"])
def test_only_a_line_feed_ends_a_line(tmp_path: Path, sign: str) -> None:
    text = f"Managers{sign}see"
    file = tmp_path / "gold.jsonl"
    file.write_bytes(f"{row(start=text)}\r\n\r\n{row()}\r\n".encode())
    first, second = read_reference(file)
    assert (first.start, second.start) == (text, "Managers see")


def test_a_mark_of_the_byte_order_is_no_part_of_the_first_row(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(row(themes=[THEME]), encoding="utf-8-sig")
    (reference,) = read_reference(file)
    assert reference.report == "a"
    assert reference.themes == {"supervision": "strength"}


def test_what_is_left_out_is_not_measured(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join([row(), row(services=[])]), encoding="utf-8")
    untold, none = read_reference(file)
    assert (untold.services, none.services) == (None, frozenset())
    assert untold.stance is None
    assert (untold.optional, untold.optional_services) == (frozenset(), frozenset())
