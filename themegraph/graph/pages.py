"""Where in its report something stands, as people are told: its page, or that there are no pages.

The data gives page 1 of what has none, a web page or a plain text; a reader would look for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from themegraph import ids

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_UNPAGED = """SELECT DISTINCT ?report ?media WHERE {
  ?report tg:sourceFile ?file . ?file tg:mediaType ?media ; tg:pageCount 1 .
  FILTER(?media != "application/pdf")
}"""


_ADDRESSES = """SELECT DISTINCT ?report ?address WHERE {
  ?report tg:sourceFile ?file . ?file schema:contentUrl ?address
} ORDER BY ?report DESC(?address)"""


def read_pages(store: Store) -> Pages:
    """The pages of the reports in ``store``. A text has some where form feeds divide it."""
    return Pages(
        {
            ids.last_part(row["report"].value): (
                "web page" if row["media"].value == "text/html" else "text file"
            )
            for row in store.rows(_UNPAGED)
        },
        {
            ids.last_part(row["report"].value): row["address"].value
            for row in store.rows(_ADDRESSES)
        },
    )


class Pages:
    """The pages of reports: ``without`` says of those that have none (by their keys) what they are
    instead; ``addresses`` where a source can be opened, for those of which it is known.
    """

    def __init__(
        self, without: Mapping[str, str], addresses: Mapping[str, str] | None = None
    ) -> None:
        self._without = dict(without)
        self._addresses = dict(addresses or {})

    def without(self, thing: object) -> str:
        """What the report of ``thing`` is, where it has no pages; "" where it has some.

        ``thing`` is the IRI of anything in a report, of the report or of its inspection; or a key.
        """
        return self._without.get(_key(thing), "")

    def source(self, page: object, thing: object) -> str:
        """Where the source of ``thing`` can be opened, at its page; "" where that is not known, and
        for what is no address of the web: a script would run in the page that links to it.
        """
        address = self._addresses.get(_key(thing), "")
        if not address.startswith(("http://", "https://")):
            return ""
        if page is None or self.without(thing):
            return address
        return f"{address.partition('#')[0]}#page={page}"

    def where(self, page: object, thing: object) -> str:
        """Where ``thing`` stands: "page 5", or "web page"."""
        return self.without(thing) or f"page {page}"

    def short(self, page: object, thing: object) -> str:
        """The same where there is little room: "p. 5"."""
        return self.without(thing) or f"p. {page}"

    def told(self, columns: Sequence[str], row: Sequence[Any]) -> list[Any]:
        """``row`` of the answer to a named question, without a page where there is none.

        From the last to the first, a column called page, or something_page, that has a value is of
        the last thing of a report that stands in the row, of the last but one, and so on.
        """
        told = list(row)
        things = [value for value in row if _is_of_report(value)]
        pages = [
            n
            for n, name in enumerate(columns)
            if (name == "page" or name.endswith("_page")) and row[n] is not None
        ]
        for place, thing in zip(reversed(pages), reversed(things), strict=False):
            told[place] = self.without(thing) or row[place]
        return told


def _key(thing: object) -> str:
    """The key of the report in an IRI (``…/id/KIND/KEY/…``); anything else as it is."""
    text = str(thing)
    return text.removeprefix(ids.ID).split("/")[1] if text.startswith(ids.ID) else text


def _is_of_report(value: object) -> bool:
    text = str(value)
    return text.startswith(ids.ID) and not text.startswith(ids.resource("authority", ""))
