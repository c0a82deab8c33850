"""The query page: what can be given to a question, and the beginning of an answer with how much
there is.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import subprocess

import pyoxigraph as ox
import pytest
from lxml import html
from starlette.testclient import TestClient

from themegraph.web.beginning import COUNTED, KEPT, LONGEST, begin
from themegraph.web.faults import RequestError
from themegraph.web.pages.query import chart, snippets
from themegraph.web.worker import Glance, Task, answer, glance


def rows_of(number: int) -> str:
    """A query with so many rows."""
    return f"SELECT ?n {{ VALUES ?n {{ {' '.join(map(str, range(number)))} }} }}"


@pytest.mark.parametrize(
    ("there", "shown", "number", "goes_on", "why"),
    [
        (0, 0, 0, False, "nothing"),
        (3, 3, 3, False, "as many as are kept"),
        (4, 3, 4, False, "one more than is kept is counted"),
        (6, 3, 6, False, "as many as are counted"),
        (7, 3, 6, True, "one more goes on"),
        (50, 3, 6, True, "and so do all others"),
    ],
)
def test_rows_are_kept_and_counted_up_to_a_point(
    there: int, shown: int, number: int, goes_on: bool, why: str
) -> None:
    results = ox.Store().query(rows_of(there))
    assert isinstance(results, ox.QuerySolutions)
    found = begin(results, kept=3, counted=6)
    assert found.columns == ("n",)
    assert found.rows == tuple((str(n),) for n in range(shown)), why
    assert (found.number, found.goes_on) == (number, goes_on), why


def test_what_follows_the_point_is_not_asked_for() -> None:
    """The engine gives row after row: a product without an end in sight is left where it is."""
    values = " ".join(map(str, range(1000)))
    product = " ".join(f"VALUES ?v{n} {{ {values} }}" for n in range(5))
    found = glance(ox.Store(), Glance(f"SELECT * {{ {product} }}"))
    assert (len(found.rows), found.number, found.goes_on) == (KEPT, COUNTED, True)


def test_a_long_value_is_cut() -> None:
    found = glance(ox.Store(), Glance(f"SELECT ('{'x' * 5000}' AS ?long) ?none {{}}"))
    assert found.rows == ((f"{'x' * LONGEST}…", None),)


def test_a_triple_that_several_graphs_hold_is_counted_once() -> None:
    store = ox.Store()
    a, b = ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b")
    for graph in "gh":
        store.add(ox.Quad(a, b, ox.Literal("c"), ox.NamedNode(f"http://x/{graph}")))
    asked = "CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }"
    found = glance(store, Glance(asked))
    assert found.is_graph
    assert (found.rows, found.number) == ((("http://x/a", "http://x/b", "c"),), 1)


@pytest.mark.parametrize("query", ["SELECT * {", "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"])
def test_what_is_refused_is_refused_at_a_glance_too(query: str) -> None:
    told = []
    for ask in (
        lambda: glance(ox.Store(), Glance(query)),
        lambda: answer(ox.Store(), Task(query), 1000),
    ):
        with pytest.raises(RequestError) as error:
            ask()
        told.append((error.value.reason, error.value.detail))
    assert told[0] == told[1]


def heading(page: str) -> str:
    return str(html.fromstring(page).get_element_by_id("rows").text_content())


@pytest.mark.parametrize(
    ("query", "said", "shown"),
    [
        (rows_of(1), "1 row", 1),
        (rows_of(0), "0 rows", 0),
        (rows_of(200), "200 rows", 200),
        (rows_of(1234), "1,234 rows, of which the first 200 are shown", 200),
        (rows_of(10_001), "More than 10,000 rows, of which the first 200 are shown", 200),
        ("ASK { ?s a tg:Report }", "1 row", 1),
        ("CONSTRUCT { ?s a tg:Report } WHERE { ?s a tg:Report }", "11 triples", 11),
    ],
)
def test_the_page_says_how_many_rows_there_are(
    pages: TestClient, query: str, said: str, shown: int
) -> None:
    page = pages.get("/query", params={"query": query})
    assert heading(page.text) == said
    assert len(html.fromstring(page.text).xpath("//tbody/tr")) == shown


def test_the_links_give_all_rows(pages: TestClient) -> None:
    page = html.fromstring(pages.get("/query", params={"query": rows_of(12_000)}).text)
    as_csv, as_json = page.xpath("//a[starts-with(@href, '/sparql?')]/@href")
    lines = list(csv.reader(io.StringIO(pages.get(as_csv).text)))
    assert len(lines) == 12_001
    assert len(json.loads(pages.get(as_json).text)["results"]["bindings"]) == 12_000


def test_an_answer_that_is_too_large_to_be_sent_can_be_looked_at() -> None:
    # Rows belong to their thread: the error is not kept, which would keep them.
    with pytest.raises(RequestError, match="The answer is larger than 5,000 bytes"):
        answer(ox.Store(), Task(rows_of(1000)), 5000)
    assert glance(ox.Store(), Glance(rows_of(1000))).number == 1000


def test_a_graph_is_shown_as_triples_that_lead_to_pages(pages: TestClient) -> None:
    thing = "https://w3id.org/themegraph/id/authority/westmarch"
    page = html.fromstring(pages.get("/query", params={"query": f"DESCRIBE <{thing}>"}).text)
    assert page.xpath("//thead/tr/th/text()") == ["subject", "predicate", "object"]
    assert "/authority/westmarch" in page.xpath("//tbody//a/@href")
    assert "rdf:type" in page.xpath("//tbody/tr/td/text()")
    (turtle, _) = page.xpath("//a[starts-with(@href, '/sparql?')]/@href")
    assert '"Westmarch"' in pages.get(turtle).text


@pytest.mark.parametrize(("since", "day"), [("2023", "2023-01-01"), ("2023-03", "2023-03-01")])
def test_a_period_may_be_typed_in_months_and_years(pages: TestClient, since: str, day: str) -> None:
    asked = {"question": "recurring-themes", "p-since": since}
    page = html.fromstring(pages.get("/query", params=asked).text)
    assert f'"{day}"' in page.get_element_by_id("query").text
    assert page.get_element_by_id("p-since").get("value") == since
    assert page.xpath("//tbody/tr")


def test_a_day_that_can_be_read_in_two_ways_is_not_guessed_at(pages: TestClient) -> None:
    asked = {"question": "recurring-themes", "p-since": "3/4/2023"}
    page = html.fromstring(pages.get("/query", params=asked).text)
    (problem,) = page.find_class("problem")
    assert "since: '3/4/2023' is no day, month or year; write one such" in problem.text_content()
    assert page.get_element_by_id("p-since").get("value") == "3/4/2023"


HOSTILE = 'SELECT * { ?s ?p "a \\"b\\" )-\\" ends" } # \'quoted\' $HOME `id` \\'


@pytest.mark.parametrize("sparql", ["SELECT ?x { ?x a tg:Report }", HOSTILE])
def test_what_is_copied_asks_the_query_itself(sparql: str) -> None:
    told = snippets("http://localhost:1/sparql", sparql)
    asked = re.search(r"setQuery\((.*)\)\nprint", told["python"], re.DOTALL)
    assert asked
    assert ast.literal_eval(asked[1]) == sparql
    posted = subprocess.run(
        ["sh", "-c", "curl() { cat; }\n" + told["curl"]],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert posted.stdout == f"{sparql}\n"
    raw = re.search(r'query <- r"(-+)\((.*)\)\1"\n', told["r"], re.DOTALL)
    assert raw
    assert raw[2] == sparql
    assert f'){raw[1]}"' not in raw[2]
    assert ".rq" not in "".join(told.values())


def test_what_can_be_given_to_a_question_is_picked(pages: TestClient) -> None:
    tree = html.fromstring(pages.get("/query?question=themes-now").text)
    assert "Example region" in tree.xpath("//select[@id='p-region']/option/@value")
    assert tree.xpath("string(//label[@for='p-authority'])") == "Only this body"


@pytest.mark.parametrize(
    ("given", "picked", "value", "why"),
    [
        ("p-region=example%20REGION", "p-region", "Example region", "in any case"),
        ("p-theme=Supervision", "p-theme", "supervision", "by its name"),
        ("p-region=nowhere", "p-region", "nowhere", "what is refused can be mended"),
        ("theme=supervision", "p-theme", "supervision", "without p-, as on other pages"),
        ("p-theme=supervision&p-grade=good", "p-theme", "supervision", "left from another"),
    ],
)
def test_what_is_given_by_name_stays_picked(
    pages: TestClient, given: str, picked: str, value: str, why: str
) -> None:
    tree = html.fromstring(pages.get(f"/query?question=themes-now&{given}").text)
    (option,) = tree.xpath(f"//select[@id='{picked}']/option[@selected]")
    assert (option.get("value") or option.text) == value, why


def test_a_parameter_that_a_question_has_not_is_told(pages: TestClient) -> None:
    words = pages.get("/query?question=turned-around&theme=supervision&colour=red").text
    assert "turned-around has no parameter &#39;colour&#39;; it takes theme, region." in words


def test_the_rows_of_a_named_question_have_ids_for_readers(pages: TestClient) -> None:
    named = html.fromstring(pages.get("/query?question=themes-now&theme=supervision").text)
    cells = named.xpath("//tbody/tr[1]/td")
    assert "supervision" in [cell.text_content().strip() for cell in cells]
    assert named.xpath("//td/a[text()='westmarch']/@href") == ["/authority/westmarch"]


def test_a_query_that_fails_says_why_and_stays_in_its_box(pages: TestClient) -> None:
    page = pages.get("/query", params={"query": "SELECT * { ?s ?p"})
    tree = html.fromstring(page.text)
    assert "line 1" in tree.find_class("problem")[0].text_content()
    assert tree.get_element_by_id("query").text == "SELECT * { ?s ?p"


@pytest.mark.parametrize(
    ("columns", "rows", "widths", "why"),
    [
        (["theme", "n"], [["t/a", "4"], ["t/b", "2"]], [380, 190], "a bar for each row"),
        (["theme", "n"], [["t/a", "4"], ["t/b", "0"]], [380, 0], "nothing has no width"),
        (["theme", "n"], [["t/a", "4"]], [], "one row is no chart"),
        (["theme", "n"], [["t/a", "4"], ["t/b", "x"]], [], "words are no numbers"),
        (["theme", "n"], [["t/a", "4"], ["t/b", None]], [], "nor is nothing"),
        (["theme", "n"], [["t/a", "inf"], ["t/b", "1"]], [], "nor is what has no end"),
        (["theme", "n"], [["t/a", "-4"], ["t/b", "1"]], [], "less than nothing has no bar"),
        (["theme", "n"], [["t/a", "0"], ["t/b", "0"]], [], "nothing to compare"),
        (["a", "b", "c"], [["1", "2", "3"]] * 2, [], "three columns"),
        (["theme", "n"], [["t/a", "4"]] * 41, [], "too many to see"),
    ],
)
def test_an_answer_of_two_columns_is_drawn(
    columns: list[str], rows: list[list[str | None]], widths: list[float], why: str
) -> None:
    assert [bar["width"] for bar in chart(columns, rows)] == widths, why


def test_the_query_page_tells_no_page_of_a_web_page(pages: TestClient) -> None:
    asked = {"question": "passages-of-report", "p-report": "westmarch-2023-03-06-ilacs"}
    tree = html.fromstring(pages.get("/query", params=asked).text)
    place = tree.xpath("//thead//th/text()").index("page") + 1
    assert {*tree.xpath(f"//tbody/tr/td[{place}]/text()")} == {"web page"}
