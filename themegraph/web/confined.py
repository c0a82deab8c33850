"""What a process that runs other people's queries may not do: call anybody, outlive its server, or
go on without end. The kernel holds it to that, whatever the query.
"""

from __future__ import annotations

import ctypes
import errno
import logging
import math
import os
import platform
import struct
import sys
import threading
import time

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

_log = logging.getLogger(__name__)

#: How often a process looks whether its server is still there, in seconds.
_LOOK = 1.0
#: Seconds of work beyond the time limit, at which the server has long ended the process itself.
_GRACE = 2
#: By machine: what the kernel calls it, and the number of the call that makes a socket.
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
#: The ring in which calls can be handed in otherwise has one number on both.
_IO_URING_SETUP = 425
#: Numbers from here on are the same calls again, in another guise of x86-64.
_OTHER_GUISE = 0x40000000
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER = 22, 38, 2
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES


def confine(memory: int) -> None:
    """Let this process have ``memory`` bytes at most, end with its server, and make no socket.

    Threads that were there before may still make sockets.
    """
    if resource is not None:
        _limit(resource.RLIMIT_AS, memory)
        _limit(resource.RLIMIT_CORE, 0)
    forbid_sockets()
    threading.Thread(target=_end_with, args=[os.getppid()], daemon=True).start()


def limit_work(seconds: float) -> None:
    """Let the kernel end this process when it has worked ``seconds`` from now, and a little."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + seconds) + _GRACE)


def _limit(kind: int, amount: int) -> None:
    """Set a limit, or leave the lower one that whoever started the server has set."""
    _, most = resource.getrlimit(kind)
    resource.setrlimit(
        kind, (amount if most == resource.RLIM_INFINITY else min(amount, most), most)
    )


def forbid_sockets() -> bool:
    """Let this thread, and those that it starts, make no socket from now on; whether that is in
    force: it needs Linux on x86-64 or ARM.
    """
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    machine, socket = _MACHINES[platform.machine()]
    # What to do with a call: offsets 4 and 0 of its description are the machine and the number.
    steps = [
        (_LOAD, 0, 0, 4),
        (_IF_EQUAL, 0, 5, machine),  # another machine's numbers: refused
        (_LOAD, 0, 0, 0),
        (_IF_EQUAL, 3, 0, socket),
        (_IF_EQUAL, 2, 0, _IO_URING_SETUP),
        (_IF_AT_LEAST, 1, 0, _OTHER_GUISE),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HP", len(steps), ctypes.addressof(held))
    kernel = ctypes.CDLL(None, use_errno=True)
    for told in (
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, program, 0, 0),
    ):
        if kernel.prctl(*(ctypes.c_ulong(n) if isinstance(n, int) else n for n in told)):
            why = os.strerror(ctypes.get_errno())
            _log.warning("Queries are refused SERVICE, but sockets are not forbidden (%s).", why)
            return False
    return True


def _end_with(server: int) -> None:
    """End this process when ``server`` is no longer its parent, even in the midst of a query."""
    while os.getppid() == server:
        time.sleep(_LOOK)
    os._exit(1)
