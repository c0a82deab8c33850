"""What the user names becomes a flat list of files; whatever cannot be read says why."""

from __future__ import annotations

import io
import stat
import threading
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from themegraph.errors import ThemegraphError, UnreadableSourceError, UnsafeArchiveError
from themegraph.loaders import archives, web
from themegraph.loaders.inputs import InputFile, expand, passed_over

MEGABYTE = 1024 * 1024


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b/two.PDF", "a/one.html", "a.txt", "z.md", ".hidden/x.pdf", "a/.y.pdf", "n.csv"):
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "reports"


def make_zip(path: Path, *entries: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in entries:
            archive.writestr(entry, data)
    return path


def names(files: Iterator[InputFile], below: Path) -> list[str]:
    return [file.origin.removeprefix(f"{below}/") for file in files]


def refusal(file: InputFile) -> ThemegraphError:
    with pytest.raises(ThemegraphError) as told:
        file.read()
    return told.value


def test_a_folder_is_walked_in_order_without_what_is_hidden(folder: Path) -> None:
    found = list(expand([str(folder)]))
    assert names(iter(found), folder) == ["a.txt", "a/one.html", "b/two.PDF", "z.md"]
    assert found[0].read() == b"a.txt"


def test_what_is_of_no_kind_that_is_read_is_known(folder: Path, tmp_path: Path) -> None:
    for name in ("letter.docx", "b/sheet.xlsx", ".hidden.docx", "manifest.csv", "mine.csv"):
        (folder / name).write_bytes(b"x")
    zipped = make_zip(tmp_path / "r.zip", ("one.txt", b"1"), ("b/photo.jpg", b"x"), ("z.zip", b"x"))
    found = passed_over([str(folder), str(zipped), "nowhere", "-"], ("mine.csv",))
    assert {"b/sheet.xlsx", "letter.docx", "b/photo.jpg"} <= set(found)
    assert not {".hidden.docx", "manifest.csv", "mine.csv", "a.txt", "one.txt"} & set(found)


def test_a_glob_takes_files_and_folders(folder: Path) -> None:
    assert names(expand([f"{folder}/a*"]), folder) == ["a/one.html", "a.txt"]
    assert names(expand([f"{folder}/**/*.html"]), folder) == ["a/one.html"]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    paths = [str(folder / "a.txt"), str(folder), f"{folder}/b/../a.txt"]
    assert names(expand(paths), folder) == ["a.txt", "a/one.html", "b/two.PDF", "z.md"]


def test_a_file_with_another_ending_is_taken_when_named(folder: Path) -> None:
    (file,) = expand([str(folder / "n.csv")])
    assert file.read() == b"n.csv"


def test_a_zip_gives_its_entries(tmp_path: Path) -> None:
    path = make_zip(
        tmp_path / "r.zip",
        ("b/two.pdf", b"2"),
        ("one.txt", b"1"),
        ("__MACOSX/one.txt", b"x"),
        ("photo.jpg", b"x"),
        ("inner.zip", b"x"),
    )
    first, second, nested = expand([str(path)])
    assert (first.origin, first.name, first.read()) == (f"{path}/b/two.pdf", "two.pdf", b"2")
    assert second.read() == b"1"
    assert "a zip within a zip is not opened" in str(refusal(nested))


def test_a_row_of_a_table_goes_with_its_file(folder: Path, tmp_path: Path) -> None:
    (folder / "manifest.csv").write_text(
        "file,published,url\na/one.html,2020-01-02,\nnowhere.pdf,2020-01-03,x\n"
    )
    by_name = {file.name: dict(file.metadata) for file in expand([str(folder)])}
    assert by_name["one.html"] == {"file": "a/one.html", "published": "2020-01-02"}
    assert by_name["a.txt"] == {}
    (alone,) = expand([str(folder / "a" / "one.html")])
    assert dict(alone.metadata)["published"] == "2020-01-02"
    table = b"file,published\none.txt,2021-05-06\n"
    path = make_zip(tmp_path / "r.zip", ("x/one.txt", b"1"), ("x/manifest.csv", table))
    (file,) = expand([str(path)])
    assert dict(file.metadata)["published"] == "2021-05-06"


def linked() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.pdf")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("../evil.pdf", "points out of the zip"),
        ("a/../../evil.pdf", "points out of the zip"),
        ("/etc/evil.pdf", "points out of the zip"),
        ("C:\\evil.pdf", "points out of the zip"),
        ("a\\..\\..\\evil.pdf", "points out of the zip"),
        (linked(), "is a link"),
    ],
)
def test_a_zip_that_escapes_is_refused_whole(
    tmp_path: Path, entry: zipfile.ZipInfo | str, message: str
) -> None:
    path = make_zip(tmp_path / "evil.zip", ("good.pdf", b"x"), (entry, b"/etc/passwd"))
    (file,) = expand([str(path)])
    told = refusal(file)
    assert isinstance(told, UnsafeArchiveError)
    assert message in str(told)
    assert str(told).startswith(str(path))


