"""REFI-QDA files: of the published structure, the same each time, and passages found again."""

from __future__ import annotations

import datetime as dt
import io
import re
import tracemalloc
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from themegraph.errors import ExportError
from themegraph.exports.refi import (
    Code,
    Project,
    Selection,
    TextSource,
    guid,
    write_codebook,
    write_project,
)

from .refi_structure import CODEBOOK, PROJECT, codebook_faults, project_faults

BASE = "https://example.org/id/"
THEMES = Code(f"{BASE}themes", "Themes", is_codable=False)
OVERSIGHT = Code(f"{BASE}oversight", "Oversight", "What managers see & do", "#1b9E77", THEMES.iri)
WEAK = Code(f"{BASE}weak", "Weakness", colour="#d95f02")
CODES = (OVERSIGHT, THEMES, WEAK)  # a child may come before its group
WESTMARCH = Project("Westmarch", "Two visits to Westmarch.", CODES, "themegraph 0.1.0")

#: Text, passage, and why the row is there.
PASSAGES = [
    ("Managers do not look at files.", "Managers do not look at files.", "the whole text"),
    ("Care is good. Plans are late.", "Plans are late", "an end before the last character"),
    (
        "One \U0001f9d2\U0001f3fd child waits, and so do two.",
        "and so do two.",
        "astral characters before",
    ),
    ("The file of \U00020b9f is thin.", "\U00020b9f", "an astral character alone"),
    ("First line.\r\nSecond line.\r\nThird line.", "Second line.\r\nThird", "both of CRLF count"),
    ("First line.\nSecond line.\n\nThird.", "line.\n\nThird", "an empty line"),
    ("Old\rMacintosh\rlines", "Macintosh", "CR alone"),
    ("Cafe\u0301 visits are not pre\u0301cised.", "visits", "combining characters are counted"),
    ("Plans <b>are</b> \"late\" & 'thin'.", "<b>are</b> \"late\" & 'thin'", "markup in a text"),
    ("  Indented, and with an end.  \n", "  Indented", "white space at both ends is kept"),
    ("A\u2028line\u2029and\x85more", "line\u2029and", "line ends that only Unicode knows"),
    ("Before\ufeffafter", "after", "U+FEFF within a text"),
]


def one(text: str, passage: str, **more: object) -> TextSource:
    start = text.index(passage)
    selection = Selection(
        f"{BASE}visit/1#1", passage[:40], start, start + len(passage), (OVERSIGHT.iri, WEAK.iri)
    )
    source = TextSource(f"{BASE}visit/1", "Visit 1", text, dt.date(2014, 3, 6), "", (selection,))
    return replace(source, **more)  # type: ignore[arg-type]


def visit(number: int) -> TextSource:
    text = f"Visit {number}. Managers do not look at files. Children wait."
    iri = f"{BASE}visit/{number}"
    selections = (
        Selection(f"{iri}#1", "files", 9, 39, (OVERSIGHT.iri, WEAK.iri), "page 1", "told by words"),
        Selection(f"{iri}#2", "waiting", 40, 54, (WEAK.iri,)),
    )
    variables = (("authority", "Westmarch"), ("framework", "ILACS"))
    return TextSource(iri, f"Visit {number}", text, None, "A letter.", selections, variables)


def qdpx(*sources: TextSource, project: Project = WESTMARCH) -> bytes:
    stream = io.BytesIO()
    write_project(project, iter(sources), stream)
    return stream.getvalue()


def qdc(project: Project = WESTMARCH) -> bytes:
    stream = io.BytesIO()
    write_codebook(project, stream)
    return stream.getvalue()


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes) -> etree._Element:
    return etree.fromstring(entries(data)["project.qde"])


def found(data: bytes, name: str) -> list[etree._Element]:
    return list(tree(data).iter(f"{{{PROJECT}}}{name}"))


def passages(data: bytes) -> Iterator[str]:
    """What a program reads that opens each text and takes it from start to end."""
    files = entries(data)
    for source in found(data, "TextSource"):
        path = source.get("plainTextPath").removeprefix("internal://")
        text = files[f"sources/{path}"].decode("utf-8")
        for each in source.iterchildren(f"{{{PROJECT}}}PlainTextSelection"):
            yield text[int(each.get("startPosition")) : int(each.get("endPosition"))]


