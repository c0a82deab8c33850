"""How well the tagger that ships does, as data: measurements in the W3C Data Quality Vocabulary.

``quality.csv`` is written by the training scripts, from passages that each model had not seen. A
row is about a theme, or about all themes, stances or services together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from rdflib import RDF, XSD, Literal, URIRef
from rdflib.namespace import PROV

from themegraph.ontology import vocab
from themegraph.ontology.namespaces import OUTSIDE, Namespaces
from themegraph.ontology.rows import check_known, read_rows
from themegraph.ontology.schemes import Sheet

_FILE = "quality.csv"
#: What a row may be about beside a single theme, and the scheme that is meant.
WHOLES = {"themes": "theme", "stance": "stance", "theme-stance": "stance", "services": "service"}


@dataclass(frozen=True, slots=True)
class Measurement:
    """A figure: of what (a theme's id, or one of WHOLES), which metric, from how many."""

    of: str
    metric: str
    value: str
    support: int
    method: str


@cache
def measurements() -> tuple[Measurement, ...]:
    """The figures of the release, in the order of the table.

    Raises VocabularyError for a theme, metric or method that the vocabularies do not have.
    """
    rows = read_rows(_FILE, ("of", "metric", "value", "support", "method"))
    themes = {theme.id for theme in vocab.themes()}
    check_known(_FILE, "theme", (row["of"] for row in rows), themes | WHOLES.keys())
    for column, scheme in (("metric", "metric"), ("method", "tagging-method")):
        known = {term.id for term in vocab.terms(scheme)}
        check_known(_FILE, column, (row[column] for row in rows), known)
    return tuple(
        Measurement(row["of"], row["metric"], row["value"], int(row["support"]), row["method"])
        for row in rows
    )


def write_quality(sheet: Sheet) -> None:
    """State every measurement: what it is computed on, of which metric, its value and support."""
    for node, one in _nodes(sheet):
        whole = WHOLES.get(one.of)
        about = sheet.concept(whole) if whole else sheet.concept("theme", one.of)
        sheet.say(node, RDF.type, _dqv("QualityMeasurement"))
        sheet.say(node, _dqv("computedOn"), about)
        sheet.say(node, _dqv("isMeasurementOf"), sheet.concept("metric", one.metric))
        sheet.say(node, _dqv("value"), _decimal(one.value))
        sheet.say(node, sheet.tg["support"], Literal(one.support))
        sheet.say(node, PROV.wasDerivedFrom, sheet.concept("tagging-method", one.method))
    for term in vocab.terms("metric"):
        sheet.say(sheet.concept("metric", term.id), RDF.type, _dqv("Metric"))


def _nodes(sheet: Sheet) -> Iterator[tuple[URIRef, Measurement]]:
    base = Namespaces(sheet.base).id
    for one in measurements():
        yield URIRef(f"{base}quality/{one.method}/{one.of}/{one.metric}"), one


def _dqv(name: str) -> URIRef:
    return URIRef(f"{OUTSIDE['dqv']}{name}")


def _decimal(figure: str) -> Literal:
    """A figure as the store writes it: the same number in two forms would be two values."""
    return Literal(f"{Decimal(figure).normalize() + 0:f}", datatype=XSD.decimal)
