"""What a notebook shows: sound HTML, everything escaped, and no more than a reader takes in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

import themegraph
from themegraph.graph.store import Store
from themegraph.model import Report
from themegraph.queries.shown import ROWS

Ask = Callable[[themegraph.Library], Any]
HOSTILE = "<script>alert('x')</script> & \"quoted\""
REINSPECTION = "westmarch-2017-02-27-sif-reinspection"
VOID = ("br",)


class Balanced(HTMLParser):
    """Notes every element that is not closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag not in VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


def parsed(html: str) -> Balanced:
    parser = Balanced()
    parser.feed(html)
    parser.close()
    assert parser.opened == []
    return parser


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


SHOWN: dict[str, Ask] = {
    "answer": lambda lib: lib.reports(),
    "story": lambda lib: lib.trace("supervision"),
    "story of one": lambda lib: lib.trace("supervision", "a"),
    "recurring": lambda lib: lib.recurring(),
    "matrix": lambda lib: lib.recurring("a"),
    "comparison": lambda lib: lib.compare("a", "b"),
    "follow-up": lambda lib: lib.follow_up("a"),
    "turned around": lambda lib: lib.turned_around("supervision"),
    "search": lambda lib: lib.search("sentence"),
    "report": lambda lib: lib.report("a-2014-01-01-sif"),
    "findings": lambda lib: lib.report("a-2014-01-01-sif").findings,
}


@pytest.fixture(scope="module")
def hostile(small_report: Callable[..., Report]) -> Iterator[themegraph.Library]:
    """Reports in which everything that can hold words holds a script."""

    def spoilt(report: Report) -> Report:
        assert report.authority is not None
        return replace(
            report,
            title=f"{report.title} {HOSTILE}",
            authority=replace(report.authority, name=f"{report.authority.name} {HOSTILE}"),
        )

    made = []
    for body in ("a", "b"):
        for day, letters, asks in (("2014-01-01", "WM", ["supervision"]), ("2019-01-01", "SS", [])):
            kind = "sif" if day < "2018" else "ilacs"
            # What a small report says begins with the name of its body.
            made.append(small_report(f"{HOSTILE} {body}", day, kind, [*letters], asks=asks))
    named = [
        replace(spoilt(one), authority=replace(one.authority, id="ab"[n // 2], name=HOSTILE))
        for n, one in enumerate(made)
        if one.authority is not None
    ]
    from themegraph.derivation.derive import derive

    store = Store(":memory:", write=True)
    store.write_vocabulary()
    for report in named:
        store.replace_report(report)
    derive(store)
    with themegraph.Library(store) as library:
        yield library


@pytest.mark.parametrize("name", SHOWN)
def test_what_reports_say_is_escaped(hostile: themegraph.Library, name: str) -> None:
    shown = SHOWN[name](hostile)._repr_html_()
    assert "script" not in parsed(shown).seen
    assert "<script" not in shown
    if name not in ("recurring", "matrix"):  # these quote nobody
        assert "&lt;script&gt;alert(" in shown


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        # Reads as the command does: inspections with their status, passages with their pages.
        (lambda lib: lib.trace("private-fostering", "westmarch"),
         ["Private fostering", "▲ 2014-03-18 westmarch, SIF, weakness", "not looked at",
          "p. 3, westmarch-2014-03-18-sif/5", "9 inspections"]),
        (lambda lib: lib.recurring(), ["of those that could have", "the first 20 are shown"]),
        (lambda lib: lib.recurring("westmarch"), ["2014 SIF", "findings read", "times in a row"]),
        (lambda lib: lib.compare("westmarch", "eastmere"),
         ["Beside 1 body, 1 of them in the store.", "themes more"]),
        (lambda lib: lib.follow_up("westmarch", REINSPECTION),
         ["Recommended 2017-02-27: resolved", "rests on 1 passage", "about half are on the very"]),
        (lambda lib: lib.turned_around("management-oversight"),
         ["eastmere: weakness on 2019-03-11, praised on 2023-09-18", "1 of 2 bodies"]),
        (lambda lib: lib.search("drift"), ["found: “drift” in its words", "passages."]),
        (lambda lib: lib.report("westmarch-2019-09-30-ilacs"),
         ["Westmarch", "2019-09-30 to 2019-10-11", "Requires improvement", "findings,"]),
        # Nobody, nothing: said, and not an empty table.
        (lambda lib: lib.trace("supervision", "leeds"), ["The store holds no report about leeds."]),
        (lambda lib: lib.recurring("leeds"), ["The store holds no report about leeds."]),
        (lambda lib: lib.follow_up("leeds"), ["The store holds no report about leeds."]),
        (lambda lib: lib.compare("leeds", "eastmere"), ["The store holds no report about leeds."]),
        (lambda lib: lib.search("drift", authority="leeds"), ["holds no report about leeds."]),
        (lambda lib: lib.turned_around("radicalisation-and-harmful-practices"), ["Nobody yet"]),
    ],
)  # fmt: skip
def test_it_reads_as_the_command_tells_it(
    library: themegraph.Library, ask: Ask, words: list[str]
) -> None:
    shown = ask(library)._repr_html_()
    parsed(shown)
    for each in words:
        assert each in text_of(shown)


@pytest.mark.parametrize(("rows", "more"), [(ROWS, ""), (ROWS + 1, "… and 1 row more."),
                                            (ROWS + 1200, "… and 1,200 rows more.")])  # fmt: skip
def test_a_long_answer_says_how_much_more_there_is(rows: int, more: str) -> None:
    answer = themegraph.Answer(("n", "words"), tuple((n, f"row {n}") for n in range(rows)))
    shown = text_of(answer._repr_html_())
    assert f"row {ROWS - 1}" in shown
    assert f"row {ROWS}" not in shown
    assert shown.endswith(more or f"row {ROWS - 1}")


def test_a_story_of_many_bodies_quotes_each_inspection_once(library: themegraph.Library) -> None:
    one = text_of(library.trace("supervision", "westmarch")._repr_html_())
    many = text_of(library.trace("supervision")._repr_html_())
    assert not re.search(r"… and \d+ passages? more", one)
    assert re.search(r"… and \d+ passages? more", many)


def test_colours_are_those_of_the_notebook(library: themegraph.Library) -> None:
    """A colour of our own would be unreadable in a light notebook or in a dark one."""
    shown = "".join(
        thing._repr_html_()
        for thing in (library.reports(), library.trace("supervision"), library.recurring())
    )
    styles = re.findall(r'style="([^"]*)"', shown)
    assert styles
    for style in styles:
        assert not re.search(r"#[0-9a-f]{3}|(?<!border-)color: (?!inherit)", style), style


def test_a_picture_stands_in_a_frame_of_its_own(library: themegraph.Library) -> None:
    picture = library.view(theme="supervision", everything=True)
    shown = picture._repr_html_()
    assert parsed(shown).seen == {"iframe"}
    (sandbox,) = re.findall(r'sandbox="([^"]*)"', shown)
    assert sandbox == "allow-scripts"  # with allow-same-origin it would be none
    (page,) = re.findall(r'srcdoc="([^"]*)"', shown)
    assert unescape(page) == picture.html
    assert picture.html.startswith("<!doctype html>")
    assert "findings of 11 inspections" in repr(picture)
