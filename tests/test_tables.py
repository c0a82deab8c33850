"""Tables fit the width they are given, and nothing in them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themegraph.commands.tables import Section, render, shorten
from themegraph.ids import BASE

cells = st.text(alphabet="abc dé", max_size=90).map(lambda text: " ".join(text.split()))


def test_a_table() -> None:
    rows = [["Northmere", "2", "Inadequate"], ["Southfell", "10", ""]]
    assert render(["body", "reports", "last_grade"], rows, 80) == (
        "body       reports  last grade\n"
        "─────────  ───────  ──────────\n"
        "Northmere        2  Inadequate\n"
        "Southfell       10\n"
    )


def test_the_widest_column_gives_way() -> None:
    words = "a sentence that is rather long for so narrow a table as this one is"
    table = render(["number", "text"], [["7", words]], 40)
    assert table == (
        "number  text\n"
        "──────  ────────────────────────────────\n"
        "     7  a sentence that is rather long\n"
        "        for so narrow a table as this\n"
        "        one is\n"
    )


def test_what_does_not_fit_comes_beneath_its_row() -> None:
    words = "a sentence that is rather long for so narrow a table as this one is"
    rows = [["Northmere", "2014", words, "7"], ["Southfell", "2019", "b", "12"]]
    assert render(["body", "year", "text", "page"], rows, 40) == (
        "body       year  page\n"
        "─────────  ────  ────\n"
        "Northmere  2014     7\n"
        "    a sentence that is rather long for\n"
        "    so narrow a table as this one is\n"
        "\n"
        "Southfell  2019    12\n"
        "    b\n"
        "\n"
    )


def test_several_columns_beneath_are_named() -> None:
    long = "a sentence that is rather long for so narrow a table as this one is"
    table = render(["body", "year", "said", "asked"], [["Northmere", "2014", long, long]], 30)
    assert [line.split(":")[0] for line in table.splitlines() if ":" in line] == [
        "    said",
        "    asked",
    ]


def test_too_narrow_for_a_table_gives_records() -> None:
    words = "a sentence that is rather long for so narrow a table as this one is"
    assert render(["number", "text", "more"], [["7", words, words], ["8", "", "b"]], 28) == (
        "── 1 of 2 ──────────────────\n"
        "number  7\n"
        "text    a sentence that is\n"
        "        rather long for so\n"
        "        narrow a table as\n"
        "        this one is\n"
        "more    a sentence that is\n"
        "        rather long for so\n"
        "        narrow a table as\n"
        "        this one is\n"
        "── 2 of 2 ──────────────────\n"
        "number  8\n"
        "more    b\n"
    )


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.lists(st.lists(cells, min_size=n, max_size=n), min_size=1)
    )
)
def test_it_fits_and_every_word_is_there(rows: list[list[str]]) -> None:
    columns = [f"c{n}" for n in range(len(rows[0]))]
    text = render(columns, rows, 80)
    words = {word for row in rows for cell in row for word in cell.split() if len(word) <= 24}
    assert words <= set(text.split())
    assert all(len(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (f"{BASE}id/authority/coventry", "coventry"),
        (f"{BASE}id/finding/key/7", "key/7"),
        (f"{BASE}vocab/theme/neglect", "theme/neglect"),
        (None, ""),
        (41.0, "41"),
        (0.5, "0.5"),
        ("two\nlines", "two lines"),
    ],
)
def test_values_as_a_reader_wants_them(value: object, shown: str) -> None:
    assert shorten(value) == shown


def test_a_section_is_as_wide_as_the_table_and_its_rows_keep_their_indent() -> None:
    rows = [
        [Section("A heading that is wider than any of its cells"), ""],
        ["  a label of several words", "1"],
    ]
    assert render(["theme", "n"], rows, width=20) == (
        "theme              n\n"
        "─────────────────  ─\n"
        "A heading that is wider than any of its cells\n"
        "  a label of       1\n"
        "  several words\n"
    )
