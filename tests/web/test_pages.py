"""The pages on the example reports: each whole without scripts, alive in every link, and safe."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from urllib.parse import quote, unquote, urldefrag, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

from themegraph.graph.store import Store
from themegraph.queries import ask
from themegraph.web.highlight import Mark, cut
from themegraph.web.pages.authority import judgement_table
from themegraph.web.pages.query import chart
from themegraph.web.pages.report import quality_of

KEY = "westmarch-2019-09-30-ilacs"
PAGES = (
    "/",
    "/authorities",
    "/authority/westmarch",
    "/themes",
    "/authority/westmarch?status=persisting&since=2018",
    "/authority/westmarch?service=front-door",
    "/authority/westmarch?kind=jtai&until=1999",
    "/theme/supervision",
    f"/report/{KEY}",
    f"/report/{KEY}?service=front-door",
    f"/finding/{KEY}/1",
    "/services",
    "/service/front-door",
    f"/inspection/{KEY}",
    f"/judgement/{KEY}/overall",
    f"/evidence/{KEY}/1/1",
    "/compare",
    "/compare?authority=westmarch&authority=eastmere",
    "/compare?authority=westmarch&with=region",
    "/compare?authority=westmarch&authority=eastmere&stance=recommended&family=ilacs",
    "/graph",
    "/graph?theme=supervision",
    "/graph?show=themes",
    "/graph?authority=westmarch&depth=2",
    "/search",
    "/search?q=drift",
    "/query",
    "/query?question=judgement-history&p-authority=westmarch",
    "/about",
)


def words(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole_and_loads_nothing_from_elsewhere(pages: TestClient, address: str) -> None:
    response = pages.get(address)
    assert response.status_code == 200
    tree = html.fromstring(response.text)
    assert tree.get("lang") == "en-GB"
    (title,) = tree.xpath("//h1")
    assert title.text_content() in tree.findtext(".//title")
    scripts = tree.xpath("//script")
    assert [(s.get("src"), s.text) for s in scripts] == (
        [("/static/query.js", None)] if address.startswith("/query") else []
    )
    loaded = tree.xpath("//link[@rel!='alternate']/@href | //img/@src")
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_every_link_leads_somewhere(pages: TestClient) -> None:
    waiting, seen = ["/"], set()
    kinds: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        kind = re.sub(r"/[^/?.]+", "/x", address.partition("?")[0])
        if kind in kinds and len(seen) > 400:
            continue  # of each kind of page many were seen
        kinds.add(kind)
        response = pages.get(address)
        assert response.status_code == 200, address
        if "text/html" not in response.headers["content-type"]:
            continue
        for link in html.fromstring(response.text).xpath("//a/@href"):
            target, fragment = urldefrag(link)
            if urlsplit(link).netloc:
                assert link.startswith("https://www.nationalarchives.gov.uk/"), link
            elif target:
                waiting.append(target)
            else:
                assert fragment
    assert len(seen) > 200


def test_the_matrix_says_what_the_question_says(pages: TestClient, examples: Store) -> None:
    tree = html.fromstring(pages.get("/authority/westmarch").text)
    (matrix,) = tree.find_class("matrix")
    rows = list(ask(examples, "theme-assessments", authority="westmarch"))
    supervision = {
        row["inspection"].rpartition("/")[2]: row["status"].rpartition("/")[2]
        for row in rows
        if row["theme"].endswith("/supervision")
    }
    heads = [unquote(a.get("href")).rpartition("/")[2] for a in matrix.xpath("./thead//a")]
    (line,) = matrix.xpath(".//tr[th/a[@href='/theme/supervision']]")
    shown = dict(
        zip(heads, (cell.get("class").split()[0] for cell in line.xpath("./td")), strict=False)
    )
    assert supervision
    assert shown | supervision == shown


def test_a_report_is_shown_word_for_word(pages: TestClient, examples: Store) -> None:
    shown = words(pages.get(f"/report/{KEY}").text)
    for row in ask(examples, "sentences-of-report", report=KEY):
        assert " ".join(row["sentence"].split()) in shown


def test_a_cell_leads_to_its_passages_alone(pages: TestClient) -> None:
    tree = html.fromstring(pages.get("/authority/westmarch").text)
    (link, *_) = tree.xpath("//a[contains(@href, '?theme=supervision')]/@href")
    tagged = html.fromstring(pages.get(link).text).find_class("passage")
    assert tagged
    for passage in tagged:
        assert passage.xpath(".//a[@href='/theme/supervision']")
    assert len(tagged) < len(
        html.fromstring(pages.get(link.partition("?")[0]).text).find_class("passage")
    )


def test_of_one_theme_only_its_words_are_marked_and_its_passages_come_first(
    pages: TestClient,
) -> None:
    whole = html.fromstring(pages.get(f"/report/{KEY}").text)
    page = html.fromstring(pages.get(f"/report/{KEY}?theme=supervision").text)
    told = {mark.get("title") for mark in page.xpath("//blockquote/mark")}
    assert told == {"Supervision"}
    assert told < {mark.get("title") for mark in whole.xpath("//blockquote/mark")}
    assert page.xpath("//h2/text()")[-1] == "Judgements"
    assert whole.xpath("//h2/text()")[0] == "Judgements"
    assert page.find_class("fold") == []
    assert len(whole.find_class("fold")) == len(whole.find_class("folded"))


def test_a_theme_has_its_story_in_an_authority(pages: TestClient, examples: Store) -> None:
    shown = words(pages.get("/theme/supervision?authority=westmarch").text)
    rows = list(ask(examples, "theme-story", theme="supervision", authority="westmarch"))
    assert rows
    for row in rows:
        assert " ".join(row["words"].split()) in shown


def test_the_sparql_behind_a_page_gives_its_rows(pages: TestClient) -> None:
    tree = html.fromstring(pages.get("/authority/westmarch").text)
    links = tree.xpath("//footer//details//a/@href")
    assert len(links) == 5
    for link in links:
        page = html.fromstring(pages.get(link).text)
        assert re.match(r"[1-9]\d* rows?", page.get_element_by_id("rows").text_content())


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


def mark_of(cell: html.HtmlElement) -> str:
    """The mark of a cell of the matrix; that it is asked for where no finding is counted."""
    marks = cell.xpath(".//span[@aria-hidden and not(@class='unlike')]/text()")
    is_alone = marks[1:] == ["◆"] and not any(c.isdigit() for c in cell.text_content())
    return "◆" if is_alone else str(marks[0])


def test_what_comes_back_has_the_marks_of_the_matrix(pages: TestClient) -> None:
    tree = html.fromstring(pages.get("/authority/westmarch").text)
    rows = {
        row.xpath("string(th)").strip(): [mark_of(cell) for cell in row.xpath("td")[:-1]]
        for row in tree.xpath("//table[@class='matrix']//tr[th/a]")
    }
    items = tree.xpath("//ul[contains(@class, 'strips')]/li")
    assert items
    for item in items:
        strip = item.xpath("span[@class='strip']/span")
        assert [mark.text_content() for mark in strip] == rows[item.xpath("string(.//a)")]


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


@pytest.mark.parametrize(
    "address",
    ["/authority/nowhere", "/theme/nothing", "/theme/workforce", "/report/x", f"/finding/{KEY}/99999",
     "/nothing", "/id/nothing/x", "/authority/nowhere.ttl"],
)  # fmt: skip
def test_what_is_not_there_is_told_in_words(pages: TestClient, address: str) -> None:
    response = pages.get(address)
    assert response.status_code == 404
    assert "<h1>Not found</h1>" in response.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/authority/westmarch> ?p ?o FILTER EXISTS { ?s a tg:Report } } #", 404),
        ("/authority/westmarch> ?p ?o " + "{" * 20_000, 404),
        ("/theme/Supervision", 404),
        ("/question/judgement-history.csv", 404),
        ("/search?q=children&page=99999999999999999999", 200),
        ("/search?q=children&page=" + "9" * 5000, 200),
        ("/search?q=" + "+OR+".join(["word"] * 30), 200),
        ("/search?q=children&kind=%25", 400),
        ("/search?q=children&authority=nowhere", 400),
        ("/compare?authority=nowhere", 400),
        ("/compare?authority=westmarch&with=nonsense", 400),
        ("/compare?" + "&".join(["authority=westmarch"] * 500), 200),
        ("/compare?authority=westmarch&family=nonsense", 400),
        ("/compare?family=sif", 200),
        ("/report/..%2F..%2Fetc%2Fpasswd", 404),
        ("/finding/%00", 404),
    ],
)
def test_odd_addresses_are_answered(pages: TestClient, address: str, status: int) -> None:
    for accept in ("text/html", "text/turtle"):
        path, _, asked = address.partition("?")
        found = pages.get(
            f"{quote(path, safe='/%')}?{asked}", headers={"Accept": accept}, follow_redirects=False
        )
        known = {status} if "?" in address else {status, 404, 406}
        assert found.status_code in known, (found.status_code, accept)


def test_inspections_of_one_day_and_without_a_day_have_columns_of_their_own() -> None:
    def row(key: str, day: dt.date | None, grade: str) -> dict[str, object]:
        return {"judgement": f"x/{key}/overall", "date": day, "area": "Overall", "grade": grade}

    day = dt.date(2020, 1, 1)
    table = judgement_table([row("b", day, "good"), row("a", day, "poor"), row("c", None, "?")])
    assert table["visits"] == [("c", None), ("a", day), ("b", day)]
    assert {key: given["grade"] for key, given in table["areas"]["Overall"].items()} == {
        "a": "poor", "b": "good", "c": "?",
    }  # fmt: skip


def test_every_answer_has_a_policy(pages: TestClient) -> None:
    for address in ("/", "/nothing", "/static/style.css", "/sparql", "/static/none"):
        assert "default-src 'none'" in pages.get(address).headers["content-security-policy"]


def test_what_a_reader_types_stays_text(pages: TestClient) -> None:
    hostile = '</textarea><script>alert(1)</script>"javascript:alert(2)&amp;\u202eabc' + "x" * 300
    for parameters in (
        {"query": f"SELECT * {{ ?s ?p '''{hostile}''' }}"},
        {"query": hostile},
        {"question": "findings-search", "p-word": hostile},
    ):
        page = pages.get("/query", params=parameters)
        assert page.status_code == 200
        tree = html.fromstring(page.text)
        assert not tree.xpath("//script[not(@src)]")
        assert not tree.xpath("//a[starts-with(@href, 'javascript')]")
    shown = html.fromstring(pages.get("/query", params={"query": hostile}).text)
    assert shown.get_element_by_id("query").text == hostile


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


@pytest.mark.parametrize(
    ("marks", "pieces", "why"),
    [
        ([], ["It is late."], "nothing to mark"),
        ([(13, 15)], ["It ", "is", " late."], "in the middle"),
        ([(10, 12), (13, 15)], ["It", " ", "is", " late."], "two"),
        ([(10, 15), (13, 20)], ["It ", "is", " late", "."], "two that overlap"),
        ([(0, 12), (16, 99)], ["It", " is ", "late."], "beyond the sentence"),
        ([(0, 10), (21, 30)], ["It is late."], "in other sentences"),
    ],
)
def test_a_sentence_is_cut_at_its_marks(
    marks: list[tuple[int, int]], pieces: list[str], why: str
) -> None:
    found = cut("It is late.", 10, [Mark(a, b, "x", "weakness") for a, b in marks])
    assert [piece.text for piece in found] == pieces, why


def test_a_brief_tells_the_last_grades_from_earlier_ones(pages: TestClient) -> None:
    tree = html.fromstring(pages.get("/brief?authority=westmarch").text)
    (grades,) = tree.find_class("grades")
    assert "Mar 2014" not in grades.text_content()
    assert "May 2026" in grades.text_content()
    assert "Judged before and not then: " in tree.text_content()
    assert "Mar 2014." in tree.text_content() or "Mar 2014;" in tree.text_content()


@pytest.mark.parametrize(
    "key", ["westmarch-2023-03-06-ilacs", "westmarch-2018-06-19-focused-visit"]
)
def test_no_page_tells_a_page_of_a_report_without_pages(pages: TestClient, key: str) -> None:
    """A web page and a text: neither they nor what is in them stands on page 1."""
    waiting, seen = [f"/report/{key}", f"/inspection/{key}"], set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        tree = html.fromstring(pages.get(address).text)
        for elsewhere in tree.xpath("//footer | //section[@class='turn']"):
            elsewhere.drop_tree()
        assert not re.search(r"\bpage \d", " ".join(tree.text_content().split()), re.I), address
        for link in tree.xpath("//main//a/@href"):
            kind = link.split("/")[1]
            if key in link and f"{kind}" not in {one.split("/")[1] for one in seen | {*waiting}}:
                waiting.append(link)
    kinds = {address.split("/")[1] for address in seen}
    assert kinds >= {"report", "inspection", "finding"}
    shown = words(pages.get(f"/report/{key}").text)
    assert ("Finding, web page" in shown) or ("Finding, text file" in shown)


def test_the_query_page_tells_no_page_of_a_web_page(pages: TestClient) -> None:
    asked = {"question": "passages-of-report", "p-report": "westmarch-2023-03-06-ilacs"}
    tree = html.fromstring(pages.get("/query", params=asked).text)
    place = tree.xpath("//thead//th/text()").index("page") + 1
    assert {*tree.xpath(f"//tbody/tr/td[{place}]/text()")} == {"web page"}


def test_a_finding_says_how_well_its_themes_are_read_and_when_they_were_judged(
    pages: TestClient, examples: Store
) -> None:
    key = "westmarch-2017-02-27-sif-reinspection"
    tree = html.fromstring(pages.get(f"/finding/{key}/31").text)
    lines = tree.xpath("//table[@class='why']/tbody/tr")
    assert lines
    measured = quality_of(ask(examples, "how-well-tagged"))
    judged = list(ask(examples, "judged-before-and-after", report=key))
    for line in lines:
        theme = line.xpath("./th/a/@href")[0].rpartition("/")[2]
        said = " ".join(line.text_content().split())
        (figures,) = [found for (iri, _), found in measured.items() if iri.endswith(f"/{theme}")]
        right, told = (round(100 * figures[m]["value"]) for m in ("precision", "recall"))
        assert f"marked with it, {right} have it; of 100 that have it, {told} were marked" in said
        others = [row for row in judged if row["theme"].endswith(f"/{theme}")]
        assert others
        links = [unquote(link) for link in line.xpath("./td//a/@href")]
        keys = [row["inspection"].rpartition("/")[2] for row in others]
        assert links == [f"/report/{other}?theme={theme}" for other in keys]
        for row in others:
            place = {"before": "Before", "after": "Next"}[row["place"]]
            status = row["status"].rpartition("/")[2]
            assert re.search(rf"{place}: \S ?{status} ?{row['date']:%b %Y} ", said), said


def test_what_a_person_corrected_is_no_figure_of_the_program(pages: TestClient) -> None:
    address = "/finding/westmarch-2020-11-10-focused-visit/42650e46bb"
    assert "A person corrected it." in words(pages.get(address).text)
