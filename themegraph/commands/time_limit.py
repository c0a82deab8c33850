"""Work that can be stopped: when it takes too long, and at once by Ctrl-C.

A query is answered in native code, which an interrupt does not reach. It runs beside the program,
which waits for it no longer than it may.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from typing import TypeVar

from themegraph.errors import QueryError

T = TypeVar("T")


def in_time(work: Callable[[], T], seconds: float) -> T:
    """What ``work`` gives, or the error that it raises; ``seconds`` is 0 for no limit.

    Raises QueryError where it takes longer. It then goes on until the program ends, which does not
    wait for it: it must only read.
    """
    given: list[T] = []
    raised: list[BaseException] = []
    done = threading.Event()

    def run() -> None:
        try:
            given.append(work())
        except BaseException as error:  # raised again where it is waited for
            # Rows of the store may only be let go of in the thread that asked for them.
            traceback.clear_frames(error.__traceback__)
            raised.append(error)
        finally:
            done.set()

    threading.Thread(target=run, daemon=True).start()
    if not done.wait(seconds or None):
        raise QueryError(
            f"The query was stopped after {seconds:g} seconds. Ask for less (name an authority, a "
            "theme or a LIMIT), or give it more time: --query-timeout SECONDS, 0 for no limit."
        )
    if raised:
        raise raised[0]
    return given[0]
