"""SPARQL as text: its words, where it is wrong, and values bound from outside.

A query is looked at word by word, so that a keyword in a string, a comment or an IRI is mostly not
mistaken for one. ``<`` is always taken for the beginning of an IRI where one could stand, which
engines know better: what must not be mistaken is asked in ``refusals``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pyoxigraph as ox

from themegraph.errors import QueryError

Term = ox.NamedNode | ox.Literal
Bindings = Mapping[str, Term]

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''
             |"(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*')
  | (?P<variable>[?$][\w]+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>[^\W\d_][\w.\-]*:(?:[\w.\-:%]|\\.)*|_?:(?:[\w.\-:%]|\\.)*)
  | (?P<word>[^\W\d_]\w*)
  | (?P<sign>[{}()\[\]])
  | (?P<unary>!(?!=)|[+\-])
  | (?P<number>[0-9.]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ERROR_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# What the parser has to say in words, among the long lists of characters it would have accepted.
_KNOWN_CAUSES = {
    "Prefix not found": "the prefix is not declared",
    "The SELECT contains a variable that is unbound": (
        "SELECT names a variable that is neither grouped by nor aggregated"
    ),
}


_CLOSING = {"{": "}", "(": ")", "[": "]"}


class Token(NamedTuple):
    """A word of a query: what sort it is, its text and where it ends."""

    sort: str
    text: str
    end: int


def tokens(query: str) -> Iterator[Token]:
    """The words of ``query`` that matter here, comments left out."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup != "comment":
            yield Token(str(match.lastgroup), match.group(), match.end())


def syntax_error(query: str, fault: Exception) -> QueryError:
    """What is wrong with ``query`` in words, with the line and a mark under the place."""
    match = _ERROR_PLACE.search(str(fault))
    if not match:
        return QueryError(f"The query cannot be read: {fault}")
    line, column = int(match[1]), int(match[2])
    offset = sum(map(len, query.splitlines(keepends=True)[: line - 1])) + column - 1
    cause = next((why for sign, why in _KNOWN_CAUSES.items() if sign in match[3]), "")
    if sign := next((t for t in tokens(query) if t.sort == "name" and t.end == offset), None):
        column -= len(sign.text)
        cause = cause and f"the prefix {sign.text.partition(':')[0]}: is not declared"
    elif not query[offset:].strip():
        # The parser gave up at the end, which may be far behind the slip.
        line, column = _first_slip(query) or (line, column)
    cause = cause or _unclosed(query)
    lines = [*query.splitlines(), ""]
    if not "".join(lines[line - 1 :])[column - 1 :].strip():
        # Nothing stands there: the place is behind the last word.
        written = query.rstrip().splitlines() or [""]
        line, column = len(written), len(written[-1]) + 1
    shown = lines[line - 1]
    return QueryError(
        f"SPARQL syntax error at line {line}, column {column}{': ' if cause else ''}{cause}\n"
        f"  {shown}\n  {' ' * (column - 1)}^"
    )


def _first_slip(query: str) -> tuple[int, int] | None:
    """Where RDFLib's parser, which goes back less, finds the query wrong."""
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parseQuery(query)
    except ParseException as error:
        return error.lineno, error.column
    except RecursionError:  # the engine's place, then
        return None
    return None


def _unclosed(query: str) -> str:
    """Which bracket is opened and not closed, in words; "" where each is closed."""
    opened: list[tuple[str, int]] = []
    for token in tokens(query):
        if token.sort != "sign":
            continue
        if token.text in _CLOSING:
            opened.append((token.text, token.end))
        elif opened and _CLOSING[opened[-1][0]] == token.text:
            opened.pop()
        else:
            break
    if not opened:
        return ""
    sign, end = opened[-1]
    return f"{_CLOSING[sign]} is missing for the {sign} in line {query.count(chr(10), 0, end) + 1}"


def with_values(query: str, bindings: Bindings) -> str:
    """``query`` with its variables bound by a VALUES clause at the start of its pattern.

    The terms are written by the RDF library and not taken as typed, so that they stay terms
    whatever they hold. Any SPARQL 1.1 service understands the result, and its planner starts from
    the values. A variable must be used in the outermost group for this to reach it.
    """
    if not bindings:
        return query
    end = next(token.end for token in tokens(query) if token.text == "{")
    names = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(str(term) for term in bindings.values())
    return f"{query[:end]} VALUES ({names}) {{ ({terms}) }}{query[end:]}"
