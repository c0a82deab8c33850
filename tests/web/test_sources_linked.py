"""Every page number leads into the source where its address is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import html
from starlette.datastructures import QueryParams

from themegraph.errors import UnreadableSourceError
from themegraph.graph.build import build_report
from themegraph.graph.store import Store
from themegraph.loaders.report import read_report
from themegraph.model import Report
from themegraph.web.book import Book
from themegraph.web.desk import Answers

ADDRESS = "https://example.org/report.pdf"


@pytest.mark.parametrize(
    ("media_type", "address", "pages", "expected", "why"),
    [
        ("application/pdf", ADDRESS, 2, {f"{ADDRESS}#page=1", f"{ADDRESS}#page=2"}, "a PDF"),
        ("application/pdf", f"{ADDRESS}#top", 2,
         {f"{ADDRESS}#page=1", f"{ADDRESS}#page=2"}, "an address with a place in it"),
        ("text/html", ADDRESS, 1, {ADDRESS}, "what has no pages is opened at its top"),
        ("application/pdf", None, 2, set(), "its address is not known"),
    ],
)  # fmt: skip
def test_a_page_number_leads_to_its_page(
    reports: tuple[Report, ...],
    small_store: Callable[..., Store],
    media_type: str,
    address: str | None,
    pages: int,
    expected: set[str],
    why: str,
) -> None:
    report = reports[0]
    source = replace(report.source, media_type=media_type, address=address, pages=pages)
    report = replace(report, source=source)
    key = build_report(report).key
    with small_store(report) as store:
        book = Book(Answers(store))
        tree = html.fromstring(book.page(f"/report/{key}", QueryParams()))
        links = tree.xpath("//main//*[contains(@class, 'passage')]//a[starts-with(@href, 'http')]")
        assert {link.get("href") for link in links} == expected, why
        assert {link.text for link in links} <= {"in the source"}
        passage, evidence = (
            tree.xpath(f"//article//a[starts-with(@href, '/{kind}/')]/@href")[0]
            for kind in ("finding", "evidence")
        )
        for link in (passage, evidence):
            page = html.fromstring(book.page(link, QueryParams()))
            assert bool(page.xpath("//a[starts-with(@href, 'https://example.org')]")) == bool(
                expected
            ), link


@pytest.mark.parametrize(
    "address",
    ["report.pdf", "javascript:alert(1)", "https://example.org/a report.pdf", 'http://x/"><b>',
     "file:///home/me/report.pdf"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_with_the_remedy(examples_folder, address: str) -> None:  # type: ignore[no-untyped-def]
    name = "2018-07-12-westmarch-focused-visit.md"
    data = (examples_folder / name).read_bytes()
    with pytest.raises(UnreadableSourceError, match="Write the whole address"):
        read_report(data, name, {"address": address})
    assert read_report(data, name, {"address": ADDRESS}).source.address == ADDRESS
    assert read_report(data, name, {"published": "2018-07-12"}).source.address is None
