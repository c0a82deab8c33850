"""The names that the inspection frameworks give to what they judge, and how layouts print them.

They are the headings and table rows of a form, the same in every report of a family.
"""

from __future__ import annotations

from examples_source import Document, curl

_PROGRESS = "The experiences and progress of"
_PRACTICE = "social work practice with children and families"

ILACS = {
    "leadership": f"The impact of leaders on {_PRACTICE}",
    "help-and-protection": f"{_PROGRESS} children who need help and protection",
    "in-care-and-care-leavers": f"{_PROGRESS} children in care and care leavers",
    "in-care": f"{_PROGRESS} children in care",
    "care-leavers": f"{_PROGRESS} care leavers",
    "overall": "Overall effectiveness",
}

SIF_ROWS = {
    "help-and-protection": "1. Children who need help and protection",
    "in-care": "2. Children looked after and achieving permanence",
    "adoption": "2.1 Adoption performance",
    "care-leavers": "2.2 Experiences and progress of care leavers",
    "leadership": "3. Leadership, management and governance",
}

SIF_CHAPTERS = {
    "help-and-protection": f"{_PROGRESS} children who need help and protection",
    "in-care": f"{_PROGRESS} children looked after and achieving permanence",
    "leadership": "Leadership, management and governance",
}

_GRADES = {
    "outstanding": "Outstanding",
    "good": "Good",
    "requires-improvement": "Requires improvement",
    "inadequate": "Inadequate",
}


def grade(document: Document, area: str) -> str:
    """The grade of ``area`` as the table on the first page prints it."""
    shown = _GRADES[document.head["judgements"][area]]
    if document.layout.startswith("ilacs") and shown.startswith("Requires"):
        return shown + " to be good"
    return shown


def heading(document: Document, area: str) -> str:
    """The heading of the chapter about ``area``, with its grade as the family prints it."""
    shown = grade(document, area)
    if document.layout.startswith("ilacs"):
        return curl(f"{ILACS[area]}: {shown.lower()}")
    if shown.startswith("Requires"):
        return f"{SIF_CHAPTERS[area]} require improvement"
    return f"{SIF_CHAPTERS[area]} are {shown.lower()}"


def rows(document: Document) -> list[tuple[str, str, str]]:
    """The judgement table as (area, label, grade), in the order of the form."""
    labels = ILACS if document.layout.startswith("ilacs") else SIF_ROWS
    given = document.head["judgements"]
    return [(area, text, grade(document, area)) for area, text in labels.items() if area in given]


AFTER_OUTCOME = (
    "The next full area SEND inspection will take place within approximately three years.",
    (
        "Ofsted and the Care Quality Commission ask the partnership to revise its strategic plan "
        "and publish it, taking account of this report."
    ),
)

_INVENTED = (
    "It is a fictional example, written for the themegraph project in the form that such reports "
    "have. The council, its partners, the inspectors, the children and families, the places and "
    "every figure in it were made up, and any likeness to a real authority or person is accidental."
)

CLOSING = {
    "sif": "Any complaints about the inspection described here would have nowhere to go, since it "
    "did not take place. This report is not one of Ofsted's. " + _INVENTED,
    "ilacs": "The Office for Standards in Education (Ofsted) inspects real authorities; this "
    "report is about one that does not exist. " + _INVENTED,
}
CLOSING["send"] = CLOSING["ilacs"]

CLOSING_TAIL = (
    "You may reuse this information under the licence of the project that it comes with.",
    "T: 01632 960000",
    "Textphone: 01632 960001",
    "E: enquiries@ofsted.example",
    "W: www.gov.uk/ofsted",
)

LETTERHEAD = (
    ("Ofsted", "Fictional example", "Example House", "Exampleton", "XX1 1XX"),
    (
        "T 01632 960000",
        "Textphone 01632 960001",
        "enquiries@ofsted.example",
        "www.gov.uk/ofsted",
    ),
)


def closing(document: Document) -> list[str]:
    """The small print of the last page."""
    opening = CLOSING[document.layout.split("-")[0]]
    return [curl(text) for text in (opening, *CLOSING_TAIL)]
