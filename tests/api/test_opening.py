"""Where a library can be opened: a store, an exported file, the examples; and what is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import themegraph
from themegraph.errors import StoreError, ThemegraphError, UnreadableSourceError
from themegraph.graph.places import demo_place
from themegraph.graph.store import Store
from themegraph.load import load_reports
from themegraph.loaders.inputs import expand
from themegraph.queries import Question, questions
from themegraph.search.passages import search_passages

Run = Callable[..., Result]
FORMATS = {"ttl": "ttl", "nt": "nt", "nq": "nq", "trig": "trig", "jsonld": "jsonld",
           "rdfxml": "rdf"}  # fmt: skip
LETTER = "2018-07-12-westmarch-focused-visit.md"


@pytest.fixture(scope="session")
def exported(examples_place: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes the examples, or a part of them, to a file."""
    from click.testing import CliRunner

    from themegraph.cli import cli

    folder = tmp_path_factory.mktemp("exported")

    def write(form: str, *part: str) -> Path:
        file = folder / f"part{len(list(folder.iterdir()))}.{FORMATS[form]}"
        command = ["export", *part, "--format", form, "-o", str(file), "--store", examples_place]
        done = CliRunner().invoke(cli, command, catch_exceptions=False)
        assert done.exit_code == 0
        return file

    return write


def answers(store: Store) -> dict[str, object]:
    """What a store answers to every question."""

    def asked(question: Question) -> object:
        values = {p.name: p.example for p in question.parameters if p.required}
        return themegraph.ask(store, question.name, **values).rows

    return {name: asked(question) for name, question in questions().items()}


