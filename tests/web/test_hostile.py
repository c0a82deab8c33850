"""Whatever a report says stays text on every page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import html
from starlette.datastructures import QueryParams

from themegraph.derivation.derive import derive
from themegraph.graph.build import build_report
from themegraph.graph.store import Store
from themegraph.model import Report
from themegraph.web.book import Book
from themegraph.web.desk import Answers

SAID = "leeds 2018-05-01 ilacs: sentence 0 of finding 1 says W."
HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)> javascript:alert(3) &amp; "
    "{{ 7 * 7 }} \u202eabc\u202c 'quoted' " + "x" * 300
)


@pytest.fixture
def book(small_report: Callable[..., Report]) -> Book:
    later = build_report(small_report("leeds", "2018-05-01", "ilacs", ["W"]))
    assert SAID in later.quads
    store = Store(":memory:", write=True)
    store.write_vocabulary()
    store.replace_report(small_report("leeds", "2014-05-01", "ilacs", ["W"]))
    store.replace_report(replace(later, quads=later.quads.replace(SAID, HOSTILE)))
    derive(store)
    return Book(Answers(store))


@pytest.mark.parametrize(
    "address",
    ["/report/leeds-2018-05-01-ilacs", "/finding/leeds-2018-05-01-ilacs/1",
     "/evidence/leeds-2018-05-01-ilacs/1/1", "/theme/supervision", "/brief?authority=leeds",
     "/theme/supervision?authority=leeds", "/brief?theme=supervision"],
)  # fmt: skip
def test_hostile_words_of_a_report_stay_words(book: Book, address: str) -> None:
    path, _, asked = address.partition("?")
    tree = html.fromstring(book.page(path, QueryParams(asked)))
    shown = " ".join(tree.text_content().split())
    assert " ".join(HOSTILE.split()) in shown
    assert not tree.xpath("//script | //img | //@onerror")
    assert not tree.xpath("//@href[starts-with(., 'javascript')]")
