"""``themegraph serve``: it says where it is, answers there, and says why when it cannot."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_it_answers_where_it_says_and_ends_with_an_interrupt(examples_place: str) -> None:
    command = [
        sys.executable,
        "-m",
        "themegraph",
        "serve",
        "--port",
        "0",
        "--store",
        examples_place,
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        told = server.stderr.readline()
        (address,) = re.findall(r"http://\S+/sparql", told)
        assert told.startswith("11 reports at http://127.0.0.1:")
        with urllib.request.urlopen(f"{address}?query=ASK%7B%7D", timeout=30) as response:
            assert b"true" in response.read()
        server.send_signal(signal.SIGINT)
        assert "Traceback" not in server.stderr.read()
        server.wait(30)


def test_a_port_that_is_taken_is_told(run: Run, examples_place: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = run("serve", "--port", port, "--store", examples_place)
    assert refused.exit_code == 1
    assert f"port {port}: cannot listen there" in refused.stderr
    assert "--port" in refused.stderr


def test_a_store_that_is_none_is_told(run: Run, tmp_path: Path) -> None:
    refused = run("serve", "--store", str(tmp_path / "none"))
    assert refused.exit_code == 1
    assert "no store here yet" in refused.stderr


def test_a_service_is_not_served_again(run: Run) -> None:
    refused = run("serve", "--store", "http://127.0.0.1:9/query")
    assert refused.exit_code == 1
    assert "is a service already" in refused.stderr
