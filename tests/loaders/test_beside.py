"""Tables beside reports: where they are looked for, and which files each may be about."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from themegraph.errors import UnreadableSourceError
from themegraph.loaders.beside import Table, find_tables
from themegraph.loaders.inputs import InputFile, expand

TREE = ("t.csv", "a/1.md", "a/t.csv", "a/b/c/2.md", "a/b/t.csv", "d/1.md", "e/t.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in TREE:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "in"


def found(*places: Path | str, name: str = "t.csv") -> list[Table]:
    return list(find_tables(expand(map(str, places)), name))


def told(tables: list[Table], below: Path) -> dict[str, list[str]]:
    """The paths of the files below each table."""
    return {t.name.removeprefix(f"{below}/"): sorted(t.files) for t in tables}


def test_from_a_file_up_to_the_folder_that_was_named(folder: Path) -> None:
    assert told(found(folder), folder) == {
        "t.csv": ["a/1.md", "a/b/c/2.md", "d/1.md"],
        "a/t.csv": ["1.md", "b/c/2.md"],
        "a/b/t.csv": ["c/2.md"],
    }
    assert told(found(folder / "a" / "b"), folder) == {"a/b/t.csv": ["c/2.md"]}


def test_of_a_file_that_was_named_itself_only_its_own_folder(folder: Path) -> None:
    assert told(found(folder / "a" / "b" / "c" / "2.md"), folder) == {}
    assert told(found(folder / "a" / "1.md"), folder) == {"a/t.csv": ["1.md"]}
    assert told(found(f"{folder}/*/1.md"), folder) == {"a/t.csv": ["1.md"]}


def test_a_folder_spelt_in_two_ways_is_one(folder: Path) -> None:
    tables = told(found(folder / "a" / "1.md", f"{folder}/d/../a"), folder)
    assert tables == {"a/t.csv": ["1.md", "b/c/2.md"], "d/../a/b/t.csv": ["c/2.md"]}


def test_where_one_stands_it_is_called_by_its_name_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert [table.name for table in found(".")] == ["t.csv", "a/t.csv", "a/b/t.csv"]
    assert [table.name for table in found("a/1.md")] == ["a/t.csv"]


def test_in_a_zip_and_beside_it(folder: Path) -> None:
    path = folder / "z.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in TREE:
            archive.writestr(name, f"zipped {name}")
    tables = found(path)
    assert told(tables, folder) == {
        "t.csv": ["z.zip/a/1.md", "z.zip/a/b/c/2.md", "z.zip/d/1.md"],
        "z.zip/t.csv": ["a/1.md", "a/b/c/2.md", "d/1.md"],
        "z.zip/a/t.csv": ["1.md", "b/c/2.md"],
        "z.zip/a/b/t.csv": ["c/2.md"],
    }
    data = {table.name.removeprefix(f"{folder}/"): table.data for table in tables}
    assert data["t.csv"] == b"t.csv"
    assert data["z.zip/a/b/t.csv"] == b"zipped a/b/t.csv"
    deep = next(table for table in tables if table.name.endswith("a/b/t.csv"))
    assert deep.folder.holds("c/2.md")
    assert not deep.folder.holds("1.md")


def test_what_comes_from_an_address_has_nothing_beside_it_on_disk(tmp_path: Path) -> None:
    fetched = tmp_path / "fetched"
    with zipfile.ZipFile(fetched, "w") as archive:
        archive.writestr("a/1.md", "x")
        archive.writestr("t.csv", "y")
    (tmp_path / "t.csv").write_text("z")
    address = "https://host.example/z.zip"
    alone = InputFile("1.md", address, fetched)
    inside = InputFile("1.md", f"{address}/a/1.md", fetched, "a/1.md")
    assert list(find_tables([alone], "t.csv")) == []
    (table,) = find_tables([inside], "t.csv")
    assert (table.name, table.data) == (f"{address}/t.csv", b"y")


def test_what_is_no_file_has_no_table(folder: Path) -> None:
    assert found(folder / "nowhere") == []
    assert list(find_tables([InputFile("stdin", "-", data=b"x")], "t.csv")) == []


def test_a_table_that_cannot_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableSourceError, match=r"t\.csv: cannot be opened \(Permission"):
        found(folder)
