"""A report as N-Quads: one named graph for what it says, one for where that comes from.

The text is sorted and canonical: the same report gives the same bytes on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata

from themegraph import __version__
from themegraph.graph.assignments import assignment_triples
from themegraph.graph.inspection import inspection_triples
from themegraph.graph.passages import passage_triples
from themegraph.graph.terms import (
    DCTERMS,
    DERIVED_FROM,
    SCHEMA,
    TG,
    TITLE,
    TYPE,
    Triple,
    day,
    integer,
    iri,
    string,
)
from themegraph.ids import concept, provenance_graph, report_graph, report_key, resource
from themegraph.model import Report, Source

# What reads each kind of file; plain text and markdown need nothing but this package.
_ENGINES = {"application/pdf": "pypdfium2", "text/html": "lxml"}


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """A report ready for the store: ``quads`` is N-Quads text, ``key`` names its two graphs.

    ``digest`` is the SHA-256 of the quads, but for the one that states it.
    """

    key: str
    source: Source
    title: str
    quads: str
    digest: str
    counts: tuple[tuple[str, int], ...]
    warnings: tuple[str, ...]

    @property
    def graphs(self) -> tuple[str, str]:
        """The IRIs of the graph of the report and the graph of its provenance."""
        return report_graph(self.key), provenance_graph(self.key)


def build_report(report: Report) -> BuiltReport:
    """The two named graphs of ``report``."""
    key = report_key(report)
    lines = [
        *quad_lines(report_triples(report, key), report_graph(key)),
        *quad_lines(provenance_triples(report, key), provenance_graph(key)),
    ]
    digest = hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()
    mark = (iri(report_graph(key)), TG["sha256"], string(digest))
    lines += quad_lines([mark], provenance_graph(key))
    counts = {
        "judgements": len(report.judgements),
        "findings": len(report.findings),
        "recommendations": len(report.recommendations),
        "statistics": len(report.statistics),
    }
    return BuiltReport(
        key,
        report.source,
        report.title,
        "".join(sorted(lines)),
        digest,
        tuple(counts.items()),
        report.warnings,
    )


def quad_lines(triples: Iterable[Triple], graph: str) -> list[str]:
    """``triples`` as N-Quads lines in ``graph``, each once, in no order."""
    return [f"{s} {p} {o} <{graph}> .\n" for s, p, o in dict.fromkeys(triples)]


def report_triples(report: Report, key: str) -> Iterator[Triple]:
    """What the report says."""
    node = iri(resource("report", key))
    yield node, TYPE, TG["Report"]
    yield node, TITLE, string(report.title)
    yield node, TG["reportType"], iri(concept("report-type", report.report_type))
    yield node, TG["sourceFile"], iri(resource("file", report.source.sha256))
    yield node, TG["extractedText"], iri(resource("text", key))
    if report.published:
        yield node, TG["published"], day(report.published)
    if report.published_source:
        yield node, TG["publishedSource"], string(report.published_source)
    if report.authority and report.authority.printed:
        yield node, TG["printedName"], string(report.authority.printed)
    yield from ((node, TG["warning"], string(warning)) for warning in report.warnings)
    yield from inspection_triples(report, key)
    yield from passage_triples(report, key)


def provenance_triples(report: Report, key: str) -> Iterator[Triple]:
    """Which file the report was read from, and with what. No clock: it would differ each time."""
    file = iri(resource("file", report.source.sha256))
    text = iri(resource("text", key))
    yield file, TYPE, TG["SourceFile"]
    yield file, TG["fileName"], string(report.source.file)
    yield file, TG["sha256"], string(report.source.sha256)
    yield file, TG["mediaType"], string(report.source.media_type)
    yield file, TG["pageCount"], integer(report.source.pages)
    if report.source.address:
        yield file, f"<{SCHEMA}contentUrl>", iri(report.source.address)
    if report.source.licence:
        yield file, f"<{DCTERMS}license>", iri(report.source.licence)
    yield text, TYPE, TG["ExtractedText"]
    yield text, TG["extractedFrom"], file
    yield text, TG["sha256"], string(hashlib.sha256(report.text.encode()).hexdigest())
    yield text, TG["characterCount"], integer(len(report.text))
    yield text, TG["extractedWith"], string(_method(report.source.media_type))
    yield iri(report_graph(key)), DERIVED_FROM, text
    yield from assignment_triples(report, key)


@cache
def _method(media_type: str) -> str:
    engine = _ENGINES.get(media_type)
    with_engine = f", {engine} {metadata.version(engine)}" if engine else ""
    return f"themegraph {__version__}{with_engine}"
