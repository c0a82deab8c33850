"""What the endpoint says of itself and of its data: a SPARQL 1.1 Service Description, and VoID."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pyoxigraph as ox

from themegraph import ids
from themegraph.graph.dataset import dataset_triples, sources_of
from themegraph.graph.store import Store
from themegraph.ontology.namespaces import PREFIXES
from themegraph.web.negotiation import TRIPLES_AS

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_NAMES = PREFIXES | {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "formats": "http://www.w3.org/ns/formats/",
}
_CLASSES = (
    "SELECT ?class (COUNT(DISTINCT ?x) AS ?n) { ?x a ?class } GROUP BY ?class ORDER BY ?class"
)
_TRIPLES = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
#: Forms of answers, as https://www.w3.org/ns/formats/ names them.
_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


class Description:
    """Of the data in ``store``, asked at ``endpoint`` (the address of the SPARQL endpoint).

    ``time_limit`` is in seconds, ``largest`` (of an answer) in bytes.
    """

    def __init__(self, store: Store, endpoint: str, *, time_limit: float, largest: int) -> None:
        self.endpoint = endpoint
        self.version = version_of(store)
        self._limits = (
            f"A query is stopped after {time_limit:g} seconds, and an answer is at most "
            f"{largest:,} bytes: beyond that there is no answer, never a part of one. SERVICE and "
            "updates are refused, and FROM takes graphs that are here."
        )
        self._graphs = store.graphs()
        self._sources = sources_of(store)
        self._triples = int(next(iter(store.rows(_TRIPLES)))["n"].value)
        self._classes = [(row["class"].value, int(row["n"].value)) for row in store.rows(_CLASSES)]

    def of_service(self, form: str) -> bytes:
        """The service description, in a form of TRIPLES_AS."""
        return _written(self._service(), form)

    def of_data(self, form: str) -> bytes:
        """The description of the data set (VoID), in a form of TRIPLES_AS."""
        return _written(self._data(), form)

    def _service(self) -> Iterator[ox.Triple]:
        service, dataset = self.endpoint, f"{self.endpoint}#dataset"
        default = f"{self.endpoint}#default-graph"
        yield _triple(service, "rdf:type", "sd:Service")
        yield _triple(service, "sd:endpoint", service)
        yield _triple(service, "rdfs:label", _text("themegraph SPARQL 1.1 endpoint"))
        yield _triple(service, "rdfs:comment", _text(self._limits))
        yield _triple(service, "sd:supportedLanguage", "sd:SPARQL11Query")
        yield _triple(service, "sd:feature", "sd:UnionDefaultGraph")
        for name in _FORMATS:
            yield _triple(service, "sd:resultFormat", f"formats:{name}")
        yield _triple(service, "sd:defaultDataset", dataset)
        yield _triple(dataset, "rdf:type", "sd:Dataset")
        yield _triple(dataset, "sd:defaultGraph", default)
        yield _triple(default, "rdf:type", "sd:Graph")
        yield _triple(default, "rdfs:comment", _text("All named graphs taken together."))
        for graph in self._graphs:
            named = f"{self.endpoint}?graph={graph}"
            yield _triple(dataset, "sd:namedGraph", named)
            yield _triple(named, "rdf:type", "sd:NamedGraph")
            yield _triple(named, "sd:name", graph)

    def _data(self) -> Iterator[ox.Triple]:
        data = f"{ids.BASE}dataset"
        said = dataset_triples(f"<{data}>", self._sources)
        text = "".join(f"{subject} {by} {value} .\n" for subject, by, value in said)
        yield from (quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
        yield _triple(data, "owl:versionInfo", ox.Literal(self.version))
        yield _triple(data, "void:sparqlEndpoint", self.endpoint)
        yield _triple(data, "void:uriSpace", ox.Literal(ids.BASE))
        yield _triple(data, "void:triples", ox.Literal(self._triples))
        for name in ("ttl", "nt", "jsonld", "rdfxml"):
            media_type = TRIPLES_AS[name].media_type
            yield _triple(data, "void:feature", _FEATURES[media_type])
        for cls, count in self._classes:
            part = f"{data}/class/{ids.short_hash(cls)}"
            yield _triple(data, "void:classPartition", part)
            yield _triple(part, "void:class", cls)
            yield _triple(part, "void:entities", ox.Literal(count))


_FEATURES = {
    form.media_type: f"formats:{name}"
    for form, name in (
        (ox.RdfFormat.TURTLE, "Turtle"),
        (ox.RdfFormat.N_TRIPLES, "N-Triples"),
        (ox.RdfFormat.JSON_LD, "JSON-LD"),
        (ox.RdfFormat.RDF_XML, "RDF_XML"),
    )
}


def version_of(store: Store) -> str:
    """A name for what ``store`` holds: equal where the same was read from the same files."""
    told = [f"{key} {held.digest} {held.sha256}" for key, held in store.reports().items()]
    marks = store.rows("SELECT ?s ?digest { ?s tg:sha256 ?digest } ORDER BY ?s ?digest")
    told += [f"{row['s'].value} {row['digest'].value}" for row in marks]
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()


def _triple(subject: str, predicate: str, thing: str | ox.Literal) -> ox.Triple:
    value = thing if isinstance(thing, ox.Literal) else _node(thing)
    return ox.Triple(_node(subject), _node(predicate), value)


def _node(name: str) -> ox.NamedNode:
    """An IRI, or what a prefixed name stands for."""
    prefix, _, rest = name.partition(":")
    return ox.NamedNode(_NAMES[prefix] + rest if prefix in _NAMES else name)


def _text(words: str) -> ox.Literal:
    return ox.Literal(words, language="en-GB")


def _written(triples: Iterator[ox.Triple], form: str) -> bytes:
    data = ox.serialize(triples, format=TRIPLES_AS[form], prefixes=_NAMES)
    assert data is not None  # it is None only where an output is given
    return data
