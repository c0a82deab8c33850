"""A process that runs queries makes no socket, ends with its server, and does not work for ever."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from themegraph.graph.store import Store

ON_LINUX = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")
#: Counts every way to take nine of sixty words: no end of work.
#: The state of a process that is no more.
ENDED = ("Z", "")
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(
    f"VALUES ?v{n} {{ {' '.join(map(str, range(60)))} }}" for n in range(9)
) + " }"  # fmt: skip


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.skipif(not ON_LINUX, reason="only Linux forbids sockets to a process")
def test_no_socket_is_made_by_python_or_by_the_engine() -> None:
    told = run(
        "import socket, pyoxigraph as ox\n"
        "from themegraph.web.confined import forbid_sockets\n"
        "host = socket.create_server(('127.0.0.1', 0)); host.settimeout(2)\n"
        "port = host.getsockname()[1]\n"
        "assert forbid_sockets()\n"
        "for make in (socket.socket, lambda: socket.socket(socket.AF_UNIX)):\n"
        "    try: make(); print('made')\n"
        "    except PermissionError: print('refused')\n"
        "query = f'SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}'\n"
        "try: list(ox.Store().query(query)); print('answered')\n"
        "except OSError: print('not called')\n"
        "try: host.accept(); print('called')\n"
        "except TimeoutError: print('nobody came')\n"
    )
    assert told.stdout.split("\n")[:-1] == ["refused", "refused", "not called", "nobody came"], told


def test_a_process_ends_when_it_has_worked_too_long() -> None:
    pytest.importorskip("resource")
    told = run(
        "import pyoxigraph as ox\n"
        "from themegraph.web.confined import limit_work\n"
        f"limit_work(0.5); list(ox.Store().query({ENDLESS!r}))\n"
    )
    assert told.returncode == -signal.SIGXCPU, told


def children_of(pid: int) -> set[int]:
    """The processes that one has started, as the system lists them."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        if status_of(int(process.name))[1] == str(pid):
            found.add(int(process.name))
    return found


def lives(pid: int) -> bool:
    return status_of(pid) != ENDED


def status_of(pid: int) -> tuple[str, str]:
    """The state of a process and the one that started it; ENDED where it is no more."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return ENDED
    return (state, parent) if state != "Z" else ENDED


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_query_does_not_outlive_its_server(tmp_path: Path) -> None:
    with Store(tmp_path / "store", write=True) as store:
        store.replace_graph("x:g", "<x:s> <x:p> <x:o> <x:g> .\n")
    code = (
        "from pathlib import Path\n"
        "from themegraph.web.worker import Glance\n"
        "from themegraph.web.workers import Workers\n"
        "if __name__ == '__main__':\n"
        f"    workers = Workers(Path({str(tmp_path / 'store')!r}), count=1, time_limit=300)\n"
        "    workers.glance('ASK {}')\n"
        "    print('busy', flush=True)\n"
        f"    workers.glance({ENDLESS!r})\n"
    )
    script = tmp_path / "server.py"
    script.write_text(code)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        assert server.stdout.readline() == "busy\n"
        time.sleep(0.5)
        workers = children_of(server.pid)
        assert workers
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
    until = time.monotonic() + 60
    while any(map(lives, workers)) and time.monotonic() < until:
        time.sleep(0.2)
    assert not any(map(lives, workers))
