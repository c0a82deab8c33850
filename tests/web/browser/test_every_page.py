"""Every kind of page in a real browser: nothing from elsewhere, no error, fit for all to use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, Page, ViewportSize

WINDOW: ViewportSize = {"width": 1200, "height": 900}
#: So many controls are tabbed through at the beginning of a page, and at its end.
PRESSED = 120
PAGES = (
    "/",
    "/authorities",
    "/authority/westmarch",
    "/authority/westmarch?service=front-door&since=2018",
    "/themes",
    "/theme/supervision",
    "/report/westmarch-2019-09-30-ilacs",
    "/finding/westmarch-2019-09-30-ilacs/1",
    "/recommendation/westmarch-2017-02-27-sif-reinspection/1",
    "/question/judgement-history",
    "/questions",
    "/warnings",
    "/brief?theme=supervision",
    "/brief?authority=westmarch",
    "/services",
    "/service/front-door",
    "/inspection/westmarch-2019-09-30-ilacs",
    "/judgement/westmarch-2019-09-30-ilacs/overall",
    "/evidence/westmarch-2019-09-30-ilacs/1/1",
    "/compare?authority=westmarch&authority=eastmere",
    "/graph",
    "/graph?theme=supervision",
    "/graph?show=themes",
    "/graph/interactive?show=themes",
    "/graph/tie?show=themes&one=theme/permanence-planning&other=theme/timeliness-drift-and-delay",
    "/search?q=drift",
    "/query?question=judgement-history&p-authority=westmarch",
    "/query?query=SELECT",
    "/about",
    "/ontology",
    "/vocabulary/theme",
    "/vocabulary/grade/sif",
    "/nothing",
)


def content(page: Page) -> tuple[list[str], list[str], list[list[str]]]:
    """The words of a page, where its links lead, and its fields with what is in them. What colours
    the query a second time, unseen by who hears the page, is left out.
    """
    tree = html.fromstring(page.content())
    for unseen in tree.xpath("//script | //*[contains(@class, 'coloured')]"):
        unseen.drop_tree()
    fields = page.evaluate(
        "[...document.querySelectorAll('input, select, textarea')].map(e => [e.name, e.value])"
    )
    return (
        [words for text in tree.find("body").itertext() if (words := " ".join(text.split()))],
        tree.xpath("//body//@href"),
        fields,
    )


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that was opened once, for all that is asked of it, and what happened meanwhile."""

    page: Page
    path: str
    status: int
    asked: list[str]
    errors: list[str]


@pytest.fixture(scope="module", params=PAGES)
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(viewport=WINDOW)
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    response = page.goto(address + request.param)
    assert response
    yield Visit(page, request.param, response.status, asked, errors)
    context.close()


def test_a_page_asks_no_other_host_and_makes_no_error(visit: Visit, address: str) -> None:
    expected = {"/nothing": 404}.get(visit.path, 200)
    assert visit.status == expected
    assert all(url.startswith(address) for url in visit.asked)
    assert [told for told in visit.errors if not (expected == 404 and "404" in told)] == []


def test_a_page_is_accessible(visit: Visit) -> None:
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    options = {"runOnly": {"type": "tag", "values": rules}, "resultTypes": ["violations"]}
    found = Axe().run(visit.page, options=options)
    assert found.violations_count == 0, found.generate_report()


def test_a_page_is_the_same_without_scripts(visit: Visit, plain: Page, address: str) -> None:
    if "/interactive" in visit.path:
        pytest.skip("the picture is moved by scripts; its table has the same content")
    plain.goto(address + visit.path)
    words, links, fields = content(plain)
    assert len(words) > 10  # the head of every page
    assert links
    assert (words, links, fields) == content(visit.page)


def test_the_keyboard_reaches_every_control(visit: Visit, controls: str) -> None:
    """Of a page with very many controls the first and the last are reached by pressing Tab; those
    between come in order too, as none has a place of its own in it.
    """
    page = visit.page
    # Each control tells when it is focused, so that the keys need not wait for an answer.
    number = page.evaluate(f"(window.controls = {controls}).length")
    page.evaluate(
        "window.reached = new Set(); document.addEventListener('focusin', e => reached.add(e.target))"
    )
    assert number > 5
    assert page.evaluate("controls.filter(e => e.tabIndex > 0).length") == 0
    pressed = min(number + 5, PRESSED)
    for _ in range(pressed):
        page.keyboard.down("Tab")  # held down, which takes half as long as pressing it each time
    if number > PRESSED:
        page.evaluate(f"controls[{number - PRESSED}].focus()")
        for _ in range(PRESSED):
            page.keyboard.down("Tab")
    page.keyboard.up("Tab")
    missed = page.evaluate(
        f"""controls.filter((e, n) => !reached.has(e) && (n < {pressed} || n >= {number - PRESSED}))
          .map(e => e.outerHTML)"""
    )
    assert missed == []


def test_a_page_fits_a_narrow_screen(visit: Visit) -> None:
    """At 320 pixels, which is also 1,280 at 400%, tables alone may scroll sideways."""
    visit.page.set_viewport_size({"width": 320, "height": 640})
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320
    visit.page.set_viewport_size(WINDOW)
