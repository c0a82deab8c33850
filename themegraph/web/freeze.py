"""The pages as files in a folder that any web host can serve: all that the first page leads to.

A page is written by its address alone, so that the folder does not depend on the order in which
pages are made, or on how many processes make them.
"""

from __future__ import annotations

import errno
import hashlib
import html
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pyoxigraph as ox
from starlette.datastructures import QueryParams

from themegraph.errors import QueryError
from themegraph.graph.embedded import to_text
from themegraph.graph.store import Store
from themegraph.web.addresses import iri_of
from themegraph.web.book import FROZEN_DATA, KINDS, Book, data_query
from themegraph.web.desk import Answers
from themegraph.web.faults import RequestError
from themegraph.web.terms_data import ontology_as

#: So many pages are made by a process before it tells of their links.
_BATCH = 40
_LINK = re.compile(r'(?<= )(href|src)="(/[^"]*)"')
_PLAIN = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Frozen:
    """What became of an address: the addresses that its page leads to, or ``wrong``, why there is
    no page.
    """

    address: str
    leads_to: tuple[str, ...] = ()
    wrong: str = ""


def file_of(address: str) -> str:
    """The file of an address, below the folder.

    >>> file_of("/authority/westmarch")
    'authority/westmarch.html'
    >>> file_of("/report/k?theme=neglect")
    'report/k~theme=neglect.html'
    >>> file_of("/authority/westmarch.ttl")
    'authority/westmarch.ttl'
    """
    parts = urlsplit(address)
    path = unquote(parts.path).strip("/") or "index"
    if path.startswith("static/") or path.endswith(_ENDINGS):
        return path
    asked = "".join(
        f"~{name}={_safe(value)}" for name, value in sorted(QueryParams(parts.query).multi_items())
    )
    return f"{path}{asked}.html"


_ENDINGS = tuple(f".{form.name}" for form in FROZEN_DATA)


def _safe(value: str) -> str:
    """A value as part of a file's name; what cannot be part of one is told apart by a digest."""
    if _PLAIN.fullmatch(value):
        return value
    digest = hashlib.sha256(value.encode()).hexdigest()[:8]
    return "_".join([*_PLAIN.findall(value), digest])


class Freezer:
    """Writes the pages on the store in ``place`` to the folder ``out``: all that the first page
    leads to or, where ``terms`` is true, those of the ontology and the vocabularies alone.
    """

    def __init__(self, place: Path, out: Path, *, terms: bool = False) -> None:
        self._place = place
        self._out = out
        self._terms = terms
        self._seen = {"/ontology" if terms else "/"}

    @property
    def known(self) -> int:
        """How many addresses are known by now; every page that is written may tell of more."""
        return len(self._seen)

    def run(self, jobs: int) -> Iterator[Frozen]:
        """Write every page, in ``jobs`` processes; gives each as it is written.

        Raises StoreError when the store cannot be opened, OSError when a file cannot be written.
        """
        _write(self._out, "static/style.css", _asset("style.css"))
        _write(self._out, "static/icon.svg", _asset("icon.svg"))
        waiting = sorted(self._seen)
        with ProcessPoolExecutor(
            jobs,
            get_context("spawn"),
            initializer=_open,
            initargs=(self._place, self._out, self._terms),
        ) as pool:
            while waiting:
                found: set[str] = set()
                for done in pool.map(_freeze_all, _batches(waiting)):
                    for frozen in done:
                        found.update(frozen.leads_to)
                        yield frozen
                waiting = sorted(found - self._seen)
                self._seen |= found


def _batches(addresses: Sequence[str]) -> list[list[str]]:
    """Addresses a batch at a time. Sorted, those of one report come together, and its answers are
    asked once.
    """
    ordered = sorted(addresses, key=_by_report)
    return [ordered[at : at + _BATCH] for at in range(0, len(ordered), _BATCH)]


def _by_report(address: str) -> tuple[str, str]:
    parts = urlsplit(address).path.split("/")
    return parts[2] if len(parts) > 2 else "", address


class _Maker:
    """Makes pages in one process."""

    def __init__(self, place: Path, out: Path, terms: bool) -> None:
        self.out = out
        self.store = Store(place)
        self.book = Book(Answers(self.store), frozen=True, bare=terms)

    def freeze(self, address: str) -> Frozen:
        parts = urlsplit(address)
        if parts.path.startswith("/static/"):
            return Frozen(address)
        try:
            if parts.path.endswith(_ENDINGS):
                _write(self.out, file_of(address), self._data(parts.path))
                return Frozen(address)
            page = self.book.page(unquote(parts.path), QueryParams(parts.query))
        except (QueryError, RequestError) as error:
            return Frozen(address, wrong=str(error))
        here = file_of(address)
        leads_to: list[str] = []

        def relative(match: re.Match[str]) -> str:
            target, _, fragment = html.unescape(match[2]).partition("#")
            leads_to.append(target)
            to = posixpath.relpath(file_of(target), posixpath.dirname(here) or ".")
            there = _quoted(to) + (f"#{fragment}" if fragment else "")
            return f'{match[1]}="{html.escape(there)}"'

        _write(self.out, here, _LINK.sub(relative, page).encode())
        return Frozen(address, tuple(dict.fromkeys(leads_to)))

    def _data(self, path: str) -> bytes:
        kind, _, name = path.removeprefix("/").rpartition(".")[0].partition("/")
        if (kind, name) == ("ontology", ""):
            return ontology_as("ttl")
        if kind not in KINDS:
            raise QueryError(f"There is nothing at {path}.")
        thing = ox.NamedNode(iri_of(kind, unquote(name)))
        triples = self.store.query(data_query(kind, thing.value))
        assert isinstance(triples, ox.QueryTriples)
        return to_text(sorted(set(triples), key=str), ox.RdfFormat.TURTLE).encode()


_maker: _Maker


def _open(place: Path, out: Path, terms: bool) -> None:
    global _maker
    _maker = _Maker(place, out, terms)


def _freeze_all(addresses: Iterable[str]) -> list[Frozen]:
    return [_maker.freeze(address) for address in addresses]


def _asset(name: str) -> bytes:
    return files("themegraph.web").joinpath("static", name).read_bytes()


def _write(out: Path, name: str, content: bytes) -> None:
    path = out / name
    if ".." in path.parts:
        raise OSError(errno.EINVAL, f"{name!r} would lead out of the folder")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _quoted(path: str) -> str:
    return quote(path, safe="/~=.-_")
