"""Records kept beside a store and not in it: what belongs to a machine, not to the graph."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from themegraph.errors import StoreError


def read_record(folder: Path | None, name: str) -> dict[str, Any]:
    """What the file ``name`` in the ``folder`` of a store holds by key; nothing where there is no
    such file, and for a store without a folder.

    Raises ValueError for a file that holds something else.
    """
    path = folder / name if folder else None
    if path is None or not path.is_file():
        return {}
    told = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(told, dict):
        raise ValueError(f"{path}: holds no record")
    return told


def write_record(folder: Path | None, name: str, told: Mapping[str, Any]) -> None:
    """Keep ``told``, in full and at once. A store without a folder keeps nothing.

    Raises StoreError where it cannot be written.
    """
    if folder is None:
        return
    path, fresh = folder / name, folder / f"{name}.new"
    try:
        fresh.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}).") from error
