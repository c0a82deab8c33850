"""Where a page asks its questions: each is kept, so that the page can show the SPARQL behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from themegraph.graph.store import Store
from themegraph.queries import Answer, ask, find


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


@dataclass
class Desk:
    """Asks ``store`` for one page."""

    store: Store
    put: list[Put] = field(default_factory=list)

    def ask(self, question: str, **parameters: str) -> list[dict[str, Any]]:
        """The rows of a named question; its parameters as in ``themegraph query``."""
        told = Put(question, find(question).title, tuple(sorted(parameters.items())))
        if told not in self.put:
            self.put.append(told)
        answer: Answer = ask(self.store, question, **parameters)
        return list(answer)
