"""The register of bodies as a graph: authorities, their neighbours and successors, and the trusts
and companies that run services for them.
"""

from __future__ import annotations

from itertools import groupby

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, RDF, RDFS, SKOS, XSD

from themegraph.ids import BASE
from themegraph.ontology import register
from themegraph.ontology.namespaces import Namespaces
from themegraph.ontology.schemes import Sheet


def authorities_graph(base: str = BASE) -> Graph:
    """Every authority known, current and former, with what is known of it."""
    sheet = Sheet(base)
    for body in register.authorities():
        _write_authority(sheet, body)
    _write_successions(sheet)
    for delivery in register.deliveries():
        _write_delivery(sheet, delivery)
    return sheet.graph


def body_graph(body: register.RegisteredAuthority, base: str = BASE) -> Graph:
    """What is known of one body."""
    sheet = Sheet(base)
    _write_authority(sheet, body)
    return sheet.graph


def _node(sheet: Sheet, kind: str, name: str) -> URIRef:
    return URIRef(f"{Namespaces(sheet.base).id}{kind}/{name}")


def _write_authority(sheet: Sheet, body: register.RegisteredAuthority) -> None:
    node, tg = _node(sheet, "authority", body.id), sheet.tg
    sheet.say(node, RDF.type, tg.Authority)
    sheet.say(node, RDFS.label, Literal(body.name))
    sheet.say(node, SKOS.altLabel, *(Literal(name) for name in body.also_known_as))
    facts = (
        (tg.urn, str(body.urn) if body.urn else ""),
        (tg.laCode, body.la_code),
        (tg.gssCode, body.gss),
        (tg.region, body.region),
        (tg.authorityType, body.type),
    )
    for predicate, words in facts:
        if words:
            sheet.say(node, predicate, Literal(words))
    neighbours = (_node(sheet, "authority", each) for each in body.neighbours)
    sheet.say(node, tg.statisticalNeighbour, *neighbours)
    sheet.tell(node, SKOS.note, body.note)


def _write_successions(sheet: Sheet) -> None:
    """Successors as direct links, and each abolition as an event with its day."""
    names = {body.id: body.name for body in register.authorities()}
    # Rows of one body stand together in the table; sorting keeps this true of any order.
    rows = sorted(register.successions(), key=lambda row: (row.body, row.date, row.successor))
    for (body, date), group in groupby(rows, key=lambda row: (row.body, row.date)):
        old = _node(sheet, "authority", body)
        event = _node(sheet, "change", f"{body}-{date}")
        sheet.say(event, RDF.type, ORG.ChangeEvent)
        sheet.say(event, RDFS.label, Literal(f"{names[body]}: abolished on {date}"))
        sheet.say(event, DCTERMS.date, Literal(date, datatype=XSD.date))
        sheet.say(event, ORG.originalOrganization, old)
        for row in group:
            new = _node(sheet, "authority", row.successor)
            sheet.say(event, ORG.resultingOrganization, new)
            sheet.say(old, sheet.tg.successor, new)
            sheet.tell(event, SKOS.note, f"{names[row.successor]} ({row.event}): {row.note}.")


def _write_delivery(sheet: Sheet, delivery: register.Delivery) -> None:
    node = _node(sheet, "organisation", delivery.id)
    sheet.say(node, RDF.type, sheet.tg.DeliveryBody)
    sheet.say(node, RDFS.label, Literal(delivery.name))
    sheet.say(node, SKOS.altLabel, *(Literal(name) for name in delivery.also_known_as))
    sheet.say(_node(sheet, "authority", delivery.authority), sheet.tg.deliveredBy, node)
    name = next(body.name for body in register.authorities() if body.id == delivery.authority)
    years = f"{delivery.start} to {delivery.end}" if delivery.end else f"since {delivery.start}"
    sheet.tell(node, SKOS.note, f"{name}, {years}: {delivery.note or 'no note'}.")