@pytest.mark.parametrize(("text", "passage", "why"), PASSAGES, ids=[why for *_, why in PASSAGES])
def test_a_passage_is_found_again_letter_by_letter(text: str, passage: str, why: str) -> None:
    data = qdpx(one(text, passage))
    assert list(passages(data)) == [passage]
    assert project_faults(data) == []
    (path,) = (name for name in entries(data) if name.startswith("sources/"))
    assert entries(data)[path].decode("utf-8") == text


@pytest.mark.parametrize(
    ("text", "passage", "back"),
    [
        ("Page one.\fPage two is late.", "one.\fPage two", "one. Page two"),
        ("A\x0bvertical tab", "A\x0bvertical", "A vertical"),
        ("No\x00thing here", "No\x00thing", "No\ufffdthing"),
        ("Half a \ud83d pair", "a \ud83d pair", "a \ufffd pair"),
        ("No character: \uffff.", "\uffff.", "\ufffd."),
        ("\ufeffA mark of order", "A mark", "A mark"),
        ("\ufeffA mark of order", "\ufeffA", "\u2060A"),
    ],
)
def test_what_xml_cannot_hold_moves_no_position(text: str, passage: str, back: str) -> None:
    data = qdpx(one(text, passage, name=f"Visit {passage}", description=text))
    assert list(passages(data)) == [back]
    assert project_faults(data) == []


# A report's words, and what is most likely to go wrong among them.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("ab .\r\n\ufeff\U0001f9d2\x00\x0c&<"),
    )
)


@given(TEXTS.filter(bool), st.data())
def test_any_span_of_any_text_is_found_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selection = Selection(f"{BASE}visit/1#1", text[start:end], start, end, (WEAK.iri,), text, text)
    source = TextSource(f"{BASE}visit/1", text, text, None, text, (selection,), ((text, text),))
    written = qdpx(source)
    assert project_faults(written) == []
    (back,) = passages(written)
    assert len(back) == end - start
    kept = [one for one in zip(text[start:end], back, strict=True) if one[0] != one[1]]
    assert all(was in "\ufeff\ufffe\uffff" or was < " " for was, _ in kept)


def test_the_same_input_gives_the_same_bytes() -> None:
    sources = [visit(1), visit(2)]
    assert qdpx(*sources) == qdpx(*sources)
    assert qdc() == qdc()
    with zipfile.ZipFile(io.BytesIO(qdpx(*sources))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.create_system for info in archive.infolist()} == {3}


def test_a_pipe_gets_the_same_bytes_as_a_file() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        tell = seek

    pipe = Pipe()
    write_project(WESTMARCH, [visit(1)], pipe)
    assert pipe.getvalue() == qdpx(visit(1))


def test_a_fault_leaves_nothing_half_written() -> None:
    stream = io.BytesIO()
    with pytest.raises(ValueError, match="given twice"):
        write_project(WESTMARCH, [visit(1), visit(1)], stream)
    assert stream.getvalue() == b""


def test_sources_stand_in_the_order_given() -> None:
    data = qdpx(visit(2), visit(1), visit(3))
    names = ["Visit 2", "Visit 1", "Visit 3"]
    assert [source.get("name") for source in found(data, "TextSource")] == names
    assert [case.get("name") for case in found(data, "Case")] == names
    files = [f"sources/{guid(f'{BASE}visit/{n}')}.txt" for n in (2, 1, 3)]
    assert list(entries(data)) == [*files, "project.qde"]


def test_guids_come_from_iris() -> None:
    assert guid(WEAK.iri) == str(uuid.uuid5(uuid.NAMESPACE_URL, WEAK.iri))
    alone, among = qdpx(visit(1)), qdpx(visit(2), visit(1))
    guids = {each.get("guid") for each in tree(alone).iter() if each.get("guid")}
    assert guids < {each.get("guid") for each in tree(among).iter()}


def test_a_project_says_all_that_it_was_given() -> None:
    data = qdpx(visit(1))
    assert project_faults(data) == []
    project = tree(data)
    assert project.get("name") == "Westmarch"
    assert project.get("origin") == "themegraph 0.1.0"
    assert project.findtext(f"{{{PROJECT}}}Description") == "Two visits to Westmarch."
    (coder,) = found(data, "User")
    assert coder.get("name") == "themegraph"
    first, second = found(data, "PlainTextSelection")
    assert first.findtext(f"{{{PROJECT}}}Description") == "page 1"
    codes = [ref.get("targetGUID") for ref in first.iter(f"{{{PROJECT}}}CodeRef")]
    assert codes == [guid(OVERSIGHT.iri), guid(WEAK.iri)]
    (note,) = found(data, "Note")
    assert note.findtext(f"{{{PROJECT}}}PlainTextContent") == "told by words"
    assert first.find(f"{{{PROJECT}}}NoteRef").get("targetGUID") == note.get("guid")
    assert second.find(f"{{{PROJECT}}}NoteRef") is None


