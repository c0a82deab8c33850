"""Answers as HTML for notebooks: tables, and stories that read as the commands tell them.

Everything that comes from a report is escaped. Styles stand in the elements and take the colours of
the notebook around them, so that they can be read in a light one and in a dark one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from themegraph import ids, marks
from themegraph.counting import counted
from themegraph.rows import grouped

if TYPE_CHECKING:
    from themegraph.graph.pages import Pages
    from themegraph.queries.answer import Answer
    from themegraph.queries.comparison import Comparison
    from themegraph.queries.following import FollowUp
    from themegraph.queries.matrix import Matrix
    from themegraph.queries.recurring import Recurring, Themes
    from themegraph.queries.report import StoredReport
    from themegraph.queries.story import Story
    from themegraph.queries.turning import TurnedAround

    Row = dict[str, Any]

#: So many rows of an answer are shown, so many themes, recommendations and inspections of a story.
ROWS, THEMES, ASKED, VISITS = 20, 20, 20, 40
#: A longer text is prose, which needs lines of some length.
_PROSE = 40
_LINE = "1px solid rgba(128, 128, 128, 0.45)"
_CELL = f"padding: 0.3em 0.5em; border-bottom: {_LINE}; text-align: left; vertical-align: top"
_RIGHT = _CELL.replace("left", "right")
_TABLE = "border-collapse: collapse; color: inherit; background: none; font-size: 0.95em"
_QUOTE = f"margin: 0.3em 0 0.6em 1.2em; padding-left: 0.8em; border-left: 3px {_LINE[4:]}"


def answer_html(answer: Answer) -> str:
    """The first ROWS rows as a table; things by their ids, with their IRIs where one points."""
    lines = [[cell_html(value) for value in row] for row in answer.rows[:ROWS]]
    return table_html(answer.columns, lines, _numeric(answer.rows)) + _more(
        len(answer) - ROWS, "row"
    )


def themes_html(themes: Themes) -> str:
    """All themes, each with its id, under the groups they stand in."""
    parts = []
    for group, told in grouped(themes, "group").items():
        names = "; ".join(f"{row['label']} ({row['id']})" for row in told)
        parts += [_strong(group), paragraph(names)]
    return "".join(parts)


def report_html(report: StoredReport) -> str:
    """What a report is, its judgements, and how much else there is to ask for."""
    from themegraph.queries.report import facts_of

    facts = table_html(
        ("", ""), [[escape(name), escape(str(value))] for name, value in facts_of(report)]
    )
    judged = report.judgements
    there = [
        counted(len(report.findings), "finding"),
        counted(len(report.recommendations), "recommendation"),
        counted(len(report.statistics), "statistic"),
    ]
    parts = [title_html(report.title), facts, _strong("Judgements") if judged.rows else ""]
    parts += [answer_html(judged) if judged.rows else "", paragraph(f"{', '.join(there)}.")]
    return "".join(parts)


def story_html(story: Story) -> str:
    """Each inspection with what it says in all, and its passages word for word with pages; of many
    bodies one passage of each inspection, as the command tells it.
    """
    from themegraph.queries.story import choose, heading

    if story.note:
        return paragraph(story.note)
    most = 1 if len({row["authority"] for row in story}) > 1 else None
    visits = list(grouped(story, "inspection").values())
    parts = [title_html(story.title)]
    for told in visits[:VISITS]:
        wanted, others = choose(told, most)
        parts.append(_strong(heading(told[0])))
        for row in wanted:
            where = _where(story.pages, row["page"], row["passage"])
            parts.append(quotation(marks.shape_of(row["says"]), escape(row["words"]), where))
        parts.append(_more(others, "passage"))
    looked, passages = counted(story.visits, "inspection"), counted(story.passages, "passage")
    parts.append(_more(len(visits) - VISITS, "inspection"))
    parts += [_legend("".join(parts)), paragraph(f"{looked}, {passages}.")]
    return "".join(parts)


def recurring_html(found: Recurring) -> str:
    """Themes by inspections or, of many bodies, in how many inspections each was found so."""
    if found.nobody:
        return paragraph(found.nobody)
    if not found.rows:
        return paragraph("No theme matches.")
    shown = counted(len(found.ranked), "theme")
    if len(found.ranked) > THEMES:
        shown += f"; the first {THEMES} are shown"
    body = _matrix(found.matrix, found.hidden) if found.matrix is not None else _counts(found)
    return f"{body}{paragraph(f'{shown}.{found.note}')}"


def comparison_html(found: Comparison) -> str:
    """How each theme stands in a body and in the others beside it."""
    from themegraph.queries.comparison import summary, table

    if found.nobody:
        return paragraph(found.nobody)
    if not found.ranked:
        return paragraph(f"No theme was judged in {found.names[found.own]}.")
    heads, cells = table(found, THEMES)
    body = table_html(heads, [[escape(cell) for cell in line] for line in cells])
    more = _more(len(found.ranked) - THEMES, "theme")
    return f"{body}{more}{_legend(body)}{paragraph(summary(found) + found.note)}"


def follow_up_html(found: FollowUp) -> str:
    """Each recommendation with what became of it, and later passages to be opened."""
    from themegraph.queries.following import CAUTION, became, numbered, summary

    if found.nobody:
        return paragraph(found.nobody)
    later = grouped(found.steps, "recommendation")
    parts = []
    for row in found.asked[:ASKED]:
        told = later.get(row["recommendation"], [])
        where = _where(found.pages, row["page"], row["recommendation"])
        when = row["date"] or "on a day that is not known"
        parts += [
            _strong(f"Recommended {when}: {became(row, told)}"),
            quotation(marks.ASKED, escape(numbered(row)), where),
            _later(told, found.pages),
        ]
    parts.append(_more(len(found.asked) - ASKED, "recommendation"))
    parts += [_legend("".join(parts)), paragraph(summary(found) + found.note)]
    if any(step["words"] for step in found.steps):
        parts.append(paragraph(f"{CAUTION}."))
    return "".join(parts)


def turned_around_html(found: TurnedAround) -> str:
    """Who turned a theme round, with a passage of both inspections."""
    from themegraph.queries.turning import NOBODY, heading, quoted, summary

    parts = [] if found.rows else [paragraph(NOBODY)]
    for row in list(found)[:ROWS]:
        parts.append(_strong(heading(row)))
        parts += [
            quotation(shape, escape(words), _where(found.pages, page, of))
            for shape, words, page, of in quoted(row)
        ]
    parts.append(_more(len(found) - ROWS, "time"))
    return "".join([*parts, _legend("".join(parts)), paragraph(summary(found))])


def table_html(
    heads: Sequence[str], lines: Iterable[Sequence[str]], numeric: Sequence[int] = ()
) -> str:
    """A table of cells that are HTML already; the columns ``numeric`` are set to the right. A line
    of one cell is a heading for the lines below it.
    """
    styles = [_RIGHT if n in numeric else _CELL for n in range(len(heads))]
    head = "".join(
        f'<th scope="col" style="{style}">{escape(name.replace("_", " "))}</th>'
        for name, style in zip(heads, styles, strict=True)
    )
    rows = []
    for line in lines:
        if len(line) == 1 < len(heads):
            over = f' colspan="{len(heads)}"'
            rows.append(f'<tr><th{over} scope="rowgroup" style="{_CELL}">{line[0]}</th></tr>')
        else:
            pairs = zip(line, styles, strict=True)
            cells = (f'<td style="{style}">{cell}</td>' for cell, style in pairs)
            rows.append(f"<tr>{''.join(cells)}</tr>")
    body = "".join(rows)
    return (
        f'<div style="overflow-x: auto"><table style="{_TABLE}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def quotation(shape: str, words: str, where: str) -> str:
    """A passage, HTML already, with the shape of what it says and where it stands."""
    return (
        f'<blockquote style="{_QUOTE}">{shape} {words}<br>'
        f'<span style="opacity: 0.75">{where}</span></blockquote>'
    )


def title_html(words: str) -> str:
    """A heading above what is shown."""
    return f'<p style="margin: 0.4em 0; font-size: 1.2em"><strong>{escape(words)}</strong></p>'


def paragraph(words: str) -> str:
    """A sentence under or above what is shown."""
    return f'<p style="margin: 0.5em 0">{escape(words)}</p>' if words else ""


def cell_html(value: object) -> str:
    """A value in a cell: a thing by its id, with its IRI where one points."""
    text = "" if value is None else str(value)
    for prefix in (ids.ID, ids.VOCAB):
        if text.startswith(prefix):
            name = text.removeprefix(prefix).partition("/")[2]
            return f'<span title="{escape(text)}">{escape(name)}</span>'
    if isinstance(value, dt.date):
        return f'<span style="white-space: nowrap">{escape(text)}</span>'
    if len(text) > _PROSE:
        return f'<div style="min-width: 20em">{escape(text)}</div>'
    return escape(text)


def _strong(words: str) -> str:
    return f'<p style="margin: 0.8em 0 0.2em"><strong>{escape(words)}</strong></p>'


def _where(pages: Pages, page: object, thing: object) -> str:
    """Where a passage stands, as a link to the page of its source where its address is known."""
    words = f"{escape(pages.short(page, thing))}, {cell_html(thing)}"
    address = pages.source(page, thing)
    if not address.startswith(("https://", "http://")):
        return words
    return f'<a href="{escape(address)}" rel="noreferrer">{words}</a>'


def _more(left: int, one: str) -> str:
    return paragraph(f"… and {counted(left, one)} more.") if left > 0 else ""


def _legend(shown: str) -> str:
    """What the shapes in ``shown`` mean."""
    told = [f"{shape} {meaning}" for shape, meaning in marks.TOLD.items() if shape in shown]
    return paragraph("\u00a0\u00a0 ".join(told))


def _numeric(rows: Sequence[Sequence[Any]]) -> list[int]:
    """The columns of numbers."""
    columns = range(len(rows[0]) if rows else 0)
    return [
        n
        for n in columns
        if all(row[n] is None or isinstance(row[n], int | float) for row in rows)
        and any(row[n] is not None for row in rows)
    ]


def _matrix(matrix: Matrix, hidden: int) -> str:
    from themegraph.queries.matrix import explained, goes_on

    heads = [
        "theme",
        *(marks.inspection_head(v.date, v.kind) for v in matrix.visits),
        "at the last",
    ]
    lines: list[list[str]] = []
    for domain, told in matrix.by_domain(THEMES).items():
        lines.append([escape(domain)])
        lines += [
            [_wide(line.label), *map(marks.cell, line.cells), _wide(goes_on(line))] for line in told
        ]
    lines.append(["findings read", *(str(visit.read) for visit in matrix.visits), ""])
    body = table_html(heads, lines)
    return f"{body}{_legend(body)}{paragraph(explained(hidden))}"


def _wide(words: str) -> str:
    """Words in a cell that must not be squeezed by many narrow ones beside it."""
    return f'<div style="min-width: 10em">{escape(words)}</div>'


def _counts(found: Recurring) -> str:
    heads = ["theme", "▲ weak", "◐ mixed", "● strong", "◆ asked", "of", "bodies", "first", "last"]
    named = ("weak", "mixed", "strong", "asked", "of", "bodies")
    lines = [
        [
            escape(row["label"]),
            *(str(row[name]) for name in named),
            *(str(row[name] or "")[:4] for name in ("first", "last")),
        ]
        for row in found.first(THEMES)
    ]
    words = (
        "Inspections that found a theme weak, mixed or strong, or recommend something on it, of "
        "those that could have; bodies found weak or mixed, and in which years."
    )
    return table_html(heads, lines, range(1, 7)) + paragraph(words)


def _later(steps: Sequence[Row], pages: Pages) -> str:
    """The later inspections in short, and their passages to be opened."""
    from themegraph.queries.following import shape_of_step, visit_head

    visits = grouped(steps, "inspection")
    heads = "; ".join(visit_head(told) for told in visits.values())
    quoted = [
        quotation(
            shape_of_step(step),
            escape(step["words"]),
            f"{step['date']}, {_where(pages, step['page'], step['passage'])}",
        )
        for step in steps
        if step["words"]
    ]
    if not quoted:
        return paragraph(heads)
    return f"<details><summary>{escape(heads)}</summary>{''.join(quoted)}</details>"
