"""Whether a REFI-QDA file has the structure that is published, told without the writer's help.

The tables restate the two schemas of REFI-QDA 1.5 (Project.xsd of 18 March 2019 and Codebook.xsd):
what an element holds, in which order and how often, and which attributes it has. What a schema does
not say is looked at afterwards: that references lead somewhere, that a text has its file, and that
passages lie within their texts. Every function gives a list of faults in words, empty if all is well.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"

_BARE = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_DATE = r"-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_ZONE = r"(?:Z|[+-]\d\d:\d\d)?"
#: What a value of a type looks like, once white space at its ends is gone.
TYPES = {
    "string": r"(?s:.*)",
    "boolean": r"true|false|1|0",
    "integer": r"[+-]?\d+",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "date": _DATE + _ZONE,
    "dateTime": _DATE + r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?" + _ZONE,
    "GUID": rf"{_BARE}|\{{{_BARE}\}}",
    "RGB": r"#(?:[A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})",
    "variable": "Text|Boolean|Integer|Float|Date|DateTime",
    "direction": "Associative|OneWay|Bidirectional",
    "line": "dotted|dashed|solid",
    "shape": "Person|Oval|Rectangle|RoundedRectangle|Star|LeftTriangle|RightTriangle|UpTriangle"
    "|DownTriangle|Note",
}


class Rule(NamedTuple):
    """What may stand inside an element: children in order, or else text of a type; attributes.

    ``children`` is a regular expression over names, with spaces between them. Attributes are
    ``name:type`` with spaces between them, and an exclamation mark where one must be there.
    """

    children: str = ""
    attributes: str = ""
    text: str = ""


_MADE = "creatingUser:GUID creationDateTime:dateTime"
_CHANGED = f"{_MADE} modifyingUser:GUID modifiedDateTime:dateTime"
_NAMED = "guid:GUID! name:string"
_TEXT_FILE = f"{_NAMED} richTextPath:string plainTextPath:string {_CHANGED}"
_FILE = f"{_NAMED} path:string currentPath:string {_CHANGED}"
_BOX = "firstX:integer! firstY:integer! secondX:integer! secondY:integer!"
_TAIL = "Coding* NoteRef* VariableValue*"

_TEXT = Rule(f"Description? PlainTextContent? PlainTextSelection* {_TAIL}", _TEXT_FILE)
_REF = Rule("", "targetGUID:GUID!")


def _selection(position: str, inside: str = "") -> Rule:
    return Rule(f"Description? {inside} Coding* NoteRef*", f"{_NAMED} {position} {_CHANGED}")


def _value(kind: str) -> Rule:
    return Rule(text=kind)


IN_PROJECT = {
    "Project": Rule(
        "Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs? Description? NoteRef*",
        "name:string! origin:string creatingUserGUID:GUID creationDateTime:dateTime "
        "modifyingUserGUID:GUID modifiedDateTime:dateTime basePath:string",
    ),
    "Users": Rule("User+"),
    "User": Rule("", f"{_NAMED} id:string"),
    "CodeBook": Rule("Codes"),
    "Codes": Rule("Code+"),
    "Code": Rule(
        "Description? NoteRef* Code*",
        "guid:GUID! name:string! isCodable:boolean! color:RGB",
    ),
    "Cases": Rule("Case+"),
    "Case": Rule("Description? CodeRef* VariableValue* SourceRef* SelectionRef*", _NAMED),
    "Variables": Rule("Variable+"),
    "Variable": Rule("Description?", "guid:GUID! name:string! typeOfVariable:variable!"),
    "VariableValue": Rule(
        "VariableRef (TextValue|BooleanValue|IntegerValue|FloatValue|DateValue|DateTimeValue)?"
    ),
    "Sets": Rule("Set+"),
    "Set": Rule("Description? MemberCode* MemberSource* MemberNote*", "guid:GUID! name:string!"),
    "Sources": Rule("(TextSource|PictureSource|PDFSource|AudioSource|VideoSource)+"),
    "TextSource": _TEXT,
    "TextDescription": _TEXT,
    "Representation": _TEXT,
    "Note": _TEXT,
    "PlainTextSelection": _selection("startPosition:integer! endPosition:integer!"),
    "PictureSource": Rule(f"Description? TextDescription? PictureSelection* {_TAIL}", _FILE),
    "PictureSelection": _selection(_BOX),
    "PDFSource": Rule(f"Description? PDFSelection* Representation? {_TAIL}", _FILE),
    "PDFSelection": _selection(f"page:integer! {_BOX}", "Representation?"),
    "AudioSource": Rule(f"Description? Transcript* AudioSelection* {_TAIL}", _FILE),
    "AudioSelection": _selection("begin:integer! end:integer!"),
    "VideoSource": Rule(f"Description? Transcript* VideoSelection* {_TAIL}", _FILE),
    "VideoSelection": _selection("begin:integer! end:integer!"),
    "Transcript": Rule(
        "Description? PlainTextContent? SyncPoint* TranscriptSelection* NoteRef*", _TEXT_FILE
    ),
    "TranscriptSelection": _selection("fromSyncPoint:GUID toSyncPoint:GUID"),
    "SyncPoint": Rule("", "guid:GUID! timeStamp:integer position:integer"),
    "Coding": Rule("CodeRef NoteRef*", f"guid:GUID! {_MADE}"),
    "Graphs": Rule("Graph+"),
    "Graph": Rule("Vertex* Edge*", _NAMED),
    "Vertex": Rule(
        "",
        f"{_NAMED} representedGUID:GUID firstX:integer! firstY:integer! secondX:integer "
        "secondY:integer shape:shape color:RGB",
    ),
    "Edge": Rule(
        "",
        f"{_NAMED} representedGUID:GUID sourceVertex:GUID! targetVertex:GUID! color:RGB "
        "direction:direction lineStyle:line",
    ),
    "Notes": Rule("Note+"),
    "Links": Rule("Link+"),
    "Link": Rule(
        "NoteRef*", f"{_NAMED} direction:direction color:RGB originGUID:GUID targetGUID:GUID"
    ),
    "NoteRef": _REF,
    "CodeRef": _REF,
    "SourceRef": _REF,
    "SelectionRef": _REF,
    "VariableRef": _REF,
    "MemberCode": _REF,
    "MemberSource": _REF,
    "MemberNote": _REF,
    "Description": _value("string"),
    "PlainTextContent": _value("string"),
    "TextValue": _value("string"),
    "BooleanValue": _value("boolean"),
    "IntegerValue": _value("integer"),
    "FloatValue": _value("decimal"),
    "DateValue": _value("date"),
    "DateTimeValue": _value("dateTime"),
}
IN_CODEBOOK = {
    "CodeBook": Rule("Codes Sets?", "origin:string"),
    "Codes": Rule("Code+"),
    "Code": Rule("Description? Code*", "guid:GUID! name:string! isCodable:boolean! color:RGB"),
    "Sets": Rule("Set+"),
    "Set": Rule("Description? MemberCode*", "guid:GUID! name:string!"),
    "MemberCode": Rule("", "guid:GUID!"),
    "Description": _value("string"),
}

_SOURCES = ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource")
_SELECTIONS = tuple(
    f"{kind}Selection" for kind in ("PlainText", "Picture", "PDF", "Audio", "Video")
)
#: Which elements a reference may lead to, by its element or by its attribute.
LEADS_TO = {
    "CodeRef": ("Code",),
    "MemberCode": ("Code",),
    "NoteRef": ("Note",),
    "MemberNote": ("Note",),
    "SourceRef": _SOURCES,
    "MemberSource": _SOURCES,
    "SelectionRef": (*_SELECTIONS, "TranscriptSelection"),
    "VariableRef": ("Variable",),
    "creatingUser": ("User",),
    "modifyingUser": ("User",),
    "creatingUserGUID": ("User",),
    "modifyingUserGUID": ("User",),
    "fromSyncPoint": ("SyncPoint",),
    "toSyncPoint": ("SyncPoint",),
    "sourceVertex": ("Vertex",),
    "targetVertex": ("Vertex",),
    "representedGUID": (),  # anything
    "originGUID": (),
    "Link": (),
}


def codebook_faults(data: bytes) -> list[str]:
    """What is wrong with a .qdc."""
    root, faults = _parsed(data)
    if root is None:
        return faults
    faults += _structure(root, "CodeBook", CODEBOOK, IN_CODEBOOK)
    faults += _repeated(root)
    codes = {_bare(code.get("guid", "")) for code in root.iter(f"{{{CODEBOOK}}}Code")}
    for member in root.iter(f"{{{CODEBOOK}}}MemberCode"):
        if _bare(member.get("guid", "")) not in codes:
            faults.append(f"MemberCode: {member.get('guid')} is no code")
    return faults


def project_faults(data: bytes) -> list[str]:
    """What is wrong with a .qdpx: its zip, its project.qde, and how its texts fit."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        return [f"no zip: {error}"]
    with archive:
        names = archive.namelist()
        faults = [f"zip: {name} is there twice" for name, n in Counter(names).items() if n > 1]
        if "project.qde" not in names:
            return [*faults, "zip: no project.qde"]
        faults += _layout(names)
        root, unread = _parsed(archive.read("project.qde"))
        if root is None:
            return faults + unread
        faults += qde_faults(root)
        return faults + _files(root, archive)