def test_a_case_bears_the_variables_of_its_source() -> None:
    twice = replace(visit(1), variables=(*visit(1).variables, ("authority", "Northmere")))
    data = qdpx(twice, visit(2))
    names = {each.get("guid"): each.get("name") for each in found(data, "Variable")}
    assert list(names.values()) == ["authority", "framework"]
    case = found(data, "Case")[0]
    for place in (case, found(data, "TextSource")[0]):
        values = {
            names[value[0].get("targetGUID")]: value[1].text
            for value in place.iter(f"{{{PROJECT}}}VariableValue")
        }
        assert values == {"authority": "Westmarch; Northmere", "framework": "ILACS"}
    assert case.find(f"{{{PROJECT}}}SourceRef").get("targetGUID") == guid(twice.iri)


def test_a_date_is_told_where_there_is_one() -> None:
    dated = found(qdpx(one("Plans are late.", "late")), "TextSource")[0]
    assert dated.get("creationDateTime") == "2014-03-06T00:00:00Z"
    assert dated[0].get("creationDateTime") == "2014-03-06T00:00:00Z"
    assert b"DateTime" not in entries(qdpx(visit(1)))["project.qde"]


def test_markup_in_names_is_escaped() -> None:
    odd = "<Code name=\"x\"> & 'y'\r\n\tz]]>"
    project = Project(odd, odd, (replace(WEAK, name=odd, description=odd),), odd)
    source = replace(
        one("Late.", "Late"),
        selections=(Selection("urn:1", odd, 0, 4, (WEAK.iri,), odd, odd),),
        name=odd,
        variables=((odd, odd),),
    )
    data = qdpx(source, project=project)
    assert project_faults(data) == []
    for name in ("Project", "Code", "Variable", "Case", "TextSource", "PlainTextSelection", "Note"):
        assert [each.get("name") for each in found(data, name)] == [odd]
    for name in ("Description", "TextValue", "PlainTextContent"):
        assert {each.text for each in found(data, name)} == {odd}
    assert codebook_faults(qdc(project)) == []
    assert etree.fromstring(qdc(project)).get("origin") == odd


def test_codes_stand_within_their_groups() -> None:
    data = qdc()
    assert codebook_faults(data) == []
    top = etree.fromstring(data).findall(f"{{{CODEBOOK}}}Codes/{{{CODEBOOK}}}Code")
    assert [code.get("name") for code in top] == ["Themes", "Weakness"]
    assert [code.get("isCodable") for code in top] == ["false", "true"]
    (child,) = top[0]
    assert dict(child.attrib) == {
        "guid": guid(OVERSIGHT.iri),
        "name": "Oversight",
        "isCodable": "true",
        "color": "#1b9E77",
    }
    assert child.findtext(f"{{{CODEBOOK}}}Description") == "What managers see & do"
    with_project = found(qdpx(), "Code")
    assert [code.get("guid") for code in with_project] == [
        top[0].get("guid"),
        child.get("guid"),
        top[1].get("guid"),
    ]


def test_an_empty_project_is_one() -> None:
    data = qdpx(project=Project("Nothing", "", (), "themegraph 0.1.0"))
    assert project_faults(data) == []
    assert [etree.QName(part).localname for part in tree(data)] == ["Users"]
    assert list(entries(data)) == ["project.qde"]


def test_a_text_without_a_letter_is_one() -> None:
    data = qdpx(TextSource("urn:1", "Empty", "", None))
    assert project_faults(data) == []
    assert found(data, "Case") == []


def test_an_empty_codebook_is_refused() -> None:
    with pytest.raises(ExportError, match="one code at least"):
        qdc(replace(WESTMARCH, codes=()))


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ((WEAK, WEAK), "given twice"),
        ((OVERSIGHT,), "not among the codes"),
        ((replace(WEAK, parent=WEAK.iri),), "ring"),
        ((replace(THEMES, parent=OVERSIGHT.iri), OVERSIGHT), "ring"),
        ((replace(WEAK, colour="orange"),), "not #rrggbb"),
    ],
)
def test_codes_that_make_no_book_are_refused(codes: tuple[Code, ...], told: str) -> None:
    for write in (qdc, lambda project: qdpx(project=project)):
        with pytest.raises(ValueError, match=told):
            write(replace(WESTMARCH, codes=codes))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"start": -1}, "not within"),
        ({"start": 4}, "not within"),
        ({"end": 17}, "not within"),
        ({"codes": (f"{BASE}unknown",)}, "no codable code"),
        ({"codes": (THEMES.iri,)}, "no codable code"),
    ],
)
def test_a_passage_that_cannot_be_is_refused(change: dict[str, object], told: str) -> None:
    source = one("Plan is so late.", "Plan")
    selection = replace(source.selections[0], **change)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=told):
        qdpx(replace(source, selections=(selection,)))


