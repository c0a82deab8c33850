"""The full text index: every finding and recommendation, in a file kept with the store.

It is made from the graph, report by report, when reports are loaded; a report whose digest is the
same is left alone. Where a store has none, or an old one, it is made in memory.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from themegraph import ids
from themegraph.errors import QueryError, StoreError
from themegraph.ontology import vocab
from themegraph.queries import ask
from themegraph.search.words import match_of

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_log = logging.getLogger(__name__)

FILE = "search.sqlite"
#: Raise it when what is kept changes: older indexes are then made anew.
FORMAT = 1
#: Words in a heading or in the name of a theme weigh this much beside those of the text.
_WEIGHTS = (1.0, 0.4, 0.8)
#: A search that takes longer is stopped; looked after every so many steps of the database.
PATIENCE_SECONDS, _STEPS = 3.0, 20_000
#: Set around what matched; no report has these characters.
_OPEN, _CLOSE = "\x02", "\x03"

_TABLES = """
CREATE TABLE report (
    key TEXT PRIMARY KEY, digest TEXT, authority TEXT, name TEXT, kind TEXT, date TEXT,
    first INTEGER, last INTEGER
);
CREATE VIRTUAL TABLE passage USING fts5(
    text, heading, themes, iri UNINDEXED, report UNINDEXED, page UNINDEXED, number UNINDEXED,
    stance UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2'
);
"""
#: Of one graph alone: twenty times quicker than asking for labels and scores as well.
_THEMES = """SELECT DISTINCT ?passage ?theme {{ GRAPH <{}> {{
  ?assignment tg:assignmentOf ?passage ; tg:assignedTheme ?theme
}} }}"""
_HELD = f"""SELECT DISTINCT ?graph {{ GRAPH ?graph {{ ?report a tg:Report }}
  FILTER(STRSTARTS(STR(?graph), "{ids.GRAPH_REPORT}")) }}"""
_ORDERS = {
    "best": "rank, date DESC, iri",
    "newest": "date DESC, rank, iri",
    "oldest": "date, rank, iri",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that matched, or did not."""

    text: str
    matched: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: where it stands, and what of it matched.

    ``themes`` are the names of its themes, ``date`` is the first day of the inspection.
    """

    passage: str
    report: str
    authority: str
    name: str
    kind: str
    date: str
    page: int
    number: str
    stance: str
    text: tuple[Piece, ...]
    heading: tuple[Piece, ...]
    themes: tuple[tuple[Piece, ...], ...]

    @property
    def why(self) -> str:
        """Why it was found, in words: which words matched, and where."""
        places = (
            ("in its words", self.text),
            ("in its heading", self.heading),
            ("in the name of a theme", [piece for theme in self.themes for piece in theme]),
        )
        told = []
        for where, pieces in places:
            words = dict.fromkeys(piece.text.lower() for piece in pieces if piece.matched)
            if words:
                told.append(f"{', '.join(f'“{word}”' for word in words)} {where}")
        return "; ".join(told)


@dataclass(frozen=True, slots=True)
class Found:
    """How many passages match in all, and those asked for."""

    total: int
    hits: tuple[Hit, ...]


class SearchIndex:
    """An index in a file, or in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._database = connection
        self._asking = threading.Lock()  # the limit of time is the connection's

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def find(
        self,
        typed: str,
        *,
        authority: str = "",
        kind: str = "",
        stance: str = "",
        order: str = "best",
        most: int = 20,
        skip: int = 0,
    ) -> Found:
        """The passages that match what was ``typed`` (see :mod:`themegraph.search.words`).

        Only those of an ``authority`` (its id), of a ``kind`` (``finding`` or ``recommendation``),
        of a ``stance``; ``most`` of them after the first ``skip``, in ``order``: ``best``,
        ``newest`` or ``oldest`` first. Raises QueryError for words that cannot be sought, or take
        longer than PATIENCE_SECONDS.
        """
        told = [("passage MATCH ?", match_of(typed))]
        if authority:
            told.append(("authority = ?", authority))
        if stance:
            told.append(("stance = ?", stance))
        if kind:
            told.append(("iri LIKE ?", f"%/{kind}/%"))
        where = " AND ".join(condition for condition, _ in told)
        values = [value for _, value in told]
        joined = f"FROM passage JOIN report ON report.key = passage.report WHERE {where}"
        with self._asking:
            return self._in_time(joined, values, order, most, skip)

    def _in_time(self, joined: str, values: list[str], order: str, most: int, skip: int) -> Found:
        deadline = time.monotonic() + PATIENCE_SECONDS
        self._database.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
        try:
            return self._find(joined, values, order, most, skip)
        except sqlite3.OperationalError as error:
            raise QueryError(
                f"These words find too much, or cannot be sought. Use fewer or longer "
                f"ones ({error})."
            ) from error
        finally:
            self._database.set_progress_handler(None, 0)

    def _find(self, joined: str, values: list[str], order: str, most: int, skip: int) -> Found:
        (total,) = self._database.execute(f"SELECT COUNT(*) {joined}", values).fetchone()
        shown = ", ".join(f"highlight(passage, {n}, '{_OPEN}', '{_CLOSE}')" for n in range(3))
        rows = self._database.execute(
            f"SELECT iri, report, authority, name, kind, date, page, number, stance, {shown},"
            f" bm25(passage, {', '.join(map(str, _WEIGHTS))}) AS rank {joined}"
            f" ORDER BY {_ORDERS.get(order, _ORDERS['best'])} LIMIT ? OFFSET ?",
            [*values, most, skip],
        )
        return Found(total, tuple(map(_hit, rows)))

    def update(self, store: Store) -> Iterator[str]:
        """Bring the index up to date with ``store``; gives the key of each report it reads anew.

        All of it is kept, or none.
        """
        with self._database as database:
            wanted = _digests(store)
            stale = _stale(database, wanted)
            for key in sorted(self._held() - wanted.keys() | stale):
                _take_out(database, key)
            listed = ask(store, "reports-list") if stale else ()
            about = {ids.last_part(row["report"]): row for row in listed}
            for key in sorted(stale):
                _put_in(database, store, key, wanted[key], about[key])
                yield key

    def is_current(self, store: Store) -> bool:
        """Whether it holds what ``store`` holds."""
        wanted = _digests(store)
        return not _stale(self._database, wanted) and self._held() == wanted.keys()

    def _held(self) -> set[str]:
        return {key for (key,) in self._database.execute("SELECT key FROM report")}


