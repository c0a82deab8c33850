"""How themes stand in one body and in others, by the last inspection that judged them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from themegraph.counting import counted
from themegraph.errors import ComparisonError
from themegraph.ids import last_part
from themegraph.marks import cell
from themegraph.queries.answer import Answer, ask
from themegraph.queries.binding import resolve
from themegraph.queries.emptiness import no_report
from themegraph.queries.matrix import read_cell
from themegraph.queries.undated import left_out
from themegraph.rows import given

if TYPE_CHECKING:
    from themegraph.graph.store import Store

    Row = dict[str, Any]

_NAMES = "SELECT DISTINCT ?body ?name { ?body a tg:Authority ; rdfs:label ?name }"
_INSPECTED = "SELECT DISTINCT ?body { ?inspection tg:inspects ?body }"
#: More bodies than these are counted and not shown one by one.
SIDE_BY_SIDE = 5
#: In the order in which themes are ranked and counted.
_BADNESS = {"weakness": 0, "mixed": 1, "strength": 2}


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(Answer):
    """Rows of ``themes-now`` of the themes that were judged in ``own``: there, and in the bodies
    ``beside`` it (IRIs), whose ``names`` are told.

    ``ranked`` has the themes by IRI, worst first, each with the row of every body. ``held`` is how
    many of the bodies beside it have a report, ``silent`` how many of those say nothing of it.
    """

    own: str
    beside: tuple[str, ...]
    names: Mapping[str, str]
    ranked: Mapping[str, Mapping[str, Row]]
    held: int
    silent: int
    nobody: str = ""
    note: str = ""

    def first(self, most: int | None) -> Answer:
        """The rows of the first ``most`` themes (None: of all)."""
        shown = set(list(self.ranked)[:most])
        rows = tuple(tuple(row.values()) for row in self if row["theme"] in shown)
        return Answer(self.columns, rows)

    def _repr_html_(self) -> str:
        from themegraph.queries.shown import comparison_html

        return comparison_html(self)


def compare_bodies(
    store: Store,
    authority: str,
    others: Sequence[str] = (),
    *,
    neighbours: bool = False,
    theme: str | None = None,
) -> Comparison:
    """How each theme, or only ``theme``, stands in ``authority`` and in ``others``; where none are
    named, in its statistical ``neighbours`` or else in the bodies of its region.

    Raises ComparisonError where it is among the others, QueryError for a name that the store does
    not know.
    """
    own = resolve(store, "authority", authority).value
    beside = _beside(store, own, others, neighbours=neighbours)
    names = _names(store, (own, *beside))
    if own in beside:
        raise ComparisonError(f"{names[own]} cannot be compared with itself.")
    now = ask(store, "themes-now", **given({"theme": theme}))
    wanted = {own, *beside}
    rows = [row for row in now if row["authority"] in wanted]
    ranked = _ranked(rows, own)
    held = {row["body"].value for row in store.rows(_INSPECTED)}.intersection(beside)
    return Comparison(
        now.columns,
        tuple(tuple(row.values()) for row in rows if row["theme"] in ranked),
        own,
        tuple(beside),
        names,
        ranked,
        len(held),
        len(held - {row["authority"] for row in rows}),
        no_report(store, authority),
        left_out(store, bodies=wanted),
    )


def table(found: Comparison, most: int | None = None) -> tuple[list[str], list[list[str]]]:
    """Headings and cells for people: the first ``most`` themes, body by body or, of more bodies
    than SIDE_BY_SIDE, in how many of them a theme is weak, mixed and strong.
    """
    one_by_one = len(found.beside) <= SIDE_BY_SIDE
    heads = ["theme", found.names[found.own]]
    heads += (
        [found.names[body] for body in found.beside]
        if one_by_one
        else ["▲ weak", "◐ mixed", "● strong", "of"]
    )
    lines = []
    for told in list(found.ranked.values())[:most]:
        own = told[found.own]
        others = (
            [_cell(told.get(body)) for body in found.beside]
            if one_by_one
            else _counts(told, found.own)
        )
        lines.append([own["label"], _cell(own), *others])
    return heads, lines


def summary(found: Comparison, theme: str | None = None) -> str:
    """How many bodies stand beside it, how many of them are in the store and say nothing."""
    beside, held, silent = len(found.beside), found.held, found.silent
    if not beside:
        return "The register names no body to compare it with."
    told = f"Beside {counted(beside, 'body', 'bodies')}, {held} of them in the store"
    if silent:
        where = "there" if silent == held else f"in {silent} of these"
        told += f"; nothing was judged {where}{' on this theme' if theme else ''}"
    return f"{told}."


def _cell(row: Row | None) -> str:
    return f"{cell(read_cell(row))} {row['date'].year}" if row else ""


def _counts(told: Mapping[str, Row], own: str) -> list[str]:
    states = [last_part(row["status"]) for body, row in told.items() if body != own]
    return [*(str(states.count(each)) for each in _BADNESS), str(len(states))]


def _beside(source: Store, own: str, others: Sequence[str], *, neighbours: bool) -> list[str]:
    """The IRIs of the bodies to compare with, in order and each once."""
    if others:
        found = (resolve(source, "authority", other).value for other in others)
        return list(dict.fromkeys(found))
    rows = ask(source, "bodies-beside", authority=own)
    asked = "neighbour" if neighbours else "same_region"
    return [row["beside"] for row in rows if row[asked] == "yes"]


def _names(source: Store, bodies: Iterable[str]) -> dict[str, str]:
    """The name of each body by its IRI; its id where the store has no name for it."""
    known = {row["body"].value: row["name"].value for row in source.rows(_NAMES)}
    return {body: known.get(body, last_part(body)) for body in bodies}


def _ranked(rows: Iterable[Row], own: str) -> dict[str, dict[str, Row]]:
    """The themes that were judged in the body itself, as :func:`_rank` ranks them, each with the
    row of every body.
    """
    by_theme: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_theme.setdefault(row["theme"], {})[row["authority"]] = row
    judged = (theme for theme, told in by_theme.items() if own in told)
    return {t: by_theme[t] for t in sorted(judged, key=lambda t: _rank(by_theme[t], own))}


def _rank(told: Mapping[str, Row], own: str) -> tuple[int, int, str]:
    """Weaknesses of the body itself first, and of these what most others do well."""
    here = _BADNESS[last_part(told[own]["status"])]
    strong = sum(last_part(row["status"]) == "strength" for row in told.values())
    return here, -strong, told[own]["label"]
