"""Bodies of a user's own: read, refused with a reason, and in the graph with their neighbours."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from themegraph.errors import UnreadableSourceError
from themegraph.graph.store import Store
from themegraph.ontology.own_bodies import find_own_bodies, read_own_bodies

EXAMPLES = Path(str(files("themegraph.examples").joinpath("reports")))
HEADER = "urn,la_code,gss,name,also_known_as,region,type,statistical_neighbours\n"
ROW = (
    "99900009,997,E99000009,Northmere,North Mere|The Meres,Far region,County,E99000008 E08000026\n"
)
OTHER = "99900008,996,E99000008,Southfell,,Far region,County,\n"


def table(folder: Path, text: str) -> Path:
    path = folder / "authorities.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_body_may_have_neighbours_of_both_registers(tmp_path: Path) -> None:
    northmere, southfell = read_own_bodies(table(tmp_path, HEADER + ROW + OTHER))
    assert (northmere.id, northmere.region) == ("northmere", "Far region")
    assert northmere.also_known_as == ("North Mere", "The Meres")
    assert northmere.neighbours == ("southfell", "coventry")
    assert southfell.neighbours == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\nX\n", r"authorities\.csv: add the missing column\(s\) urn"),
        (HEADER + ROW, "Northmere: no body has the code E99000008; correct it"),
        (HEADER + OTHER.replace("99900008", "x"), "Southfell: urn 'x'; correct it"),
        (HEADER + OTHER.replace("Southfell", "Coventry"), "Coventry, or its gss code, is reg"),
        (HEADER + OTHER.replace("E99000008", "E08000026"), "Southfell, or its gss code, is reg"),
        (HEADER + OTHER + OTHER, "Southfell, or its gss code, is registered already"),
        (HEADER + OTHER.replace("Southfell", ""), "a row without a name"),
    ],
)
def test_a_slip_is_told_with_the_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        read_own_bodies(table(tmp_path, text))


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "authorities.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableSourceError, match=r"authorities\.csv: cannot be read as UTF-8"):
        read_own_bodies(tmp_path / "authorities.csv")


def test_folders_without_a_table_have_none(tmp_path: Path) -> None:
    assert list(find_own_bodies([tmp_path])) == []


def test_loading_registers_them(examples: Store) -> None:
    assert [body.id for body in find_own_bodies([EXAMPLES])] == ["eastmere", "westmarch"]
    graph = "https://w3id.org/themegraph/id/graph/body/westmarch"
    assert graph in examples.graphs()
    (row,) = examples.rows(
        "SELECT DISTINCT ?region ?neighbour { ?body tg:region ?region ; tg:statisticalNeighbour ?neighbour ;"
        ' rdfs:label "Westmarch" }'
    )
    assert row["region"].value == "Example region"
    assert row["neighbour"].value.endswith("/id/authority/eastmere")
