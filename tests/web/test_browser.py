"""The pages in a real browser: nothing from elsewhere, no error, and fit for everybody's use."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = (
    "/",
    "/authorities",
    "/authority/westmarch",
    "/themes",
    "/theme/supervision",
    "/report/westmarch-2019-09-30-ilacs",
    "/finding/westmarch-2019-09-30-ilacs/1",
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
    "/graph/tie?show=themes&one=theme/permanence-planning&other=theme/timeliness-drift-and-delay",
    "/search?q=drift",
    "/query?question=judgement-history&p-authority=westmarch",
    "/query?query=SELECT",
    "/about",
    "/nothing",
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: apt-get install chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_other_host_makes_no_error_and_is_accessible(
    page: Page, address: str, path: str
) -> None:
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    response = page.goto(address + path)
    assert response
    expected = {"/nothing": 404}.get(path, 200)
    assert response.status == expected
    assert all(url.startswith(address) for url in asked)
    assert [told for told in errors if not (expected == 404 and "404" in told)] == []
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": rules}})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_narrow_screen(page: Page, address: str, path: str) -> None:
    """At 320 pixels, which is also 1,280 at 400%, tables alone may scroll sideways."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_keyboard_reaches_every_control(page: Page, address: str) -> None:
    page.goto(f"{address}/authority/westmarch")
    controls = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]"
        ".filter(e => e.checkVisibility()).length"
    )
    reached = set()
    for _ in range(controls + 5):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
        )
    assert len(reached) >= controls


def test_every_node_of_the_graph_is_reached_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/graph?theme=supervision")
    page.focus(".drawing")
    nodes = page.locator(".graph .node").count()
    reached = []
    for _ in range(nodes):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert len(set(reached)) == nodes
    leads_to = page.evaluate("document.activeElement.href.baseVal")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{leads_to}")


def test_the_interactive_picture_draws_with_its_own_scripts_alone(page: Page, address: str) -> None:
    errors: list[str] = []
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/graph/interactive?theme=supervision")
    page.wait_for_selector("canvas")
    assert errors == []
    page.fill("#find", "supervision")
    assert page.inner_text("#found") == "1 match"


def test_the_query_is_coloured_and_stays_what_was_typed(page: Page, address: str) -> None:
    page.goto(f"{address}/query")
    page.fill("#query", 'SELECT ?x { ?x tg:says "</pre><b>hostile</b>" } # why')
    coloured = page.locator(".coloured")
    assert coloured.inner_text().strip() == page.input_value("#query")
    assert page.locator(".coloured .keyword").first.inner_text() == "SELECT"
    assert page.locator(".coloured .comment").inner_text() == "# why"
    assert page.locator(".coloured b").count() == 0


def test_a_page_is_the_same_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/query?query=SELECT+%3Fx+%7B+%3Fx+a+tg%3AReport+%7D")
    assert page.input_value("#query").startswith("SELECT ?x")
    assert page.inner_text("#rows") == "11 rows"
    context.close()


def test_back_and_reload_keep_the_state(page: Page, address: str) -> None:
    page.goto(f"{address}/query")
    page.select_option("#question", "judgement-history")
    page.get_by_role("button", name="Ask").click()
    page.select_option("#p-authority", "westmarch")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_selector("#rows")
    kept, rows = page.url, page.inner_text("#rows")
    page.reload()
    assert page.inner_text("#rows") == rows
    page.goto(f"{address}/about")
    page.go_back()
    assert page.url == kept
    assert page.inner_text("#rows") == rows


def test_a_page_can_be_printed(page: Page, address: str) -> None:
    page.goto(f"{address}/authority/westmarch")
    page.emulate_media(media="print")
    assert not page.is_visible("header")
    assert page.is_visible("table.matrix")
    assert page.pdf().startswith(b"%PDF")
