"""What a query must not do, and which graphs it names: read as the engine reads it.

A scan of the words cannot tell where a keyword stands: ``<`` begins an IRI or is a sign, and
Oxigraph takes ``SERVICESILENT`` and ``SERVICEx:y`` for the keyword and what follows. So the engine
is asked itself: the query is read once more with the keyword's letters exchanged wherever they
stand, in strings, names and comments too. If it is still a query, none of them was the keyword, and
if it is not, it is not run. What is read in this way holds the keyword nowhere, so that trying it
calls nobody.

Services differ in when they undo ``\\u`` escapes (before parsing, as SPARQL has it, or within
strings alone, as Oxigraph does), so what is refused is refused in both readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from string import ascii_lowercase

import pyoxigraph as ox

from themegraph.errors import QueryError
from themegraph.graph.sparql import tokens
from themegraph.ontology.namespaces import PREFIXES

#: The engines read brackets and signs by recursion, which has no limit of its own.
DEEPEST = 100
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_SERVICE = "SERVICE is refused: a query here may not call another host."


def refuse_outside_calls(query: str) -> None:
    """Raise QueryError where ``query`` would call another host, read a file or change the store, or
    is nested so deep that its reader would run out of room (DEEPEST); SyntaxError where that cannot
    be told since it is no query.
    """
    _refuse_depth(query)
    undone = _ESCAPE.sub(_character, query)
    for reading in dict.fromkeys((query, undone)):
        _refuse_words(reading)
    if fault := _fault_without("service", query):
        raise QueryError(_SERVICE) if _calls_service(query) else fault
    if undone != query and _fault_without("service", undone):
        raise QueryError(
            "SERVICE is refused, and where the word stands here cannot be told: write characters "
            "themselves and not as \\u escapes."
        )


def names_dataset(query: str) -> bool:
    """Whether ``query``, which refuse_outside_calls lets pass, says itself which graphs it asks."""
    return _fault_without("from", query) is not None


def dataset_of(query: str) -> list[str]:
    """The graphs that the FROM clauses of ``query`` name, as RDFLib's parse tree has them.

    Raises QueryError where RDFLib cannot read what Oxigraph can.
    """
    from pyparsing import ParseException
    from rdflib.plugins.sparql.algebra import translatePrologue
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        prologue, body = parseQuery(query)
        names = translatePrologue(prologue, None, PREFIXES)
        graphs = [clause.default or clause.named for clause in body.datasetClause or ()]
        return [str(names.absolutize(graph)) for graph in graphs]
    except (ParseException, RecursionError) as error:
        raise QueryError(
            f"Which graphs FROM names cannot be told ({type(error).__name__}: {error}). Name them "
            "with default-graph-uri and named-graph-uri, or in GRAPH."
        ) from error


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= 0x10FFFF else escape.group()


def _refuse_depth(query: str) -> None:
    depth = signs = 0
    for token in tokens(query):
        signs = signs + 1 if token.sort == "unary" else 0
        if token.sort == "sign":
            depth += 1 if token.text in "{([" else -1
        if max(depth, signs) > DEEPEST:
            raise QueryError(f"A query may not be nested deeper than {DEEPEST} brackets or signs.")


def _refuse_words(query: str) -> None:
    """Refuse what stands in plain sight, with its reason."""
    previous, begun = "", False
    for token in tokens(query):
        word = token.text.upper() if token.sort == "word" else ""
        if word in _UPDATES and not begun:
            raise QueryError(f"{word} is refused: a query only reads; load and remove change.")
        begun = begun or word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
        if word == "SERVICE":
            raise QueryError(_SERVICE)
        is_file = token.sort == "iri" and token.text[1:6].lower() == "file:"
        if is_file and previous in ("FROM", "NAMED"):
            raise QueryError(f"FROM {token.text} is refused: a query may not read files.")
        previous = word


def _fault_without(keyword: str, query: str) -> SyntaxError | None:
    """What is wrong with ``query`` when the letters of ``keyword`` are exchanged for some that it
    holds nowhere, so many as they were; None where it does without the keyword.
    """
    found = re.compile(f"({keyword[:-2]})({keyword[-2:]})", re.IGNORECASE)
    if not found.search(query):
        return None
    held = query.lower()
    for letters in map("".join, product(ascii_lowercase, repeat=2)):
        # A prefix of that name would make another query of it.
        if letters != keyword[-2:] and keyword[:-2] + letters not in held:
            break
    else:
        return SyntaxError(f"{keyword.upper()} stands in it in every disguise")

    def exchanged(match: re.Match[str]) -> str:
        # Prefixes that differ in case alone stay apart.
        pairs = zip(letters, match[2], strict=True)
        return match[1] + "".join(new.upper() if old.isupper() else new for new, old in pairs)

    try:
        ox.Store().query(found.sub(exchanged, query), prefixes=PREFIXES)
    except SyntaxError as fault:
        return fault
    return None


def _calls_service(query: str) -> bool:
    """Whether RDFLib finds a call to a service in ``query``. It only decides between two ways to
    say no, so that what it cannot read is left to the engine's own words.
    """
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return any(name == "ServiceGraphPattern" for name in _names(parseQuery(query)))
    except (ParseException, RecursionError):
        return False


def _names(node: object) -> Iterator[str]:
    """The names of a parse tree's parts."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, CompValue):
            yield part.name
            waiting.extend(part.values())
        elif isinstance(part, list | tuple | ParseResults):
            waiting.extend(part)
