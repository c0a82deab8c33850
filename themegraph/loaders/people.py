"""Names of inspectors and their roles, from labelled lists, sentences and team tables."""

from __future__ import annotations

import re

from themegraph.loaders.rules import alternatives
from themegraph.model import Inspector

_TITLE = rf"(?:{alternatives('title')})"
#: What may stand behind a name, with or without a comma or brackets, and is not part of it.
_SUFFIX = re.compile(
    rf"[\s,(]*\b(?:(?:{alternatives('before-office')})?\s*(?:{alternatives('office')}))\b[\s).]*$",
    re.IGNORECASE,
)
_HONOUR = re.compile(rf"[,\s]+(?:{alternatives('honour')})\b\.?$")
_HONORIFIC = re.compile(rf"^(?:{alternatives('honorific')})\.?\s+")
_NAME = re.compile(
    rf"^[A-Z][\w’'.-]*(?:[\s-]+(?:(?:{alternatives('particle')})[\s-]+)*"
    r"(?:[A-Z(]|[dlo][’'][A-Z])[\w’'.)-]*){1,4}$"
)
_NOT_A_NAME = re.compile(rf"\b(?:{alternatives('not-a-name')})\b")
_PREFIX = re.compile(
    rf"^(?:and\s+)?(?:{_TITLE}\s*(?:\(designate\))?,?\s+|two of {_TITLE},?\s+"
    rf"|(?:by|were|was|with)\s+"
    rf"|(?:{alternatives('kind-of-inspector')})\s+(?:{_TITLE}|inspectors?),?\s+)+",
    re.IGNORECASE,
)


_PARTICLE = re.compile(alternatives("particle"), re.IGNORECASE)


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
    r"\s*[,;]\s*(?:and\s+)?|\s+(?:and|&|with)\s+|(?:(?<=\bHMI)|(?<=\bSCRI))\s+(?=[A-Z][a-z])"
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
    foreign = any(_PARTICLE.fullmatch(word) for word in words[1:3])
    if len(words) == 4 and not foreign and all(w[0].isupper() and "-" not in w for w in words):
        return [" ".join(words[:2]), " ".join(words[2:])]
    return [name]


_LABELS = (
    (r"deputy lead inspectors?", "deputy"),
    (r"(?:joint |co-)?lead inspectors?(?: on site)?", "lead"),
    (r"reporting inspectors?", "lead"),
    (r"(?:team|other) inspectors?(?: were)?|inspectors", "team"),
    (r"shadow (?:lead )?inspectors?|shadow(?:ing)?", "shadow"),
    (r"additional inspectors?", "team"),
    (
        r"(?:senior )?(?:data analysts?|analytical officers?|analysts?|information analysts?)",
        "analyst",
    ),
    (r"quality assurance (?:managers?|inspectors?|leads?)|quality assurance", "quality-assurance"),
    (r"report authors?", "author"),
)
_LABEL = re.compile(
    "|".join(
        rf"(?P<r{i}>(?<![\w-])(?:{pattern})\b(?=\s*[:–-]|\s+[A-Z]))\s*[:–-]?"
        for i, (pattern, _) in enumerate(_LABELS)
    ),
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
