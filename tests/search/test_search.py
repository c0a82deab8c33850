"""Full text search: what may be typed, what is found and why, and the index kept with a store."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from themegraph.errors import QueryError, StoreError
from themegraph.graph.store import Store
from themegraph.queries import ask
from themegraph.search import SearchIndex, open_index, update_index
from themegraph.search.index import FILE
from themegraph.search.words import match_of

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def index(examples: Store) -> Iterator[SearchIndex]:
    opened = open_index(examples)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "match", "reason"),
    [
        ("drift", '"drift"', "a word"),
        ("drift delay", '"drift" AND "delay"', "all words are to be found"),
        ('"private fostering" visits', '"private fostering" AND "visits"', "a phrase as it stands"),
        ("“private fostering”", '"private fostering"', "printed quotation marks are as good"),
        ('"private fostering', '"private fostering"', "the reader forgot to close it"),
        ("drift OR delay plan", '("drift" OR "delay") AND "plan"', "either of two"),
        ("OR drift", '"drift"', "an OR after nothing joins nothing"),
        ("oversight -drift", '("oversight") NOT text : "drift"', "not this word"),
        ("plan*", '"plan"*', "all that begins so"),
        ("AND NOT NEAR(", '"AND" AND "NOT" AND "NEAR("', "operators of the index are words"),
        ("children's", '"children\'s"', "an apostrophe is no quotation mark"),
        ("drift\0delay", '"drift" AND "delay"', "what no index can hold parts words"),
        ("a OR b OR c d", '("a" OR "b" OR "c") AND "d"', "one of several"),
        ("p* re*", '"p" AND "re"*', "a letter alone begins too much"),
        ("dri\udcfft", '"dri?t"', "a byte that is no UTF-8"),
        ("drift ?! --", '"drift"', "signs alone are nothing to be found"),
    ],
)
def test_what_is_typed_becomes_a_match(typed: str, match: str, reason: str) -> None:
    assert match_of(typed) == match, reason


@pytest.mark.parametrize("typed", ["", "  ", '""', "-drift", "?", "OR"])
def test_nothing_to_be_found_is_said(typed: str) -> None:
    with pytest.raises(QueryError, match="at least one word"):
        match_of(typed)


@given(st.text(max_size=60))
def test_no_text_breaks_the_index(index: SearchIndex, typed: str) -> None:
    try:
        found = index.find(typed, most=1)
    except QueryError:
        return
    assert found.total >= len(found.hits)


def test_what_would_take_too_long_is_stopped(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(QueryError, match="can be sought at a time"):
        index.find("a* e* " * 500)
    monkeypatch.setattr("themegraph.search.index.PATIENCE_SECONDS", -1.0)
    monkeypatch.setattr("themegraph.search.index._STEPS", 1)
    with pytest.raises(QueryError, match="find too much"):
        index.find("children OR plan*")
    monkeypatch.undo()
    assert index.find("children").total


def test_a_store_may_be_named_by_a_relative_path(
    run: Run, examples_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(examples_place).parent)
    told = run("search", "supervision", "--store", Path(examples_place).name)
    assert told.exit_code == 0
    assert "found:" in told.stdout


def test_words_are_found_in_any_form(index: SearchIndex) -> None:
    marked = {
        piece.text.lower()
        for hit in index.find("challenge", most=100).hits
        for piece in hit.text
        if piece.matched
    }
    assert {"challenge", "challenging"} & marked
    assert all(word.startswith("challeng") for word in marked)


def test_each_hit_says_why_and_is_word_for_word(index: SearchIndex, examples: Store) -> None:
    texts = {
        row["passage"]: row["text"]
        for report in ask(examples, "reports-list")
        for row in ask(examples, "passages-of-report", report=report["report"])
    }
    hits = index.find("supervision OR plan*", most=-1).hits
    assert len(hits) > 20
    for hit in hits:
        assert "".join(piece.text for piece in hit.text) == texts[hit.passage]
        assert hit.why.startswith("“")


@pytest.mark.parametrize(
    ("narrowed", "holds"),
    [
        ({"authority": "eastmere"}, lambda hit: hit.authority == "eastmere"),
        ({"kind": "recommendation"}, lambda hit: "/recommendation/" in hit.passage),
        ({"stance": "strength"}, lambda hit: hit.stance == "strength"),
    ],
)
def test_it_can_be_narrowed(
    index: SearchIndex, narrowed: dict[str, str], holds: Callable[[object], bool]
) -> None:
    everything = index.find("children", most=-1)
    some = index.find("children", most=-1, **narrowed)
    assert 0 < some.total == len(some.hits) < everything.total
    assert all(map(holds, some.hits))


def test_pages_of_hits_follow_each_other(index: SearchIndex) -> None:
    everything = index.find("children", order="newest", most=-1).hits
    paged = [
        hit
        for skip in range(0, len(everything), 7)
        for hit in index.find("children", order="newest", most=7, skip=skip).hits
    ]
    assert paged == list(everything)
    days = [hit.date for hit in everything]
    assert days == sorted(days, reverse=True)


class TestKept:
    """The index in a file beside the store."""

    @pytest.fixture
    def place(self, examples_place: str, tmp_path: Path) -> Path:
        return Path(shutil.copytree(examples_place, tmp_path / "store"))

    def test_loading_keeps_one_that_is_current(self, place: Path, index: SearchIndex) -> None:
        with Store(place) as store:
            kept = sqlite3.connect(place / FILE)
            assert SearchIndex(kept).is_current(store)
            assert SearchIndex(kept).find("drift") == index.find("drift")
            kept.close()

    def test_what_is_removed_is_not_found(self, run: Run, place: Path) -> None:
        key = "westmarch-2019-09-30-ilacs"
        assert run("remove", key, "--store", str(place)).exit_code == 0
        kept = sqlite3.connect(place / FILE)
        hits = SearchIndex(kept).find("children", most=-1).hits
        kept.close()
        assert hits
        assert key not in {hit.report for hit in hits}

    def test_only_what_changed_is_read_anew(self, place: Path) -> None:
        with Store(place, write=True) as store:
            assert list(update_index(store)) == []
            kept = sqlite3.connect(place / FILE)
            with kept:
                kept.execute("UPDATE report SET digest = 'old' WHERE key LIKE 'eastmere%'")
            kept.close()
            stale = list(update_index(store))
        assert stale
        assert all(key.startswith("eastmere") for key in stale)

    @pytest.mark.parametrize("harm", ["missing", "damaged", "old"])
    def test_without_a_good_one_the_same_is_found(
        self, place: Path, index: SearchIndex, harm: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        file = place / FILE
        if harm == "missing":
            file.unlink()
        elif harm == "damaged":
            file.write_bytes(b"not a database" * 100)
        else:
            kept = sqlite3.connect(file)
            kept.execute("PRAGMA user_version = 1")
            kept.close()
        with Store(place) as store:
            opened = open_index(store)
            assert opened.find("drift") == index.find("drift")
            opened.close()
        assert ("is damaged" in caplog.text) == (harm == "damaged")

    def test_one_that_cannot_be_written_is_said(self, place: Path) -> None:
        (place / FILE).write_bytes(b"not a database" * 100)
        with Store(place, write=True) as store, pytest.raises(StoreError, match="remove this file"):
            list(update_index(store))


def test_the_command_tells_what_it_found(run: Run, examples_place: str) -> None:
    told = run("search", "private fostering", "--store", examples_place, "--top", "2")
    assert told.exit_code == 0
    assert "The first 2 are shown; --top 0 shows all." in told.stderr
    assert told.stdout.count("found: “privately fostered”") + told.stdout.count(
        "found: “private fostering”"
    ) == 2  # fmt: skip
