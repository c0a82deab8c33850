"""The pages in a real browser: nothing from elsewhere, no error, and fit for everybody's use."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pypdfium2 as pdfium
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
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


CONTROLS = """[...document.querySelectorAll(
  'a[href], button, input, select, textarea, summary, [tabindex]')]
  .filter(e => e.tabIndex >= 0 && e.checkVisibility())"""


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_reaches_every_control(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    # Each control tells when it is focused, so that the keys need not wait for an answer.
    controls = page.evaluate(f"(window.controls = {CONTROLS}).length")
    page.evaluate(
        "window.reached = new Set(); document.addEventListener('focusin', e => reached.add(e.target))"
    )
    assert controls > 5
    for _ in range(controls + 5):
        page.keyboard.press("Tab")
    missed = page.evaluate("controls.filter(e => !reached.has(e)).map(e => e.outerHTML)")
    assert missed == []


#: The controls in a part of the page that, focused one after the other and back, are hidden by what
#: stays in place over them: something else is seen at the middle of what the window shows of them.
COVERED = """selector => {
  const inside = %s.filter(e => e.closest(selector));
  const covered = [];
  for (const e of [...inside, ...inside.toReversed()]) {
    e.focus();
    const box = e.getBoundingClientRect();
    const frame = e.closest(".wide").getBoundingClientRect();
    const left = Math.max(box.left, frame.left), right = Math.min(box.right, frame.right);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (right <= left || bottom <= top || !seen || !(e.contains(seen) || seen.contains(e)))
      covered.push(e.textContent);
  }
  return [inside.length, covered];
}"""


@pytest.mark.parametrize(
    ("path", "within", "size"),
    [
        ("/authority/westmarch", ".matrix", (1200, 900)),
        ("/authority/westmarch", ".matrix", (700, 900)),
        ("/authority/westmarch", ".matrix", (320, 640)),
        ("/compare?authority=westmarch&authority=eastmere", ".matrix", (700, 700)),
        ("/graph?theme=supervision", ".graph", (1200, 900)),
        ("/graph?theme=supervision", ".graph", (320, 640)),
        ("/graph?theme=supervision", ".graph", (320, 256)),
        ("/graph?show=themes", ".graph", (1280, 256)),
    ],
)
def test_what_stays_in_place_never_lies_over_what_is_focused(
    page: Page, address: str, path: str, within: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address + path)
    inside, covered = page.evaluate(COVERED % CONTROLS, within)
    assert inside >= 3
    assert covered == []


def test_a_group_of_themes_is_folded_by_keyboard_and_open_in_print(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/authority/westmarch")
    group = page.locator("table.matrix tbody", has_text="Oversight and assurance")
    theme = group.get_by_role("link", name="Supervision", exact=True)
    other = page.get_by_role("link", name="Neglect", exact=True).last
    assert theme.is_visible()
    group.locator("summary").focus()
    page.keyboard.press("Enter")
    assert not theme.is_visible()
    assert group.locator("summary").is_visible()
    assert other.is_visible()
    page.emulate_media(media="print")
    assert theme.is_visible()
    page.emulate_media(media="screen")
    page.keyboard.press("Space")
    assert theme.is_visible()


def test_the_matrix_is_narrowed_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/authority/westmarch")
    page.get_by_text("Show only some themes or inspections").click()
    page.select_option("#status", "persisting")
    page.fill("#since", "2018")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**status=persisting**")
    assert "since=2018" in page.url
    assert page.url.endswith("#themes")
    assert page.input_value("#status") == "persisting"
    said = [text.split()[0] for text in page.locator("td.said").all_inner_texts()]
    assert said
    assert set(said) == {"persisting"}
    context.close()


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


def settled(page: Page) -> list[dict[str, float]]:
    """The boxes of the names of an interactive picture, once it is drawn in its whole window."""
    for _ in range(100):
        # Its policy lets nothing be evaluated, so that the page cannot be asked to wait.
        if page.evaluate("Boolean(network.names) && network.getScale() === 1"):
            break
        page.wait_for_timeout(100)
    names: list[dict[str, float]] = page.evaluate("network.names")
    return names


@pytest.mark.parametrize("size", [(1280, 800), (390, 800)])
@pytest.mark.parametrize(
    "about", ["theme=supervision&depth=2", "authority=westmarch", "show=themes&stance=weakness"]
)
def test_the_interactive_picture_fills_its_window_and_keeps_names_apart(
    page: Page, address: str, about: str, size: tuple[int, int]
) -> None:
    errors: list[str] = []
    asked: list[str] = []
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{address}/graph/interactive?{about}")
    settled(page)
    assert errors == []
    assert all(url.startswith((address, "data:")) for url in asked)
    wide, high, names, marks, edge = page.evaluate(
        """() => {
          const at = network.getPositions(), e = document.getElementById("mynetwork");
          const marks = nodes.get().map(n => {
            const p = network.canvasToDOM(at[n.id]);
            return [p.x, p.y];
          });
          const legend = document.querySelector(".legend").getBoundingClientRect();
          const card = e.getBoundingClientRect();
          return [e.clientWidth, e.clientHeight, network.names, marks, [legend.top, card.bottom]];
        }"""
    )
    for n, one in enumerate(names):
        assert one["left"] >= 0
        assert one["top"] >= 0
        assert one["right"] <= wide
        assert one["bottom"] <= high
        for other in names[n + 1 :]:
            assert (
                one["right"] <= other["left"]
                or one["left"] >= other["right"]
                or one["bottom"] <= other["top"]
                or one["top"] >= other["bottom"]
            )
    for axis, length in ((0, wide), (1, high)):
        reach = [mark[axis] for mark in marks]
        assert 0 < min(reach) < max(reach) < length
        assert max(reach) - min(reach) > 0.6 * length
    # The legend is on the screen that the picture is on.
    assert edge[0] >= 0
    assert edge[1] <= size[1]
    if size[0] > 1000:
        assert len(names) == len(marks)
        assert page.inner_text("#found") == ""
    elif len(names) < len(marks):
        assert page.inner_text("#found").startswith(f"{len(names)} of {len(marks)} names")


def test_the_interactive_picture_finds_by_a_part_of_a_name(page: Page, address: str) -> None:
    page.goto(f"{address}/graph/interactive?theme=supervision")
    settled(page)
    page.fill("#find", "PERVIS")
    assert page.inner_text("#found") == "1 match"
    assert page.evaluate("network.getSelectedNodes()[0]").endswith("/theme/supervision")
    marked = page.locator("tr.match").all_inner_texts()
    assert marked
    assert all("Supervision" in row for row in marked)
    # Words that a picture breaks into lines are found across these.
    page.fill("#find", "oversight and decision-making")
    assert page.inner_text("#found") == "1 match"
    page.fill("#find", "no such name")
    assert page.inner_text("#found") == "0 matches"
    page.fill("#find", "")
    assert page.evaluate("network.getScale()") == 1
    page.get_by_role("button", name="Closer").click()
    assert page.evaluate("network.getScale()") > 1
    page.get_by_role("button", name="Whole").click()
    assert page.evaluate("network.getScale()") == 1


def test_the_interactive_picture_is_drawn_anew_for_a_narrower_window(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/graph/interactive?authority=westmarch")
    assert max(name["right"] for name in settled(page)) > 600
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_timeout(1000)
    assert 250 < max(name["right"] for name in settled(page)) < 390


@pytest.mark.parametrize(
    ("first", "then"),
    [((800, 600), (1280, 900)), ((1280, 700), (1280, 1000)), ((1280, 900), (800, 600)),
     ((390, 800), (1280, 900))],
)  # fmt: skip
def test_the_interactive_picture_fits_a_window_of_another_size(
    page: Page, address: str, first: tuple[int, int], then: tuple[int, int]
) -> None:
    def drawn(size: tuple[int, int]) -> list[list[float]]:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.wait_for_timeout(1000)
        settled(page)
        marks: list[list[float]] = page.evaluate(
            "nodes.get().map(n => { const p = network.canvasToDOM(network.getPositions()[n.id]);"
            " return [Math.round(p.x), Math.round(p.y)]; })"
        )
        return marks

    page.set_viewport_size({"width": first[0], "height": first[1]})
    page.goto(f"{address}/graph/interactive?authority=westmarch")
    drawn(first)
    resized = drawn(then)
    page.reload()
    assert resized == drawn(then)


def test_a_matrix_on_a_narrow_screen_begins_with_the_newest(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/authority/westmarch")
    assert page.get_by_text("the table scrolls to the left").is_visible()
    columns = page.locator("table.matrix thead th")
    for place in (columns.last, columns.nth(columns.count() - 2)):
        box = place.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    theme = page.locator("table.matrix tbody th[scope=row]").first.bounding_box()
    assert theme
    assert 0 <= theme["x"] < 100
    for caption in page.locator("caption").all():
        box = caption.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    context.close()


@pytest.mark.parametrize("path", ["/compare?authority=westmarch&authority=eastmere",
                                  "/query?question=judgement-history&p-authority=westmarch"])  # fmt: skip
def test_a_table_that_scrolls_says_so_where_there_is_no_room(
    page: Page, address: str, path: str
) -> None:
    page.goto(address + path)
    assert not page.get_by_text("The table scrolls sideways").is_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.get_by_text("The table scrolls sideways").is_visible()


def test_sections_of_a_report_are_folded_on_a_narrow_screen_alone(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/report/westmarch-2019-09-30-ilacs")
    passage = page.locator("article.passage").first
    assert passage.is_visible()
    assert not page.locator(".fold").first.is_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    assert not passage.is_visible()
    page.locator(".fold summary").first.click()
    assert passage.is_visible()
    page.emulate_media(media="print")
    assert page.locator("article.passage").last.is_visible()
    page.emulate_media(media="screen")
    page.goto(f"{address}/report/westmarch-2019-09-30-ilacs?theme=supervision")
    assert page.locator("article.passage").first.is_visible()
    context.close()


def test_a_cell_of_the_matrix_looks_like_a_link(page: Page, address: str) -> None:
    page.goto(f"{address}/authority/westmarch")
    cell = page.locator("table.matrix td a").first
    assert "underline" in cell.evaluate("e => getComputedStyle(e).textDecorationLine")


def test_the_legend_of_a_graph_stays_while_its_picture_is_read(page: Page, address: str) -> None:
    page.goto(f"{address}/graph?show=themes&theme=management-oversight&depth=2")
    drawing = page.locator(".drawing").bounding_box()
    assert drawing
    page.evaluate(f"window.scrollTo(0, {drawing['y'] + drawing['height'] / 2})")
    legend = page.locator(".legend").bounding_box()
    assert legend
    assert 0 <= legend["y"] < 10


def test_the_query_is_coloured_and_stays_what_was_typed(page: Page, address: str) -> None:
    page.goto(f"{address}/query")
    page.fill("#query", 'SELECT ?x { ?x tg:says "</pre><b>hostile</b>" } # why')
    coloured = page.locator(".coloured")
    assert coloured.inner_text().strip() == page.input_value("#query")
    assert page.locator(".coloured .keyword").first.inner_text() == "SELECT"
    assert page.locator(".coloured .comment").inner_text() == "# why"
    assert page.locator(".coloured b").count() == 0


def content(page: Page) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """The words of a page, where its links lead, and its fields with what is in them. What colours
    the query a second time, unseen by who hears the page, is left out.
    """
    tree = html.fromstring(page.content())
    for unseen in tree.xpath("//script | //*[contains(@class, 'coloured')]"):
        unseen.drop_tree()
    fields = page.locator("input, select, textarea").all()
    return (
        [words for text in tree.find("body").itertext() if (words := " ".join(text.split()))],
        tree.xpath("//body//@href"),
        [(field.get_attribute("name") or "", field.input_value()) for field in fields],
    )


@pytest.mark.parametrize("path", [path for path in PAGES if "/interactive" not in path])
def test_a_page_is_the_same_without_scripts(
    browser: Browser, page: Page, address: str, path: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    page.goto(address + path)
    plain.goto(address + path)
    words, links, fields = content(plain)
    assert len(words) > 10  # the head of every page
    assert links
    assert (words, links, fields) == content(page)
    context.close()


def test_a_query_is_answered_without_scripts(browser: Browser, address: str) -> None:
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


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "/authority/westmarch",
            ("Themes by inspection", "Supervision", "looked at, nothing said"),
        ),
        ("/theme/supervision", ("Year by year", "How it is put", "Praised in")),
        ("/brief?authority=westmarch", ("What keeps coming back", "Quotations")),
        ("/compare?authority=westmarch&authority=eastmere", ("Eastmere", "Supervision")),
        ("/report/westmarch-2019-09-30-ilacs", ("Judgements", "Requires improvement to be good")),
        ("/graph?theme=supervision", ("Lines:", "Passages")),
        ("/search?q=drift", ("passage",)),
    ],
)
def test_what_is_printed_has_its_words_and_no_menus_or_forms(
    page: Page, address: str, path: str, words: tuple[str, ...]
) -> None:
    page.goto(address + path)
    title = page.inner_text("h1")
    menus = page.locator("header a, form button, form label").all_inner_texts()
    assert "Authorities" in menus
    sheets = pdfium.PdfDocument(page.pdf())
    printed = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets]
    assert all(printed), "a sheet is empty"
    whole = " ".join(printed)
    for wanted in (title, *words):
        assert wanted in whole
    page.emulate_media(media="print")
    for hidden in page.locator("header, form, footer details").all():
        assert not hidden.is_visible()
    assert "Skip to content" not in whole
