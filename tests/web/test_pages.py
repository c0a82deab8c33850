"""The pages on the example reports: each whole without scripts, alive in every link, and safe."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import quote, unquote, urldefrag, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

from themegraph.graph.store import Store
from themegraph.queries import ask
from themegraph.web.highlight import Mark, cut
from themegraph.web.pages.authority import judgement_table
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
