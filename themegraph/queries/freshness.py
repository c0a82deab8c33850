"""Whether a store was written by this version, and what follows in it from the reports it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themegraph.counting import counted
from themegraph.derivation.derive import Derivation
from themegraph.graph.vocabulary import is_of_another_version

if TYPE_CHECKING:
    from themegraph.graph.store import Store


def fault_of(store: Store) -> str:
    """Why answers of ``store`` may be wrong; "" where nothing tells that they are."""
    if is_of_another_version(store):
        return "loaded by another version of themegraph, so answers may lack something."
    if stale := len(Derivation(store)):
        bodies = counted(stale, "body", "bodies")
        return (
            f"the assessments and follow-ups of {bodies} were made from other reports or by other "
            "rules."
        )
    return ""
