"""The store on this machine: a folder with an Oxigraph database, opened in milliseconds.

``store.json`` says which format the folder is in, ``quads/`` is the database, ``lock`` keeps a
writer from readers and other writers, also of other processes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from themegraph.errors import StoreError
from themegraph.graph.places import demo_place
from themegraph.graph.refusals import names_dataset
from themegraph.graph.terms import lines_of

try:
    import fcntl
except ImportError:  # Windows: the database's own lock still keeps two writers apart
    fcntl = None  # type: ignore[assignment]

FORMAT = 1
MARKER = "store.json"
QUADS = "quads"
LOCK = "lock"

Results = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


class EmbeddedStore:
    """An Oxigraph database in ``folder``, or in memory where that is None."""

    def __init__(self, folder: Path | None, *, write: bool) -> None:
        """Open the store; ``write`` makes the folder where there is none, which stays only if
        something is written to it.

        Raises StoreError: none there, not a store, of a newer version, in use, damaged.
        """
        self._lock: IO[bytes] | None = None
        self._made: list[Path] = []
        if folder is None:
            self.oxigraph = ox.Store()
            return
        self._made = _check_format(folder, write=write)
        self._lock = _take_lock(folder, exclusive=write)
        try:
            place = str(folder / QUADS)
            self.oxigraph = ox.Store(place) if write else ox.Store.read_only(place)
        except OSError as error:
            self.close()
            raise StoreError(f"{folder}: the store cannot be opened ({error}).") from error

    def __getattr__(self, name: str) -> Any:
        """Asked for what is not there: the database of a store that was closed."""
        if name == "oxigraph":
            raise StoreError("The store is closed. Open it again.")
        raise AttributeError(name)

    def query(self, text: str, prefixes: Mapping[str, str]) -> Results:
        """The results of a query over the union of all graphs, or over those that it names."""
        # Oxigraph would ask the union even where the query has a FROM.
        union = not names_dataset(text)
        return self.oxigraph.query(text, prefixes=dict(prefixes), use_default_graph_as_union=union)

    def replace(self, drop: Iterable[str], quads: str) -> bool:
        """Put ``quads`` in the place of the graphs ``drop``: all of it, or none of it.

        Returns whether that changed anything. Raises StoreError when it cannot be written.
        """
        new = frozenset(lines_of(quads))
        old = {graph: self.lines(graph) for graph in drop if self._has(graph)}
        try:
            if not old:
                self.oxigraph.bulk_load(quads.encode(), format=ox.RdfFormat.N_QUADS)
                return bool(new)
            return self._amend(old, new)
        except OSError as error:
            raise StoreError(
                f"Could not write to the store ({error}). It is as it was before this report; "
                "make room and load again."
            ) from error
        except SyntaxError as fault:
            raise StoreError(
                f"A report gave triples that are none ({fault}); the store is as it was. "
                "Please report this with the file."
            ) from fault

    def _amend(self, old: Mapping[str, list[str]], new: frozenset[str]) -> bool:
        before = frozenset(line for lines in old.values() for line in lines)
        kept = {graph for graph, lines in old.items() if not new.isdisjoint(lines)}
        gone = frozenset(line for graph in kept for line in old[graph]) - new
        steps = [f"DROP SILENT GRAPH <{graph}>" for graph in old if graph not in kept]
        steps += [
            f"{verb} DATA {{ {_as_data(lines)} }}"
            for verb, lines in (("DELETE", gone), ("INSERT", new - before))
            if lines
        ]
        if steps:
            self.oxigraph.update(" ;\n".join(steps))
        return bool(steps)

    def lines(self, graph: str) -> list[str]:
        """The quads of one graph as N-Quads lines, sorted."""
        quads = self.oxigraph.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        return sorted(lines_of(to_text(quads, ox.RdfFormat.N_QUADS)))

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(
            name.value for name in self.oxigraph.named_graphs() if isinstance(name, ox.NamedNode)
        )

    def as_rdflib(self) -> Any:
        """The store as an ``rdflib.Dataset`` whose default graph is the union of all."""
        import rdflib
        from oxrdflib import OxigraphStore

        return rdflib.Dataset(store=OxigraphStore(store=self.oxigraph), default_union=True)

    def close(self) -> None:
        """Let go of the folder, so that others may write to it; a new one in which nothing was
        written goes.
        """
        is_bare = "oxigraph" not in self.__dict__ or not self.graphs()
        self.__dict__.pop("oxigraph", None)
        if self._made and is_bare:
            _unmake(self._made)
        self._made = []
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _has(self, graph: str) -> bool:
        return bool(self.oxigraph.contains_named_graph(ox.NamedNode(graph)))


def to_text(items: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat) -> str:
    """Quads or triples in a text format."""
    data = ox.serialize(items, format=form)
    assert data is not None  # it is None only where an output is given
    return data.decode()


def _as_data(lines: Iterable[str]) -> str:
    """N-Quads lines as the body of INSERT DATA or DELETE DATA."""
    parts = []
    for line in lines:
        triple, graph = line[: -len(" .\n")].rsplit(" ", 1)
        parts.append(f"GRAPH {graph} {{ {triple} }}")
    return "\n".join(parts)


def _check_format(folder: Path, *, write: bool) -> list[Path]:
    """Refuse what is not a store of ours; make an empty one where there is nothing.

    Returns what was made for it: folders, outermost first, and the marker.
    """
    marker = folder / MARKER
    made: list[Path] = []
    if marker.is_file():
        _check_marker(folder, marker.read_text(encoding="utf-8"))
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder}: is not a themegraph store; name an empty or new folder.")
    elif not write:
        raise StoreError(
            f"{folder}: no store here yet. Load reports first: themegraph load FOLDER{_demo()}"
        )
    else:
        made = [path for path in (*reversed(folder.parents), folder) if not path.exists()]
        made.append(marker)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            marker.write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")
        except OSError as error:
            raise StoreError(f"{folder}: cannot make a store ({error.strerror}).") from error
    return made


def _unmake(made: list[Path]) -> None:
    """Take away a store that was made and holds nothing; folders only where nothing else is."""
    *folders, marker = made
    if (marker.parent / QUADS).exists():
        shutil.rmtree(marker.parent / QUADS)
    for file in (marker, marker.parent / LOCK):
        file.unlink(missing_ok=True)
    for folder in reversed(folders):
        if not any(folder.iterdir()):
            folder.rmdir()


def _demo() -> str:
    """What to do to see the example reports, as the end of a sentence and what comes after it."""
    demo = demo_place()
    if (Path(demo) / MARKER).is_file():
        return f". The demo's store is {demo}; add --store {demo}"
    return " (or try: themegraph demo)."


def _check_marker(folder: Path, text: str) -> None:
    try:
        version = int(json.loads(text)["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{folder}: its {MARKER} is damaged; load into a new folder.") from error
    if version > FORMAT:
        raise StoreError(
            f"{folder}: written by a newer themegraph (format {version}; this one knows "
            f"{FORMAT}). Upgrade themegraph, or use another folder with --store."
        )


def _take_lock(folder: Path, *, exclusive: bool) -> IO[bytes] | None:
    if fcntl is None:
        return None
    try:
        lock = (folder / LOCK).open("ab" if exclusive else "rb")
    except FileNotFoundError:  # a store on a disk that cannot be written: nobody writes to it
        return None
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written ({error.strerror}).") from error
    try:
        fcntl.flock(lock, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise StoreError(
            f"{folder}: in use by another themegraph (loading, serving, or open in a notebook). "
            "Wait until it ends, or stop or close it, or use another folder with --store."
        ) from error
    return lock
