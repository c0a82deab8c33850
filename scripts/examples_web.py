"""The example reports that are not PDF: a letter as plain text, and a report as a web page.

Goes in: a :class:`Document`. Comes out: the text of the file.
"""

from __future__ import annotations

from html import escape
from itertools import groupby

import examples_labels as labels
from examples_source import Block, Document, curl


def make_text(document: Document) -> str:
    """A letter as a converter writes it: no marks but the hyphens of its bullets."""
    head = document.head
    lines = ["\n".join(labels.LETTERHEAD[0]), "\n".join(labels.LETTERHEAD[1])]
    lines += [head["published_printed"], curl("\n".join(head["addressee"])), head["salutation"]]
    lines.append(document.words("subject"))
    printed = [block for block in document.blocks if block.text]
    for bullets, group in groupby(printed, key=lambda block: block.kind == "bullet"):
        texts = [block.text for block in group]
        lines += ["\n".join(f"- {text}" for text in texts)] if bullets else texts
    lines.append("Yours sincerely")
    lines += [curl(part) for part in head["signature"]]
    return "\n\n".join(lines) + "\n"


def make_html(document: Document) -> str:
    """A report as a page of its own, with headings, a table and lists and nothing else."""
    title = curl(f"Inspection of {document.head['authority']} local authority children's services")
    lead = document.head["lead"]
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{escape(title)} (fictional example)</title>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{escape(title)}</h1>",
        f"<p><strong>Inspection dates:</strong> {document.head['dates_printed']}</p>",
        f"<p><strong>Lead inspector:</strong> {escape(lead)}, His Majesty’s Inspector</p>",
        *_table(document),
        *_flow(document),
        "</main>",
        "<footer>",
        *(f"<p>{escape(text)}</p>" for text in labels.closing(document)),
        "</footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _table(document: Document) -> list[str]:
    rows = [
        f"<tr><td>{escape(label)}</td><td>{grade}</td></tr>"
        for _, label, grade in labels.rows(document)
    ]
    head = '<thead><tr><th scope="col">Judgement</th><th scope="col">Grade</th></tr></thead>'
    return ["<table>", head, "<tbody>", *rows, "</tbody>", "</table>"]


def _flow(document: Document) -> list[str]:
    out: list[str] = []
    for kind, group in groupby(document.blocks, key=lambda block: block.kind):
        blocks = list(group)
        if kind == "heading":
            out += [f"<h{b.level}>{escape(_title(document, b))}</h{b.level}>" for b in blocks]
        elif kind == "paragraph":
            out += [f"<p>{escape(block.text)}</p>" for block in blocks]
        elif kind in ("bullet", "number"):
            out += _list(blocks)
    return out


def _title(document: Document, block: Block) -> str:
    area = block.text.removeprefix("@judgement ")
    return labels.heading(document, area) if area != block.text else block.text


def _list(blocks: list[Block]) -> list[str]:
    items = [f"<li>{escape(block.text)}</li>" for block in blocks]
    if blocks[0].number is None:
        return ["<ul>", *items, "</ul>"]
    start = f' start="{blocks[0].number}"' if blocks[0].number > 1 else ""
    return [f"<ol{start}>", *items, "</ol>"]
