"""The canonical text: whatever a document holds, every span gives back exactly its words."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from themegraph.loaders.report import read_report
from themegraph.model import Report

words = st.lists(
    st.sampled_from(
        [
            "children",
            "are",
            "seen",
            "on",
            "time",
            "by",
            "workers",
            "who",
            "know",
            "them",
            "well",
            "however",
            "drift",
        ]
    ),
    min_size=3,
    max_size=14,
).map(lambda found: " ".join(found).capitalize() + ".")
paragraphs = st.lists(words, min_size=1, max_size=3).map(" ".join)
numbered = st.tuples(st.integers(1, 99), paragraphs).map(lambda p: f"{p[0]}. {p[1]}")
bullets = st.lists(words, min_size=1, max_size=3).map(lambda w: "\n".join(f"- {x}" for x in w))
headings = st.sampled_from(
    ["## Headline findings", "## Recommendations", "## What needs to improve", "## Something else"]
)
bodies = st.lists(st.one_of(paragraphs, numbered, bullets, headings), min_size=1, max_size=12)
TOP = """Dear Ms Pell

Focused visit to Farmoor children’s services

This letter summarises the findings of a focused visit by Ofsted inspectors on 4 and 5 May 2021.

"""


def read(body: list[str], gap: str = "\n\n") -> Report:
    return read_report((TOP + gap.join(body) + "\n").encode(), "letter.md")


@settings(max_examples=150)
@given(bodies, st.sampled_from(["\n\n", "\n\n\n", "\n\n\f"]))
def test_every_quotation_is_at_its_place(body: list[str], gap: str) -> None:
    report = read(body, gap)
    starts = [*report.page_starts, len(report.text) + 1]
    assert starts == sorted(starts)
    for what, quoted, span in report.quotations():
        assert span.of(report.text) == quoted, what
        assert starts[span.page - 1] <= span.start < starts[span.page], what
    for passage in (*report.findings, *report.recommendations):
        assert 0 <= passage.span.start < passage.span.end <= len(report.text)


@settings(max_examples=60)
@given(bodies)
def test_reading_twice_gives_the_same(body: list[str]) -> None:
    assert read(body) == read(body)


@settings(max_examples=100)
@given(bodies)
def test_passages_follow_one_another(body: list[str]) -> None:
    report = read(body)
    spans = [passage.span for passage in (*report.findings, *report.recommendations)]
    for one, after in pairwise(sorted(spans, key=lambda span: span.start)):
        assert one.end <= after.start


@settings(max_examples=100)
@given(bodies)
def test_the_sentences_of_a_finding_make_up_its_words(body: list[str]) -> None:
    report = read(body)
    for finding in report.findings:
        joined = " ".join(evidence.text for evidence in finding.evidence)
        assert "".join(joined.split()) == "".join(finding.text.split())
