"""Judgements, earlier judgements, statistics, particulars and teams, read from whole small reports."""

from __future__ import annotations

import pytest

from themegraph.errors import UnreadableSourceError
from themegraph.loaders.report import read_report
from themegraph.model import Report

SIF = """# Farmoor County Council

## Inspection of services for children in need of help and protection, and care leavers

Inspection date: 13 March to 6 April 2017

Report published: 20 June 2017

{overall}

1. Children who need help and protection\tRequires improvement
2. Children looked after and achieving permanence\tGood
2.1 Adoption performance\t{adoption}
2.2 Experiences and progress of care leavers\tGood
3. Leadership, management and governance\tRequires improvement

## Executive summary

Children are safer than they were.

{rest}

## Information about this inspection

Three people inspected, among them two of Her Majesty's Inspectors.

### The inspection team

Lead inspector: Ada Pell HMI

Team inspectors: Noel Arundel HMI, Ian Fry SCRI

Senior data analyst: Lou Voss
"""


def sif(
    overall: str = "**Children's services in Farmoor require improvement to be good**",
    adoption: str = "Good",
    rest: str = "",
) -> Report:
    text = SIF.format(overall=overall, adoption=adoption, rest=rest)
    return read_report(text.encode(), "2017-06-21-farmoor.md")


@pytest.mark.parametrize(
    ("overall", "grade"),
    [
        ("**Children's services in Farmoor are inadequate**", "inadequate"),
        ("**The overall judgement is requires improvement**", "requires-improvement"),
        ("**The overall judgement is that children's services are outstanding**", "outstanding"),
        (
            "**Children's services in Farmoor requires improvement to be good.**",
            "requires-improvement",
        ),
    ],
)
def test_the_overall_grade_is_that_of_the_cover_sentence(overall: str, grade: str) -> None:
    judged = {j.area: j.grade for j in sif(overall).judgements}
    assert judged["overall"] == grade
    assert judged["in-care"] == "good"
    assert len(judged) == 6


def test_an_area_not_judged_is_said_and_has_no_grade() -> None:
    report = sif(adoption="Not judged")
    assert report.not_judged == ("adoption",)
    assert "adoption" not in {j.area for j in report.judgements}


def test_the_board_is_graded_by_its_chapter() -> None:
    report = sif(rest="## The Local Safeguarding Children Board requires improvement\n\nIt met.")
    assert {j.area: j.grade for j in report.judgements}["lscb"] == "requires-improvement"


def test_grades_in_prose_are_those_of_earlier_inspections() -> None:
    report = sif(
        rest="#### Previous Ofsted inspections\n\n- Farmoor's arrangements for the protection of"
        " children were last inspected in January 2014. They were judged to be inadequate."
    )
    assert {j.area: j.grade for j in report.judgements}["help-and-protection"] != "inadequate"
    previous = report.previous_judgements[0]
    assert (previous.area, previous.grade, previous.date) == (
        "help-and-protection",
        "inadequate",
        "2014-01",
    )


def test_the_grade_of_a_childrens_home_is_not_the_authoritys() -> None:
    report = sif(
        rest="#### Previous Ofsted inspections\n\n- Farmoor runs two children's homes. Both were"
        " judged good when last inspected."
    )
    assert report.previous_judgements == ()


def test_a_heading_that_contradicts_the_table_is_told() -> None:
    report = sif(
        rest="**The graded judgement for adoption performance is that it is inadequate**\n\n1. Late."
    )
    assert {j.area: j.grade for j in report.judgements}["adoption"] == "good"
    assert any("adoption inadequate, the table good" in w for w in report.warnings)


def test_particulars_and_team() -> None:
    report = sif()
    assert report.report_type == "sif"
    assert report.authority is not None
    assert report.authority.id == "farmoor"
    assert (str(report.inspection_start), str(report.inspection_end)) == (
        "2017-03-13",
        "2017-04-06",
    )
    assert (str(report.published), report.published_source) == ("2017-06-20", "printed")
    assert [(i.name, i.role) for i in report.inspectors] == [
        ("Ada Pell", "lead"),
        ("Noel Arundel", "team"),
        ("Ian Fry", "team"),
    ]
    assert [(i.name, i.role) for i in report.other_people] == [("Lou Voss", "analyst")]


ILACS = """# Inspection of Farmoor local authority children’s services

Inspection dates: 4 to 15 October 2027

Lead inspector: Ada Pell, His Majesty’s Inspector

Judgement\tGrade

The impact of leaders on social work practice with children and families\tGood
The experiences and progress of children who need help and protection\tRequires improvement to be good
{rows}

Since the last inspection in 2022, when services were judged to be inadequate, much is better.

## What needs to improve?

- Oversight.
"""


