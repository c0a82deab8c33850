"""The endpoint as real clients use it, over a socket: rdflib's SPARQLStore and SPARQLWrapper."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLExceptions, SPARQLWrapper

from themegraph.graph.store import Store
from themegraph.queries import ask

QUERY = "SELECT ?area ?label { ?area a tg:JudgementArea ; skos:prefLabel ?label } ORDER BY ?area"


@pytest.fixture(scope="module")
def areas(examples: Store) -> list[tuple[str, str]]:
    found = [(row["area"].value, row["label"].value) for row in examples.rows(QUERY)]
    assert found
    return found


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_it_as_a_store(
    address: str, areas: list[tuple[str, str]], method: str
) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{address}/sparql", method=method))
    assert [(str(row.area), str(row.label)) for row in graph.query(QUERY)] == areas
    assert graph.query("ASK { ?finding a tg:Finding }").askAnswer
    described = graph.query(f"DESCRIBE <{areas[0][0]}>").graph
    assert (rdflib.URIRef(areas[0][0]), rdflib.RDF.type, None) in described


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_gets_every_form(
    address: str, areas: list[tuple[str, str]], method: str
) -> None:
    service = SPARQLWrapper(f"{address}/sparql")
    service.setMethod(method)
    service.setQuery(QUERY)
    service.setReturnFormat(JSON)
    rows = service.queryAndConvert()["results"]["bindings"]
    assert [(row["area"]["value"], row["label"]["value"]) for row in rows] == areas
    service.setReturnFormat(CSV)
    assert len(service.queryAndConvert().decode().splitlines()) == len(areas) + 1
    service.setReturnFormat(XML)
    assert len(service.queryAndConvert().getElementsByTagName("result")) == len(areas)
    service.setQuery("CONSTRUCT { ?a a tg:JudgementArea } WHERE { ?a a tg:JudgementArea }")
    service.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=service.queryAndConvert())) == len(areas)


def test_sparqlwrapper_is_told_what_is_wrong(address: str) -> None:
    service = SPARQLWrapper(f"{address}/sparql", returnFormat=JSON)
    service.setQuery("SELECT * { ?s ?p")
    with pytest.raises(SPARQLExceptions.QueryBadFormed, match="line 1"):
        service.query()


def test_a_store_at_the_endpoint_answers_the_named_questions(address: str, examples: Store) -> None:
    asked = {"authority": "westmarch"}
    with Store(f"{address}/sparql") as remote:
        for question in ("judgement-history", "follow-up", "themes-now"):
            assert ask(remote, question, **asked) == ask(examples, question, **asked)
