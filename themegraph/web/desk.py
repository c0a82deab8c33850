"""Where a page asks its questions: each is kept, so that the page can show the SPARQL behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from themegraph.graph.store import Store
from themegraph.queries import Answer, ask, find

#: So many answers are kept, those that were asked for last.
KEPT = 1000


@dataclass(frozen=True, slots=True)
class Put:
    """A named question as it was put, with its parameters."""

    name: str
    title: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def address(self) -> str:
        """The query page with this question, which gives the same rows."""
        given = [(f"p-{name}", value) for name, value in self.parameters]
        return "/query?" + urlencode([("question", self.name), *given])


class Answers:
    """The answers of ``store`` to named questions, each kept once it was given: what is served
    does not change.
    """

    def __init__(self, store: Store) -> None:
        self._ask = lru_cache(KEPT)(lambda name, parameters: ask(store, name, **dict(parameters)))

    def to(self, put: Put) -> Answer:
        """The answer to a question. Raises QueryError for one that cannot be asked."""
        return self._ask(put.name, put.parameters)


@dataclass
class Desk:
    """Asks for one page."""

    answers: Answers
    put: list[Put] = field(default_factory=list)

    def ask(self, question: str, **parameters: str) -> list[dict[str, Any]]:
        """The rows of a named question; its parameters as in ``themegraph query``."""
        told = Put(question, find(question).title, tuple(sorted(parameters.items())))
        if told not in self.put:
            self.put.append(told)
        return list(self.answers.to(told))
