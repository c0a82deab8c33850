"""What a page carries besides the report's own words."""

from __future__ import annotations

from types import SimpleNamespace

from themegraph.loaders.furniture import strip_furniture


def left(draw: SimpleNamespace, *pages: object) -> str:
    cleaned = strip_furniture(list(pages))  # type: ignore[arg-type]
    return " | ".join(line.text for page in cleaned.pages for line in page.lines)


def test_page_numbers_are_taken_off(draw: SimpleNamespace) -> None:
    pages = [draw.page(n, draw.line(str(n), 34.0, page=n), *draw.text(n)) for n in (1, 2, 3)]
    assert not any(part.isdigit() for part in left(draw, *pages).split(" | "))


def test_running_headers_with_dates_and_page_number_are_taken_off(draw: SimpleNamespace) -> None:
    pages = [
        draw.page(
            n,
            draw.line("Inspection of Farmoor children’s services", 40.0, page=n, size=8),
            draw.line(f"4 to 15 October 2021 {n}", 30.0, page=n, size=8),
            *draw.text(n),
        )
        for n in (1, 2, 3, 4)
    ]
    assert "Farmoor" not in left(draw, *pages)
    assert "October" not in left(draw, *pages)


def test_the_letterhead_is_taken_off_though_it_is_drawn_last(draw: SimpleNamespace) -> None:
    page = draw.page(
        1,
        draw.line("12 May 2023", 690.0),
        *draw.text(top=650.0),
        draw.line("Piccadilly Gate", 790.0, size=9),
        draw.line("www.example.org", 740.0, size=9),
    )
    assert "Piccadilly" not in left(draw, page)
    assert "12 May 2023" in left(draw, page)


def test_a_footnote_is_kept_aside(draw: SimpleNamespace) -> None:
    page = draw.page(
        1,
        *draw.text(),
        draw.line("¹ Figures are the council’s own.", 90.0, size=9),
        draw.line("They were not checked.", 79.0, size=9),
    )
    cleaned = strip_furniture([page])
    assert "Figures" not in left(draw, page)
    assert next(line.text for line in cleaned.footnotes).startswith("¹ Figures")
    assert len(cleaned.footnotes) == 2


def test_a_closing_page_in_small_print_is_no_footnote(draw: SimpleNamespace) -> None:
    page = draw.page(
        2, *[draw.line("Small print of the end.", 700.0 - 12 * n, page=2, size=9) for n in range(5)]
    )
    cleaned = strip_furniture([draw.page(1, *draw.text()), page])
    assert cleaned.footnotes == ()
