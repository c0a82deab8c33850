"""Figures of quality: of themes and metrics that are known, between 0 and 1, and in the graph."""

from __future__ import annotations

from rdflib import RDF, URIRef

from themegraph.ontology import vocab
from themegraph.ontology.namespaces import OUTSIDE
from themegraph.ontology.quality import WHOLES, measurements
from themegraph.ontology.schemes import vocabulary_graph
from themegraph.tagging.themes import METHOD


def test_the_figures_are_those_of_the_tagger_that_ships() -> None:
    assert {one.method for one in measurements()} == {METHOD}
    for one in measurements():
        assert 0 <= float(one.value) <= 1
        assert one.support > 0


def test_every_theme_that_readers_named_has_its_figures() -> None:
    measured = {one.of for one in measurements()}
    themes = {theme.id for theme in vocab.themes() if theme.broader}
    assert measured <= themes | WHOLES.keys()
    assert len(measured & themes) >= 70
    assert measured >= WHOLES.keys()


def test_each_is_a_measurement_in_the_graph() -> None:
    dqv = OUTSIDE["dqv"]
    graph = vocabulary_graph()
    nodes = set(graph.subjects(RDF.type, URIRef(f"{dqv}QualityMeasurement")))
    assert len(nodes) == len(measurements())
    for node in nodes:
        for name in ("computedOn", "isMeasurementOf", "value"):
            assert len(list(graph.objects(node, URIRef(dqv + name)))) == 1
    metrics = set(graph.objects(None, URIRef(f"{dqv}isMeasurementOf")))
    assert metrics <= set(graph.subjects(RDF.type, URIRef(f"{dqv}Metric")))
