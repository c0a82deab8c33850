"""Reports at an http address: fetched once, within a time and a size."""

from __future__ import annotations

import atexit
import os
import tempfile
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from themegraph.errors import UnreadableSourceError

TIMEOUT_SECONDS = 30.0
MAX_BYTES = 200 * 1024 * 1024

_AGENT = "themegraph (reads inspection reports)"


def fetch(address: str) -> Path:
    """Download ``address`` to a file of its own that goes when the program ends.

    Raises UnreadableSourceError: no network, no such page, too large, too slow.
    """
    request = urllib.request.Request(address, headers={"User-Agent": _AGENT})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            data: bytes = response.read(MAX_BYTES + 1)
    except urllib.error.HTTPError as error:
        raise UnreadableSourceError(f"{address}: the server answered {error.code}.") from error
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise UnreadableSourceError(
            f"{address}: cannot be fetched ({reason}). Without a network, download the report "
            "elsewhere and load the file."
        ) from error
    if len(data) > MAX_BYTES:
        raise UnreadableSourceError(
            f"{address}: over {MAX_BYTES // 1024**2} MB, which no report is."
        )
    return _keep(data)


def name_of(address: str) -> str:
    """The file name in an address: the last part of its path, or its host."""
    parts = urlsplit(address)
    return PurePosixPath(unquote(parts.path)).name or parts.netloc


def _keep(data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix="themegraph-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    path = Path(name)
    atexit.register(path.unlink, missing_ok=True)
    return path
