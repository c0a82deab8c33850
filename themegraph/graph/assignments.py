"""Why a passage has its themes, as triples: the words, the method, the score; and who corrected it.

They go into the graph of provenance, so that queries on findings need not step over them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from themegraph.graph.terms import DERIVED_FROM, TG, TYPE, Triple, decimal, integer, iri, string
from themegraph.ids import concept, local_ids, resource, short_hash
from themegraph.model import Correction, Finding, Recommendation, Report, ThemeTag

CORRECTION = "correction"


def assignment_triples(report: Report, key: str) -> Iterator[Triple]:
    """An assignment for each theme of each finding and recommendation, and the corrections made."""
    names = local_ids(report)
    corrections = {}
    for one in report.corrections:
        kind = "finding" if one.passage in names.findings else "recommendation"
        node = _correction_node(one, key)
        passage = iri(resource(kind, key, one.passage))
        corrections[(passage, one.theme)] = node
        yield from _correction(one, node, passage)
    parts: tuple[tuple[str, tuple[str, ...], Sequence[Finding | Recommendation]], ...] = (
        ("finding", names.findings, report.findings),
        ("recommendation", names.recommendations, report.recommendations),
    )
    for kind, local, items in parts:
        for name, item in zip(local, items, strict=True):
            passage = iri(resource(kind, key, name))
            for tag in item.themes:
                node = iri(resource("assignment", key, name, tag.id))
                yield from _assignment(tag, node, passage, report.text)
                if source := corrections.get((passage, tag.id)):
                    yield node, DERIVED_FROM, source


def _assignment(tag: ThemeTag, node: str, passage: str, text: str) -> Iterator[Triple]:
    yield node, TYPE, TG["ThemeAssignment"]
    yield node, TG["assignmentOf"], passage
    yield node, TG["assignedTheme"], iri(concept("theme", tag.id))
    if tag.polarity:
        yield node, TG["assignedStance"], iri(concept("stance", tag.polarity))
    if tag.method:
        mode = "person" if tag.method == CORRECTION else "rule"
        yield node, TG["assignedBy"], iri(concept("tagging-method", tag.method))
        yield node, TG["assignmentMode"], iri(concept("assignment-mode", mode))
        # What a person says is sure.
        yield node, TG["score"], decimal(1 if mode == "person" else tag.score or 0)
    if tag.trigger:
        yield node, TG["trigger"], string(tag.trigger.of(text))
        yield node, TG["triggerPage"], integer(tag.trigger.page)
        yield node, TG["triggerStart"], integer(tag.trigger.start)
        yield node, TG["triggerEnd"], integer(tag.trigger.end)


def _correction_node(one: Correction, key: str) -> str:
    said = (one.action, one.theme, one.stance, one.instead_of, one.who, one.why)
    return iri(resource("correction", key, one.passage, short_hash("|".join(map(str, said)))))


def _correction(one: Correction, node: str, passage: str) -> Iterator[Triple]:
    yield node, TYPE, TG["Correction"]
    yield node, TG["corrects"], passage
    removed = one.theme if one.action == "remove" else one.instead_of
    if removed:
        yield node, TG["removesTheme"], iri(concept("theme", removed))
    if one.theme and one.action != "remove":
        yield node, TG["addsTheme"], iri(concept("theme", one.theme))
    if one.stance:
        yield node, TG["correctedStance"], iri(concept("stance", one.stance))
    yield node, TG["correctedBy"], string(one.who)
    yield node, TG["reason"], string(one.why)
