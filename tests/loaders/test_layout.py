"""From lines with positions to paragraphs, items and headings."""

from __future__ import annotations

from types import SimpleNamespace


def kinds(blocks: list) -> list[tuple[str, str]]:  # type: ignore[type-arg]
    return [(block.kind, block.marker) for block in blocks]


def test_a_gap_wider_than_the_leading_parts_paragraphs(draw: SimpleNamespace) -> None:
    page = draw.page(1, *draw.text(), draw.line("Caseloads are high.", 620.0))
    assert [b.text[:9] for b in draw.blocks(page)] == ["Plans for", "Caseloads"]


def test_lines_at_the_usual_leading_are_one_paragraph(draw: SimpleNamespace) -> None:
    assert len(draw.blocks(draw.page(1, *draw.text()))) == 1


def test_a_bold_line_is_a_heading_and_a_wrapped_one_is_whole(draw: SimpleNamespace) -> None:
    page = draw.page(
        1,
        draw.line("The experiences of children who need help and", 760.0, bold=True),
        draw.line("protection: good", 745.0, bold=True),
        *draw.text(),
    )
    first, second = draw.blocks(page)
    assert (first.kind, first.text) == (
        "heading",
        "The experiences of children who need help and protection: good",
    )
    assert second.kind == "paragraph"


def test_the_grade_in_a_cell_beside_a_title_joins_it(draw: SimpleNamespace) -> None:
    page = draw.page(
        1,
        draw.line("The experiences of children who", 760.0, bold=True, size=14),
        draw.line("need help", 744.0, bold=True, size=14),
        draw.line("Good", 751.0, x=400.0, bold=True, size=14),
        *draw.text(),
    )
    assert draw.blocks(page)[0].text == "The experiences of children who need help Good"


def test_a_number_opens_an_item_and_hangs(draw: SimpleNamespace) -> None:
    page = draw.page(
        1,
        draw.line("1. Visits to children are", 700.0, tab=99.0),
        draw.line("regular and purposeful.", 685.5, x=99.0),
        draw.line("2. Plans are not.", 650.0, tab=99.0),
        *draw.text(top=600.0),
    )
    items = [b for b in draw.blocks(page) if b.kind == "item"]
    assert [(b.number, b.text) for b in items] == [
        (1, "Visits to children are regular and purposeful."),
        (2, "Plans are not."),
    ]


def test_a_wrapped_line_that_opens_with_a_year_is_no_item(draw: SimpleNamespace) -> None:
    page = draw.page(
        1,
        draw.line("1. Leaders had no plan before the summer of", 700.0, tab=99.0),
        draw.line("2020. However, they have one now.", 685.5, x=99.0),
        *draw.text(top=600.0),
    )
    assert [b.number for b in draw.blocks(page) if b.kind == "item"] == [1]


def test_a_series_goes_on_wherever_its_marker_is_set(draw: SimpleNamespace) -> None:
    page = draw.page(
        1,
        draw.line("1. Visits are regular.", 700.0, x=60.0, tab=99.0),
        draw.line("2. Plans are not.", 665.0, x=78.0, tab=99.0),
        *draw.text(top=600.0),
    )
    assert [b.level for b in draw.blocks(page) if b.kind == "item"] == [1, 1]


def test_a_bullet_further_right_is_nested(draw: SimpleNamespace) -> None:
    page = draw.page(
        1,
        draw.line("\uf06e Of this number:", 700.0, tab=89.0),
        draw.line("\uf02d 12 live with parents", 680.0, x=110.0, tab=130.0),
        draw.line("\uf06e Others moved on.", 660.0, tab=89.0),
        *draw.text(top=600.0),
    )
    items = [b for b in draw.blocks(page) if b.kind == "item"]
    assert [(b.level, b.marker) for b in items] == [(1, "•"), (2, "–"), (1, "•")]


def test_an_item_broken_by_the_page_goes_on_at_its_indent(draw: SimpleNamespace) -> None:
    first = draw.page(
        1,
        *draw.text(),
        draw.line("1. Visits to children are made. They", 600.0, tab=99.0),
        draw.line("are seen alone.", 585.5, x=99.0),
    )
    second = draw.page(
        2, draw.line("Their views are written down.", 760.0, x=99.0, page=2), *draw.text(2)
    )
    item = next(b for b in draw.blocks(first, second) if b.kind == "item")
    assert item.text.endswith("They are seen alone. Their views are written down.")
    assert (item.page, item.last_page) == (1, 2)


def test_an_unfinished_paragraph_goes_on_over_the_page(draw: SimpleNamespace) -> None:
    first = draw.page(1, *draw.text(), draw.line("Leaders are aware of", 600.0))
    second = draw.page(2, draw.line("the delay.", 760.0, page=2), *draw.text(2))
    assert "Leaders are aware of the delay." in [b.text for b in draw.blocks(first, second)]


def test_a_finished_paragraph_does_not(draw: SimpleNamespace) -> None:
    first = draw.page(1, *draw.text(), draw.line("Leaders are aware.", 600.0))
    second = draw.page(2, draw.line("Partners are not.", 760.0, page=2), *draw.text(2))
    texts = [b.text for b in draw.blocks(first, second)]
    assert "Leaders are aware." in texts
    assert "Partners are not." in texts


def test_a_word_broken_at_its_hyphen_is_closed_up(draw: SimpleNamespace) -> None:
    page = draw.page(
        1,
        draw.line("Work is multi¬", 700.0),
        draw.line("agency and swift.", 685.5),
        *draw.text(top=600.0),
    )
    assert draw.blocks(page)[0].text == "Work is multi-agency and swift."


def test_a_box_that_cuts_a_sentence_is_passed_over(draw: SimpleNamespace) -> None:
    first = draw.page(
        1,
        *draw.text(),
        draw.line("\uf06e Meetings are held but they do not", 600.0, tab=113.0),
        draw.line("Practice study: good work", 570.0, x=89.0, bold=True),
        draw.line("A worker helped a boy to speak.", 545.0, x=89.0),
    )
    second = draw.page(2, draw.line("include every agency.", 760.0, x=113.0, page=2), *draw.text(2))
    texts = [b.text for b in draw.blocks(first, second)]
    assert "Meetings are held but they do not include every agency." in texts
    assert "A worker helped a boy to speak." in texts


def test_a_table_of_responsible_bodies_is_read_by_columns(draw: SimpleNamespace) -> None:
    page = draw.page(
        1,
        *draw.text(top=800.0),
        draw.line("Responsible body", 700.0, bold=True),
        draw.line("Areas for priority action", 700.0, x=260.0, bold=True),
        draw.line("Farmoor", 680.0),
        draw.line("Leaders should act.", 680.0, x=260.0),
    )
    merged = draw.line("Farmoor Leaders should act.", 680.0, tab=260.0)
    header = draw.line("Responsible body Areas for priority action", 700.0, bold=True)
    words = (
        header.words[:2] + draw.line("Areas for priority action", 700.0, x=260.0, bold=True).words
    )
    page = draw.page(1, *draw.text(top=800.0), type(header)(1, words), merged)
    assert [b.text for b in draw.blocks(page)][-2:] == ["Farmoor", "Leaders should act."]