@pytest.mark.parametrize(
    ("rows", "framework", "areas"),
    [
        (
            "The experiences and progress of children in care and care leavers\tGood\n"
            "Overall effectiveness\tGood",
            "ilacs-2018",
            {"leadership", "help-and-protection", "in-care-and-care-leavers", "overall"},
        ),
        (
            "The experiences and progress of children in care\tGood\n"
            # seven reports print the row's name like this
            "The experiences and progress of children care leavers\tOutstanding\n"
            "Overall effectiveness\tGood",
            "ilacs-2023",
            {"leadership", "help-and-protection", "in-care", "care-leavers", "overall"},
        ),
        (
            "The experiences and progress of children in care\tGood\n"
            "The experiences and progress of care leavers\tGood",
            "ilacs-2026",
            {"leadership", "help-and-protection", "in-care", "care-leavers"},
        ),
    ],
)
def test_the_rows_of_the_table_tell_the_framework(
    rows: str, framework: str, areas: set[str]
) -> None:
    report = read_report(ILACS.format(rows=rows).encode(), "farmoor.md")
    assert report.framework == framework
    assert {j.area for j in report.judgements} == areas
    assert report.published is None
    assert [(p.area, p.grade, p.date) for p in report.previous_judgements] == [
        ("overall", "inadequate", "2022")
    ]


def test_the_date_of_publication_may_come_from_the_name_or_from_a_table() -> None:
    data = ILACS.format(rows="").encode()
    by_name = read_report(data, "2027-11-26-farmoor.md")
    by_table = read_report(data, "2027-11-26-farmoor.md", {"published": "2027-11-25"})
    assert (str(by_name.published), by_name.published_source) == ("2027-11-26", "file-name")
    assert (str(by_table.published), by_table.published_source) == ("2027-11-25", "metadata")


def test_a_date_that_is_none_in_a_table_is_told() -> None:
    with pytest.raises(UnreadableSourceError, match="gives published as '13/06/2024'"):
        read_report(ILACS.format(rows="").encode(), "report.md", {"published": "13/06/2024"})


LETTER = """12 May 2023

Jo Roe
Director of Children's Services
Farmoor Council

Dear Ms Roe

Focused visit to Farmoor children's services

This letter summarises the findings of the focused visit to Farmoor children's services on 4 and 5 {month}. {named}

## Headline findings

Workers know children well.

## What needs to improve in this area of social work practice

- Oversight.

Yours sincerely

Ada Pell

His Majesty's Inspector
"""


@pytest.mark.parametrize(
    ("named", "team"),
    [
        (
            "His Majesty's Inspectors for this visit were Ada Pell and Noel Arundel.",
            ["Ada Pell", "Noel Arundel"],
        ),
        ("The inspectors were Ada Pell, HMI, and Noel Arundel, HMI.", ["Ada Pell", "Noel Arundel"]),
        (
            "The visit was carried out by Ada Pell and Noel Arundel, two of Her Majesty's Inspectors.",
            ["Ada Pell", "Noel Arundel"],
        ),
    ],
)
def test_a_letter_names_its_inspectors_and_its_signatory_leads(named: str, team: list[str]) -> None:
    report = read_report(LETTER.format(month="April 2023", named=named).encode(), "letter.txt")
    assert [i.name for i in report.inspectors] == team
    assert report.inspectors[0].role == "lead"
    assert report.inspectors[1].role == "team"


@pytest.mark.parametrize(
    ("month", "start", "inferred"),
    [
        ("April 2023", "2023-04-04", False),
        ("April", "2023-04-04", True),
        ("December", "2022-12-04", True),
    ],
)
def test_a_visit_without_a_year_takes_it_from_the_letter(
    month: str, start: str, inferred: bool
) -> None:
    report = read_report(LETTER.format(month=month, named="").encode(), "letter.txt")
    assert (str(report.inspection_start), report.dates_inferred) == (start, inferred)


AREA = """### Children looked after in this area

- At 31 May 2016, Farmoor looked after 412 children (67 per 10,000). Numbers rose from 390 (64 per 10,000 children) at 30 April 2015. Among them:
  - 203 (49%) have homes beyond Farmoor
  - no children board at special schools
  - 23 stay with a parent, of whom none has left Farmoor
- Over two years, five serious incidents were notified.
- Help is for those aged 16 to 25 under section 17 of the Act.
"""


