"""Outline, findings and recommendations: what stands under which heading, and what is counted."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from themegraph.loaders.findings import read_findings
from themegraph.loaders.outline import build_outline, know_heading
from themegraph.loaders.recommendations import read_recommendations
from themegraph.model import Finding, Recommendation, ReportType


def findings(read: SimpleNamespace, text: str, family: ReportType = "sif") -> list[Finding]:
    document = read.document(text)
    return read_findings(document, build_outline(list(document.blocks), family), family)


def asked(
    read: SimpleNamespace, text: str, family: ReportType = "ilacs"
) -> tuple[Recommendation, ...]:
    document = read.document(text)
    outline = build_outline(list(document.blocks), family)
    return read_recommendations(document, outline, family).recommendations


@pytest.mark.parametrize(
    ("heading", "content"),
    [
        # a footnote mark stuck to a heading, a final colon, a full stop
        ("What needs to improve?¹", "recommendations:what-needs-to-improve"),
        ("What needs to improve in this area of social work practice:", None),
        ("Headline Findings.", "findings"),
        ("Areas for priority action", "recommendations:areas-for-priority-action"),
        ("Priority and immediate action", "recommendations:areas-for-priority-action"),
        ("Information about this local authority area²", "statistics"),
        # a board's name missing a word, as one report prints it
        ("The Local Safeguarding Children is inadequate", "findings"),
        ("This local authority requires improvement and is not yet good because", "findings"),
        ("The experiences and progress of care leavers: good", "chapter"),
        ("Next steps", "recommendations:action"),
        ("Areas covered by the visit", "none"),
        ("Quality of practice", None),
    ],
)
def test_headings_are_known(heading: str, content: str | None) -> None:
    known = know_heading(heading)
    if heading.startswith("What needs to improve in"):
        assert known is not None
        assert known.content == "recommendations:what-needs-to-improve"
    else:
        assert (known.content if known else None) == content


def test_an_unknown_heading_keeps_the_meaning_of_the_one_it_stands_under(
    read: SimpleNamespace,
) -> None:
    found = asked(
        read,
        "## Areas for improvement\n\n### Rota of the duty team\n\n1. Fill the rota.\n2. Keep to it.\n",
    )
    assert [(r.number, r.source, r.section) for r in found] == [
        (1, "areas-for-improvement", "Rota of the duty team"),
        (2, "areas-for-improvement", "Rota of the duty team"),
    ]


def test_a_chapter_label_is_no_section_but_opens_findings_after_recommendations(
    read: SimpleNamespace,
) -> None:
    text = (
        "## The experiences and progress of care leavers: good\n\n### Inspection findings\n\n"
        "1. Advisers know young people well.\n\n## Recommendations\n\n2. Agree a protocol.\n\n"
        "## Inspection findings\n\n3. The board meets often.\n"
    )
    assert [(f.number, f.section) for f in findings(read, text)] == [
        (1, "The experiences and progress of care leavers: good"),
        (3, "Inspection findings"),
    ]


def test_the_summary_of_an_ilacs_report_stands_behind_its_table(read: SimpleNamespace) -> None:
    rows = "The impact of leaders on social work practice with children and families\tGood\n"
    text = (
        "# Inspection of Farmoor local authority children’s services\n\nJudgement\tGrade\n\n"
        f"{rows}\nOverall effectiveness\tGood\n\nLeaders have turned the service round.\n"
    )
    assert [(f.section, f.text) for f in findings(read, text, "ilacs")] == [
        ("(summary)", "Leaders have turned the service round.")
    ]


def test_a_practice_study_floats_in_a_list_which_then_goes_on(read: SimpleNamespace) -> None:
    text = (
        "## Areas for improvement\n\n- Referrals lack detail.\n\n## Practice study: good work\n\n"
        "A nurse noticed a bruise.\n\n- Meetings start late.\n"
    )
    assert [r.text for r in asked(read, text, "jtai")] == [
        "Referrals lack detail.",
        "Meetings start late.",
    ]
    study = findings(read, text, "jtai")
    assert [(f.text, f.illustrative) for f in study] == [("A nurse noticed a bruise.", True)]


@pytest.mark.parametrize(
    ("ending", "marked", "cites"),
    [
        ("Drift is common. (Recommendation)", True, ()),
        ("Drift is common (recommendation 7).", True, (7,)),
        ("Drift is common. (Recommendations 2 and 3)", True, (2, 3)),
        # in mid-paragraph it marks a sentence and not the paragraph
        ("Drift is common. (Recommendation) It is being tackled.", False, ()),
        ("Drift is common.", False, ()),
    ],
)
def test_a_marker_counts_at_the_end_of_a_paragraph(
    read: SimpleNamespace, ending: str, marked: bool, cites: tuple[int, ...]
) -> None:
    finding = findings(read, f"## Findings\n\n4. {ending}\n")[0]
    assert (finding.recommendation_marker, finding.cites) == (marked, cites)


def test_a_marker_on_a_line_of_its_own_belongs_to_the_paragraph_above(
    read: SimpleNamespace,
) -> None:
    finding = findings(read, "## Findings\n\n4. Drift is common.  \n(Recommendation)\n")[0]
    assert finding.text == "Drift is common. (Recommendation)"
    assert finding.recommendation_marker


def test_sub_bullets_belong_to_the_text_of_a_finding(read: SimpleNamespace) -> None:
    text = "## Findings\n\n- Three things are late:\n  - visits\n  - plans\n- Staff are kind.\n"
    assert [f.text for f in findings(read, text)] == [
        "Three things are late: visits plans",
        "Staff are kind.",
    ]


@pytest.mark.parametrize(
    "method",
    [
        "Inspectors looked at a range of evidence, including case records.",
        "This letter summarises the findings of the visit.",
        "Ofsted will take the findings from this visit into account.",
        "All names are pseudonyms.",
        "The next full area SEND inspection will be within approximately three years.",
        "There are no areas for priority action.",
        "I am copying this letter to the Department for Education.",
        "We have notified the Department for Education of the areas for priority action.",
        # definitions of grades that a report of 2015 prints behind its findings
        "An LSCB that is good coordinates the work of its partners.",
    ],
)
def test_method_and_closing_lines_are_no_findings(read: SimpleNamespace, method: str) -> None:
    text = f"## Findings\n\n{method}\n\nPlans are clear.\n"
    assert [f.text for f in findings(read, text)] == ["Plans are clear."]


@pytest.mark.parametrize(
    "finding",
    [
        # near to method, and yet findings
        "The terms of reference of the board are out of date.",
        "Inspectors saw no child left at risk of harm.",
        "Leaders recognise this and have made plans.",
        "Names of attenders are not always recorded.",
        "Inspectors were concerned that children are left waiting.",
        "Inspectors also found that visits are late.",
        "Inspectors met children who said that nobody had told them about their plan.",
        "No priority has been given to older children.",
        "There are no identified delays in the work of the hub.",
        "The main findings were not shared with staff after the last visit.",
    ],
)
def test_findings_that_resemble_method_are_kept(read: SimpleNamespace, finding: str) -> None:
    assert [f.text for f in findings(read, f"## Findings\n\n{finding}\n")] == [finding]


@pytest.mark.parametrize(
    "finding",
    [
        "Inspectors were concerned that children are left waiting.",
        "Inspectors also found that visits are late.",
        # a line of a cover that names the board is none; a sentence of a letter is
        "The safeguarding children board (LSCB) has been slow to act on neglect. Its audits are"
        " honest and say what must change, but partners do not follow them up, and children who"
        " live with neglect wait too long for help.",
    ],
)
def test_a_letter_may_begin_with_findings(read: SimpleNamespace, finding: str) -> None:
    text = f"Dear partners\n\n{finding}\n\n## Key strengths\n\n- Plans are clear.\n"
    assert [f.text for f in findings(read, text, "jtai")] == [finding, "Plans are clear."]


def test_a_letter_goes_on_behind_a_sentence_that_could_close_it(read: SimpleNamespace) -> None:
    more = (
        "Practice in the hub is strong. Managers check each decision, and families are told in"
        " plain words what will happen next and who will call them."
    )
    closing = "Ofsted will take the findings of this visit into account."
    text = f"## Findings\n\nVisits are regular.\n\n{closing}\n\n{more}\n"
    assert [f.text for f in findings(read, text, "focused-visit")][-1] == more
    text = f"## Findings\n\nVisits are regular.\n\n{closing}\n\nAda Pell\n\nInspector\n"
    assert [f.text for f in findings(read, text, "focused-visit")] == ["Visits are regular."]


def test_a_topic_of_a_list_may_bear_the_name_of_a_chapter(read: SimpleNamespace) -> None:
    """Set like text, as in nine reports of 2014 and 2015, or as a heading."""
    for topic in ("Leadership, management and governance", "### Leadership and management"):
        text = (
            "## What does the local authority need to improve?\n\n"
            f"### Priority and immediate action\n\n{topic}\n\n"
            "1. Review the thresholds for care.\n2. Find the children who are missing.\n\n"
            "### Areas for improvement\n\nAdoption\n\n3. Place children sooner.\n\n"
            "## The local authority's strengths\n\n4. Children are heard.\n"
        )
        assert [(r.number, r.source) for r in asked(read, text, "sif")] == [
            (1, "areas-for-priority-action"),
            (2, "areas-for-priority-action"),
            (3, "areas-for-improvement"),
        ]
        assert [f.number for f in findings(read, text)] == [4]


def test_contents_on_the_only_page_do_not_hide_what_follows(read: SimpleNamespace) -> None:
    text = "## Contents\n\n- Findings\n\n## Findings\n\nVisits are regular.\n"
    assert [f.text for f in findings(read, text)] == ["Visits are regular."]


def test_every_sentence_of_a_finding_is_evidence_at_its_place(read: SimpleNamespace) -> None:
    document = read.document("## Findings\n\n1. Visits are regular. Plans are not.\n")
    finding = read_findings(document, build_outline(list(document.blocks), "sif"), "sif")[0]
    assert [e.text for e in finding.evidence] == ["Visits are regular.", "Plans are not."]
    assert all(document.text[e.span.start : e.span.end] == e.text for e in finding.evidence)


def test_nested_bullets_are_items_of_a_recommendation(read: SimpleNamespace) -> None:
    text = (
        "## What needs to improve\n\n- The timeliness of:\n  - visits\n  - reviews.\n- Oversight.\n"
    )
    first, second = asked(read, text)
    assert (first.text, [i.text for i in first.items]) == (
        "The timeliness of:",
        ["visits", "reviews."],
    )
    assert second.items == ()


def test_a_lead_in_is_no_recommendation(read: SimpleNamespace) -> None:
    text = "## Areas for priority action\n\nLeaders must act swiftly on:\n\n- drift\n- delay\n"
    assert [r.text for r in asked(read, text, "focused-visit")] == ["drift", "delay"]


def test_an_explicit_none_is_no_recommendation(read: SimpleNamespace) -> None:
    text = (
        "## Priority and immediate action\n\n17. The inspection did not find any areas for "
        "priority and immediate action.\n\n## Areas for improvement\n\n18. Fill the rota.\n"
    )
    assert [r.number for r in asked(read, text, "sif")] == [18]


@pytest.mark.parametrize(
    ("reference", "outcome"),
    [
        ("(Outcome 4, National Framework)", "outcome-4"),
        ("(national framework, outcome three)", "outcome-3"),
        ("(Enabler two)", "enabler-2"),
        ("(enabler 2, leaders drive conditions for effective practice)", "enabler-2"),
        # an enabler named and not numbered, and a bracket that is no reference
        ("(enabler: the workforce is equipped)", None),
        ("(for which outcomes are poor)", None),
    ],
)
def test_national_framework_references_are_read(
    read: SimpleNamespace, reference: str, outcome: str | None
) -> None:
    found = asked(read, f"## What needs to improve?\n\n- The quality of plans. {reference}\n")
    assert found[0].framework_reference == outcome


def test_pointers_to_paragraphs_and_repeats_are_kept(read: SimpleNamespace) -> None:
    text = (
        "## Recommendations\n\n1. Visit on time (page 12, paragraph 17).\n"
        "2. Write it down. (This was a recommendation at the last inspection.)\n"
    )
    first, second = asked(read, text, "sif")
    assert first.points_to == (17,)
    assert second.repeated


def test_what_is_asked_of_the_board_is_addressed_to_it(read: SimpleNamespace) -> None:
    text = (
        "## Recommendations\n\n1. Fill the rota.\n\n## The Local Safeguarding Children Board\n\n"
        "### Recommendations\n\n2. Meet more often.\n"
    )
    assert [r.addressee for r in asked(read, text, "sif")] == ["authority", "lscb"]


def test_next_steps_of_a_joint_inspection_are_actions(read: SimpleNamespace) -> None:
    text = (
        "## Next steps\n\nThe director should send a written statement by 4 May 2024.\n\n"
        "Yours sincerely\n\nAda Pell\n"
    )
    found = asked(read, text, "jtai")
    assert [(r.source, r.addressee) for r in found] == [("action", "partnership")]


def test_text_among_recommendations_that_is_none_is_told(read: SimpleNamespace) -> None:
    document = read.document("## Recommendations\n\n1. Fill the rota.\n\nThis is urgent work.\n")
    outline = build_outline(list(document.blocks), "sif")
    assert "This is urgent work" in read_recommendations(document, outline, "sif").warnings[0]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Managers do not always record why a case is closed.", "practice"),
        ("In most case files sampled, the chronology stopped at the last move.", "case-records"),
        (
            "Children told inspectors that their worker rings when she says she will.",
            "stakeholder-voice",
        ),
        ("Social workers report that supervision is regular.", "staff-voice"),
        ("Only 61% of reviews were held on time.", "performance-data"),
        ("A panel meeting observed by inspectors was brisk and thorough.", "observation"),
        ("Staff listen to what the forum has to say.", "practice"),
    ],
)
def test_where_a_sentence_was_seen_or_heard(
    read: SimpleNamespace, sentence: str, kind: str
) -> None:
    (finding,) = findings(read, f"## Headline findings\n\n{sentence}\n", "focused-visit")
    assert [evidence.kind for evidence in finding.evidence] == [kind]
