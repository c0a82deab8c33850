"""The interactive picture in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page


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
