"""Names of inspectors and their roles, from labelled lists, sentences and team tables."""

from __future__ import annotations

import re

from themegraph.model import Inspector

_TITLE = r"(?:H(?:er|is) Majesty[’']s Inspectors?|HMIs?|Senior HMI|SHMI|SCRI|SCI|CQC|Ofsted|Care Quality Commission)"
#: What may stand behind a name, with or without a comma or brackets, and is not part of it.
_SUFFIX = re.compile(
    r"[\s,(]*\b(?:"
    r"(?:Ofsted|CQC|Care Quality Commission|Regulatory|Social Care|Senior|Contracted|Additional|Associate|Lead|Deputy|Assistant|Seconded|former|Principal|Regional|Ofsted’s|Ofsted's|Children[’']s Services|Joint|Designate)?\s*"
    r"(?:H(?:er|is) Majesty(?:[’']s| = [’']s)? Inspectors?|HMIs?|SHMI|SCRI|SCI|SIC|RI|OI|AI|ADD|CQC|CQC inspectors?|Ofsted|inspectors?|lead inspectors?|team inspectors?|leads?|designate|shadow|supernumerary|\(designate\)|Inspectors? of .*|Regulatory Inspection Manager|Quality Assurance Manager|QA manager|manager|reviewer|Care Quality Commission|Education|Health|SEND|social care|education)"
    r")\b[\s).]*$",
    re.IGNORECASE,
)
_HONOUR = re.compile(r"[,\s]+(?:CBE|OBE|MBE|QPM|BSc|MBChB|PhD|MA|BA|JP|DL|CB)\b\.?$")
_HONORIFIC = re.compile(r"^(?:Dr|Mr|Mrs|Ms|Miss|Prof(?:essor)?|Sir|Dame)\.?\s+")
_NAME = re.compile(
    r"^"
    r"[A-Z][\w’'.-]*(?:[\s-]+(?:(?:de|la|le|van|von|der|den|di|da|du|al|el|bin|o|O[’'])[\s-]*)?[A-Z(][\w’'.)-]*){1,4}$"
)
_NOT_A_NAME = re.compile(
    r"\b(?:Majesty|Inspectors?|Ofsted|Commission|Council|Quality|Manager|Children|Services|Senior|Data|Analyst|Team|Lead|The|This|Board|Authority|Officer|Additional|Director|Care|Health)\b",
)
_PREFIX = re.compile(
    rf"^(?:and\s+)?(?:{_TITLE}\s*(?:\(designate\))?,?\s+|two of {_TITLE},?\s+|by\s+|were\s+|was\s+|with\s+|(?:Ofsted|contracted|additional|associate|shadow|lead|CQC|social care|senior|regulatory)\s+(?:{_TITLE}|inspectors?),?\s+|Ofsted inspectors?,?\s+)+",
    re.IGNORECASE,
)


def clean_name(text: str) -> str | None:
    """A person's name without titles of office, or None when ``text`` is not a name."""
    name = " ".join(text.split()).strip(" .,;:")
    name = _HONORIFIC.sub("", _PREFIX.sub("", name))
    before = None
    while before != name:
        before = name
        name = _SUFFIX.sub("", name)
        name = _HONOUR.sub("", name).strip(" .,;:()")
    name = re.sub(r"(?<=\w)- (?=[A-Z])|(?<=[a-z]) -(?=[A-Z])", "-", name)
    if not _NAME.match(name) or _NOT_A_NAME.search(name) or len(name) > 50:
        return None
    return name


_BETWEEN = re.compile(
    r"\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s+&\s+|\s+with\s+|(?<=\bHMI)\s+(?=[A-Z][a-z])|(?<=\bSCRI)\s+(?=[A-Z][a-z])"
)


def split_names(text: str) -> list[str]:
    """The names in a list such as "A Jones, HMI, and B Smith, HMI" (titles are passed over)."""
    parts = _BETWEEN.split(" ".join(text.split()))
    names = []
    for part in parts:
        name = clean_name(part)
        for one in _parted(name) if name else ():
            if one not in names:
                names.append(one)
    return names


def _parted(name: str) -> list[str]:
    """Two names that stand together for want of a comma ("Ann Jones Bob Smith")."""
    words = name.split()
    if len(words) == 4 and all(w[0].isupper() and "-" not in w for w in words):
        return [" ".join(words[:2]), " ".join(words[2:])]
    return [name]


_LABELS = (
    (r"deputy lead inspectors?", "deputy"),
    (r"(?:joint |co-)?lead inspectors?(?: on site)?", "lead"),
    (r"reporting inspectors?", "lead"),
    (r"(?:team|other) inspectors?(?: were)?|inspectors", "team"),
    (r"shadow (?:lead )?inspectors?|shadow(?:ing)?", "shadow"),
    (r"additional inspectors?", "team"),
    (r"(?:senior )?(?:data analysts?|analytical officers?|analysts?|information analysts?)", "analyst"),
    (r"quality assurance (?:managers?|inspectors?|leads?)|quality assurance", "quality-assurance"),
    (r"report authors?", "author"),
)
_LABEL = re.compile(
    "|".join(rf"(?P<r{i}>(?<![\w-])(?:{pattern})\b(?=\s*[:–-]|\s+[A-Z]))\s*[:–-]?" for i, (pattern, _) in enumerate(_LABELS)),
    re.IGNORECASE,
)


def labelled_people(text: str) -> list[Inspector]:
    """People in text such as "Lead inspector: A Jones HMI Team inspectors: B Smith HMI, ..."."""
    marks = list(_LABEL.finditer(text))
    people: list[Inspector] = []
    for mark, after in zip(marks, [*marks[1:], None], strict=False):
        role = next(_LABELS[i][1] for i in range(len(_LABELS)) if mark.group(f"r{i}"))
        stretch = text[mark.end() : after.start() if after else len(text)]
        for name in split_names(stretch):
            if all(person.name != name for person in people):
                people.append(Inspector(name, role, "Ofsted"))
    return people
