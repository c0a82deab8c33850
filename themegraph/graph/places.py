"""Where a store lies on this machine, unless another place is named."""

from __future__ import annotations

import os
from pathlib import Path

ENVIRONMENT = "THEMEGRAPH_STORE"


def default_place() -> str:
    """THEMEGRAPH_STORE, or a folder in the user's data folder."""
    return os.environ.get(ENVIRONMENT) or str(_user_folder() / "store")


def demo_place() -> str:
    """Where the example reports go: beside the user's own, whatever THEMEGRAPH_STORE says."""
    return str(_user_folder() / "demo")


def _user_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("themegraph", appauthor=False)
