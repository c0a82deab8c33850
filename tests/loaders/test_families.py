"""The family of a report is told by what its first page prints."""

from __future__ import annotations

import pytest

from themegraph.loaders.families import classify


@pytest.mark.parametrize(
    ("first_page", "family"),
    [
        ("Farmoor Inspection of services for children in need of help and protection", "sif"),
        ("Farmoor Re-inspection of services for children in need of help", "sif-reinspection"),
        ("Farmoor Reinspection of services for children in need of help", "sif-reinspection"),
        # a name that ends in "re" before "inspection" is no re-inspection
        ("Leicestershire Inspection of services for children in need of help", "sif"),
        ("Farmoor Council Inspection of children’s social care services", "ilacs"),
        ("Inspection of Farmoor local authority children’s services", "ilacs"),
        # mentions in the body do not decide: the report had a focused visit before it
        (
            "Inspection of Farmoor local authority children’s services Since the focused visit",
            "ilacs",
        ),
        ("Area SEND inspection of Farmoor Local Area Partnership", "area-send"),
        ("12 May 2023 Dear Ms Roe Focused visit to Farmoor children’s services", "focused-visit"),
        ("Focused visit to Farmoor children’s services Ofsted", "focused-visit"),  # no salutation
        # a letter that speaks of a joint inspection in its first paragraph
        (
            "Dear Ms Roe Focused visit to Farmoor This letter summarises the visit. "
            "A joint targeted area inspection took place last year.",
            "focused-visit",
        ),
        ("Dear Ms Roe Monitoring visit to Farmoor children’s services", "monitoring-visit"),
        ("Dear Ms Roe COVID-19 assurance visit to Farmoor", "assurance-visit"),
        ("Dear Farmoor partnership Joint targeted area inspection of Farmoor", "jtai"),
        ("Farmoor Inspection of looked after children services", "other"),
        ("Farmoor Review of the effectiveness of the Local Safeguarding Children Board", "other"),
        ("Ofsted An inspection of help for children in Farmoor by a new method", "other"),
    ],
)
def test_the_first_page_tells_the_family(first_page: str, family: str) -> None:
    found = classify(first_page, first_page)
    assert found is not None
    assert found.type == family


@pytest.mark.parametrize(
    "text",
    [
        "Report not found",
        "The minutes of the allotment committee",
        # another country's inspectorate
        "Care Inspectorate Wales: inspection of services for children in Farmoor",
    ],
)
def test_what_is_no_report_has_no_family(text: str) -> None:
    assert classify(text, text) is None
