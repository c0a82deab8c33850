"""The endpoint as Comunica uses it, a SPARQL engine for JavaScript: installed by npm where that can.

Comunica reads the query itself, finds out what kind of source an address is, and asks it in its own
words: what it makes of the answers is compared with the store's own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from themegraph.graph.store import Store

NODE, NPM = shutil.which("node"), shutil.which("npm")
#: The last that runs on Node.js 20 too; later ones need 22.
PACKAGE = "@comunica/query-sparql@4.5.0"
#: So many seconds may pass, at most, before nothing is tried: a suite is not kept waiting.
ANSWER_WITHIN, INSTALL_WITHIN, ASK_WITHIN = 10, 45, 20
PREFIXES = """PREFIX tg: <https://w3id.org/themegraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
pytestmark = pytest.mark.skipif(not (NODE and NPM), reason="needs Node.js with npm")


def npm(*arguments: str, seconds: int) -> str:
    """What is wrong with what npm was told to do; "" for nothing."""
    try:
        done = subprocess.run(
            [str(NPM), *arguments], capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return f"npm {arguments[0]} took longer than {seconds} seconds"
    told = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
    return f"npm {arguments[0]}: {told[0]}" if done.returncode else ""


@pytest.fixture(scope="module")
def comunica(request: pytest.FixtureRequest, once: Callable[..., Path]) -> Path:
    """The program of Comunica, in pytest's cache: it is installed once."""

    def install(folder: Path) -> None:
        wrong = npm(
            "view", PACKAGE, "version", "--fetch-retries=0", seconds=ANSWER_WITHIN
        ) or npm(
            "install", PACKAGE, "--prefix", str(folder), "--ignore-scripts", "--no-audit",
            "--no-fund", "--no-package-lock", seconds=INSTALL_WITHIN,
        )  # fmt: skip
        if wrong:
            pytest.skip(f"Comunica cannot be installed here: {wrong}")

    kept = getattr(request.config, "cache", None)
    folder = f"comunica-{PACKAGE.rpartition('@')[2]}"
    installed = once(kept.mkdir("programs") / folder if kept else folder, install)
    return installed / "node_modules" / ".bin" / "comunica-sparql"


def ask(comunica: Path, address: str, query: str) -> dict[str, Any]:
    """What Comunica answers to a query of the endpoint at ``address``."""
    done = subprocess.run(
        [str(comunica), f"{address}/sparql", PREFIXES + query,
         "-t", "application/sparql-results+json"],
        capture_output=True, text=True, timeout=ASK_WITHIN, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_comunica_selects(comunica: Path, address: str, examples: Store) -> None:
    query = """SELECT ?area ?label { ?area a tg:JudgementArea ; skos:prefLabel ?label }
        ORDER BY ?area"""
    own = [(row["area"].value, row["label"].value) for row in examples.rows(query)]
    rows = ask(comunica, address, query)["results"]["bindings"]
    assert [(row["area"]["value"], row["label"]["value"]) for row in rows] == own
    assert own


@pytest.mark.parametrize(("cls", "there"), [("Finding", True), ("Unicorn", False)])
def test_comunica_is_told_whether(comunica: Path, address: str, cls: str, there: bool) -> None:
    assert ask(comunica, address, f"ASK {{ ?thing a tg:{cls} }}")["boolean"] is there