def qde_faults(root: etree._Element) -> list[str]:
    """What is wrong with a project.qde by itself."""
    faults = _structure(root, "Project", PROJECT, IN_PROJECT)
    return [*faults, *_repeated(root), *_references(root), *_values(root), *_contents(root)]


def _parsed(data: bytes) -> tuple[etree._Element | None, list[str]]:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False)), []
    except etree.XMLSyntaxError as error:
        return None, [f"no well-formed XML: {error}"]


def _structure(
    root: etree._Element, name: str, namespace: str, rules: dict[str, Rule]
) -> list[str]:
    if root.tag != f"{{{namespace}}}{name}":
        return [f"the root is {root.tag}, not {name} of {namespace}"]
    return [
        fault for element in root.iter(etree.Element) for fault in _one(element, namespace, rules)
    ]


def _one(element: etree._Element, namespace: str, rules: dict[str, Rule]) -> Iterator[str]:
    tag = etree.QName(element)
    if tag.namespace != namespace or tag.localname not in rules:
        yield f"{tag.text} is no element of {namespace}"
        return
    name, rule = tag.localname, rules[tag.localname]
    order = "".join(
        f"{etree.QName(child).localname} " for child in element.iterchildren(etree.Element)
    )
    if not _pattern(rule.children).fullmatch(order):
        yield f"{name}: holds [{order.strip()}], not [{rule.children}]"
    yield from _attributes(name, element, rule)
    written = "".join(element.xpath("text()"))
    if rule.text:
        if not _is(rule.text, written):
            yield f"{name}: {written!r} is no {rule.text}"
    elif written.strip():
        yield f"{name}: holds the text {written.strip()[:40]!r}"


