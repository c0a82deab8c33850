"""RDF terms as the text of canonical N-Triples, from strings and numbers.

Text and not objects: writing N-Triples and handing it to the store is several times faster than
building a term object for each node. The form is the one the store itself writes, so that what
goes in comes out byte for byte.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from themegraph.ids import ONTOLOGY
from themegraph.model import Span

# Subject, predicate and object as they stand in a line of N-Triples.
Triple = tuple[str, str, str]

XSD = "http://www.w3.org/2001/XMLSchema#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"

_ESCAPED = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    ord(char): f"\\{letter}" for char, letter in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)
}
_NEEDS_ESCAPE = re.compile(f"[{''.join(re.escape(chr(code)) for code in _ESCAPED)}]")

# ISO 8601 dates by the length that their precision gives them.
_DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


class _Vocabulary(dict[str, str]):
    """The terms of one namespace, ``TG["Finding"]``, each written out once."""

    def __init__(self, namespace: str) -> None:
        super().__init__()
        self.namespace = namespace

    def __missing__(self, name: str) -> str:
        return self.setdefault(name, iri(self.namespace + name))


def lines_of(text: str) -> list[str]:
    """The lines of N-Triples or N-Quads with their ends.

    ``str.splitlines`` would also break a literal at the line separators of Unicode.
    """
    return [f"{line}\n" for line in text.split("\n")[:-1]]


def iri(address: str) -> str:
    """An IRI in angle brackets; those of :mod:`themegraph.ids` need no escape."""
    return f"<{address}>"


def string(text: str) -> str:
    """A plain string literal."""
    return f'"{text.translate(_ESCAPED) if _NEEDS_ESCAPE.search(text) else text}"'


def integer(number: int) -> str:
    """An ``xsd:integer``."""
    return f'"{number}"^^<{XSD}integer>'


def decimal(number: float) -> str:
    """An ``xsd:decimal`` in canonical form: no trailing zeros, no exponent."""
    exact = Decimal(repr(number)).normalize()
    return f'"{exact + 0:f}"^^<{XSD}decimal>'


def day(date: dt.date) -> str:
    """An ``xsd:date``."""
    return f'"{date.isoformat()}"^^<{XSD}date>'


def partial_date(date: str) -> str:
    """A date with the precision it was printed with: a day, a month or a year."""
    return f'"{date}"^^<{XSD}{_DATE_TYPES.get(len(date), "string")}>'


TRUE = f'"true"^^<{XSD}boolean>'
TYPE = iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = iri("http://www.w3.org/2000/01/rdf-schema#label")
TITLE = iri(f"{DCTERMS}title")
ORGANISATION = iri("http://www.w3.org/ns/org#Organization")
DERIVED_FROM = iri(f"{PROV}wasDerivedFrom")
TG = _Vocabulary(ONTOLOGY)
WEB_ANNOTATION = _Vocabulary(OA)


def place(node: str, span: Span) -> Iterator[Triple]:
    """Where a passage stands: its page and its offsets into the canonical text."""
    yield node, TG["onPage"], integer(span.page)
    yield node, TG["startOffset"], integer(span.start)
    yield node, TG["endOffset"], integer(span.end)
