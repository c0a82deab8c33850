"""What is said of a fault on a page: in terms of pages, with what may have been meant."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("address", "status", "said", "leads_to"),
    [
        ("/authority/westmarsh", 404, "Did you mean westmarch", "/authorities"),
        ("/theme/privte-fostering", 404, "Private fostering (private-fostering)?", "/themes"),
        ("/service/front-dor", 404, "(front-door)?", "/services"),
        ("/brief?theme=privte-fostering", 404, "Private fostering (private-fostering)?", "/"),
        ("/question/turned-arond", 404, "Did you mean turned-around", "/questions"),
        ("/graph?theme=privte-fostering", 400, "Did you mean private-fostering?", "/"),
        ("/search?q=drift&authority=westmarsh", 400, "Did you mean westmarch?", "/"),
        ("/query?question=turned-arond", 404, "Did you mean turned-around", "/"),
    ],
)
def test_a_fault_is_told_without_commands(
    pages: TestClient, address: str, status: int, said: str, leads_to: str
) -> None:
    response = pages.get(address)
    assert response.status_code == status
    (main,) = html.fromstring(response.text).xpath("//main")
    assert said in main.text_content()
    assert "themegraph " not in main.text_content()
    assert leads_to in main.xpath(".//a/@href")


def test_a_question_that_needs_more_says_what_to_choose(pages: TestClient) -> None:
    main = html.fromstring(pages.get("/query?question=turned-around").text).xpath("//main")[0]
    assert main.find_class("problem") == []
    (said,) = main.xpath(".//p[@role='status']")
    assert said.text_content().startswith("This question needs more before it can be asked: the")
    assert "-p theme" not in main.text_content()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "query=SELECT ?x { ?x a tg:Findng }",
            "The ontology has no tg:Findng. Did you mean tg:Finding",
        ),
        ("query=SELECT ?x { ?x a tg:Finding FILTER(false) }", ""),
        ("question=judgement-history&p-authority=leeds", "The store holds no report about leeds."),
    ],
)
def test_why_there_are_no_rows_is_told_as_on_a_terminal(
    pages: TestClient, query: str, said: str
) -> None:
    page = html.fromstring(pages.get(f"/query?{query}").text)
    assert page.get_element_by_id("rows").text == "0 rows"
    assert (
        "".join(p.text_content() for p in page.find_class("problem"))[: len(said) or None] == said
    )


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT ?x { ?x a tg:Report }", "csv"),
        ("ASK { ?x a tg:Report }", "csv"),
        ("CONSTRUCT { ?x a tg:Report } WHERE { ?x a tg:Report }", "ttl"),
        ("DESCRIBE tg:Report", "ttl"),
    ],
)
def test_what_is_taken_along_is_a_form_that_the_endpoint_gives(
    pages: TestClient, query: str, form: str
) -> None:
    page = html.fromstring(pages.get("/query", params={"query": query}).text)
    curl, python, r = (pre.text_content() for pre in page.xpath("//main/pre"))
    accept = {"csv": "text/csv", "ttl": "text/turtle"}[form]
    assert f"Accept: {accept}" in curl
    assert {"csv": "returnFormat=CSV", "ttl": "returnFormat=TURTLE"}[form] in python
    assert f"format={form}" in r
    given = pages.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert given.status_code == 200
    assert pages.get("/sparql", params={"query": query, "format": form}).status_code == 200
