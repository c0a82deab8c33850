"""A file is what its bytes say; one that cannot be read is refused with its name and a remedy."""

from __future__ import annotations

import io
import zipfile

import pytest

from themegraph.errors import NotAReportError, UnreadableSourceError
from themegraph.loaders.formats import read_document
from themegraph.loaders.report import read_report

LETTER = """Dear Ms Pell

Focused visit to Farmoor children’s services

This letter summarises the findings of the focused visit to Farmoor children’s services on 4 and 5 May 2021.

## Headline findings

Most visits are made on time – and children’s views are recorded “word for word”.
"""


def pdf(*pages: str, password: str | None = None) -> bytes:
    """A PDF with one line of text on each page; a page without any has a black box."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    from reportlab.lib.pdfencrypt import StandardEncryption

    out = io.BytesIO()
    locked = StandardEncryption(password, ownerPassword="owner") if password else None
    drawn = canvas.Canvas(out, encrypt=locked)
    for text in pages:
        if text:
            drawn.drawString(72, 700, text)
        else:
            drawn.rect(72, 72, 300, 300, fill=1)
        drawn.showPage()
    drawn.save()
    return out.getvalue()


def office() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message", "why"),
    [
        (b"", "is empty", "nothing was downloaded"),
        (b" \n\t ", "is empty", "only spaces"),
        (b"%PDF-1.7\nbroken", "is damaged or cut short", "not a PDF past its first line"),
        (pdf("a page")[:200], "is damaged or cut short", "the end is missing"),
        (pdf("a page", password="secret"), "is encrypted", "a password is asked for"),
        (pdf("", ""), "has no text layer", "a scan"),
        (office(), "is an Office file or an archive", "a .docx saved as .pdf"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is an Office file", "an old .doc"),
        (bytes(range(256)) * 40, "is neither a PDF nor text", "something else altogether"),
        (pdf(*["long"] * 2000), "2000 pages", "a book"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(data: bytes, message: str, why: str) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        read_document(data, "farmoor.pdf")
    told = str(caught.value)
    assert message in told, why
    assert told.startswith("farmoor.pdf: ")
    assert told.endswith(".")
    assert "\n" not in told


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html><title>404</title><h1>Page not found</h1></html>", "an error page"),
        (b"<!DOCTYPE html><body>Report not found</body>", "the error page of reports"),
        (b"Care of cats in Ruritania\n\nThe cats are well.\n", "another subject"),
        (pdf("The weekly fish market of Farmoor"), "another subject, as PDF"),
        (b"<html><body><p>A shop for lamps</p></body></html>", "another page"),
        (
            b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
            "an entity that names a file is not followed",
        ),
    ],
)
def test_what_is_no_report_is_refused(data: bytes, why: str) -> None:
    with pytest.raises((NotAReportError, UnreadableSourceError)) as caught:
        read_report(data, "farmoor.pdf")
    assert "farmoor.pdf: " in str(caught.value), why
    assert "root:" not in str(caught.value), why


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_whatever_its_encoding(encoding: str) -> None:
    report = read_report(LETTER.encode(encoding), "letter.txt")
    assert [finding.text for finding in report.findings] == [
        "Most visits are made on time – and children’s views are recorded “word for word”."
    ]


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (pdf(*["Inspection of children's services, page by page"] * 6), "application/pdf"),
        (b"\r\n  <!DOCTYPE html><p>Inspection</p>", "text/html"),
        (LETTER.encode(), "text/plain"),
        (b"\xef\xbb\xbfInspection", "text/plain"),
    ],
)
def test_the_bytes_tell_the_format_and_not_the_name(data: bytes, media_type: str) -> None:
    assert read_document(data, "file.whatever")[0] == media_type


def test_form_feeds_part_the_pages_of_a_text() -> None:
    _, document = read_document(b"One.\n\fTwo.\n\fThree.\n", "pages.txt")
    assert document.pages == 3
    assert [document.page_at(document.text.index(word)) for word in ("One", "Two", "Three")] == [
        1, 2, 3,
    ]  # fmt: skip
