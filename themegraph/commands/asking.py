"""The store, open for the questions of a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from themegraph.commands.console import patience, program, say

if TYPE_CHECKING:
    from themegraph.graph.store import Store


@contextmanager
def asking(place: str | None, *, quiet: bool, may_be_empty: bool = False) -> Iterator[Store]:
    """The store at ``place``; says so when another version wrote it, when it is not up to date, and
    when it takes long.

    Raises StoreError when it cannot be opened or, unless it ``may_be_empty``, holds no report.
    """
    from themegraph.graph.places import store_option
    from themegraph.graph.store import Store
    from themegraph.queries.emptiness import refuse_empty
    from themegraph.queries.freshness import fault_of

    with Store(place) as store, patience("Asking the store", quiet=quiet):
        if fault := fault_of(store):
            again = f"{program()} load FOLDER{store_option(store.place)}"
            say(f"{store.place}: {fault} Load the reports again: {again}")
        if not may_be_empty:
            refuse_empty(store)
        yield store