def test_a_source_or_a_passage_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match=r"source .* given twice"):
        qdpx(visit(1), visit(1))
    source = visit(1)
    with pytest.raises(ValueError, match=r"passage .* given twice"):
        qdpx(replace(source, selections=source.selections * 2))


def test_memory_does_not_grow_with_the_sources(tmp_path: Path) -> None:
    def peak(number: int) -> int:
        long = "Managers do not look at files. " * 3000
        made = (replace(visit(n), text=f"{visit(n).text}{long}") for n in range(number))
        tracemalloc.start()
        try:
            with (tmp_path / "many.qdpx").open("wb") as stream:
                write_project(WESTMARCH, made, stream)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(2)
    assert peak(60) < peak(5) + 300_000  # one text is 90 kB


# ---- the checker: each of these files is wrong in one way, and it says so


def broken(
    change: Callable[[str], str], files: Callable[[dict[str, bytes]], object] = dict
) -> bytes:
    """A good project with ``change`` in its project.qde and ``files`` done to its entries."""
    good = entries(qdpx(visit(1), visit(2)))
    inside = good | {"project.qde": change(good["project.qde"].decode()).encode()}
    files(inside)
    assert inside != good
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
    return stream.getvalue()


FIRST = f"sources/{guid(f'{BASE}visit/1')}.txt"
WRONG_XML = [
    ("</Project>", "", "no well-formed XML"),
    (PROJECT, "urn:QDA-XML:project:2.0", "the root is"),
    ("<Project", '<Project xmlns:x="urn:x" x:y="z"', "an attribute {urn:x}y"),
    (' name="Westmarch"', "", "Project: no name"),
    ("<Users>", "<Users/><Users>", "Project: holds [Users Users"),
    ("<Users>", "<Users>coders", "Users: holds the text 'coders'"),
    ("<Codes>", "<Codes><Theme/>", "Theme is no element"),
    (r"(?s)<Cases>.*</Cases>\n", "<Cases/>", "Cases: holds [], not [Case+]"),
    (
        r"(?s)(<Variables>.*</Variables>\n)(<Cases>.*</Cases>\n)",
        r"\2\1",
        "Project: holds [Users CodeBook Cases",
    ),
    ('isCodable="true"', "", "Code: no isCodable"),
    ('isCodable="true"', 'isCodable="yes"', "isCodable 'yes' is no boolean"),
    ('color="#1b9E77"', 'color="1b9E77"', "color '1b9E77' is no RGB"),
    ('color="#1b9E77"', 'colour="#1b9E77"', "Code: an attribute colour"),
    ('typeOfVariable="Text"', 'typeOfVariable="String"', "typeOfVariable 'String' is no variable"),
    ('typeOfVariable="Text"', 'typeOfVariable="Integer"', "a TextValue of a Integer variable"),
    (
        "<TextValue>ILACS</TextValue>",
        "<DateValue>March</DateValue>",
        "DateValue: 'March' is no date",
    ),
    ('startPosition="9"', 'startPosition="nine"', "startPosition 'nine' is no integer"),
    ('startPosition="9"', 'startPosition="39"', "the passage 39 to 39 is not within"),
    ('startPosition="9"', 'startPosition="-1"', "the passage -1 to 39 is not within"),
    ('endPosition="54"', 'endPosition="5400"', "the passage 40 to 5400 is not within"),
    (' endPosition="54"', "", "PlainTextSelection: no endPosition"),
    ("<TextSource ", '<TextSource creationDateTime="6 March 2014" ', "is no dateTime"),
    ("<TextSource ", '<TextSource creationDateTime="2014-13-06T00:00:00Z" ', "is no dateTime"),
    (' plainTextPath="internal', ' plainTextPath="inside', "of no known form"),
    (r' plainTextPath="[^"]*"', "", "TextSource: no text"),
    ("<PlainTextContent>told by words</PlainTextContent>", "", "Note: no text"),
    (
        r"(<TextSource .*\n)( *<Description>.*\n)",
        r"\1\2<PlainTextContent>x</PlainTextContent>",
        "TextSource: two texts",
    ),
    (r'<User guid="[^"]*"', '<User guid="1"', "guid '1' is no GUID"),
    (
        r'<User guid="[^"]*"',
        f'<User guid="{uuid.UUID(int=(4 << 76) | (8 << 60) | 7)}"',
        "creatingUser",
    ),
    (
        r'<CodeRef targetGUID="[^"]*"',
        f'<CodeRef targetGUID="{uuid.UUID(int=(4 << 76) | (8 << 60) | 7)}"',
        "leads nowhere",
    ),
    (
        r'<CodeRef targetGUID="[^"]*"',
        f'<CodeRef targetGUID="{guid(f"{BASE}visit/1")}"',
        "leads to a TextSource",
    ),
    (r'<CodeRef targetGUID="[^"]*"', f'<CodeRef targetGUID="{guid(THEMES.iri)}"', "not codable"),
    (r'<NoteRef targetGUID="[^"]*"', "<NoteRef", "NoteRef: no targetGUID"),
    (
        r'<SourceRef targetGUID="[^"]*"',
        f'<SourceRef targetGUID="{guid(WEAK.iri)}"',
        "leads to a Code",
    ),
    (r'<Variable guid="[^"]*"', f'<Variable guid="{guid(WEAK.iri)}"', "is given 2 times"),
    (r'<Coding guid="[^"]*"', f'<Coding guid="{{{guid(WEAK.iri).upper()}}}"', "is given 2 times"),
    (r"<CodeRef [^>]*/>", "", "Coding: holds [], not [CodeRef NoteRef*]"),
    (r"(<CodeRef [^>]*/>)", r"\1\1", "Coding: holds [CodeRef CodeRef]"),
]


