"""A quotation stands or it does not: at its offsets, and on its page in a plain reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from themegraph.errors import UnreadableSourceError
from themegraph.graph.sources import read_sources, write_sources
from themegraph.graph.store import Held, Store
from themegraph.ids import report_key, squash
from themegraph.loaders.inputs import InputFile
from themegraph.model import Report
from themegraph.verify import (
    _FOOTNOTE_MARK,
    Quotation,
    Reading,
    check,
    find_sources,
    quotations,
)

TEXT = "First page says this.\nIt goes on over the break.\nAnd ends."


def reading(*pages: str) -> Reading:
    plain = tuple((squash(page), squash(_FOOTNOTE_MARK.sub("", page))) for page in pages)
    return Reading("0" * 64, TEXT, (0, 38), plain)


def fault(words: str, page: int, *pages: str, start: int | None = None) -> str:
    begin = TEXT.find(words) if start is None else start
    quotation = Quotation("x:q", words, begin, begin + len(words), page)
    verdict = check("key", [quotation], reading(*pages))
    assert verdict.checked == 1
    return verdict.faults[0][1] if verdict.faults else ""


class TestPlainReading:
    """What a PDF's plain text must hold."""

    @pytest.mark.parametrize(
        ("words", "page", "pages", "why"),
        [
            ("First page says this.", 1, ("FIRST  page\nsays this.",), "spaces and capitals"),
            ("First page says this.", 1, ("First page sa\x02ys this.",), "a broken word"),
            ("First page says this.", 1, ("First page1 says this.",), "a footnote's mark"),
            ("First page says this.", 1, ("First page\n1 says this.",), "a raised mark's own line"),
            (
                "It goes on over the break.",
                1,
                ("It goes on", "running head: over the break."),
                "goes on over the page",
            ),
        ],
    )
    def test_stands(self, words: str, page: int, pages: tuple[str, ...], why: str) -> None:
        assert fault(words, page, *pages) == "", why

    @pytest.mark.parametrize(
        ("words", "page", "pages"),
        [
            ("First page says this.", 1, ("First page said this.",)),
            ("First page says this.", 2, ("First page says this.", "nothing")),
            # a page too low, where its first letters happen to stand
            ("First page says this.", 1, ("of a fine" + " day" * 60, "First page says this.")),
            # two stretches that do not belong together
            (
                "It goes on over the break.",
                1,
                ("It goes on. " + "x" * 300, "y" * 300 + " over the brea k"),
            ),
            ("First page says this.", 3, ("First page says this.",)),
            ("First page says this.", 0, ("First page says this.",)),
            ("It goes on over the break.", 1, ("It goes on", "and over the brink.")),
        ],
    )
    def test_does_not_stand(self, words: str, page: int, pages: tuple[str, ...]) -> None:
        assert "do not stand on page" in fault(words, page, *pages)


def test_offsets_are_to_the_letter() -> None:
    assert fault("First page says this.", 1, start=1) == "does not stand at its offsets"
    assert fault("first page says this.", 1, start=0) == "does not stand at its offsets"


def test_text_has_its_page_from_its_offsets() -> None:
    assert fault("First page says this.", 1) == ""
    assert fault("First page says this.", 2) == "does not begin on page 2"
    assert fault("And ends.", 2) == ""


def test_the_store_gives_back_every_quotation(store: Store, reports: tuple[Report, ...]) -> None:
    for report in reports:
        key = report_key(report)
        found = quotations(store, key)
        expected = [(words, s.start, s.end, s.page) for _, words, s in report.quotations()]
        assert sorted((q.words, q.start, q.end, q.page) for q in found) == sorted(expected)
        again = Reading(report.source.sha256, report.text, report.page_starts, ())
        assert check(key, found, again).faults == ()


class TestSources:
    """How the files are found again."""

    def test_by_content_among_files_that_are_given(self) -> None:
        data = InputFile("other-name.txt", "x/other-name.txt", data=b"hello")
        sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
        lost = InputFile("lost.pdf", "lost.pdf", problem=UnreadableSourceError("lost"))
        held = {"a": Held("a", "a.txt", sha256, "text/plain", "")}
        assert find_sources(held, {}, [lost, data]) == {"a": data}
        assert find_sources(held, {}, [lost]) == {}

    def test_where_they_were_loaded_from(self, tmp_path: Path) -> None:
        folder = tmp_path
        (folder / "a.txt").write_text("hello")
        path = str(folder / "a.txt")
        held = {"a": Held("a", "a.txt", "sha", "text/plain", "")}
        write_sources(folder, {"sha": (path, path)})
        found = find_sources(held, read_sources(folder), None)
        assert found["a"].read() == b"hello"
        unknown = {"a": Held("a", "a.txt", "", "text/plain", "")}
        assert find_sources(unknown, read_sources(folder), None) == {}
