"""The store, open for the questions of a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from themegraph.commands.console import counted, patience, program, say
from themegraph.errors import StoreError

if TYPE_CHECKING:
    from themegraph.graph.store import Store


def refuse_empty(store: Store) -> None:
    """Raise StoreError for a store without a report, of which nothing can be told."""
    from themegraph.graph.places import store_option
    from themegraph.queries.emptiness import empty_store

    if told := empty_store(store):
        raise StoreError(f"{store.place}: {told}{store_option(store.place)}")


@contextmanager
def asking(place: str | None, *, quiet: bool, may_be_empty: bool = False) -> Iterator[Store]:
    """The store at ``place``; says so when another version wrote it, when it is not up to date, and
    when it takes long.

    Raises StoreError when it cannot be opened or, unless it ``may_be_empty``, holds no report.
    """
    from themegraph.graph.places import store_option
    from themegraph.graph.store import Store

    with Store(place) as store, patience("Asking the store", quiet=quiet):
        if fault := _fault(store):
            again = f"{program()} load FOLDER{store_option(store.place)}"
            say(f"{store.place}: {fault} Load the reports again: {again}")
        if not may_be_empty:
            refuse_empty(store)
        yield store


def _fault(store: Store) -> str:
    """Why answers of ``store`` may be wrong; "" where nothing tells that they are."""
    from themegraph.derivation.derive import Derivation
    from themegraph.graph.vocabulary import is_of_another_version

    if is_of_another_version(store):
        return "loaded by another version of themegraph, so answers may lack something."
    if stale := len(Derivation(store)):
        bodies = counted(stale, "body", "bodies")
        return (
            f"the assessments and follow-ups of {bodies} were made from other reports or by other "
            "rules."
        )
    return ""
