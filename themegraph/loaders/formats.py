"""Which format a file is, told by its first bytes, and the reader for each."""

from __future__ import annotations

from themegraph.errors import NotAReportError, UnreadableSourceError
from themegraph.loaders.document import Document, make_document

_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<?xml")


def read_document(data: bytes, name: str) -> tuple[str, Document]:
    """(media type, document) of the file's bytes; ``name`` is used in messages only.

    Raises UnreadableSourceError for what cannot be read and NotAReportError for a web page that
    says the report was not found.
    """
    if not data.strip():
        raise UnreadableSourceError(f"{name}: is empty. Download it again.")
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in start:
        return "application/pdf", _read_pdf(data, name)
    if start.startswith(_HTML_STARTS):
        return "text/html", _read_html(data, name)
    if start.startswith(b"pk\x03\x04") or start.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableSourceError(
            f"{name}: is an Office file or an archive. Save it as PDF, or load the archive as .zip."
        )
    return "text/plain", _read_text(data, name)


def _read_pdf(data: bytes, name: str) -> Document:
    from themegraph.loaders.furniture import strip_furniture
    from themegraph.loaders.layout import build_blocks
    from themegraph.loaders.pdf import read_pages
    from themegraph.loaders.rows import merge_rows

    pages = read_pages(data, name)
    cleaned = strip_furniture(pages)
    running = tuple(dict.fromkeys(line.text for line in cleaned.running))
    return make_document(merge_rows(build_blocks(cleaned)), len(pages), running)


def _read_html(data: bytes, name: str) -> Document:
    from themegraph.loaders.html import read_blocks

    text = _decode(data, name)
    lowered = text[:20_000].lower()
    if "report not found" in lowered or "page not found" in lowered:
        raise NotAReportError(
            f"{name}: is a web page saying that the report was not found, saved under this name. "
            "Download the report again."
        )
    return make_document(read_blocks(text), 1)


def _read_text(data: bytes, name: str) -> Document:
    from themegraph.loaders.plain import read_blocks

    text = _decode(data, name)
    return make_document(read_blocks(text), 1 + text.rstrip("\f\n").count("\f"))


def _decoded(data: bytes, encoding: str) -> str | None:
    """``data`` in this encoding; None where it is another, so that the next one is tried."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode(data: bytes, name: str) -> str:
    """Text in UTF-8, or in the Windows encoding that older exports have.

    Raises UnreadableSourceError when the bytes are neither.
    """
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-8-sig", "utf-16") if marked else ("utf-8-sig",):
        if (text := _decoded(data, encoding)) is not None:
            return text
    text = data.decode("cp1252", "replace")
    odd = sum(1 for c in text if c == "�" or (ord(c) < 32 and c not in "\t\r\n\f"))
    if odd > len(text) * 0.001:
        raise UnreadableSourceError(
            f"{name}: is neither a PDF nor text in a known encoding. Save it as PDF or UTF-8 text."
        )
    return text