def _pattern(children: str) -> re.Pattern[str]:
    """Matches names that each end in a space, where ``children`` allows them."""
    return re.compile(re.sub(r"\w+", r"(?:\g<0>[ ])", children), re.VERBOSE)


def _attributes(name: str, element: etree._Element, rule: Rule) -> Iterator[str]:
    types = dict(part.split(":") for part in rule.attributes.split())
    for key, kind in types.items():
        value = element.get(key)
        if value is None and kind.endswith("!"):
            yield f"{name}: no {key}"
        elif value is not None and not _is(kind.rstrip("!"), value):
            yield f"{name}: {key} {value!r} is no {kind.rstrip('!')}"
    for key in element.attrib:
        if key not in types and not key.startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
            yield f"{name}: an attribute {key}"


def _is(kind: str, value: str) -> bool:
    return re.fullmatch(TYPES[kind], value if kind == "string" else value.strip()) is not None


def _bare(guid: str) -> str:
    return guid.strip().strip("{}").lower()


def _by_guid(root: etree._Element) -> dict[str, etree._Element]:
    return {_bare(each.get("guid")): each for each in root.iter(etree.Element) if each.get("guid")}


def _repeated(root: etree._Element) -> list[str]:
    guids = (
        _bare(each.get("guid"))
        for each in root.iter(etree.Element)
        if each.get("guid") and etree.QName(each).localname != "MemberCode"
    )
    return [f"the GUID {guid} is given {n} times" for guid, n in Counter(guids).items() if n > 1]