def test_statistics_of_the_area_have_value_unit_and_date() -> None:
    found = [(s.value, s.unit, s.as_of) for s in sif(rest=AREA).statistics]
    for expected in (
        (412.0, "children", "2016-05-31"),
        (67.0, "per-10000", "2016-05-31"),
        (64.0, "per-10000", "2015-04-30"),
        # nested: the date and the unit of the lead-in
        (203.0, "children", "2016-05-31"),
        (49.0, "percent", "2016-05-31"),
        (0.0, "children", "2016-05-31"),
        (23.0, "children", "2016-05-31"),
    ):
        assert expected in found
    assert (5.0, "other", None) in found
    # ages and sections of an Act are not statistics
    assert not {16.0, 25.0, 17.0, 10000.0} & {value for value, _, _ in found}


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Proceedings take 32 weeks on average.", [(32.0, "weeks")]),
        ("The share fell from 64.1% to 32%.", [(64.1, "percent"), (32.0, "percent")]),
        ("A bid of £3 million was won.", [(3_000_000.0, "pounds")]),
        ("The plan costs £1.2 billion.", [(1_200_000_000.0, "pounds")]),
        ("A grant of £50 thousand was lost.", [(50_000.0, "pounds")]),
        # a year with what it happened to behind it
        ("Since a visit in 2015 eight children have moved.", [(8.0, "children")]),
        ("The review of 2017 children remember.", []),
        ("Two children waited four months.", [(2.0, "children"), (4.0, "months")]),
        ("A 24-hour line is open.", [(24.0, "hours")]),
        # a number word is not part of a larger one, and years and ages are not counted
        ("Fifty-three visits were made in 2016.", []),
        ("Young people stay until the age of 21.", []),
        ("One in three is late.", []),
    ],
)
def test_statistics_in_findings_have_a_unit(sentence: str, values: list[tuple[float, str]]) -> None:
    report = sif(rest=f"## The experiences and progress of care leavers: good\n\n1. {sentence}")
    assert [(s.value, s.unit) for s in report.statistics] == values


@pytest.mark.parametrize(
    ("lead", "date"),
    [
        ("At 31 May 14, 40 children were in care. Of these:", "2014-05-31"),
        # the date of the number that it is compared with is not its own
        ("40 children were in care, a reduction from 51 at 31 March 2013. Of these:", None),
        ("At May 2014, 40 children were in care, up from 51 at 31 March 2013:", "2014-05"),
    ],
)
def test_a_nested_number_has_the_date_of_its_lead_in(lead: str, date: str | None) -> None:
    area = f"### Children looked after in this area\n\n- {lead}\n  - 12 live with parents\n"
    found = {s.value: s.as_of for s in sif(rest=area).statistics}
    assert found[12.0] == date


def test_a_long_run_of_numbers_is_read_in_time() -> None:
    report = sif(
        rest="## The experiences and progress of care leavers: good\n\n" + "from 1 " * 4000
    )
    assert report.findings


@pytest.mark.parametrize(
    ("sentence", "area", "grade"),
    [
        (
            "Farmoor was last inspected in May 2016, when the local authority was judged as"
            " requiring improvement to be good in all areas.",
            "overall",
            "requires-improvement",
        ),
        (
            "Services for children in care have worsened since the previous inspection in 2016,"
            " when they were judged to be good.",
            "in-care",
            "good",
        ),
    ],
)
def test_a_summary_recalls_grades_of_earlier_inspections(
    sentence: str, area: str, grade: str
) -> None:
    report = sif(rest=f"## Executive summary\n\n1. {sentence}")
    assert [(p.area, p.grade) for p in report.previous_judgements] == [(area, grade)]


def test_a_grade_that_is_not_found_is_told_and_not_made_up() -> None:
    rows = "The experiences and progress of children in care\tGood\n"
    page = ILACS.replace("2027", "2023").format(rows=rows)
    report = read_report(page.encode(), "report.md")
    assert report.framework == "ilacs-2023"
    assert any(
        "no grade was read for: overall, care-leavers" in warning for warning in report.warnings
    )


def test_every_quotation_stands_where_it_says() -> None:
    report = sif(rest=AREA)
    quotations = list(report.quotations())
    assert len(quotations) > 15
    assert all(span.of(report.text) == words for _, words, span in quotations)


SEND = """# Area SEND inspection of Farmoor Local Area Partnership

Inspection dates: 3 to 7 July 2023

Dates of previous inspection: 18 to 21 March 2019

## Inspection outcome

{outcome}

The next full area SEND inspection will be within approximately 3 years.

## Inspection team

Ada Pell, Ofsted HMI, lead inspector Noel Arundel, CQC lead inspector Ian Fry, Ofsted HMI
"""


@pytest.mark.parametrize(
    ("outcome", "grade"),
    [
        ("The arrangements typically lead to positive experiences and outcomes.", "outcome-1"),
        ("The arrangements lead to inconsistent experiences and outcomes.", "outcome-2"),
        ("There are widespread and/or systemic failings leading to concerns.", "outcome-3"),
    ],
)
def test_the_outcome_of_an_area_send_inspection(outcome: str, grade: str) -> None:
    report = read_report(SEND.format(outcome=outcome).encode(), "send.md")
    assert [(j.area, j.grade) for j in report.judgements] == [("area-send-outcome", grade)]
    assert str(report.inspection_start) == "2023-07-03"
    assert report.authority is not None
    assert report.authority.partnership == "Farmoor Local Area Partnership"
    assert [(i.name, i.role, i.organisation) for i in report.inspectors] == [
        ("Ada Pell", "lead", "Ofsted"),
        ("Noel Arundel", "team", "Care Quality Commission"),
        ("Ian Fry", "team", "Ofsted"),
    ]
