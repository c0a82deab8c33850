"""Which themes come back: in many bodies, and in one body inspection by inspection."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from themegraph import ids
from themegraph.errors import QueryError
from themegraph.ids import last_part
from themegraph.ontology import vocab
from themegraph.queries.answer import Answer, ask
from themegraph.queries.binding import check_choice, resolve
from themegraph.queries.emptiness import no_report
from themegraph.queries.matrix import Matrix, build_matrix
from themegraph.queries.narrowing import Narrowing, day_of
from themegraph.queries.undated import left_out
from themegraph.rows import given, grouped

if TYPE_CHECKING:
    from themegraph.graph.store import Store

    Row = dict[str, Any]

#: Whether a row of recurring-themes tells of a theme that was found so.
_SHOWN_BY_THEME = {
    "any": lambda rows: True,
    "weakness": lambda rows: any(row["weak"] + row["mixed"] for row in rows),
    "strength": lambda rows: any(row["strong"] for row in rows),
    "recommended": lambda rows: any(row["asked"] for row in rows),
}
#: The same for the assessments of a theme.
_SHOWN_BY_INSPECTION = {
    "any": lambda rows: bool({"strength", "mixed", "weakness"} & _statuses(rows)),
    "weakness": lambda rows: bool({"mixed", "weakness"} & _statuses(rows)),
    "strength": lambda rows: "strength" in _statuses(rows),
    "recommended": lambda rows: any(row["recommendations"] for row in rows),
}
STANCES = tuple(_SHOWN_BY_THEME)


@dataclass(frozen=True, slots=True, repr=False)
class Recurring(Answer):
    """Themes and how often they come back: rows of ``recurring-themes`` or, of one authority, of
    ``theme-assessments``, which ``matrix`` has by theme and inspection.

    ``ranked`` are the IRIs of the themes, most persistent first. ``nobody`` says so where there is
    no report about the authority, ``note`` how many inspections are left out for want of a date;
    ``hidden`` is how many of its inspections before the last one shown are not shown.
    """

    ranked: tuple[str, ...]
    matrix: Matrix | None = None
    hidden: int = 0
    nobody: str = ""
    note: str = ""

    def first(self, most: int | None) -> Answer:
        """The rows of the first ``most`` themes (None: of all)."""
        return _of_themes(self, self.ranked[:most])

    def _repr_html_(self) -> str:
        from themegraph.queries.shown import recurring_html

        return recurring_html(self)


@dataclass(frozen=True, slots=True, repr=False)
class Themes(Answer):
    """The themes that there are, in the order of the scheme, each with the group it stands in."""

    def _repr_html_(self) -> str:
        from themegraph.queries.shown import themes_html

        return themes_html(self)


def list_themes() -> Themes:
    """The themes that there are, in the order of the scheme, each with the group it stands in."""
    names = {theme.id: theme.label for theme in vocab.themes()}
    rows = ((t.id, t.label, names[t.broader]) for t in vocab.themes() if t.broader)
    return Themes(("id", "label", "group"), tuple(rows))


def recurring_themes(
    store: Store,
    *,
    authority: str | None = None,
    region: str | None = None,
    theme: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    stance: str = "any",
) -> Recurring:
    """Which themes come back in the inspections of an authority, a region, a kind or a period (days
    as in ISO 8601), of those that were ever found so (``stance``, one of STANCES).

    Raises QueryError for a name that the store does not know, or where both an authority and a
    region are given.
    """
    if authority is not None and region is not None:
        raise QueryError("Give an authority or a region, not both.")
    check_choice("stance", stance, STANCES)
    days = {"since": since, "until": until}
    matrix, hidden = None, 0
    if authority is not None:
        kind = kind and last_part(resolve(store, "report-type", kind).value)
        inspections = Narrowing(**given({"kind": kind, **days}))
        held = ask(store, "reports-list", authority=authority)
        reports = [row for row in held if inspections.has(row)]
        every = ask(store, "theme-assessments", authority=authority)
        meant = _inspections(every, {last_part(row["report"]) for row in reports})
        if theme is not None:
            meant = _of_themes(meant, [resolve(store, "theme", theme).value])
        answer = _found(meant, stance, _SHOWN_BY_INSPECTION)
        matrix = build_matrix(list(answer), reports)
        hidden = _hidden(matrix, held)
        ranked = tuple(ids.concept("theme", line.theme) for line in matrix.lines)
    else:
        values = given({"region": region, "theme": theme, "kind": kind, **days})
        answer = _found(ask(store, "recurring-themes", **values), stance, _SHOWN_BY_THEME)
        ranked = tuple(dict.fromkeys(row["theme"] for row in answer))
    nobody = "" if answer.rows else no_report(store, authority)
    note = ""
    if since or until:
        note = left_out(store, authority=authority, region=region, kind=kind)
    return Recurring(answer.columns, answer.rows, ranked, matrix, hidden, nobody, note)


def _statuses(rows: Sequence[Row]) -> set[str]:
    return {last_part(row["status"]) for row in rows}


def _inspections(answer: Answer, keys: Container[str]) -> Answer:
    """The rows about inspections with these keys."""
    rows = tuple(tuple(row.values()) for row in answer if last_part(row["inspection"]) in keys)
    return Answer(answer.columns, rows)


def _of_themes(answer: Answer, themes: Container[str]) -> Answer:
    rows = tuple(tuple(row.values()) for row in answer if row["theme"] in themes)
    return Answer(answer.columns, rows)


def _found(answer: Answer, stance: str, shown: dict[str, Any]) -> Answer:
    """The rows of the themes that were ever found so."""
    by_theme = grouped(answer, "theme")
    return _of_themes(answer, {theme for theme, rows in by_theme.items() if shown[stance](rows)})


def _hidden(matrix: Matrix, reports: Iterable[Row]) -> int:
    """How many inspections are before the last of the matrix and not in it."""
    here = {visit.key for visit in matrix.visits}
    last = max((visit.date for visit in matrix.visits), default="")
    days = {last_part(row["report"]): day_of(row) for row in reports}
    return sum(day < last and key not in here for key, day in days.items())
