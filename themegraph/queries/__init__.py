"""Questions that can be asked of the graph by name, and their answers."""

from themegraph.queries.answer import Answer, ask, value_of
from themegraph.queries.binding import bind, resolve, resolve_region, resolve_themes
from themegraph.queries.catalogue import (
    Column,
    Parameter,
    Question,
    by_reader,
    find,
    parse_question,
    questions,
)

__all__ = [
    "Answer",
    "Column",
    "Parameter",
    "Question",
    "ask",
    "bind",
    "by_reader",
    "find",
    "parse_question",
    "questions",
    "resolve",
    "resolve_region",
    "resolve_themes",
    "value_of",
]
