"""How many inspections an answer leaves out since they have no date."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from themegraph.counting import counted
from themegraph.queries.answer import ask
from themegraph.rows import given

if TYPE_CHECKING:
    from themegraph.graph.store import Store


def left_out(
    store: Store, *, bodies: Container[str] | None = None, of: str = "", **asked: str | None
) -> str:
    """A sentence on the inspections without a date, to come after others; "" where each has one.

    They are those of ``bodies`` (IRIs; None: all) that are ``asked`` for by authority, region and
    kind. ``of`` says what they are left out of.
    """
    number = sum(
        row["undated"]
        for row in ask(store, "undated-inspections", **given(asked))
        if bodies is None or row["authority"] in bodies
    )
    verb = "is" if number == 1 else "are"
    told = f" {counted(number, 'inspection')} without a date {verb} left out{of and f' of {of}'}."
    return told if number else ""