def test_a_zip_that_explodes_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "bomb.zip", ("r.txt", b"0" * (60 * MEGABYTE)))
    (file,) = expand([str(path)])
    assert "as a zip bomb does" in str(refusal(file))


def test_text_may_shrink_a_great_deal(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "fine.zip", ("r.txt", b"0" * MEGABYTE))
    (file,) = expand([str(path)])
    assert len(file.read()) == MEGABYTE


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [("MAX_ENTRIES", 2, "3 entries"), ("MAX_TOTAL_BYTES", 2, "would unpack to")],
)
def test_a_zip_over_the_limits_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, message: str
) -> None:
    monkeypatch.setattr(archives, limit, value)
    path = make_zip(tmp_path / "r.zip", *((f"{n}.txt", b"x") for n in range(3)))
    (file,) = expand([str(path)])
    assert message in str(refusal(file))


def test_a_damaged_zip_is_told(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "r.zip", ("a.txt", b"x" * 1000))
    path.write_bytes(path.read_bytes()[:-30])
    (file,) = expand([str(path)])
    assert "damaged zip" in str(refusal(file))


def test_a_damaged_entry_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "r.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", b"AAAAAAAA")
        archive.writestr("b.txt", b"BBBBBBBB")
    path.write_bytes(path.read_bytes().replace(b"AAAAAAAA", b"AAAAAAAX"))
    broken, whole = expand([str(path)])
    assert "cannot be unpacked" in str(refusal(broken))
    assert whole.read() == b"BBBBBBBB"


def test_a_broken_stream_in_a_zip_is_told(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "r.zip", ("a.txt", bytes(range(256)) * 40))
    data = bytearray(path.read_bytes())
    data[40:80] = b"\xff" * 40
    path.write_bytes(bytes(data))
    (file,) = expand([str(path)])
    assert "cannot be unpacked" in str(refusal(file))


def test_a_table_that_is_none_is_told_and_stops_no_other_folder(tmp_path: Path) -> None:
    for name in ("bad", "good"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("x")
    (tmp_path / "bad" / "manifest.csv").write_text('file,published\n"' + "x" * 200_000 + '",y\n')
    broken, whole = expand([str(tmp_path / "bad"), str(tmp_path / "good")])
    assert "manifest.csv: is no table" in str(refusal(broken))
    assert whole.read() == b"x"


def test_a_word_document_is_no_zip_of_reports(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "r.docx", ("[Content_Types].xml", b"x"), ("word/a.txt", b"x"))
    (file,) = expand([str(path)])
    assert file.read().startswith(b"PK")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere.pdf", "no such file or folder"),
        ("nowhere/*.pdf", "matches no file"),
        ("empty", "no report in this folder"),
        ("empty.zip", "no report in this zip"),
    ],
)
def test_what_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    make_zip(Path("empty.zip"), ("photo.jpg", b"x"))
    (file,) = expand([path])
    told = refusal(file)
    assert isinstance(told, UnreadableSourceError)
    assert message in str(told)
    assert str(told).startswith(path)


def test_standard_input_is_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"%PDF")))
    (file,) = expand(["-"])
    assert (file.name, file.read()) == ("stdin", b"%PDF")


class TestAddresses:
    """Reports fetched over HTTP, from a server of our own."""

    @pytest.fixture
    def address(self, folder: Path) -> Iterator[str]:
        make_zip(folder / "r.zip", ("one.txt", b"1"))

        class Handler(SimpleHTTPRequestHandler):
            def __init__(self, *args: object) -> None:
                super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()

    def test_a_file(self, address: str) -> None:
        (file,) = expand([f"{address}/a/one.html"])
        assert (file.name, file.origin, file.read()) == (
            "one.html",
            f"{address}/a/one.html",
            b"a/one.html",
        )
        assert file.place == (f"{address}/a/one.html", f"{address}/a/one.html")

    def test_a_zip(self, address: str) -> None:
        (file,) = expand([f"{address}/r.zip"])
        assert (file.origin, file.read()) == (f"{address}/r.zip/one.txt", b"1")
        assert file.place == (f"{address}/r.zip", f"{address}/r.zip/one.txt")

    def test_no_such_page(self, address: str) -> None:
        (file,) = expand([f"{address}/nowhere.pdf"])
        assert "the server answered 404" in str(refusal(file))

    def test_too_large(self, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(web, "MAX_BYTES", 3)
        (file,) = expand([f"{address}/a.txt"])
        assert "which no report is" in str(refusal(file))

    def test_no_network(self) -> None:
        (file,) = expand(["http://127.0.0.1:9/report.pdf"])
        assert "Without a network" in str(refusal(file))


def test_where_a_file_lies_finds_it_again(folder: Path, tmp_path: Path) -> None:
    path = make_zip(tmp_path / "r.zip", ("x/one.txt", b"1"))
    for file in expand([str(folder), str(path)]):
        given, origin = file.place
        (again,) = [other for other in expand([given]) if other.origin == origin]
        assert again.read() == file.read()