@pytest.mark.parametrize(("old", "new", "told"), WRONG_XML)
def test_a_wrong_project_is_told(old: str, new: str, told: str) -> None:
    faults = project_faults(broken(lambda text: re.sub(old, new, text, count=1)))
    assert any(told in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (lambda inside: inside.pop("project.qde"), "no project.qde"),
        (lambda inside: inside.pop(FIRST), "is not in the zip"),
        (lambda inside: inside.update({FIRST: inside[FIRST][:20]}), "is not within 'Visit 1'"),
        (lambda inside: inside.update({FIRST: b"\xef\xbb\xbf" + inside[FIRST]}), "byte order mark"),
        (lambda inside: inside.update({FIRST: inside[FIRST] + b"\xe9"}), "is not UTF-8"),
        (
            lambda inside: inside.update({f"sources/{uuid.UUID(int=1)}.txt": b""}),
            "nothing refers to",
        ),
        (lambda inside: inside.update({"sources/visit.txt": b""}), "neither project.qde nor"),
        (
            lambda inside: inside.update({FIRST.title(): inside.pop(FIRST)}),
            "neither project.qde nor",
        ),
    ],
)
def test_a_wrong_zip_is_told(files: Callable[[dict[str, bytes]], object], told: str) -> None:
    faults = project_faults(broken(str, files))
    assert any(told in fault for fault in faults), faults


def test_what_is_no_zip_is_told() -> None:
    assert project_faults(b"PK")[0].startswith("no zip")


def test_an_entry_that_is_there_twice_is_told() -> None:
    stream = io.BytesIO(qdpx(visit(1)))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("project.qde", archive.read("project.qde"))
    assert "zip: project.qde is there twice" in project_faults(stream.getvalue())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (CODEBOOK, PROJECT, "the root is"),
        (r"(?s)<Codes>.*</Codes>", "", "CodeBook: holds []"),
        ("</Codes>", "</Codes><Sets/>", "Sets: holds []"),
        (
            "</Codes>",
            f'</Codes><Sets><Set guid="{uuid.UUID(int=1)}" name="x"><MemberCode guid="{uuid.UUID(int=2)}"/></Set></Sets>',
            "is no code",
        ),
        ("<Description>", "<NoteRef/><Description>", "NoteRef is no element"),
        ("<CodeBook ", '<CodeBook name="x" ', "CodeBook: an attribute name"),
        (guid(WEAK.iri), guid(THEMES.iri), "is given 2 times"),
        ("<Codes>", "<Codes", "no well-formed XML"),
    ],
)
def test_a_wrong_codebook_is_told(old: str, new: str, told: str) -> None:
    good = qdc().decode()
    wrong = re.sub(old, new, good, count=1)
    assert wrong != good
    faults = codebook_faults(wrong.encode())
    assert any(told in fault for fault in faults), faults
