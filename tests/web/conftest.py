"""A store with three small graphs, and the endpoint on it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from themegraph.derivation.derive import derive
from themegraph.graph.store import Store
from themegraph.model import Report
from themegraph.web.app import build_app

DATA = tuple(f"http://example.org/data{n}" for n in (1, 2, 3))
TIME_LIMIT = 2.0


@pytest.fixture(scope="session")
def endpoint_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("endpoint") / "store"
    with Store(folder, write=True) as store:
        for n, graph in enumerate(DATA, 1):
            store.replace_graph(
                graph, f'<{graph}#thing> <http://example.org/says> "{n}" <{graph}> .\n'
            )
    return folder


@pytest.fixture(scope="session")
def client(endpoint_folder: Path) -> Iterator[TestClient]:
    app = build_app(endpoint_folder, base_url="http://testserver", query_timeout=TIME_LIMIT)
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="session")
def small_place(reports: tuple[Report, ...], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of three small reports."""
    place = str(tmp_path_factory.mktemp("small") / "store")
    with Store(place, write=True) as store:
        store.write_vocabulary()
        for report in reports:
            store.replace_report(report)
        derive(store)
    return place


@pytest.fixture(scope="module")
def pages(examples_place: str) -> Iterator[TestClient]:
    """A client of the pages on the example reports."""
    app = build_app(Path(examples_place), base_url="http://testserver", query_timeout=20)
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="module")
def address(examples_place: str) -> Iterator[str]:
    """Where a server of the example reports is, while a module's tests run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    app = build_app(Path(examples_place), base_url=base, query_timeout=20)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield base
    server.should_exit = True
    thread.join()
