"""The places where a library can be opened: a store, a service, an exported file, the examples."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from themegraph.api.library import Library
from themegraph.errors import StoreError

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_ADDRESSES = ("http://", "https://")


def open(  # noqa: A001 - themegraph.open, as gzip.open is
    path_or_url: str | Path | None = None, *, write: bool = False
) -> Library:
    """The reports in a store, at a SPARQL 1.1 service or in a file that was exported.

    ``path_or_url`` is the folder of a store, the address of a service, or a file with RDF (.ttl .nt
    .nq .trig .jsonld .rdf), which is read into memory; without it, the store that the command line
    uses too: THEMEGRAPH_STORE, or else the user's data folder. ``write`` is for
    :meth:`Library.load`, and makes a new store where there is none. ":memory:" is a store that is
    gone when it is closed.

    Warns of a store that another version wrote or that is not up to date, and of a file with parts
    of reports. Raises StoreError where
    there is no store, UnreadableSourceError for a file that cannot be read.
    """
    from themegraph.graph.rdf_files import SUFFIXES
    from themegraph.graph.store import Store

    place = str(path_or_url) if path_or_url is not None else None
    is_file = bool(place) and Path(str(place)).expanduser().is_file()
    if is_file and not str(place).endswith(SUFFIXES):
        raise StoreError(
            f"{place}: cannot be opened. Files that can are those with RDF: {', '.join(SUFFIXES)}. "
            "Export it again as one of these."
        )
    if place is None or place.startswith(_ADDRESSES) or not place.endswith(SUFFIXES):
        return _library(Store(place, write=write), write=write)
    path = Path(place).expanduser()
    if path.is_dir():
        return _library(Store(path, write=write), write=write)
    if write:
        raise StoreError(
            f"{place}: a file is opened to be read. To load reports name a folder for a store."
        )
    from themegraph.reopen import open_file

    library = Library(open_file(path))
    if library.query("ASK { ?report tg:heldInPart true }"):
        warnings.warn(
            f"{place}: has some of what its reports say, and counts are of that.", stacklevel=2
        )
    return library


def demo() -> Library:
    """The example reports that ship with themegraph, in the store of ``themegraph demo``; they are
    loaded first where they are not there yet, which takes some seconds.

    They are about councils that do not exist.
    """
    from importlib.resources import as_file, files

    from themegraph.graph.embedded import MARKER
    from themegraph.graph.places import demo_place
    from themegraph.graph.store import Store
    from themegraph.queries.freshness import fault_of

    place = demo_place()
    with as_file(files("themegraph.examples").joinpath("reports")) as folder:
        if (Path(place) / MARKER).is_file():
            store = Store(place)
            if not store.is_empty() and not fault_of(store):
                return Library(store)
            store.close()
        with open(place, write=True) as library:
            library.load(folder)
    return open(place)


def _library(store: Store, *, write: bool) -> Library:
    """A library; warns where its answers may be wrong, unless it is about to be written to."""
    from themegraph.queries.freshness import fault_of

    if not write and (fault := fault_of(store)):
        again = "themegraph.open(…, write=True).load(…)"
        warnings.warn(f"{store.place}: {fault} Load the reports again: {again}", stacklevel=3)
    return Library(store, may_write=write)
