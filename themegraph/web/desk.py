"""Where a page asks its questions: each is kept, so that the page can show the SPARQL behind it."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from themegraph.graph.pages import Pages, read_pages
from themegraph.graph.store import Store
from themegraph.ids import last_part
from themegraph.networks.read import Source, read_source
from themegraph.queries import Answer, ask, find
from themegraph.queries.emptiness import empty_store
from themegraph.search import SearchIndex, open_index

T = TypeVar("T")

#: So many answers are kept, those that were asked for last.
KEPT = 1000
#: So many of what takes more room, such as graphs.
MADE = 50
#: Questions whose answer on one thing is what the answer on all has in one of these columns of it.
_NARROWED = {
    "theme-assessments": ("authority", "theme"),
    "follow-up": ("authority",),
    "themes-now": ("theme",),
}
_ASKED_OFTEN = ("reports-list", "recurring-themes", "warnings")


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it was put: a named one with its parameters, or SPARQL."""

    question: str
    title: str
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether it is asked by name."""
        return "{" not in self.question

    @property
    def address(self) -> str:
        """The query page with this question, which gives the same rows."""
        if not self.is_named:
            return "/query?" + urlencode({"query": self.question})
        given = [(f"p-{name}", value) for name, value in self.parameters]
        return "/query?" + urlencode([("question", self.question), *given])


class Answers:
    """What ``store`` answers to questions, and what else pages are made from, each kept once it was
    asked for: what is served does not change.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._made: dict[Hashable, Any] = {}
        self._looking = threading.Lock()
        self._making: dict[Hashable, threading.RLock] = {}
        self._columns: dict[str, tuple[str, ...]] = {}
        self._whole: dict[tuple[str, str], dict[str, list[tuple[Any, ...]]]] = {}
        self._ask = lru_cache(KEPT)(lambda asked, parameters: ask(store, asked, **dict(parameters)))

    def to(self, put: Put) -> Answer:
        """The answer to a question. Raises QueryError for one that cannot be asked."""
        if len(put.parameters) == 1:
            ((column, value),) = put.parameters
            if rows := self._whole.get((put.question, column), {}).get(value):
                return Answer(self._columns[put.question], tuple(rows))
        return self._ask(put.question, put.parameters)

    def warm(self, wanted: Callable[[], bool] = lambda: True) -> None:
        """Ask at once what many pages need, so that none waits for it; stops when no longer
        ``wanted``.
        """
        steps: list[Callable[[], object]] = [
            lambda: self.networks,
            lambda: self.index,
            *(functools.partial(self._keep_whole, question) for question in _NARROWED),
            *(functools.partial(self._ask, question, ()) for question in _ASKED_OFTEN),
        ]
        for step in steps:
            if not wanted():
                return
            step()

    def _keep_whole(self, question: str) -> None:
        answer = self._ask(question, ())
        self._columns[question] = answer.columns
        for column in _NARROWED[question]:
            place = answer.columns.index(column)
            rows: dict[str, list[tuple[Any, ...]]] = {}
            for row in answer.rows:
                rows.setdefault(last_part(row[place]), []).append(row)
            self._whole[question, column] = rows

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, kept under ``key`` like an answer. Who asks for it while it is made
        waits for it; who asks for something else does not.
        """
        with self._looking:
            if key in self._made:
                self._made[key] = self._made.pop(key)  # it was asked for last
                return cast("T", self._made[key])
            making = self._making.setdefault(key, threading.RLock())
        with making:
            with self._looking:
                if key in self._made:
                    return cast("T", self._made[key])
            try:
                made = make()
                with self._looking:
                    self._made[key] = made
                    while len(self._made) > MADE:
                        del self._made[next(iter(self._made))]
            finally:
                with self._looking:
                    self._making.pop(key, None)
        return made

    @cached_property
    def empty(self) -> str:
        """That there is no report, and what to do; "" where there is one."""
        return empty_store(self._store)

    @cached_property
    def networks(self) -> Source:
        """What networks are made from."""
        return read_source(self._store)

    @cached_property
    def pages(self) -> Pages:
        """The pages of the reports."""
        return read_pages(self._store)

    @cached_property
    def index(self) -> SearchIndex:
        """The full text index."""
        return open_index(self._store)


@dataclass
class Desk:
    """Asks for one page."""

    answers: Answers
    put: list[Put] = field(default_factory=list)

    def ask(self, question: str, **parameters: str) -> list[dict[str, Any]]:
        """The rows of a named question; its parameters as in ``themegraph query``."""
        return self._answer(Put(question, find(question).title, tuple(sorted(parameters.items()))))

    def look_up(self, title: str, sparql: str) -> list[dict[str, Any]]:
        """The rows of a SELECT that no question has; ``title`` says what it asks."""
        return self._answer(Put(sparql, title))

    def _answer(self, put: Put) -> list[dict[str, Any]]:
        if put not in self.put:
            self.put.append(put)
        return list(self.answers.to(put))
