"""What a data set is, as DCAT, VoID and PROV tell it: licences, sources, program, content hash.

No clock: the same graphs are described by the same words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from themegraph import __version__, ids
from themegraph.graph.terms import DCTERMS, PROV, SCHEMA, TG, TYPE, Triple, iri, string

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_VOID = "http://rdfs.org/ns/void#"
_DCAT = "http://www.w3.org/ns/dcat#"
TITLE = "Inspections of children's services, as a graph"
DESCRIPTION = (
    "Judgements, findings, recommendations and statistics of inspection reports on children's "
    "services, each tied to the sentence and page it comes from, with the themes they speak of."
)
RIGHTS = (
    "Contains public sector information licensed under the Open Government Licence where the "
    "source file says so (dcterms:license on the file); each other file keeps its own terms. "
    "Themes, stances and what is derived from them are told by a program and are not the words "
    "of any inspectorate."
)
_IS_FILE = f" {TYPE} {TG['SourceFile']} "
_HAS_LICENCE = f" <{DCTERMS}license> <"
_SOURCES = """SELECT ?file ?licence WHERE {
  ?file a tg:SourceFile . OPTIONAL { ?file dcterms:license ?licence }
} ORDER BY ?file"""


class Graphs(Protocol):
    """Named graphs that can be read: a piece of a store."""

    def names(self) -> list[str]:
        """Their IRIs, in order."""

    def lines(self, graph: str) -> Iterable[str]:
        """One of them, as sorted N-Quads lines."""


def described(graphs: Graphs) -> list[Triple]:
    """What ``graphs`` are, taken together; the data set itself is the first subject.

    The content hash is the SHA-256 of their N-Quads, sorted within each graph, graph after graph in
    order of their names; what is said here is not part of it.
    """
    digest = hashlib.sha256()
    files: set[str] = set()
    licences: dict[str, str] = {}  # of whatever states one: the ontology does too
    for graph in graphs.names():
        for line in graphs.lines(graph):
            digest.update(line.encode())
            if _IS_FILE in line:
                files.add(line[1 : line.index(">")])
            elif _HAS_LICENCE in line:
                thing, _, licence, *_ = line.split(" ")
                licences[thing[1:-1]] = licence[1:-1]
    content = digest.hexdigest()
    dataset = iri(ids.resource("dataset", content[:16]))
    return [
        *dataset_triples(dataset, [(file, licences.get(file, "")) for file in sorted(files)]),
        (dataset, TG["sha256"], string(content)),
    ]


def sources_of(store: Store) -> list[tuple[str, str]]:
    """The source files that ``store`` tells of, by their IRIs, each with its licence or ""."""
    found = {
        (row["file"].value, row["licence"].value if row["licence"] else "")
        for row in store.rows(_SOURCES)
    }
    return sorted(found)


def dataset_triples(dataset: str, sources: Iterable[tuple[str, str]]) -> Iterator[Triple]:
    """What is said of every data set: ``dataset`` is its IRI in angle brackets."""
    program = iri(ids.resource("software", f"themegraph-{__version__}"))
    for kind in (f"{_DCAT}Dataset", f"{_VOID}Dataset", f"{PROV}Entity"):
        yield dataset, TYPE, iri(kind)
    yield dataset, f"<{DCTERMS}title>", _text(TITLE)
    yield dataset, f"<{DCTERMS}description>", _text(DESCRIPTION)
    yield dataset, f"<{DCTERMS}rights>", _text(RIGHTS)
    yield dataset, f"<{DCTERMS}conformsTo>", iri(f"{ids.BASE}ontology")
    yield dataset, f"<{_VOID}vocabulary>", iri(ids.ONTOLOGY)
    yield dataset, f"<{PROV}wasAttributedTo>", program
    yield program, TYPE, iri(f"{PROV}SoftwareAgent")
    yield program, f"<{_RDFS}label>", string("themegraph")
    yield program, f"<{SCHEMA}softwareVersion>", string(__version__)
    for file, licence in sources:
        yield dataset, f"<{PROV}wasDerivedFrom>", iri(file)
        if licence:
            yield dataset, f"<{DCTERMS}license>", iri(licence)


def _text(words: str) -> str:
    return f"{string(words)}@en"
