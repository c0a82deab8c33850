"""REFI-QDA files, the exchange format of NVivo, ATLAS.ti and MAXQDA: a codebook and a project.

The format is the REFI-QDA standard 1.5 of 2019 (qdasoftware.org), whose two XML schemas order the
elements below. A project (``.qdpx``) is a zip of ``project.qde`` and a text file for each source
(8.1 to 8.4 of the standard). The same input gives the same bytes: GUIDs come from IRIs, the entries
of the zip bear no clock, and all stands in the order in which it was given.

What XML 1.0 cannot hold becomes one other character, in texts as in names, so that no position
moves: a form feed and other white space a space, everything else U+FFFD.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
import uuid
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from themegraph.errors import ExportError
from themegraph.ids import DEFAULT_BASE

CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"
#: In small letters, as ATLAS.ti, MAXQDA and NVivo 15 write it. Other NVivos write "Sources".
FOLDER = "sources"
#: A zip knows no earlier moment.
_NO_CLOCK = (1980, 1, 1, 0, 0, 0)
_UNHELD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
#: The namespace of what has no IRI: variables, and the program as a coder.
_OWN = uuid.uuid5(uuid.NAMESPACE_URL, DEFAULT_BASE)


@dataclass(frozen=True, slots=True)
class Code:
    """What passages are coded with, or a group of such: then it is not codable.

    ``colour`` is ``#rrggbb``, ``parent`` the IRI of the group.
    """

    iri: str
    name: str
    description: str = ""
    colour: str | None = None
    parent: str | None = None
    is_codable: bool = True


@dataclass(frozen=True, slots=True)
class Selection:
    """A coded passage: ``start`` to ``end`` in code points of the source's text, end exclusive.

    ``codes`` are IRIs of codes, ``note`` what is to be said on the coding.
    """

    iri: str
    name: str
    start: int
    end: int
    codes: tuple[str, ...]
    description: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextSource:
    """A text with its coded passages, and its variables as pairs of name and value."""

    iri: str
    name: str
    text: str
    created: dt.date | None
    description: str = ""
    selections: tuple[Selection, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """What holds for all sources. ``software`` is a name and a version, ``themegraph 0.1.0``."""

    name: str
    description: str
    codes: tuple[Code, ...]
    software: str


@dataclass(frozen=True, slots=True)
class _Parts:
    """What sources give to three places of project.qde, on disk until all have been seen."""

    cases: IO[bytes]
    sources: IO[bytes]
    notes: IO[bytes]
    variables: dict[str, None] = field(default_factory=dict)


def guid(iri: str) -> str:
    """The GUID of ``iri``: a UUID of version 5 in the namespace of URLs."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, iri))


def write_codebook(project: Project, stream: IO[bytes]) -> None:
    """``project``'s codes as a .qdc. The schema wants one code at least."""
    if not project.codes:
        raise ExportError("A REFI-QDA codebook needs one code at least, and none was chosen.")
    _by_iri(project.codes)
    attributes = {"origin": _held(project.software)}
    with etree.xmlfile(stream, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(f"{{{CODEBOOK}}}CodeBook", attributes, nsmap={None: CODEBOOK}):
            xml.write("\n", _codes(project.codes), pretty_print=True)


def write_project(project: Project, sources: Iterable[TextSource], stream: IO[bytes]) -> None:
    """``project`` and ``sources`` as a .qdpx. One source is in memory at a time.

    Importers know sources, cases and variables by name: names of sources should differ. The zip is
    made on disk first: its bytes would differ where ``stream`` is a pipe, and a fault would leave
    half of one.
    """
    codes = _by_iri(project.codes)
    coder = _own_guid("coder")
    with ExitStack() as stack:
        made, qde, cases, texts, notes = (
            stack.enter_context(tempfile.TemporaryFile()) for _ in range(5)
        )
        parts = _Parts(cases, texts, notes)
        with zipfile.ZipFile(made, "w") as archive:
            for source in sources:
                _add_text(archive, source)
                _add_parts(parts, source, codes, coder)
            _write_qde(project, parts, coder, qde)
            _add_qde(archive, qde)
        made.seek(0)
        shutil.copyfileobj(made, stream)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_CLOCK)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # the same wherever it is made
    entry.external_attr = 0o644 << 16
    return entry


def _add_text(archive: zipfile.ZipFile, source: TextSource) -> None:
    entry = _entry(f"{FOLDER}/{guid(source.iri)}.txt")
    if entry.filename in archive.NameToInfo:
        raise ValueError(f"The source {source.iri} is given twice.")
    archive.writestr(entry, _plain(source.text).encode("utf-8"))


