"""A piece of a library written as a file, by what people name it with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from themegraph.errors import ExportError, SelectionError
from themegraph.exports.formats import FORMATS, write_piece
from themegraph.queries.narrowing import period
from themegraph.subgraph.cut import cut
from themegraph.subgraph.selection import Selection
from themegraph.writing import written_whole

if TYPE_CHECKING:
    from themegraph.graph.store import Store
    from themegraph.subgraph.piece import Piece

#: What :class:`Selection` takes as lists of names.
CHOICES = (
    "reports",
    "authorities",
    "regions",
    "frameworks",
    "kinds",
    "themes",
    "services",
    "stances",
    "iris",
)


def _names(choice: str, given: object) -> tuple[str, ...]:
    """The names given for a choice; rows of answers may have None, where there is nothing."""
    if isinstance(given, str):
        return (given,)
    names = [name for name in given if name is not None] if isinstance(given, Iterable) else [given]
    if wrong := [name for name in names if not isinstance(name, str)]:
        raise SelectionError(f"{choice}: {wrong[0]!r} is not a name.")
    if not names:
        raise SelectionError(f"{choice}: names nothing. To export everything leave it out.")
    return tuple(map(str, dict.fromkeys(names)))


#: Endings that files have in place of a format's name.
_ENDINGS = {"rdf": "rdfxml", "owl": "rdfxml"}


def select(
    chosen: Mapping[str, str | Sequence[str]], since: object, until: object, **more: Any
) -> Selection:
    """What is meant: ``chosen`` has one name or several for any of CHOICES, ``since`` and ``until``
    are days as people write them, and ``more`` is given to :class:`Selection` as it is.

    Raises SelectionError for a choice that there is not, and QueryError for what is no day.
    """
    if unknown := sorted(set(chosen) - set(CHOICES)):
        near = get_close_matches(unknown[0], CHOICES, 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise SelectionError(
            f"No choice {unknown[0]!r}.{hint} There are: {', '.join(CHOICES)}; since, until."
        )
    told: dict[str, Any] = {
        name: _names(name, given) for name, given in chosen.items() if given is not None
    }
    for name, day in period(since, until).items():
        told[name] = dt.date.fromisoformat(day) if day else None
    return Selection(**told, **more)


def write(
    store: Store,
    selection: Selection,
    path: str | Path,
    form: str | None,
    *,
    table: str | None,
    vocabulary: bool | None,
) -> Piece:
    """Write the piece of ``store`` that is meant to ``path``, and give it back."""
    path = Path(path).expanduser()
    ending = path.suffix.removeprefix(".").lower()
    name = form or _ENDINGS.get(ending, ending)
    if name not in FORMATS:
        raise ExportError(f"{path}: no format {name!r}. There are: {', '.join(FORMATS)}.")
    piece = cut(store, selection, vocabulary=vocabulary)
    with written_whole(path) as stream:
        write_piece(piece, name, stream, table=table)
    return piece
