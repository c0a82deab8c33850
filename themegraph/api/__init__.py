"""The whole product from Python: see :func:`themegraph.open`."""

from themegraph.api.library import Library
from themegraph.api.opening import demo, open  # noqa: A004 - themegraph.open, as gzip.open is

__all__ = ["Library", "demo", "open"]
