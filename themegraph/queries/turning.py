"""Who had a weakness and later did not, with a passage of both inspections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from themegraph import marks
from themegraph.counting import counted
from themegraph.graph.pages import Pages, read_pages
from themegraph.ids import last_part
from themegraph.queries.answer import Answer, ask
from themegraph.queries.binding import resolve
from themegraph.queries.undated import left_out
from themegraph.rows import given

if TYPE_CHECKING:
    from themegraph.graph.store import Store

    Row = dict[str, Any]

NOBODY = "Nobody yet, as far as the reports in the store tell."


@dataclass(frozen=True, slots=True, repr=False)
class TurnedAround(Answer):
    """Rows of the question ``turned-around``; ``judged`` is how many bodies were ever judged on the
    theme, ``note`` says what is left out for want of a date.
    """

    judged: int
    pages: Pages
    note: str = ""

    @property
    def turned(self) -> int:
        """How many bodies turned it round."""
        return len({row["authority"] for row in self})

    def _repr_html_(self) -> str:
        from themegraph.queries.shown import turned_around_html

        return turned_around_html(self)


def turned_around(store: Store, theme: str, region: str | None = None) -> TurnedAround:
    """Who had a weakness in ``theme`` and later did not, in a ``region`` or anywhere.

    Raises QueryError for a name that the store does not know.
    """
    values = given({"theme": resolve(store, "theme", theme).value, "region": region})
    answer = ask(store, "turned-around", **values)
    judged = {row["authority"] for row in ask(store, "themes-now", **values)}
    note = left_out(store, region=region)
    return TurnedAround(answer.columns, answer.rows, len(judged), read_pages(store), note)


def summary(found: TurnedAround) -> str:
    """How many bodies turned the theme round, of how many, and what is left out."""
    of = counted(found.judged, "body", "bodies")
    return f"{found.turned} of {of} ever judged on it turned it round.{found.note}"


def heading(row: Row) -> str:
    """Who turned it round, from when to when, and whether that held."""
    body, was = last_part(row["authority"]), marks.words_of(row["was"])
    parts = [f"{body}: {was} on {row['weak_on']}, praised on {row['strong_on']}"]
    parts += marks.unlike(row["comparability"])
    if row["still"] == "no":
        parts.append("no longer so at the last inspection that judged it")
    return ", ".join(parts)


def quoted(row: Row) -> list[tuple[str, str, object, str]]:
    """The passages of both inspections: shape, words, page, and the key of the report."""
    earlier, later = (last_part(row[name]) for name in ("earlier", "later"))
    said = [(marks.shape_of(row["weakness_says"]), row["weakness"], row["weakness_page"], earlier)]
    if row["other_side"]:
        said.append((marks.SHAPES["mixed"], row["other_side"], row["other_page"], earlier))
    return [*said, (marks.SHAPES["strength"], row["strength"], row["strength_page"], later)]
