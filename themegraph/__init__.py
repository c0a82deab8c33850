"""Inspection reports as a knowledge graph: every claim tied to the sentence that makes it.

    import themegraph
    with themegraph.open("my-store") as library:
        for row in library.query("judgement-history", authority="westmarch"):
            print(row["date"], row["area"], row["grade"])

Importing this package imports none of its dependencies; each name below is loaded when used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from themegraph.api import Library, demo
    from themegraph.api import open as open  # noqa: A004 - themegraph.open, as gzip.open is
    from themegraph.derivation.derive import derive
    from themegraph.errors import ThemegraphError
    from themegraph.graph.build import build_report
    from themegraph.graph.objects import as_objects
    from themegraph.graph.store import Store
    from themegraph.load import load_reports
    from themegraph.loaders.inputs import expand
    from themegraph.loaders.pipeline import read_many
    from themegraph.loaders.report import read_report
    from themegraph.model import Report
    from themegraph.networks.view import Picture
    from themegraph.queries import Answer, ask, questions

_HOMES = {
    "Answer": "themegraph.queries",
    "Library": "themegraph.api",
    "Picture": "themegraph.networks.view",
    "demo": "themegraph.api",
    "open": "themegraph.api",
    "Report": "themegraph.model",
    "Store": "themegraph.graph.store",
    "ThemegraphError": "themegraph.errors",
    "as_objects": "themegraph.graph.objects",
    "ask": "themegraph.queries",
    "build_report": "themegraph.graph.build",
    "derive": "themegraph.derivation.derive",
    "expand": "themegraph.loaders.inputs",
    "load_reports": "themegraph.load",
    "questions": "themegraph.queries",
    "read_many": "themegraph.loaders.pipeline",
    "read_report": "themegraph.loaders.report",
}
__all__ = [
    "Answer",
    "Library",
    "Picture",
    "Report",
    "Store",
    "ThemegraphError",
    "__version__",
    "as_objects",
    "ask",
    "build_report",
    "demo",
    "derive",
    "expand",
    "load_reports",
    "open",
    "questions",
    "read_many",
    "read_report",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'themegraph' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
