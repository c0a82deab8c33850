"""Tagged reports: every theme has its words, and each stance follows from what is said."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pytest

from themegraph.model import Report
from themegraph.ontology import vocab
from themegraph.reading import read_tagged
from themegraph.tagging.passages import Passage, Sentence
from themegraph.tagging.services import service_features, tag_services
from themegraph.tagging.stance import judge, stance_of_passage, stances_of_themes
from themegraph.tagging.themes import tag_themes

FOLDER = files("themegraph.examples").joinpath("reports")
REPORTS = sorted(
    (file for file in FOLDER.iterdir() if not file.name.endswith(".csv")), key=lambda f: f.name
)
THEMES = {theme.id for theme in vocab.themes() if theme.broader}
SERVICES = {service.id for service in vocab.services()}


@cache
def reports() -> tuple[Report, ...]:
    return tuple(read_tagged(file.read_bytes(), file.name) for file in REPORTS)


def finding(*sentences: str, section: str = "Main findings") -> Passage:
    return Passage("finding", "focused-visit", section, tuple(map(Sentence, sentences)))


def test_every_tag_is_of_the_scheme_and_has_its_words() -> None:
    for report in reports():
        for item in report.findings:
            spans = [(e.span.start, e.span.end) for e in item.evidence]
            for tag in item.themes:
                assert tag.id in THEMES
                assert tag.method
                assert tag.score is not None
                assert tag.trigger is not None
                inside = [a <= tag.trigger.start < tag.trigger.end <= b for a, b in spans]
                assert sum(inside) == 1
                assert tag.trigger.of(report.text).strip()
            assert set(item.services) <= SERVICES
            assert len(item.services) <= 3


def test_what_a_finding_is_about_its_sentences_say() -> None:
    for report in reports():
        for item in report.findings:
            said = {theme for evidence in item.evidence for theme in evidence.themes}
            assert said == {tag.id for tag in item.themes}


def test_whatever_is_recommended_is_a_weakness() -> None:
    for report in reports():
        for item in report.recommendations:
            assert {tag.polarity for tag in item.themes} <= {"weakness"}


def test_who_is_to_send_an_answer_is_on_no_theme() -> None:
    asked = [item for report in reports() for item in report.recommendations]
    answers = [item for item in asked if item.source == "action"]
    assert len(answers) == 2
    assert not any(item.themes for item in answers)


def test_tagging_twice_gives_the_same() -> None:
    for file, report in zip(REPORTS, reports(), strict=True):
        assert read_tagged(file.read_bytes(), file.name) == report


def test_most_passages_have_a_theme_and_few_have_many() -> None:
    counts = [len(item.themes) for report in reports() for item in report.findings]
    assert sum(n > 0 for n in counts) / len(counts) > 0.85
    assert 1.5 < sum(counts) / len(counts) < 3.5


@pytest.mark.parametrize(
    ("text", "theme", "why"),
    [
        ("Supervision is regular and reflective.", "supervision", "named and judged"),
        ("Managers record the reasons for their decisions.", "management-oversight", "in other words"),
        ("Children who go missing are offered a return home interview.", "missing-children", "a need"),
        ("Privately fostered children are visited as often as the rules ask.", "private-fostering",
         "a need that is also a service"),
        ("Caseloads are too high in two teams.", "caseloads-and-capacity", "capacity of a team"),
        ("Social workers know their children well.", "relationships-and-continuity", "a set phrase"),
        ("Pathway plans are out of date.", "pathway-planning", "a plan of its own kind"),
    ],
)  # fmt: skip
def test_a_theme_is_found(text: str, theme: str, why: str) -> None:
    assert theme in {tag.theme for tag in tag_themes(finding(text))}, why


@pytest.mark.parametrize(
    ("sentences", "stance", "why"),
    [
        (("Visits are regular and purposeful.", "Children are seen alone."), "strength", "praise"),
        (("Assessments are not timely.", "Many lack analysis."), "weakness", "fault"),
        (("Visits are regular and purposeful.", "However, plans are weak and reviews are late."),
         "mixed", "a contrast between two matters"),
        (("Inspectors found no child at risk of harm who was not known.",), "strength",
         "a deficit that was not found"),
        (("There is no delay in completing assessments, which are thorough.",), "strength",
         "a denied deficit"),
    ],
)  # fmt: skip
def test_a_passage_has_a_stance(sentences: tuple[str, ...], stance: str, why: str) -> None:
    passage = finding(*sentences)
    assert stance_of_passage(passage, judge(passage, [])) == stance, why


@pytest.mark.parametrize(
    ("praised", "faulted", "sentences"),
    [
        ("assessment-quality", "plan-quality",
         ("Assessments are thorough and well informed by research.",
          "However, care plans are not specific and lack timescales.")),
        ("visits-and-direct-work", "management-oversight",
         ("Children are seen regularly and alone by their social worker.",
          "Management oversight is not consistently recorded.")),
        ("care-leaver-accommodation", "pathway-planning",
         ("Pathway plans are out of date and lack ambition.",
          "Care leavers benefit from good quality accommodation.")),
        ("thresholds", "workforce-stability",
         ("Thresholds are well understood by partners.",
          "Staff turnover has led to too many changes of social worker.")),
        ("carer-recruitment-and-support", "health-needs-and-histories",
         ("Foster carers are well supported and trained.",
          "Not all children have an up-to-date health assessment.")),
    ],
)  # fmt: skip
def test_themes_of_one_passage_may_be_judged_apart(
    praised: str, faulted: str, sentences: tuple[str, ...]
) -> None:
    passage = finding(*sentences)
    tags = tag_themes(passage)
    pieces = [tag.pieces for tag in tags]
    judgement = judge(passage, pieces)
    whole = stance_of_passage(passage, judgement)
    found = stances_of_themes(judgement, whole, pieces)
    stances = dict(zip((tag.theme for tag in tags), found, strict=True))
    assert whole == "mixed"
    assert stances[praised] == "strength"
    assert stances[faulted] == "weakness"


@pytest.mark.parametrize(
    ("text", "section", "service"),
    [
        ("The LADO service is prompt.", "Findings", "lado-service"),
        ("Personal advisers keep in touch with care leavers.", "Findings", "care-leavers-service"),
        ("Audits are honest.", "The impact of leaders on social work practice", "corporate-leadership"),
        ("The virtual school knows each child.", "Findings", "virtual-school"),
    ],
)  # fmt: skip
def test_a_service_is_told_by_words_and_heading(text: str, section: str, service: str) -> None:
    passage = finding(text, section=section)
    themes = [tag.theme for tag in tag_themes(passage)]
    assert service in tag_services(passage, themes)


def test_features_of_services_come_in_the_same_order_every_time() -> None:
    named = "LADO, MASH, EDT, IRO service, virtual school, early help, youth justice."
    names = [name for name in service_features(finding(named), []) if name.startswith("(opens")]
    assert len(names) == 7
    assert names == sorted(names)
