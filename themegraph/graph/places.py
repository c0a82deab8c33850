"""Where a store lies on this machine, unless another place is named, and how a command names it."""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote

ENVIRONMENT = "THEMEGRAPH_STORE"


def store_option(place: str) -> str:
    """What a command needs beside its other words to ask the store at ``place``: nothing for the
    one that is asked anyway.
    """
    return "" if place == default_place() else f" --store {quote(place)}"


def default_place() -> str:
    """THEMEGRAPH_STORE, or a folder in the user's data folder."""
    return os.environ.get(ENVIRONMENT) or str(_user_folder() / "store")


def demo_place() -> str:
    """Where the example reports go: beside the user's own, whatever THEMEGRAPH_STORE says."""
    return str(_user_folder() / "demo")


def _user_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("themegraph", appauthor=False)