def _references(root: etree._Element) -> Iterator[str]:
    known = _by_guid(root)
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        for key, value in element.items():
            wanted = LEADS_TO.get(name if key == "targetGUID" else key)
            if wanted is None:
                continue
            there = known.get(_bare(value))
            if there is None:
                yield f"{name}: {key} {value} leads nowhere"
            elif wanted and etree.QName(there).localname not in wanted:
                yield f"{name}: {key} {value} leads to a {etree.QName(there).localname}"
            elif name == "CodeRef" and there.get("isCodable") in ("false", "0"):
                yield f"CodeRef: {value} is a code that is not codable"


def _values(root: etree._Element) -> Iterator[str]:
    """Values that are not of the type of their variable."""
    known = _by_guid(root)
    for value in root.iter(f"{{{PROJECT}}}VariableValue"):
        parts = list(value.iterchildren(etree.Element))
        if len(parts) < 2:
            continue
        variable = known.get(_bare(parts[0].get("targetGUID", "")))
        kind = variable.get("typeOfVariable") if variable is not None else None
        if kind and etree.QName(parts[1]).localname != f"{kind}Value":
            yield f"VariableValue: a {etree.QName(parts[1]).localname} of a {kind} variable"


def _contents(root: etree._Element) -> Iterator[str]:
    """Texts with no content or with two, which the schema forbids in a comment."""
    for name in ("TextSource", "TextDescription", "Representation", "Note", "Transcript"):
        for text in root.iter(f"{{{PROJECT}}}{name}"):
            inline = text.find(f"{{{PROJECT}}}PlainTextContent")
            if (inline is None) == (text.get("plainTextPath") is None):
                yield f"{name}: {'no text' if inline is None else 'two texts'}"
            if inline is not None:
                yield from _passages(text, len(inline.text or ""))


def _layout(names: list[str]) -> Iterator[str]:
    """Entries that stand elsewhere than in a flat folder of sources, named by a GUID."""
    for name in names:
        if name != "project.qde" and not re.fullmatch(rf"sources/(?:{_BARE})\.\w+", name):
            yield f"zip: {name} is neither project.qde nor sources/GUID.ext"


def _files(root: etree._Element, archive: zipfile.ZipFile) -> list[str]:
    faults: list[str] = []
    named = {"project.qde"}
    for element in root.iter(etree.Element):
        for key in ("path", "plainTextPath", "richTextPath"):
            path = element.get(key, "")
            if not path.startswith("internal://"):
                if path and not path.startswith(("relative://", "absolute://")):
                    faults.append(f"{key} {path} is of no known form")
                continue
            entry = f"sources/{path.removeprefix('internal://')}"
            named.add(entry)
            if entry not in archive.namelist():
                faults.append(f"{key} {path} is not in the zip")
            elif key == "plainTextPath":
                faults += _text_faults(element, archive.read(entry))
    unnamed = sorted(set(archive.namelist()) - named)
    return faults + [f"zip: nothing refers to {name}" for name in unnamed]


def _text_faults(source: etree._Element, data: bytes) -> Iterator[str]:
    name = source.get("name")
    if data.startswith(b"\xef\xbb\xbf"):
        yield f"the text of {name!r} begins with a byte order mark"
    try:
        length = len(data.decode("utf-8"))
    except UnicodeDecodeError:
        yield f"the text of {name!r} is not UTF-8"
        return
    yield from _passages(source, length)


def _passages(source: etree._Element, length: int) -> Iterator[str]:
    """Passages that are not within the ``length`` characters of their text."""
    for selection in source.iterchildren(f"{{{PROJECT}}}PlainTextSelection"):
        span = selection.get("startPosition", ""), selection.get("endPosition", "")
        if not all(_is("integer", end) for end in span):
            continue
        if not 0 <= int(span[0]) < int(span[1]) <= length:
            yield f"the passage {span[0]} to {span[1]} is not within {source.get('name')!r}"
