"""What is done on pages, by keyboard, by forms, and on paper."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Page


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


def test_the_matrix_is_narrowed_without_scripts(plain: Page, address: str) -> None:
    plain.goto(f"{address}/authority/westmarch")
    plain.get_by_text("Show only some themes or inspections").click()
    plain.select_option("#status", "persisting")
    plain.fill("#since", "2018")
    plain.get_by_role("button", name="Show").click()
    plain.wait_for_url("**status=persisting**")
    assert "since=2018" in plain.url
    assert plain.url.endswith("#themes")
    assert plain.input_value("#status") == "persisting"
    said = [text.split()[0] for text in plain.locator("td.said").all_inner_texts()]
    assert said
    assert set(said) == {"persisting"}


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


def test_a_cell_of_the_matrix_looks_like_a_link(page: Page, address: str) -> None:
    page.goto(f"{address}/authority/westmarch")
    cell = page.locator("table.matrix td a").first
    assert "underline" in cell.evaluate("e => getComputedStyle(e).textDecorationLine")


def test_the_query_is_coloured_and_stays_what_was_typed(page: Page, address: str) -> None:
    page.goto(f"{address}/query")
    page.fill("#query", 'SELECT ?x { ?x tg:says "</pre><b>hostile</b>" } # why')
    coloured = page.locator(".coloured")
    assert coloured.inner_text().strip() == page.input_value("#query")
    assert page.locator(".coloured .keyword").first.inner_text() == "SELECT"
    assert page.locator(".coloured .comment").inner_text() == "# why"
    assert page.locator(".coloured b").count() == 0


def test_a_query_is_answered_without_scripts(plain: Page, address: str) -> None:
    plain.goto(f"{address}/query?query=SELECT+%3Fx+%7B+%3Fx+a+tg%3AReport+%7D")
    assert plain.input_value("#query").startswith("SELECT ?x")
    assert plain.inner_text("#rows") == "11 rows"


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