def _add_qde(archive: zipfile.ZipFile, qde: IO[bytes]) -> None:
    entry = _entry("project.qde")
    entry.file_size = qde.tell()
    qde.seek(0)
    with archive.open(entry, "w") as inside:
        shutil.copyfileobj(qde, inside)


def _plain(text: str) -> str:
    """``text`` as its file has it, character for character, line ends too.

    Plain text is UTF-8 (9.1.2). U+FEFF at its start would be taken for a byte order mark and
    dropped, which moves all positions: U+2060, the other zero-width no-break space, stands for it.
    """
    held = _held(text)
    return f"\u2060{held[1:]}" if held.startswith("\ufeff") else held


def _held(text: str) -> str:
    """``text`` with one character that XML can hold for each one that it cannot."""
    return _UNHELD.sub(lambda found: " " if found[0].isspace() else "\ufffd", text)


def _own_guid(name: str) -> str:
    return str(uuid.uuid5(_OWN, name))


def _guid_within(outer: str, name: str) -> str:
    """The GUID of what belongs to the thing that has the GUID ``outer``."""
    return str(uuid.uuid5(uuid.UUID(outer), name))


def _moment(day: dt.date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00Z" if day else None


def _element(tag: str, text: str = "", /, **attributes: str | None) -> etree._Element:
    """An element of no namespace: the start tag of the root declares one for all inside it."""
    kept = {key: _held(value) for key, value in attributes.items() if value is not None}
    made = etree.Element(tag, kept)
    if text:
        made.text = _held(text)
    return made


def _describe(element: etree._Element, description: str) -> etree._Element:
    if description:
        element.append(_element("Description", description))
    return element


def _wrap(name: str, children: Iterable[etree._Element]) -> etree._Element:
    whole = _element(name)
    whole.extend(children)
    return whole


def _by_iri(codes: Sequence[Code]) -> dict[str, Code]:
    """``codes`` by their IRIs, once it is sure that they make a forest."""
    found: dict[str, Code] = {}
    for code in codes:
        if code.iri in found:
            raise ValueError(f"The code {code.iri} is given twice.")
        if code.colour is not None and not _COLOUR.fullmatch(code.colour):
            raise ValueError(f"The colour of {code.iri} is {code.colour!r}, not #rrggbb.")
        found[code.iri] = code
    for code in codes:
        _check_ancestry(code, found)
    return found


def _check_ancestry(code: Code, codes: Mapping[str, Code]) -> None:
    met = {code.iri}
    above = code.parent
    while above is not None:
        if above not in codes:
            raise ValueError(f"The group {above} of the code {code.iri} is not among the codes.")
        if above in met:
            raise ValueError(f"The code {code.iri} stands in a ring of groups.")
        met.add(above)
        above = codes[above].parent


def _codes(codes: Sequence[Code]) -> etree._Element:
    """The element Codes, in which each code stands inside its group."""
    whole = _element("Codes")
    made = {code.iri: _code(code) for code in codes}
    for code in codes:
        (whole if code.parent is None else made[code.parent]).append(made[code.iri])
    return whole


def _code(code: Code) -> etree._Element:
    element = _element(
        "Code",
        guid=guid(code.iri),
        name=code.name,
        isCodable="true" if code.is_codable else "false",
        color=code.colour,
    )
    return _describe(element, code.description)


def _add_parts(parts: _Parts, source: TextSource, codes: Mapping[str, Code], coder: str) -> None:
    variables = _variables(source)
    parts.variables.update(dict.fromkeys(variables))
    _put(parts.sources, _source(source, variables, codes, coder))
    if variables:
        _put(parts.cases, _case(source, variables))
    for selection in source.selections:
        if selection.note:
            _put(parts.notes, _note(selection, source.created, coder))


def _put(part: IO[bytes], element: etree._Element) -> None:
    part.write(etree.tostring(element, encoding="utf-8", pretty_print=True, xml_declaration=False))


def _variables(source: TextSource) -> dict[str, str]:
    """The source's values by variable: importers keep one, so several are joined."""
    values: dict[str, list[str]] = {}
    for name, value in source.variables:
        values.setdefault(name, []).append(value)
    return {name: "; ".join(dict.fromkeys(several)) for name, several in values.items()}


def _values(variables: Mapping[str, str]) -> list[etree._Element]:
    return [
        _wrap(
            "VariableValue",
            [
                _element("VariableRef", targetGUID=_variable_guid(name)),
                _element("TextValue", value),
            ],
        )
        for name, value in variables.items()
    ]


def _variable_guid(name: str) -> str:
    return _own_guid(f"variable {name}")


def _case(source: TextSource, variables: Mapping[str, str]) -> etree._Element:
    """The source as a case, which is what NVivo and QualCoder filter by."""
    own = guid(source.iri)
    case = _element("Case", guid=_guid_within(own, "case"), name=source.name)
    case.extend([*_values(variables), _element("SourceRef", targetGUID=own)])
    return case


def _source(
    source: TextSource, variables: Mapping[str, str], codes: Mapping[str, Code], coder: str
) -> etree._Element:
    """The source with its passages. MAXQDA has variables of documents: they stand here as well."""
    own = guid(source.iri)
    element = _element(
        "TextSource",
        guid=own,
        name=source.name,
        plainTextPath=f"internal://{own}.txt",
        creatingUser=coder,
        creationDateTime=_moment(source.created),
    )
    _describe(element, source.description)
    _check_selections(source, codes)
    element.extend(_selection(each, source.created, coder) for each in source.selections)
    element.extend(_values(variables))
    return element


def _check_selections(source: TextSource, codes: Mapping[str, Code]) -> None:
    met: set[str] = set()
    for selection in source.selections:
        if selection.iri in met:
            raise ValueError(f"The passage {selection.iri} is given twice.")
        if not 0 <= selection.start < selection.end <= len(source.text):
            raise ValueError(f"The passage {selection.iri} is not within {source.iri}.")
        for code in selection.codes:
            if code not in codes or not codes[code].is_codable:
                raise ValueError(f"{code}, of the passage {selection.iri}, is no codable code.")
        met.add(selection.iri)


def _selection(selection: Selection, day: dt.date | None, coder: str) -> etree._Element:
    """A passage with its codings and a reference to its note.

    Positions count Unicode code points from 0, and a selection goes from its first to its last
    character: so the standard, 10.2. By the letter endPosition is then that of the last character.
    But programs read the text up to endPosition and without it: QualCoder what NVivo, MAXQDA and
    ATLAS.ti write, atlas-qdpx what ATLAS.ti writes, qdpxlib what MAXQDA writes. So it is written
    here, and who goes by the letter gets one character more and loses none.

    The moment is the source's: QualCoder does not take a passage without one.
    """
    own = guid(selection.iri)
    element = _element(
        "PlainTextSelection",
        guid=own,
        name=selection.name,
        startPosition=str(selection.start),
        endPosition=str(selection.end),
        creatingUser=coder,
        creationDateTime=_moment(day),
    )
    _describe(element, selection.description)
    for code in dict.fromkeys(selection.codes):
        coding = _element("Coding", guid=_guid_within(own, code), creatingUser=coder)
        coding.append(_element("CodeRef", targetGUID=guid(code)))
        element.append(coding)
    if selection.note:
        element.append(_element("NoteRef", targetGUID=_guid_within(own, "note")))
    return element


def _note(selection: Selection, day: dt.date | None, coder: str) -> etree._Element:
    note = _element(
        "Note",
        guid=_guid_within(guid(selection.iri), "note"),
        name=selection.name,
        creatingUser=coder,
        creationDateTime=_moment(day),
    )
    note.append(_element("PlainTextContent", selection.note))
    return note


def _write_qde(project: Project, parts: _Parts, coder: str, qde: IO[bytes]) -> None:
    """project.qde, whose parts stand in the order of the schema; what is empty is left out."""
    attributes = {
        "name": _held(project.name),
        "origin": _held(project.software),
        "creatingUserGUID": coder,
    }
    program = project.software.partition(" ")[0]
    with etree.xmlfile(qde, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(f"{{{PROJECT}}}Project", attributes, nsmap={None: PROJECT}):
            users = [_wrap("Users", [_element("User", guid=coder, name=program)])]
            books = [_wrap("CodeBook", [_codes(project.codes)])] if project.codes else []
            xml.write("\n", *users, *books, *_variable_list(parts), pretty_print=True)
            xml.flush()
            for name, part in _parts_in_order(parts):
                _copy(name, part, qde)
            if project.description:
                xml.write(_element("Description", project.description), pretty_print=True)


def _variable_list(parts: _Parts) -> list[etree._Element]:
    made = [
        _element("Variable", guid=_variable_guid(name), name=name, typeOfVariable="Text")
        for name in parts.variables
    ]
    return [_wrap("Variables", made)] if made else []


def _parts_in_order(parts: _Parts) -> tuple[tuple[str, IO[bytes]], ...]:
    return ("Cases", parts.cases), ("Sources", parts.sources), ("Notes", parts.notes)


def _copy(name: str, part: IO[bytes], out: IO[bytes]) -> None:
    if not part.tell():
        return
    part.seek(0)
    out.write(f"<{name}>\n".encode())
    shutil.copyfileobj(part, out)
    out.write(f"</{name}>\n".encode())
