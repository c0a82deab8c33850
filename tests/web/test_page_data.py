"""Pages as data: what an address gives by its suffix or by what is accepted."""

from __future__ import annotations

import csv
import io

import pytest
from lxml import html
from starlette.testclient import TestClient

from themegraph.graph.store import Store
from themegraph.queries import ask

KEY = "westmarch-2019-09-30-ilacs"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("text/csv", "text/csv"),
        (None, "text/html"),
    ],
)
def test_the_address_of_a_thing_leads_to_what_is_accepted(
    pages: TestClient, accept: str | None, media_type: str
) -> None:
    headers = {"Accept": accept} if accept else {}
    first = pages.get("/id/authority/westmarch", headers=headers, follow_redirects=False)
    assert (first.status_code, first.headers["location"]) == (303, "/authority/westmarch")
    response = pages.get("/id/authority/westmarch", headers=headers)
    assert response.headers["content-type"].partition(";")[0] == media_type


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "rdfxml"])
def test_a_page_has_its_data(pages: TestClient, form: str) -> None:
    for address in ("/authority/westmarch", "/theme/supervision", f"/finding/{KEY}/1",
                    f"/judgement/{KEY}/overall"):  # fmt: skip
        response = pages.get(f"{address}.{form}")
        assert response.status_code == 200
        assert address.rpartition("/")[2] in response.text


@pytest.mark.parametrize(
    "address",
    ["/authority/westmarch", "/theme/supervision", "/service/front-door", f"/inspection/{KEY}",
     f"/report/{KEY}", f"/finding/{KEY}/1",
     "/recommendation/westmarch-2017-02-27-sif-reinspection/1"],
)  # fmt: skip
def test_every_row_of_a_page_as_csv_is_about_its_thing(pages: TestClient, address: str) -> None:
    rows = list(csv.DictReader(io.StringIO(pages.get(f"{address}.csv").text)))
    assert rows
    name = address.partition("/")[2].partition("/")[2]
    assert all(any(value.endswith(f"/{name}") for value in row.values()) for row in rows)


def test_what_several_reports_say_is_said_once(pages: TestClient) -> None:
    lines = pages.get("/authority/westmarch.nt").text.splitlines()
    assert any('"Westmarch"' in line for line in lines)
    assert len(lines) == len(set(lines))


def test_what_is_no_table_has_no_csv(pages: TestClient) -> None:
    address = "/question/judgement-history"
    assert pages.get(f"{address}.csv").status_code == 406
    assert ".csv" not in pages.get(address).text


@pytest.mark.parametrize(
    ("address", "question", "parameters"),
    [
        ("/", "recurring-themes", {}),
        ("/themes", "recurring-themes", {}),
        ("/authorities", "reports-list", {}),
        ("/services", "themes-by-service", {}),
        ("/warnings", "warnings", {}),
        ("/brief?authority=westmarch", "themes-now", {"authority": "westmarch"}),
        ("/brief?theme=supervision", "themes-now", {"theme": "supervision"}),
        (f"/judgement/{KEY}/overall", "judgement-history", {"authority": "westmarch"}),
        (f"/evidence/{KEY}/1/1", "evidence-for-finding", {"finding": f"{KEY}/1"}),
    ],
)
def test_a_page_leads_to_its_rows_as_csv(
    pages: TestClient, examples: Store, address: str, question: str, parameters: dict[str, str]
) -> None:
    tree = html.fromstring(pages.get(address).text)
    (link,) = tree.xpath("//footer//a[text()='csv']/@href")
    assert tree.xpath("//link[@type='text/csv']/@href") == [link]
    rows = list(csv.reader(io.StringIO(pages.get(link).text)))
    answer = ask(examples, question, **parameters)
    assert rows[0] == list(answer.columns)
    assert len(rows) - 1 == len(answer.rows)
    assert answer.rows or question == "warnings"  # of the examples nothing was not understood


def test_what_is_compared_is_its_matrix_as_csv(pages: TestClient) -> None:
    asked = "?authority=westmarch&authority=eastmere&stance=recommended&since=2018"
    tree = html.fromstring(pages.get(f"/compare{asked}").text)
    (link,) = tree.xpath("//footer//a[text()='csv']/@href")
    rows = list(csv.DictReader(io.StringIO(pages.get(link).text)))
    (matrix,) = tree.find_class("matrix")
    (shown,) = matrix.xpath(".//tr[th/a[@href='/theme/supervision']]")
    cells = [cell.get("class").split()[0] for cell in shown.xpath("./td")]
    told = [row["status"] for row in rows if row["theme"] == "supervision"]
    assert told
    assert [cell for cell in cells if cell != "apart"] == told
    assert min(row["date"] for row in rows) >= "2018"


def test_the_table_of_a_service_is_what_its_query_says(pages: TestClient) -> None:
    tree = html.fromstring(pages.get("/service/front-door").text)
    (link,) = tree.xpath("//footer//li/a[contains(text(), 'What is raised')]/@href")
    asked = html.fromstring(pages.get(link).text).xpath("//h2[@id='rows']/following::tbody[1]/tr")
    said = {row[0].text_content().rpartition("/")[2].rpartition(":")[2]: [row[1].text, row[2].text]
            for row in asked}  # fmt: skip
    shown = {
        row.xpath("./th/a/@href")[0].rpartition("/")[2]: row.xpath("./td/text()")
        for row in tree.xpath("//table[caption]/tbody/tr")
    }
    assert shown
    assert said == shown


@pytest.mark.parametrize("kind", ["Statistic", "FollowUp", "ThemeAssessment", "SourceFile"])
@pytest.mark.parametrize(
    ("accept", "media_type"),
    [("text/html,*/*;q=0.8", "text/turtle"), ("application/ld+json", "application/ld+json")],
)
def test_what_has_no_page_leads_to_its_data(
    pages: TestClient, examples: Store, kind: str, accept: str, media_type: str
) -> None:
    for row in list(examples.rows(f"SELECT ?x {{ ?x a tg:{kind} }} ORDER BY ?x"))[:3]:
        thing = row["x"].value
        path = thing.removeprefix("https://w3id.org/themegraph")
        headers = {"Accept": accept}
        first = pages.get(path, headers=headers, follow_redirects=False)
        assert first.status_code == 303
        assert first.headers["location"].startswith("/data/id/")
        response = pages.get(path, headers=headers)
        assert response.headers["content-type"].partition(";")[0] == media_type
        assert thing.rpartition("/")[2] in response.text
