"""Bodies of a user's own: read, refused with a reason, and in the graph with their neighbours."""

from __future__ import annotations

import zipfile
from importlib.resources import files
from pathlib import Path

import pytest

from themegraph.errors import UnreadableSourceError
from themegraph.graph.store import MEMORY, Store
from themegraph.load import load_reports
from themegraph.loaders.inputs import expand
from themegraph.ontology.own_bodies import read_own_bodies
from themegraph.ontology.register import RegisteredAuthority

EXAMPLES = Path(str(files("themegraph.examples").joinpath("reports")))
HEADER = "urn,la_code,gss,name,also_known_as,region,type,statistical_neighbours\n"
ROW = (
    "99900009,997,E99000009,Northmere,North Mere|The Meres,Far region,County,E99000008 E08000026\n"
)
OTHER = "99900008,996,E99000008,Southfell,,Far region,County,\n"


def read(text: str) -> tuple[RegisteredAuthority, ...]:
    return read_own_bodies(text.encode(), "authorities.csv")


def test_a_body_may_have_neighbours_of_both_registers() -> None:
    northmere, southfell = read(f"\ufeff{HEADER}{ROW}{OTHER}")
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
def test_a_slip_is_told_with_the_file(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        read(text)


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(UnreadableSourceError, match=r"authorities\.csv: cannot be read as UTF-8"):
        read_own_bodies(b"\xff\xfe\x00", "authorities.csv")


def test_loading_registers_them(examples: Store) -> None:
    bodies = read_own_bodies((EXAMPLES / "authorities.csv").read_bytes(), "authorities.csv")
    assert [body.id for body in bodies] == ["eastmere", "westmarch"]
    graph = "https://w3id.org/themegraph/id/graph/body/westmarch"
    assert graph in examples.graphs()
    (row,) = examples.rows(
        "SELECT DISTINCT ?region ?neighbour { ?body tg:region ?region ; tg:statisticalNeighbour ?neighbour ;"
        ' rdfs:label "Westmarch" }'
    )
    assert row["region"].value == "Example region"
    assert row["neighbour"].value.endswith("/id/authority/eastmere")


@pytest.mark.parametrize("zipped", [False, True])
def test_a_table_at_the_top_of_what_is_loaded_registers_them(tmp_path: Path, zipped: bool) -> None:
    name = "2018-07-12-westmarch-focused-visit.md"
    report = (EXAMPLES / name).read_bytes()
    entries = {f"2018/visits/{name}": report, "authorities.csv": (HEADER + OTHER).encode()}
    for entry, data in entries.items():
        (tmp_path / "in" / entry).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / entry).write_bytes(data)
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for entry, data in entries.items():
            archive.writestr(entry, data)
    place = str(tmp_path / ("in.zip" if zipped else "in"))
    with Store(MEMORY, write=True) as store:
        assert [file.became for file in load_reports(store, list(expand([place])))] == ["added"]
        assert "https://w3id.org/themegraph/id/graph/body/southfell" in store.graphs()
