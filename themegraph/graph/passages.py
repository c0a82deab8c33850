"""What a report says as triples: sections, findings with evidence, recommendations, numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from themegraph.graph.both_sides import both_sides
from themegraph.graph.terms import (
    LABEL,
    ORGANISATION,
    TG,
    TRUE,
    TYPE,
    WEB_ANNOTATION,
    Triple,
    decimal,
    integer,
    iri,
    partial_date,
    place,
    string,
)
from themegraph.ids import concept, local_ids, resource, slug, statistic_ids
from themegraph.model import (
    Evidence,
    Finding,
    Recommendation,
    Report,
    Section,
    Span,
    Statistic,
    ThemeTag,
)
from themegraph.ontology import vocab

SUMMARY = "(summary)"
_STANCES = {
    "strength": "identifiesStrengthIn",
    "weakness": "identifiesWeaknessIn",
    "mixed": "isMixedOn",
    "neutral": "mentions",
}

_SIDES = {"strength": "tellsStrengthIn", "weakness": "tellsWeaknessIn"}

SectionOf = Callable[[str, int], str]


def passage_triples(report: Report, key: str) -> Iterator[Triple]:
    """Sections, findings with their evidence, recommendations and statistics of ``report``."""
    node = iri(resource("report", key))
    names = local_ids(report)
    section_of = _section_finder(report, key)
    yield from _sections(report, key, node)
    findings = [iri(resource("finding", key, name)) for name in names.findings]
    for finding, name, about in zip(report.findings, names.findings, findings, strict=True):
        yield node, TG["hasFinding"], about
        yield from _finding(finding, about, section_of)
        yield from _all_evidence(finding, key, name, about)
    prompts = _prompts(report, findings)
    for item, name in zip(report.recommendations, names.recommendations, strict=True):
        about = iri(resource("recommendation", key, name))
        yield node, TG["hasRecommendation"], about
        yield from _recommendation(item, about, section_of)
        yield from _addressee(item, about, report)
        yield from ((about, TG["promptedBy"], finding) for finding in prompts(item))
    yield from _statistics(report, key, node)


def _sections(report: Report, key: str, node: str) -> Iterator[Triple]:
    sections = list(enumerate(report.sections, 1))
    passages: list[Finding | Recommendation] = [*report.findings, *report.recommendations]
    if any(passage.section == SUMMARY for passage in passages):
        sections.insert(0, (0, Section(SUMMARY, "overview", Span(0, 0, 1))))
    for ordinal, section in sections:
        about = iri(resource("section", key, ordinal))
        yield node, TG["hasSection"], about
        yield about, TYPE, TG["Section"]
        yield about, TG["heading"], string(section.heading)
        yield about, TG["sectionKind"], iri(concept("section-kind", section.kind))
        yield about, TG["ordinal"], integer(ordinal)
        yield from place(about, section.span)


def _section_finder(report: Report, key: str) -> SectionOf:
    """The section with this heading that stands last before a passage.

    Headings repeat ("Areas for improvement" in each part), so the nearest one above is meant.
    """

    def find(heading: str, start: int) -> str:
        ordinal = 0
        for n, section in enumerate(report.sections, 1):
            if section.heading == heading and (section.span.start <= start or not ordinal):
                ordinal = n
        return iri(resource("section", key, ordinal))

    return find


def _finding(finding: Finding, node: str, section_of: SectionOf) -> Iterator[Triple]:
    yield node, TYPE, TG["Finding"]
    yield from _passage(finding, node, section_of)
    if finding.recommendation_marker:
        yield node, TG["carriesRecommendationMarker"], TRUE
    if finding.illustrative:
        yield node, TG["illustrative"], TRUE
    if finding.polarity:
        yield node, TG["stance"], iri(concept("stance", finding.polarity))
    yield from ((node, TG["pointsToNumber"], integer(n)) for n in finding.cites)
    for tag in finding.themes:
        if tag.polarity:
            yield node, TG[_STANCES[tag.polarity]], iri(concept("theme", tag.id))


def _passage(item: Finding | Recommendation, node: str, section_of: SectionOf) -> Iterator[Triple]:
    """What findings and recommendations have in common."""
    yield node, TG["text"], string(item.text)
    yield node, TG["inSection"], section_of(item.section, item.span.start)
    yield from place(node, item.span)
    if item.number is not None:
        yield node, TG["printedNumber"], integer(item.number)
    yield from _topics(node, item.themes, item.services)


def _topics(node: str, themes: Iterable[ThemeTag], services: Iterable[str]) -> Iterator[Triple]:
    yield from ((node, TG["hasTheme"], iri(concept("theme", tag.id))) for tag in themes)
    yield from ((node, TG["aboutServiceArea"], iri(concept("service", s))) for s in services)


def _all_evidence(finding: Finding, key: str, name: str, about: str) -> Iterator[Triple]:
    for ordinal, evidence in enumerate(finding.evidence, 1):
        node = resource("evidence", key, name, ordinal)
        yield about, TG["supportedBy"], iri(node)
        yield iri(node), TYPE, TG["Evidence"]
        yield from _selector(node, key, evidence.text, evidence.span)
        yield from _evidence(evidence, iri(node))
    for place_of, side, theme in both_sides(finding):
        node = resource("evidence", key, name, place_of + 1)
        yield iri(node), TG[_SIDES[side]], iri(concept("theme", theme))


def _evidence(evidence: Evidence, node: str) -> Iterator[Triple]:
    if evidence.kind != "practice":  # the passage names no source
        yield node, TG["evidenceKind"], iri(concept("evidence-kind", evidence.kind))
    if evidence.polarity:
        yield node, TG["stance"], iri(concept("stance", evidence.polarity))
    yield from ((node, TG["hasTheme"], iri(concept("theme", theme))) for theme in evidence.themes)


def _selector(node: str, key: str, words: str, span: Span) -> Iterator[Triple]:
    """Where a quotation stands, in the words of the Web Annotation vocabulary."""
    selector = iri(f"{node}#selector")
    yield iri(node), TG["onPage"], integer(span.page)
    yield iri(node), WEB_ANNOTATION["hasSource"], iri(resource("text", key))
    yield iri(node), WEB_ANNOTATION["hasSelector"], selector
    yield selector, TYPE, WEB_ANNOTATION["TextPositionSelector"]
    yield selector, TYPE, WEB_ANNOTATION["TextQuoteSelector"]
    yield selector, WEB_ANNOTATION["start"], integer(span.start)
    yield selector, WEB_ANNOTATION["end"], integer(span.end)
    yield selector, WEB_ANNOTATION["exact"], string(words)


def _recommendation(item: Recommendation, node: str, section_of: SectionOf) -> Iterator[Triple]:
    yield node, TYPE, TG["Recommendation"]
    yield node, TYPE, TG[_classes()[item.source]]
    source = iri(concept("recommendation-source", item.source))
    yield node, TG["recommendationSource"], source
    yield from _passage(item, node, section_of)
    if item.repeated:
        yield node, TG["asksAgain"], TRUE
    if item.lead_in:
        yield node, TG["leadIn"], string(item.lead_in)
    if item.framework_reference:
        aim = iri(concept("national-framework", item.framework_reference))
        yield node, TG["citesFrameworkOutcome"], aim
    yield from ((node, TG["pointsToNumber"], integer(n)) for n in item.points_to)
    for ordinal, sub in enumerate(item.items, 1):
        about = iri(f"{node[1:-1]}/item/{ordinal}")
        yield node, TG["hasItem"], about
        yield about, TYPE, TG["RecommendationItem"]
        yield about, TG["quotation"], string(sub.text)
        yield about, TG["ordinal"], integer(ordinal)
        yield from place(about, sub.span)


@cache
def _classes() -> dict[str, str]:
    """The class of recommendation that each kind of list makes."""
    terms = vocab.terms("recommendation-source")
    return {term.id: term.cls or "Recommendation" for term in terms}


def _addressee(item: Recommendation, node: str, report: Report) -> Iterator[Triple]:
    """To whom a recommendation is made: the authority, or the body that the report names."""
    yield node, TG["addresseeKind"], iri(concept("addressee", item.addressee))
    if item.addressee == "authority" and report.authority:
        yield node, TG["addressedTo"], iri(resource("authority", report.authority.id))
    elif item.responsible_body:
        body = iri(resource("organisation", slug(item.responsible_body)))
        yield node, TG["addressedTo"], body
        yield body, TYPE, ORGANISATION
        yield body, LABEL, string(item.responsible_body)


def _prompts(report: Report, findings: Sequence[str]) -> Callable[[Recommendation], list[str]]:
    """Which findings led to a recommendation, as far as the report says so by number.

    A finding cites the recommendation ("(Recommendation 3)"), or the recommendation points to
    paragraphs. A number that two of them bear says nothing, and a bare "(Recommendation)" neither.
    """
    bearers = Counter(item.number for item in report.recommendations)
    numbers = Counter(finding.number for finding in report.findings)

    def prompts(item: Recommendation) -> list[str]:
        return [
            node
            for finding, node in zip(report.findings, findings, strict=True)
            if (item.number in finding.cites and bearers[item.number] == 1)
            or (finding.number in item.points_to and numbers[finding.number] == 1)
        ]

    return prompts


def _statistics(report: Report, key: str, report_node: str) -> Iterator[Triple]:
    names = statistic_ids(statistic.quote for statistic in report.statistics)
    for statistic, name in zip(report.statistics, names, strict=True):
        node = resource("statistic", key, name)
        yield report_node, TG["hasStatistic"], iri(node)
        yield from _selector(node, key, statistic.quote, statistic.span)
        yield from _statistic(statistic, iri(node))


def _statistic(statistic: Statistic, node: str) -> Iterator[Triple]:
    yield node, TYPE, TG["Statistic"]
    yield node, TYPE, TG["Evidence"]
    yield node, TG["value"], decimal(statistic.value)
    yield node, TG["unit"], string(statistic.unit)
    yield node, TG["describes"], string(statistic.what)
    if statistic.as_of:
        yield node, TG["asOf"], partial_date(statistic.as_of)
