"""Assessments and follow-ups of one authority as triples, each with what it was derived from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from themegraph.derivation.assess import Assessment, assess, current
from themegraph.derivation.facts import Visit
from themegraph.derivation.follow import FollowUp, Step, follow_up
from themegraph.graph.terms import DERIVED_FROM, TG, TRUE, TYPE, Triple, integer, iri
from themegraph.ids import concept, resource

_QB_DATASET = iri("http://purl.org/linked-data/cube#dataSet")


def derived_triples(authority: str, visits: Iterable[Visit]) -> Iterator[Triple]:
    """All that follows from the inspections of ``authority`` (its id)."""
    visits = list(visits)
    assessments = list(assess(visits))
    last = {(one.visit.key, one.theme) for one in current(assessments)}
    for one in assessments:
        yield from _assessment(authority, one)
        if (one.visit.key, one.theme) in last:
            yield _assessment_node(one.visit, one.theme), TG["isCurrent"], TRUE
    for follow in follow_up(visits):
        yield from _follow_up(follow)


def _assessment(authority: str, one: Assessment) -> Iterator[Triple]:
    node = _assessment_node(one.visit, one.theme)
    yield node, TYPE, TG["ThemeAssessment"]
    yield node, _QB_DATASET, iri(resource("dataset", "theme-assessments"))
    yield node, TG["assessmentOf"], iri(resource("inspection", one.visit.key))
    yield node, TG["assessedAuthority"], iri(resource("authority", authority))
    yield node, TG["assessedTheme"], iri(concept("theme", one.theme))
    yield node, TG["findingsRead"], integer(one.visit.findings)
    yield node, TG["strengths"], integer(one.counts.strengths)
    yield node, TG["weaknesses"], integer(one.counts.weaknesses)
    yield node, TG["mixedFindings"], integer(one.counts.mixed)
    yield node, TG["mentionings"], integer(one.counts.mentions)
    yield node, TG["recommendationCount"], integer(one.counts.recommendations)
    yield node, TG["status"], iri(concept("assessment-status", one.status))
    if one.previous:
        yield node, TG["previousAssessment"], _assessment_node(one.previous, one.theme)
    if one.trajectory:
        yield node, TG["trajectory"], iri(concept("trajectory", one.trajectory))
    if one.comparability:
        yield node, TG["comparability"], iri(concept("comparability", one.comparability))
    if example := one.example:
        yield node, TG["exemplifiedBy"], iri(example)
    if other := one.other_side:
        yield node, TG["contrastedBy"], iri(other)
    if one.since:
        yield node, TG["since"], _assessment_node(one.since, one.theme)
        yield node, TG["timesInARow"], integer(one.times)
    yield from ((node, DERIVED_FROM, iri(passage.iri)) for passage in one.passages)
    if not one.passages:  # that it says nothing follows from the report as a whole
        yield node, DERIVED_FROM, iri(resource("report", one.visit.key))


def _assessment_node(visit: Visit, theme: str) -> str:
    return iri(resource("assessment", visit.key, theme))


def _follow_up(follow: FollowUp) -> Iterator[Triple]:
    asked = follow.recommendation.iri
    place = asked.removeprefix(resource("recommendation", ""))
    node = iri(resource("follow-up", place))
    yield node, TYPE, TG["FollowUp"]
    yield node, TG["followsUp"], iri(asked)
    yield node, DERIVED_FROM, iri(asked)
    yield node, TG["outcome"], iri(concept("follow-up-outcome", follow.outcome))
    if follow.comparability:
        yield node, TG["comparability"], iri(concept("comparability", follow.comparability))
    for step in follow.steps:
        about = iri(resource("follow-up", place, step.visit.key))
        yield node, TG["hasStep"], about
        yield from _step(about, step)


def _step(node: str, step: Step) -> Iterator[Triple]:
    yield node, TYPE, TG["FollowUpStep"]
    yield node, TG["atInspection"], iri(resource("inspection", step.visit.key))
    yield node, TG["status"], iri(concept("assessment-status", step.status))
    yield node, TG["comparability"], iri(concept("comparability", step.comparability))
    yield from ((node, DERIVED_FROM, iri(passage.iri)) for passage in step.passages)
    if not step.passages:
        yield node, DERIVED_FROM, iri(resource("report", step.visit.key))
