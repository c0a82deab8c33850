"""A file's bytes to a tagged report: what is read, and what its passages are about."""

from __future__ import annotations

from collections.abc import Mapping

from themegraph.model import Report


def read_tagged(data: bytes, name: str, metadata: Mapping[str, str] | None = None) -> Report:
    """As :func:`themegraph.loaders.report.read_report`, with themes, stance and services."""
    from themegraph.loaders.report import read_report
    from themegraph.tagging.tag import tag_report

    return tag_report(read_report(data, name, metadata))
