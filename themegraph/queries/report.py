"""A report in a store: what it is, and what it judges, finds, recommends and counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from themegraph.ids import last_part
from themegraph.ontology import vocab
from themegraph.queries.answer import Answer, ask, read_rows
from themegraph.queries.binding import resolve

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_JUDGEMENTS = """SELECT ?area ?grade ?page ?quotation ?judgement WHERE {
  ?inspection tg:produced ?report ; tg:hasJudgement ?judgement .
  ?judgement tg:area/skos:prefLabel ?area ; tg:grade/skos:prefLabel ?grade .
  OPTIONAL { ?judgement tg:onPage ?page }
  OPTIONAL { ?judgement tg:quotation ?quotation }
} ORDER BY ?area ?judgement"""
_PASSAGE = """
  ?passage tg:text ?text ; tg:onPage ?page ; tg:startOffset ?start .
  OPTIONAL { ?passage tg:inSection/tg:heading ?heading }
  OPTIONAL { ?passage tg:printedNumber ?number }"""
_FINDINGS = f"""SELECT ?number ?heading ?stance ?text ?page (?passage AS ?finding) WHERE {{
  ?report tg:hasFinding ?passage .{_PASSAGE}
  OPTIONAL {{ ?passage tg:stance/skos:notation ?stance }}
}} ORDER BY ?start ?passage"""
_RECOMMENDATIONS = f"""SELECT ?number ?heading ?text ?page (?passage AS ?recommendation) WHERE {{
  ?report tg:hasRecommendation ?passage .{_PASSAGE}
}} ORDER BY ?start ?passage"""
_STATISTICS = """SELECT ?what ?value ?unit ?as_of ?page ?sentence ?statistic WHERE {
  ?report tg:hasStatistic ?statistic .
  ?statistic tg:describes ?what ; tg:value ?value ; tg:unit ?unit ; tg:onPage ?page ;
             oa:hasSelector/oa:exact ?sentence .
  OPTIONAL { ?statistic tg:asOf ?as_of }
} ORDER BY ?page ?what ?as_of ?value ?statistic"""


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report by its ``key``: ``body`` is the name of the body inspected ("" where it is not
    known) and ``authority`` its id, ``kind`` the id of its kind. What it says is asked for when it
    is wanted.
    """

    key: str
    title: str
    body: str
    authority: str
    kind: str
    framework: str
    start: dt.date | None
    end: dt.date | None
    published: dt.date | None
    file: str
    iri: str
    store: Store = field(repr=False, compare=False)

    @property
    def judgements(self) -> Answer:
        """Its grades, each with the words that give it and their page."""
        return self._ask(_JUDGEMENTS)

    @property
    def findings(self) -> Answer:
        """Its findings in order, word for word, and what each says in all."""
        return self._ask(_FINDINGS)

    @property
    def recommendations(self) -> Answer:
        """What it recommends, in order and word for word."""
        return self._ask(_RECOMMENDATIONS)

    @property
    def statistics(self) -> Answer:
        """The numbers it states, as printed, each with its sentence."""
        return self._ask(_STATISTICS)

    @property
    def themes(self) -> Answer:
        """The themes of its findings and recommendations, each with the words that earned it."""
        return ask(self.store, "themes-of-report", report=self.key)

    def _ask(self, select: str) -> Answer:
        report = resolve(self.store, "report", self.key)
        return read_rows(self.store.query(select, {"report": report}))

    def _repr_html_(self) -> str:
        from themegraph.queries.shown import report_html

        return report_html(self)


def find_report(store: Store, key: str) -> StoredReport:
    """The report that ``key`` (or its IRI) names. Raises QueryError for one that is not there."""
    iri = resolve(store, "report", key).value
    row = next(row for row in ask(store, "reports-list") if row["report"] == iri)
    return StoredReport(
        last_part(iri),
        row["title"],
        row["name"] or "",
        last_part(row["body"]),
        last_part(row["kind"]),
        last_part(row["framework"]),
        row["start"],
        row["end"],
        row["published"],
        row["file"],
        iri,
        store,
    )


def facts_of(report: StoredReport) -> list[tuple[str, Any]]:
    """What a report is, in words and with a name for each; what is not known is left out."""
    days = [day for day in (report.start, report.end) if day]
    told = (
        ("body", report.body),
        ("kind", vocab.label_of("report-type", report.kind)),
        ("inspected", " to ".join(dict.fromkeys(map(str, days)))),
        ("published", report.published),
        ("file", report.file),
        ("key", report.key),
    )
    return [(name, value) for name, value in told if value]
