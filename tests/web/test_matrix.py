"""The matrix on the pages: what is not like with like, what can be chosen, and groups of themes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

from themegraph.graph.store import Store
from themegraph.ids import last_part
from themegraph.networks.read import read_source
from themegraph.ontology import vocab
from themegraph.queries import ask
from themegraph.queries.matrix import Matrix, build_matrix
from themegraph.web.pages.one_service import on_service

WESTMARCH = "/authority/westmarch"
UNLIKE = ", other rules or scope than before"
#: Columns of theme-assessments that a matrix is made from.
COLUMNS = ("theme", "label", "domain", "kind", "status", "trajectory", "comparability", "strengths",
           "weaknesses", "mixed", "recommendations", "read", "inspection")  # fmt: skip


@pytest.fixture(scope="module")
def matrix(examples: Store) -> Matrix:
    rows = list(ask(examples, "theme-assessments", authority="westmarch"))
    return build_matrix(rows, list(ask(examples, "reports-list", authority="westmarch")))


def tree_of(pages: TestClient, address: str) -> html.HtmlElement:
    response = pages.get(address)
    assert response.status_code == 200
    return html.fromstring(response.text)


def themes_of(tree: html.HtmlElement) -> list[str]:
    found = tree.xpath("//table[@class='matrix']//th[@scope='row']/a/@href")
    return [last_part(address) for address in found]


def years_of(tree: html.HtmlElement) -> list[str]:
    heads = tree.xpath("//table[@class='matrix']/thead//a[starts-with(@href, '/report/')]")
    return [head.text for head in heads]


def test_a_cell_that_is_not_like_with_like_says_so(pages: TestClient, matrix: Matrix) -> None:
    tree = tree_of(pages, WESTMARCH)
    shown = {
        last_part(row.xpath("./th/a/@href")[0]): [
            UNLIKE in cell.text_content() for cell in row.xpath("./td")
        ]
        for row in tree.xpath("//table[@class='matrix']//tr[th[@scope='row']/a]")
    }
    assert shown == {
        line.theme: [
            *(cell.is_unlike for cell in line.cells),
            bool(line.last_judged and line.last_judged.is_unlike),
        ]
        for line in matrix.lines
    }
    assert {unlike for cells in shown.values() for unlike in cells} == {True, False}


@pytest.mark.parametrize(
    "address",
    [WESTMARCH, "/compare?authority=westmarch&authority=eastmere",
     "/inspection/westmarch-2019-09-30-ilacs"],
)  # fmt: skip
def test_the_sign_is_hidden_from_readers_of_screens_and_in_the_legend(
    pages: TestClient, address: str
) -> None:
    tree = tree_of(pages, address)
    signs = tree.xpath("//table[contains(@class, 'matrix')]//span[text()='≠']")
    assert signs
    for sign in signs:
        assert sign.get("aria-hidden") == "true"
        assert sign.getnext().text == UNLIKE
    (legend,) = tree.find_class("legend")
    assert "≠ other rules or scope than when it was judged before" in legend.text_content()


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("stance=weakness", lambda line: {"weakness", "mixed"} & {c.status for c in line.cells}),
        ("stance=strength", lambda line: "strength" in {c.status for c in line.cells}),
        ("stance=recommended", lambda line: any(c.is_asked for c in line.cells)),
        ("status=persisting", lambda line: line.trajectory == "persisting"),
        ("status=strength", lambda line: line.side == "praised"),
        (
            "status=declined&stance=recommended",
            lambda line: line.trajectory == "declined" and any(c.is_asked for c in line.cells),
        ),
    ],
)
def test_themes_are_chosen_by_how_they_were_found(
    pages: TestClient, matrix: Matrix, asked: str, shown: Any
) -> None:
    tree = tree_of(pages, f"{WESTMARCH}?{asked}")
    fit = replace(matrix, lines=tuple(line for line in matrix.lines if shown(line)))
    wanted = [line.theme for lines in fit.by_domain().values() for line in lines]
    assert 0 < len(wanted) < len(matrix.lines)
    assert themes_of(tree) == wanted
    assert f"Shown: {len(wanted)} of {len(matrix.lines)} themes, in 9 of 9" in tree.text_content()


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        ("family=sif", ["2014", "2017"]),
        ("family=ilacs", ["2018", "2019", "2020", "2023"]),
        ("kind=ilacs", ["2019", "2023", "2026"]),
        ("kind=focused-visit", ["2018", "2020"]),
        ("since=2023", ["2023", "2023", "2024", "2026"]),
        ("until=2017", ["2014", "2017"]),
        ("since=2018&until=2020&family=ilacs&kind=ilacs", ["2019"]),
    ],
)
def test_inspections_are_chosen_by_framework_kind_and_period(
    pages: TestClient, asked: str, years: list[str]
) -> None:
    tree = tree_of(pages, f"{WESTMARCH}?{asked}")
    assert years_of(tree) == years
    assert f"in {len(years)} of 9 inspections" in tree.text_content()
    assert "those that are left out here too" in tree.text_content()
    assert len(tree.xpath("//tfoot/tr/td")) == len(years) + 1


def test_what_was_chosen_stays_in_the_form_and_all_is_a_link_away(pages: TestClient) -> None:
    asked = "stance=recommended&status=persisting&kind=ilacs&family=ilacs&since=2018&until=2024"
    tree = tree_of(pages, f"{WESTMARCH}?{asked}&service=front-door")
    given = dict(pair.split("=") for pair in [*asked.split("&"), "service=front-door"])
    (form,) = tree.xpath("//form[@action='/authority/westmarch#themes']")
    assert dict(form.form_values()) == given
    assert form.xpath("./details/@open")
    (link,) = tree.xpath("//a[text()='Show all']/@href")
    assert not tree_of(pages, link).xpath("//form/details/@open")


def test_where_nothing_fits_it_is_said(pages: TestClient) -> None:
    for asked in ("since=2999", "kind=monitoring-visit", "stance=recommended&since=2024&kind=jtai"):
        tree = tree_of(pages, f"{WESTMARCH}?{asked}")
        assert "No theme fits all of this." in tree.text_content()
        assert not tree.find_class("matrix")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("status=%3Cscript%3E", "There is no status &#39;&lt;script&gt;&#39; here."),
        ("status=not-revisited", "There is no status"),
        ("stance=neutral", "There is no stance"),
        ("service=supervision", "There is no service"),
        ("family=other", "There is no family"),
        ("kind=" + "x" * 5000, f"There is no kind &#39;{'x' * 80}&#39; here."),
        ("since=%00", "must be a year"),
        ("since=2018-01-01", "must be a year"),
        ("until=%D9%A2%D9%A0%D9%A1%D9%A8", "must be a year"),
        ("since=2019&until=2018", "2019 is after 2018: no year is left."),
    ],
)
def test_what_cannot_be_chosen_is_told_in_words(pages: TestClient, asked: str, words: str) -> None:
    for address in (f"{WESTMARCH}?", "/compare?authority=westmarch&"):
        page = pages.get(address + asked)
        assert page.status_code == 400
        assert words in page.text


def test_what_is_left_empty_chooses_nothing(pages: TestClient) -> None:
    whole = tree_of(pages, WESTMARCH)
    tree = tree_of(pages, f"{WESTMARCH}?stance=&status=&service=&kind=&family=&since=&until=")
    assert themes_of(tree) == themes_of(whole)
    assert not tree.xpath("//form/details/@open")


@pytest.mark.parametrize("asked", ["theme=nonsense", "service=%27"])
def test_a_report_has_no_part_on_what_there_is_not(pages: TestClient, asked: str) -> None:
    assert pages.get(f"/report/westmarch-2019-09-30-ilacs?{asked}").status_code == 400


def test_told_from_all_passages_it_is_what_the_graph_says(examples: Store) -> None:
    rows = list(ask(examples, "theme-assessments", authority="westmarch"))
    reports = list(ask(examples, "reports-list", authority="westmarch"))
    told = on_service(read_source(examples), reports, "")

    def plain(row: Any) -> tuple[str, ...]:
        return tuple(last_part(row[column]) if isinstance(row[column], str) else str(row[column])
                     for column in COLUMNS)  # fmt: skip

    assert sorted(map(plain, told.assessments)) == sorted(map(plain, rows))
    assert told.reports == reports


def test_nothing_is_told_where_there_are_no_reports(examples: Store) -> None:
    assert on_service(read_source(examples), [], "front-door").assessments == []


def test_of_a_service_a_cell_counts_the_passages_it_leads_to(pages: TestClient) -> None:
    tree = tree_of(pages, f"{WESTMARCH}?service=front-door")
    cells = tree.xpath("//table[@class='matrix']//td/a")
    assert cells
    assert len(themes_of(tree)) < len(themes_of(tree_of(pages, WESTMARCH)))
    for cell in cells:
        address = cell.get("href")
        assert address.endswith("&service=front-door")
        theme = re.findall(r"theme=([\w-]+)", address)[0]
        passages = tree_of(pages, address).find_class("passage")
        number = re.findall(r"\d+", cell.text_content())
        assert len(passages) >= int(number[0] if number else 1)
        for passage in passages:
            assert passage.xpath(f".//a[@href='/theme/{theme}']")


def test_compared_are_the_themes_that_fit_in_any(pages: TestClient, examples: Store) -> None:
    address = "/compare?authority=westmarch&authority=eastmere"
    fit: set[str] = set()
    for body in ("westmarch", "eastmere"):
        rows = list(ask(examples, "theme-assessments", authority=body))
        fit |= {line.theme for line in build_matrix(rows).lines if line.trajectory == "declined"}
    tree = tree_of(pages, f"{address}&status=declined")
    assert set(themes_of(tree)) == fit
    every = themes_of(tree_of(pages, address))
    assert f"Shown: {len(fit)} of {len(every)} themes, in 11 of 11" in tree.text_content()
    (form,) = tree.xpath("//form[@action='/compare']")
    assert ("status", "declined") in form.form_values()
    narrowed = tree_of(pages, f"{address}&family=ilacs&since=2023")
    assert years_of(narrowed) == ["2023", "2023"]
    for row in narrowed.xpath("//table[@class='matrix']/tbody/tr[th[@scope='row']]"):
        assert sum(int(cell.get("colspan", "1")) for cell in row.xpath("./td")) == 2


def test_themes_stand_in_groups_that_can_be_folded(pages: TestClient, matrix: Matrix) -> None:
    tree = tree_of(pages, WESTMARCH)
    groups = tree.xpath("//table[@class='matrix']/tbody")
    named = {theme.label for theme in vocab.themes() if not theme.broader}
    assert len(groups) == len(matrix.by_domain())
    for group, (name, lines) in zip(groups, matrix.by_domain().items(), strict=True):
        (head,) = group.xpath("./tr[@class='domain']/th[@scope='rowgroup']")
        (fold,) = head.xpath("./details[@open]/summary")
        weak = sum(line.side == "weak or mixed" for line in lines)
        assert name in named
        words = " ".join(fold.text_content().split())
        count = f"{len(lines)} theme{'s' if len(lines) > 1 else ''}"
        assert words == f"{name} {count}, {weak or 'none'} weak or mixed when last judged"
        assert len(group.xpath("./tr")) == len(lines) + 1
