"""Stable ids and IRIs: from what a report says to the names of the nodes it becomes.

Strings in, strings out. An id never depends on the order of loading or on the clock, so that two
machines give the same node the same name. A finding's does not depend on what stands around it.
``BASE`` is a setting: ``THEMEGRAPH_BASE_IRI`` in the environment replaces the default.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from themegraph.model import Finding, Recommendation, Report

DEFAULT_BASE = "https://w3id.org/themegraph/"
BASE = os.environ.get("THEMEGRAPH_BASE_IRI", DEFAULT_BASE)
ONTOLOGY = f"{BASE}ontology#"
ID = f"{BASE}id/"
VOCAB = f"{BASE}vocab/"

GRAPH_REPORT = f"{ID}graph/report/"
GRAPH_PROVENANCE = f"{ID}graph/provenance/"
GRAPH_DERIVED = f"{ID}graph/derived/"
GRAPH_VOCABULARY = f"{ID}graph/vocabulary"
GRAPH_AUTHORITIES = f"{ID}graph/authorities"
#: One for each body that a table beside the reports registers.
GRAPH_BODY = f"{ID}graph/body/"
GRAPH_ONTOLOGY = f"{ID}graph/ontology"
GRAPH_INFERRED = f"{ID}graph/inferred/"
#: What a data set as a whole is: written beside an export, and never kept in a store.
GRAPH_DATASET = f"{ID}graph/dataset"
#: RDF of others that was added as it is, a graph for each file.
GRAPH_ADDED = f"{ID}graph/added/"

UNKNOWN_AUTHORITY = "unknown"

_NOT_WORD = re.compile(r"[^a-z0-9]+")


class LocalIds(NamedTuple):
    """The last part of the IRI of each finding and recommendation, in the report's order."""

    findings: tuple[str, ...]
    recommendations: tuple[str, ...]


def squash(text: str) -> str:
    """Letters and digits only, lower case: blind to spacing, hyphens and quotation marks."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).lower())


def slug(text: str) -> str:
    """``text`` as a lower-case, hyphenated ASCII name; a short hash where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("\u2019", ""))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return _NOT_WORD.sub("-", ascii_only).strip("-") or f"x{short_hash(text)}"


def short_hash(text: str) -> str:
    """The first ten hexadecimal digits of the SHA-256 of ``text``."""
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:10]


def report_key(report: Report) -> str:
    """The id of the inspection a report is about: authority, first day, kind.

    A report without a first day is known by its publication date, and failing that by its bytes.
    """
    authority = report.authority.id if report.authority else UNKNOWN_AUTHORITY
    day = report.inspection_start or report.published
    return (
        f"{authority}-{day.isoformat() if day else report.source.sha256[:8]}-{report.report_type}"
    )


def local_ids(report: Report) -> LocalIds:
    """How the findings and recommendations of ``report`` are named within it.

    The printed number where no other finding or recommendation of the report bears it; otherwise
    a hash of the words, with ``-2``, ``-3`` where the same words come again. No two have the same
    name, as assignments and corrections are named by it too; findings are named first, so that what
    is recommended does not change their names.
    """
    items: list[Finding | Recommendation] = [*report.findings, *report.recommendations]
    count = Counter(item.number for item in items if item.number is not None)
    names = tuple(
        distinct(
            str(item.number)
            if item.number is not None and count[item.number] == 1
            else short_hash(squash(item.text))
            for item in items
        )
    )
    found = len(report.findings)
    return LocalIds(names[:found], names[found:])


def distinct(names: Iterable[str]) -> Iterator[str]:
    """``names`` in order, with ``-2``, ``-3`` … added to those already used."""
    used: set[str] = set()
    for name in names:
        candidate, n = name, 1
        while candidate in used:
            n += 1
            candidate = f"{name}-{n}"
        used.add(candidate)
        yield candidate


def statistic_ids(quotes: Iterable[str]) -> list[str]:
    """A name for each statistic: its sentence, hashed, and its place among that sentence's."""
    seen: Counter[str] = Counter()
    names = []
    for quote in quotes:
        name = short_hash(quote)
        seen[name] += 1
        names.append(f"{name}-{seen[name]}")
    return names


def resource(kind: str, *parts: str | int) -> str:
    """The IRI of a thing: ``resource("finding", key, 7)`` is ``<BASE>id/finding/{key}/7``."""
    return f"{ID}{kind}/{'/'.join(str(part) for part in parts)}"


def concept(scheme: str, *parts: str) -> str:
    """The IRI of a vocabulary term: ``concept("theme", "private-fostering")``."""
    return f"{VOCAB}{scheme}/{'/'.join(parts)}"


def last_part(iri: object) -> str:
    """What stands behind the last slash of an IRI: the id of a body, a concept or a report; "" for
    None.

    >>> last_part("https://w3id.org/themegraph/vocab/theme/private-fostering")
    'private-fostering'
    """
    return str(iri or "").rpartition("/")[2]


def report_graph(key: str) -> str:
    """The named graph that holds everything one report says."""
    return GRAPH_REPORT + key


def provenance_graph(key: str) -> str:
    """The named graph that says from which file a report was read, and how."""
    return GRAPH_PROVENANCE + key


def inferred_graph(graph: str) -> str:
    """The named graph that holds what follows from what another one states.

    >>> inferred_graph(derived_graph("coventry")).removeprefix(GRAPH_INFERRED)
    'derived/coventry'
    """
    return GRAPH_INFERRED + graph.removeprefix(f"{ID}graph/")


def derived_graph(authority: str) -> str:
    """The named graph that holds what follows from the reports of one authority (its id)."""
    return GRAPH_DERIVED + authority
