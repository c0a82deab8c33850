"""Findings and recommendations that use some words, as an answer with what of them matched."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from themegraph.counting import counted
from themegraph.graph.pages import Pages, read_pages
from themegraph.ids import last_part
from themegraph.marks import shape_of
from themegraph.ontology import vocab
from themegraph.queries.answer import Answer
from themegraph.queries.binding import check_choice, resolve
from themegraph.queries.emptiness import no_report
from themegraph.search.index import Hit, Piece, open_index

if TYPE_CHECKING:
    from themegraph.graph.store import Store

#: What can be asked for alone, what a finding says in all, and what can come first.
KINDS = ("finding", "recommendation")
STANCES = ("strength", "weakness", "mixed", "neutral")
ORDERS = ("best", "newest", "oldest")
#: So many are shown in a notebook.
_SHOWN = 20
_COLUMNS = ("authority", "date", "kind", "stance", "page", "words", "why", "passage")


@dataclass(frozen=True, slots=True, repr=False)
class Passages(Answer):
    """Passages that were found, of ``total`` that match; ``hits`` tell what of each matched.

    ``note`` says so where there is no report about the authority that was asked for.
    """

    hits: tuple[Hit, ...]
    total: int
    pages: Pages
    note: str = ""

    def _repr_html_(self) -> str:
        from themegraph.queries.shown import cell_html, paragraph, quotation

        if self.note:
            return paragraph(self.note)
        parts = []
        for hit in self.hits[:_SHOWN]:
            words = "".join(map(_marked, hit.text))
            where = (
                f"{escape(self.pages.short(hit.page, hit.passage))}, {cell_html(hit.passage)}"
                f"<br>found: {escape(hit.why)}"
            )
            shape = shape_of(hit.stance or "recommended")
            parts += [paragraph(head_of(hit)), quotation(shape, words, where)]
        shown = f" The first {len(parts) // 2} are shown." if len(parts) // 2 < self.total else ""
        return "".join([*parts, paragraph(f"{counted(self.total, 'passage')}.{shown}")])


def search_passages(
    store: Store,
    words: str,
    *,
    authority: str | None = None,
    kind: str = "",
    stance: str = "",
    order: str = "best",
    most: int | None = None,
) -> Passages:
    """The passages of ``store`` that match ``words``, as :meth:`SearchIndex.find` finds them;
    ``most`` of them, or all.

    Raises QueryError for a body that the store does not know, and for words that cannot be sought.
    """
    check_choice("kind", kind, ("", *KINDS))
    check_choice("stance", stance, ("", *STANCES))
    check_choice("order", order, ORDERS)
    body = last_part(resolve(store, "authority", authority).value) if authority else ""
    with closing(open_index(store)) as index:
        found = index.find(
            words,
            authority=body,
            kind=kind,
            stance=stance,
            order=order,
            most=-1 if most is None else most,
        )
    return Passages(
        _COLUMNS,
        tuple(map(_row, found.hits)),
        found.hits,
        found.total,
        read_pages(store),
        "" if found.total else no_report(store, authority),
    )


def head_of(hit: Hit) -> str:
    """Of which inspection a passage is: its body, day and kind."""
    return f"{hit.name}, {hit.date or 'without a date'}, {vocab.short_name(hit.kind)}"


def _row(hit: Hit) -> tuple[object, ...]:
    words = "".join(piece.text for piece in hit.text)
    return (
        hit.authority,
        hit.date,
        hit.kind,
        hit.stance,
        hit.page,
        words,
        hit.why,
        hit.passage,
    )


def _marked(piece: Piece) -> str:
    """A stretch of a text as HTML, marked where it matched."""
    text = escape(piece.text)
    return f"<mark>{text}</mark>" if piece.matched else text