def update_index(store: Store) -> Iterator[str]:
    """Bring the index that is kept with ``store`` up to date; gives the key of each report that is
    read anew. A store without a folder keeps none, and one without a report none that is new.

    Raises StoreError when it cannot be written.
    """
    if store.folder is None:
        return
    path = store.folder / FILE
    if store.is_empty() and not path.exists():
        return
    try:
        with closing(_open(path)) as database:
            yield from SearchIndex(database).update(store)
    except sqlite3.Error as error:
        raise StoreError(
            f"{path}: the search index cannot be written ({error}). The reports are in the store; "
            "remove this file and load again to search them."
        ) from error


def open_index(store: Store) -> SearchIndex:
    """The index of ``store``: the one kept with it or, where that is missing or older than what
    the store holds, one made now in memory.
    """
    path = store.folder / FILE if store.folder is not None else None
    if path is not None and path.is_file():
        kept = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        index = SearchIndex(kept)
        try:
            if _format(kept) == _rules() and index.is_current(store):
                return index
        except sqlite3.DatabaseError as error:
            _log.warning(
                "%s: the search index is damaged (%s), and one is made for this time alone. "
                "Remove the file and load again to mend it.",
                path,
                error,
            )
        index.close()
    made = SearchIndex(_open(None))
    for _ in made.update(store):
        pass
    return made


def _open(path: Path | None) -> sqlite3.Connection:
    """A database to write to; one of another format is emptied first."""
    database = sqlite3.connect(str(path) if path else ":memory:", check_same_thread=False)
    if _format(database) != _rules():
        database.executescript(
            f"DROP TABLE IF EXISTS report; DROP TABLE IF EXISTS passage; {_TABLES}"
            f"PRAGMA user_version = {_rules()};"
        )
    return database


def _format(database: sqlite3.Connection) -> int:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return int(version)


def _rules() -> int:
    """A number for the format and for the names of themes, which are indexed too."""
    themes = files("themegraph.ontology").joinpath("themes.csv").read_bytes()
    return int(hashlib.sha256(b"%d" % FORMAT + themes).hexdigest()[:7], 16)


@cache
def _labels() -> dict[str, str]:
    return {ids.concept("theme", theme.id): theme.label for theme in vocab.themes()}


def _digests(store: Store) -> dict[str, str]:
    """The digest of every report; "" of what is a part of one, of which none is told."""
    parts = {row["graph"].value.removeprefix(ids.GRAPH_REPORT): "" for row in store.rows(_HELD)}
    return parts | {key: held.digest for key, held in store.reports().items()}


def _stale(database: sqlite3.Connection, wanted: dict[str, str]) -> set[str]:
    held = dict(database.execute("SELECT key, digest FROM report"))
    return {key for key, digest in wanted.items() if held.get(key) != digest}


def _take_out(database: sqlite3.Connection, key: str) -> None:
    row = database.execute("SELECT first, last FROM report WHERE key = ?", [key]).fetchone()
    if row is not None:
        database.execute("DELETE FROM passage WHERE rowid BETWEEN ? AND ?", row)
        database.execute("DELETE FROM report WHERE key = ?", [key])


def _put_in(
    database: sqlite3.Connection, store: Store, key: str, digest: str, about: dict[str, Any]
) -> None:
    themes: dict[str, list[str]] = {}
    for row in store.rows(_THEMES.format(ids.provenance_graph(key))):
        label = _labels()[row["theme"].value]
        themes.setdefault(row["passage"].value, []).append(label)
    (first,) = database.execute("SELECT COALESCE(MAX(last), 0) + 1 FROM report").fetchone()
    rows = [
        (
            first + place,
            row["text"],
            row["heading"] or "",
            "\n".join(sorted(themes.get(row["passage"], ()))),
            row["passage"],
            key,
            row["page"],
            str(row["number"] or ""),
            row["stance"] or "",
        )
        for place, row in enumerate(ask(store, "passages-of-report", report=key))
    ]
    database.executemany(
        "INSERT INTO passage (rowid, text, heading, themes, iri, report, page, number, stance)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    day = str(about["start"] or about["published"] or "")
    named = about["name"] or about["title"]
    kind = ids.last_part(about["kind"])
    last = first + len(rows) - 1
    database.execute(
        "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [key, digest, ids.last_part(about["body"]), named, kind, day, first, last],
    )


def _hit(row: tuple[Any, ...]) -> Hit:
    text, heading, themes = row[9:12]
    told = tuple(_pieces(theme) for theme in themes.split("\n") if theme)
    iri, report, authority, name, kind, date, page, number, stance = row[:9]
    where = (iri, report, authority, name, kind, date, page, number, stance)
    return Hit(*where, _pieces(text), _pieces(heading), told)


def _pieces(marked: str) -> tuple[Piece, ...]:
    pieces = []
    for part in marked.split(_OPEN):
        matched, found, rest = part.partition(_CLOSE)
        if found:
            pieces.append(Piece(matched, matched=True))
        pieces.append(Piece(rest if found else part))
    return tuple(piece for piece in pieces if piece.text)
