"""The ontology and its vocabularies at the addresses of their terms: pages, and data."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from lxml import html
from starlette.testclient import TestClient

from themegraph.ontology.shipped import MODULES, SHAPES
from themegraph.ontology.terms import Ontology
from themegraph.web.pages.diagram import HEIGHT, WIDTH, diagram

TG = "https://w3id.org/themegraph/ontology#"
VOCAB = "https://w3id.org/themegraph/vocab/"


def triples(data: bytes, form: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=form)}


def test_every_term_is_told_at_its_own_place_and_every_link_leads_somewhere(
    pages: TestClient,
) -> None:
    tree = html.fromstring(pages.get("/ontology").text)
    places = set(tree.xpath("//@id"))
    terms = [term for module in Ontology().modules for term in module.terms]
    assert len(terms) > 150
    for term in terms:
        assert term.name in places
        (section,) = tree.xpath(f"//section[@id='{term.name}']")
        words = " ".join(section.text_content().split())
        for told in (term.definition, term.example, term.scope_note):
            assert told in words
    inner = {link.removeprefix("#") for link in tree.xpath("//@href") if link.startswith("#")}
    assert inner <= places


def test_the_drawing_fits_one_screen_and_shows_what_is_there() -> None:
    drawn = diagram(Ontology())
    assert drawn.width <= 1200
    assert drawn.height <= 620
    corners = [(box.x, box.y) for box in drawn.boxes]
    assert len(set(corners)) == len(corners)
    for arrow in drawn.arrows:
        for at in range(1, 40):
            x = arrow.x1 + (arrow.x2 - arrow.x1) * at / 40
            y = arrow.y1 + (arrow.y2 - arrow.y1) * at / 40
            over = [b.term.name for b in drawn.boxes
                    if b.x < x < b.x + WIDTH and b.y < y < b.y + HEIGHT]  # fmt: skip
            assert over == [], (arrow.name, over)


def test_every_arrow_is_a_property_between_these_classes_or_ones_above_them() -> None:
    ontology = Ontology()
    terms = {term.iri: term for module in ontology.modules for term in module.terms}

    def above(iri: str) -> set[str]:
        higher = terms[iri].above if iri in terms else ()
        return {iri}.union(*(above(each) for each in higher))

    for arrow in diagram(ontology).arrows:
        if ":" not in arrow.name:
            term = terms[TG + arrow.name]
            assert term.domain in above(arrow.start.iri), arrow.name
            assert term.range in above(arrow.end.iri), arrow.name


@pytest.mark.parametrize(
    ("address", "accept", "leads_to"),
    [
        ("/ontology/core", "text/html", "/ontology#module-core"),
        ("/ontology/mappings", "text/html", "/ontology#module-mappings"),
        ("/ontology/0.2.0", "text/html", "/ontology"),
        ("/ontology/0.2.0/core", "text/turtle", "/ontology/core"),
        ("/vocab/theme", "text/html", "/vocabulary/theme"),
        ("/vocab/theme", "text/turtle", "/vocabulary/theme.ttl"),
        ("/vocab/grade/sif", "text/html", "/vocabulary/grade/sif"),
        ("/vocab/grade/sif", "text/turtle", "/vocabulary/grade/sif.ttl"),
        ("/vocab/grade/sif/good", "text/html", "/vocabulary/grade/sif#good"),
        ("/vocab/grade/sif/good", "text/turtle", "/data/vocab/grade/sif/good.ttl"),
        ("/vocab/stance/mixed", "text/html", "/vocabulary/stance#mixed"),
        ("/vocab/theme/supervision", "text/html", "/theme/supervision"),
    ],
)
def test_addresses_of_terms_lead_to_a_page_or_to_data(
    pages: TestClient, address: str, accept: str, leads_to: str
) -> None:
    response = pages.get(address, headers={"Accept": accept}, follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == leads_to
    assert "Accept" in response.headers["vary"]
    page, _, place = leads_to.partition("#")
    told = pages.get(page)
    assert told.status_code == 200
    assert not place or html.fromstring(told.text).xpath(f"//*[@id='{place}']")


@pytest.mark.parametrize(
    ("suffix", "form"),
    [("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES),
     ("jsonld", ox.RdfFormat.JSON_LD), ("rdfxml", ox.RdfFormat.RDF_XML)],
)  # fmt: skip
def test_the_ontology_is_the_same_in_every_form(
    pages: TestClient, suffix: str, form: ox.RdfFormat
) -> None:
    whole = triples(pages.get("/ontology.nt").content, ox.RdfFormat.N_TRIPLES)
    assert triples(pages.get(f"/ontology.{suffix}").content, form) == whole
    accepted = pages.get("/ontology", headers={"Accept": form.media_type})
    assert accepted.headers["content-type"].startswith(form.media_type)
    assert triples(accepted.content, form) == whole
    parts = [pages.get(f"/ontology/{module}.{suffix}").content for module in MODULES]
    assert set.union(*(triples(part, form) for part in parts)) <= whole


@pytest.mark.parametrize("name", [*SHAPES, "ontology", "vocabulary"])
def test_shapes_can_be_fetched(pages: TestClient, name: str) -> None:
    response = pages.get(f"/shapes/{name}")
    assert response.headers["content-type"].startswith("text/turtle")
    assert len(triples(response.content, ox.RdfFormat.TURTLE)) > 50


def test_a_vocabulary_has_all_its_concepts_as_page_and_as_data(pages: TestClient) -> None:
    tree = html.fromstring(pages.get("/vocabulary/grade/sif").text)
    assert tree.xpath("//section/@id")[:2] == ["outstanding", "good"]
    data = triples(pages.get("/vocabulary/grade/sif.ttl").content, ox.RdfFormat.TURTLE)
    labels = [t for t in data if t.predicate.value.endswith("#prefLabel")]
    assert len(labels) == 1 + len(tree.xpath("//section[@id]"))
    words = pages.get("/vocabulary/theme").text
    assert "0.2.0: Two labels" in words


@pytest.mark.parametrize(
    "address",
    ["/ontology/0.1.0", "/ontology/0.1.0/core", "/ontology/nothing", "/ontology/nothing.ttl", "/shapes/nothing", "/vocab/nothing",
     "/vocabulary/nothing", "/vocabulary/theme/supervision", "/vocab/stance/nothing"],
)  # fmt: skip
def test_what_is_not_there_is_told(pages: TestClient, address: str) -> None:
    assert pages.get(address).status_code == 404
