"""The named questions: the ``.rq`` files beside this module and what their headers say of them.

A header is the ``#+`` lines at the top: ``title``, ``reader`` (a key of READERS), ``description``,
one ``parameter`` line for each value that can be given (``name | type | required, optional or its
default | example | meaning``) and one ``column`` line (``name | meaning``) for each column of the
answer, in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from themegraph.errors import QueryError
from themegraph.ontology.namespaces import rebase
from themegraph.suggest import Named, did_you_mean, nearest

_MARK = "#+ "
#: Whom the questions are for first, in the order in which they are listed.
READERS = {
    "improvement": "For improvement leads",
    "research": "For policy researchers",
    "data": "For whoever works with the data",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question takes; ``type`` is a kind of thing, string, number or date."""

    name: str
    type: str
    required: bool
    default: str | None
    example: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named question; ``topic`` is the folder it stands in, ``reader`` a key of READERS, ``text``
    the SPARQL to the letter.
    """

    name: str
    topic: str
    reader: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str


@cache
def questions() -> Mapping[str, Question]:
    """Every question by name, topic by topic."""
    found = [
        parse_question(file.name.removesuffix(".rq"), folder.name, file.read_text("utf-8"))
        for folder in _sorted(files("themegraph.queries"))
        if folder.is_dir()
        for file in _sorted(folder)
        if file.name.endswith(".rq")
    ]
    return {question.name: question for question in found}


def by_reader() -> dict[str, list[Question]]:
    """The questions under the words for whom they are for, each kind by topic and name."""
    return {
        words: [question for question in questions().values() if question.reader == reader]
        for reader, words in READERS.items()
    }


def find(name: str) -> Question:
    """The question called ``name``. Raises QueryError, which guesses what was meant."""
    known = questions()
    if name in known:
        return known[name]
    near = nearest(name, [Named(q.name, q.name, (q.title,)) for q in known.values()])
    told = f"No question is called {name!r}.{did_you_mean(near)}"
    raise QueryError(told, "See all: themegraph query --list")


def parse_question(name: str, topic: str, text: str, *, strict: bool = True) -> Question:
    """The question in the text of an ``.rq`` file.

    Raises QueryError for a header that is amiss; one without any is let through unless ``strict``.
    """
    fields: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith(_MARK):
            field, _, value = line.removeprefix(_MARK).partition(":")
            fields.setdefault(field.strip(), []).append(value.strip())
    if not fields and not strict:
        return Question(name, topic, "", name, "", (), (), text)
    try:
        (title,), (description,) = fields["title"], fields["description"]
        (reader,) = fields["reader"]
        if reader not in READERS:
            raise ValueError(f"{reader!r} is no reader")
        parameters = tuple(_parameter(value) for value in fields.get("parameter", []))
        columns = tuple(Column(*_cells(value, 2)) for value in fields["column"])
    except (KeyError, ValueError) as error:
        raise QueryError(f"{topic}/{name}.rq: its #+ header is incomplete ({error}).") from error
    return Question(name, topic, reader, title, description, parameters, columns, rebase(text))


def _parameter(value: str) -> Parameter:
    name, kind, need, example, meaning = _cells(value, 5)
    default = None if need in ("required", "optional") else need
    return Parameter(name, kind, need == "required", default, example, meaning)


def _cells(value: str, count: int) -> list[str]:
    cells = [cell.strip() for cell in value.split("|")]
    if len(cells) != count or not all(cells):
        raise ValueError(f"{value!r} needs {count} parts between strokes")
    return cells


def _sorted(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda entry: entry.name)
