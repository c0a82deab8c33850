"""Pages where there is little room: what scrolls, what folds, and what stays in sight."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

#: Every third of the controls in a part of the page that, focused one after the other and back, is
#: hidden by what stays in place over it: something else is seen at the middle of what the window
#: shows of it.
COVERED = """selector => {
  const inside = %s.filter(e => e.closest(selector));
  const covered = [];
  const some = inside.filter((_, n) => n %% 3 === 0 || n === inside.length - 1);
  for (const e of [...some, ...some.toReversed()]) {
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
    page: Page, address: str, controls: str, path: str, within: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address + path)
    inside, covered = page.evaluate(COVERED % controls, within)
    assert inside >= 3
    assert covered == []


def test_a_matrix_on_a_narrow_screen_begins_with_the_newest(plain: Page, address: str) -> None:
    plain.set_viewport_size({"width": 390, "height": 800})
    plain.goto(f"{address}/authority/westmarch")
    assert plain.get_by_text("the table scrolls to the left").is_visible()
    columns = plain.locator("table.matrix thead th")
    for place in (columns.last, columns.nth(columns.count() - 2)):
        box = place.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    theme = plain.locator("table.matrix tbody th[scope=row]").first.bounding_box()
    assert theme
    assert 0 <= theme["x"] < 100
    for caption in plain.locator("caption").all():
        box = caption.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


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
    plain: Page, address: str
) -> None:
    plain.goto(f"{address}/report/westmarch-2019-09-30-ilacs")
    passage = plain.locator("article.passage").first
    assert passage.is_visible()
    assert not plain.locator(".fold").first.is_visible()
    plain.set_viewport_size({"width": 390, "height": 800})
    assert not passage.is_visible()
    plain.locator(".fold summary").first.click()
    assert passage.is_visible()
    plain.emulate_media(media="print")
    assert plain.locator("article.passage").last.is_visible()
    plain.emulate_media(media="screen")
    plain.goto(f"{address}/report/westmarch-2019-09-30-ilacs?theme=supervision")
    assert plain.locator("article.passage").first.is_visible()


def test_the_legend_of_a_graph_stays_while_its_picture_is_read(page: Page, address: str) -> None:
    page.goto(f"{address}/graph?show=themes&theme=management-oversight&depth=2")
    drawing = page.locator(".drawing").bounding_box()
    assert drawing
    page.evaluate(f"window.scrollTo(0, {drawing['y'] + drawing['height'] / 2})")
    legend = page.locator(".legend").bounding_box()
    assert legend
    assert 0 <= legend["y"] < 10