class TestFiles:
    """A file that was exported answers as the store does that it came from."""

    # Formats with named graphs, and without: in those each triple stands once.
    @pytest.mark.parametrize("form", FORMATS)
    def test_every_question_has_the_same_answer(
        self, examples: Store, exported: Callable[..., Path], form: str
    ) -> None:
        with themegraph.open(exported(form)) as library:
            told, wanted = answers(library.store), answers(examples)
            assert {name for name in wanted if told[name] != wanted[name]} == set()
            assert library.store.reports() == examples.reports()
            # These go graph by graph.
            wanted_too = search_passages(examples, "private fostering")
            assert library.search("private fostering").rows == wanted_too.rows
            assert wanted_too.total
            assert library.store.graphs() == examples.graphs()

    def test_a_part_without_vocabulary_has_it_from_here(
        self, examples_place: str, exported: Callable[..., Path]
    ) -> None:
        file = exported("ttl", "--authority", "westmarch")
        with themegraph.open(file) as library, themegraph.open(examples_place) as whole:
            story = library.trace("private-fostering", "westmarch")
            assert story.rows == whole.trace("private-fostering", "westmarch").rows
            assert [row["authority"] for row in library.authorities()] == ["westmarch"]

    def test_what_follows_is_told_as_the_whole_store_had_it(
        self, exported: Callable[..., Path]
    ) -> None:
        """Of some of the reports other conclusions would be drawn: it would be new, and persists."""
        one = exported("nt", "--report", "westmarch-2019-09-30-ilacs")
        with themegraph.open(one) as library:
            told = {
                (row["status"], row["trajectory"])
                for row in library.trace("supervision", "westmarch")
            }
            (status,) = {status for status, _ in told}
            assert status in ("weakness", "mixed")
            assert {trajectory for _, trajectory in told} == {None}

    def test_a_piece_with_parts_of_reports_tells_what_is_in_it(
        self, examples_place: str, exported: Callable[..., Path]
    ) -> None:
        """Conclusions come with it, and are not drawn anew from a part of a report."""
        file = exported("ttl", "--theme", "private-fostering")
        with themegraph.open(file) as library, themegraph.open(examples_place) as whole:
            told, wanted = (
                [{**row, "read": 0} for row in one.trace("private-fostering", "westmarch")]
                for one in (library, whole)
            )
            # But for how many findings were read, and for inspections that are silent in the piece:
            # what they say may have been left out.
            assert [row for row in wanted if row in told] == told
            assert [row for row in wanted if row["words"]] == [row for row in told if row["words"]]
            found = {row["passage"] for row in library.search("fostering")}
            assert found
            assert found <= {row["passage"] for row in whole.search("fostering")}

    def test_nothing_is_written_to_it(self, exported: Callable[..., Path]) -> None:
        file = exported("nq", "--report", "westmarch-2019-09-30-ilacs")
        before = file.read_bytes()
        with themegraph.open(file) as library, pytest.raises(StoreError, match="to be read"):
            library.load(LETTER)
        with pytest.raises(StoreError, match="name a folder for a store"):
            themegraph.open(file, write=True)
        assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content", "error", "words"),
    [
        ("none.ttl", None, UnreadableSourceError, "none.ttl"),
        ("bad.ttl", "this is no Turtle", UnreadableSourceError, "bad.ttl: is not sound Turtle"),
        # Sound, and nothing that can be asked.
        ("other.nt", "<http://a/a> <http://a/b> <http://a/c> .\n", UnreadableSourceError,
         "other.nt: holds no report. Name a file that themegraph export wrote."),
        ("table.csv", "a,b\n", StoreError, "cannot be opened. Files that can are those with RDF"),
        ("nowhere", None, StoreError, "no store here yet. Load reports first"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_told(
    tmp_path: Path, name: str, content: str | None, error: type[ThemegraphError], words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(error) as raised:
        themegraph.open(tmp_path / name)
    assert words in str(raised.value)
    assert name in str(raised.value)


def test_without_a_place_it_is_that_of_the_command_line(
    examples_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THEMEGRAPH_STORE", examples_place)
    with themegraph.open() as library:
        assert library.store.place == examples_place


class TestLoading:
    """Reports go into a store that was opened to be written to."""

    def test_each_file_and_what_became_of_it(self, examples_folder: Path, tmp_path: Path) -> None:
        shutil.copy(examples_folder / LETTER, tmp_path)
        (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 and no more")
        place = tmp_path / "store"
        with themegraph.open(place, write=True) as library:
            done = library.load(tmp_path / LETTER, tmp_path / "bad.pdf")
            assert [row["became"] for row in done] == ["added", "failed"]
            assert "bad.pdf" in list(done)[1]["reason"]
        with themegraph.open(place) as library:
            assert repr(library) == f"<Library {str(place)!r}: 1 report on 1 body>"
            assert library.search("hub").total

    def test_a_correction_that_cannot_be_understood_is_warned_of(
        self, examples_folder: Path, tmp_path: Path
    ) -> None:
        shutil.copy(examples_folder / LETTER, tmp_path / LETTER)
        head = (examples_folder / "corrections.csv").read_text("utf-8").splitlines()[0]
        (tmp_path / "corrections.csv").write_text(f"{head}\nnonsense\n", encoding="utf-8")
        with (
            themegraph.open(":memory:", write=True) as library,
            pytest.warns(UserWarning, match=r"corrections\.csv"),
        ):
            library.load(tmp_path)

    def test_an_empty_library_says_what_to_do(self) -> None:
        with themegraph.open(":memory:", write=True) as library:
            assert repr(library) == "<Library ':memory:': no report>"
            with pytest.raises(StoreError, match=r"The store is empty\. Load reports first"):
                library.trace("supervision")


def test_a_store_that_is_not_up_to_date_is_warned_of(examples_folder: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "store", write=True) as store:
        files = list(expand([str(examples_folder / LETTER)]))
        assert list(load_reports(store, files, then_derive=False))
    with (
        pytest.warns(UserWarning, match=r"follow-ups of 1 body were made from other reports"),
        themegraph.open(tmp_path / "store") as library,
    ):
        assert len(library.reports()) == 1


def test_the_demo_is_loaded_once(
    examples_place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    loaded: list[str] = []
    monkeypatch.setattr(
        themegraph.Library,
        "load",
        lambda self, folder: loaded.append(shutil.copytree(examples_place, tmp_path / "made")),
    )
    with pytest.raises(StoreError, match="no store here yet"):  # nothing was written to it
        themegraph.demo()
    assert loaded
    shutil.copytree(examples_place, demo_place())
    with themegraph.demo() as library:
        assert len(library.reports()) == 11
    assert len(loaded) == 1
