"""The inspection itself as triples: who was inspected, when, by whom, and how it was graded."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from themegraph.graph.terms import (
    LABEL,
    TG,
    TRUE,
    TYPE,
    Triple,
    day,
    iri,
    partial_date,
    place,
    string,
)
from themegraph.ids import concept, distinct, resource, slug
from themegraph.model import Authority, Judgement, PreviousJudgement, Report
from themegraph.ontology import register, vocab


def inspection_triples(report: Report, key: str) -> Iterator[Triple]:
    """Everything about the inspection that ``report`` tells of."""
    node = iri(resource("inspection", key))
    yield node, TYPE, TG["Inspection"]
    yield node, TG["produced"], iri(resource("report", key))
    yield node, TG["underFramework"], iri(concept("framework", report.framework))
    yield node, TG["scope"], iri(concept("scope", vocab.scope_of(report.report_type)))
    if report.authority:
        yield from _bodies(node, report.authority)
    yield from _dates(report, node)
    yield from _participations(report, key, node)
    yield from _judgements(report, key, node)
    for area in report.not_judged:
        yield node, TG["notJudged"], iri(concept("area", area))


def _bodies(node: str, authority: Authority) -> Iterator[Triple]:
    """The body inspected; bodies outside the register are described here, for want of another."""
    yield node, TG["inspects"], iri(resource("authority", authority.id))
    if authority.id not in _registered():
        yield from _named(iri(resource("authority", authority.id)), "Authority", authority.name)
    for kind, link, name in (
        ("DeliveryBody", "provider", authority.delivered_by),
        ("Partnership", "partnership", authority.partnership),
    ):
        if name:
            body = iri(resource("organisation", slug(name)))
            yield node, TG[link], body
            if slug(name) not in _registered():
                yield from _named(body, kind, name)


@cache
def _registered() -> frozenset[str]:
    """The ids of the bodies that the authorities graph describes."""
    authorities = (body.id for body in register.authorities())
    return frozenset((*authorities, *(body.id for body in register.deliveries())))


def _dates(report: Report, node: str) -> Iterator[Triple]:
    if first := report.inspection_start or report.published:
        yield node, TG["inspectionDate"], day(first)
    if report.inspection_start:
        yield node, TG["startDate"], day(report.inspection_start)
    if report.inspection_end:
        yield node, TG["endDate"], day(report.inspection_end)
    if report.dates_inferred:
        yield node, TG["dateInferred"], TRUE
    if len(report.periods) < 2:  # one period is the inspection's own two dates
        return
    for n, (start, end) in enumerate(report.periods, 1):
        period = iri(f"{node[1:-1]}/period/{n}")
        yield node, TG["hasPeriod"], period
        yield period, TYPE, TG["Period"]
        yield period, TG["startDate"], day(start)
        yield period, TG["endDate"], day(end)


def _participations(report: Report, key: str, node: str) -> Iterator[Triple]:
    people = (*report.inspectors, *report.other_people)
    names = distinct(f"{slug(person.role)}-{slug(person.name)}" for person in people)
    for inspector, name in zip(people, names, strict=True):
        part = iri(resource("participation", key, name))
        person = iri(resource("person", slug(inspector.name)))
        yield node, TG["hasParticipation"], part
        yield part, TYPE, TG["Participation"]
        yield part, TG["participant"], person
        yield part, TG["inRole"], iri(concept("role", slug(inspector.role)))
        yield from _named(person, "Inspector", inspector.name)
        if inspector.organisation:
            body = iri(resource("organisation", slug(inspector.organisation)))
            yield part, TG["onBehalfOf"], body
            yield from _named(body, "Inspectorate", inspector.organisation)


def _judgements(report: Report, key: str, node: str) -> Iterator[Triple]:
    recalled: dict[str, tuple[str, str]] = {}
    names = distinct(f"{p.area}-{p.date or 'undated'}" for p in report.previous_judgements)
    for previous, name in zip(report.previous_judgements, names, strict=True):
        before = iri(resource("previous-judgement", key, name))
        # The one replaced is the latest that the report recalls for the area.
        recalled[previous.area] = max(
            recalled.get(previous.area, ("", before)), (previous.date or "", before)
        )
        scheme = vocab.recalled_grade_scheme(previous.date, previous.grade, report.framework)
        yield iri(resource("report", key)), TG["recallsJudgement"], before
        yield before, TYPE, TG["PreviousJudgement"]
        yield from _grading(before, previous, scheme)
        if previous.date:
            yield before, TG["judgedOn"], partial_date(previous.date)
    names = distinct(judgement.area for judgement in report.judgements)
    for judgement, name in zip(report.judgements, names, strict=True):
        now = iri(resource("judgement", key, name))
        on = report.inspection_start or report.published
        scheme = vocab.grade_scheme(report.framework, judgement.grade, on)
        yield node, TG["hasJudgement"], now
        yield now, TYPE, TG["Judgement"]
        yield from _grading(now, judgement, scheme)
        if judgement.area in recalled:
            yield now, TG["replacesJudgement"], recalled[judgement.area][1]
    for area, grade in _ungraded(report):
        now = iri(resource("judgement", key, area))
        scheme = vocab.grade_scheme(report.framework, grade, report.inspection_start)
        yield node, TG["hasJudgement"], now
        yield now, TYPE, TG["Judgement"]
        yield now, TG["area"], iri(concept("area", area))
        yield now, TG["grade"], iri(concept("grade", scheme, grade))


def _ungraded(report: Report) -> Iterator[tuple[str, str]]:
    """Areas without a rank, with the grade that says why: a value, so that it is not a gap."""
    judged = {judgement.area for judgement in report.judgements}
    for area in report.not_judged:
        if area not in judged:
            yield area, "not-judged"
    if report.framework == "ilacs-2026" and "overall" not in judged:
        yield "overall", "not-reported"


def _grading(node: str, graded: Judgement | PreviousJudgement, scheme: str) -> Iterator[Triple]:
    yield node, TG["area"], iri(concept("area", graded.area))
    yield node, TG["grade"], iri(concept("grade", scheme, graded.grade))
    yield node, TG["quotation"], string(graded.quote)
    yield from place(node, graded.span)


def _named(node: str, kind: str, name: str) -> Iterator[Triple]:
    yield node, TYPE, TG[kind]
    yield node, LABEL, string(name)
