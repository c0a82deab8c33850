"""What checking and reasoning cost on a folder of reports, as ratios to loading them in one run.

Each is run by command, as a user would: load; validate (SHACL, reports and what is derived); reason
--materialise, and again with nothing changed. HermiT, on the ontology and on it with the largest
report, is told as a ratio to one quick command.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from themegraph import Store


def timed(*arguments: str) -> tuple[float, str]:
    """The seconds that a command took, and the last line it printed. Ends the run if it fails."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "themegraph", *arguments]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if run.returncode:
        sys.exit(f"{' '.join(arguments)}: exit code {run.returncode}\n{run.stdout}{run.stderr}")
    return seconds, (run.stdout.strip().splitlines() or [""])[-1]


def largest(store: str) -> str:
    """The key of the report with most findings."""
    with Store(store) as opened:
        rows = opened.rows(
            """SELECT ?report (COUNT(?finding) AS ?n) { ?report tg:hasFinding ?finding }
            GROUP BY ?report ORDER BY DESC(?n) LIMIT 1"""
        )
        return str(next(iter(rows))["report"].value).rpartition("/")[2]


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="+", help="reports to load")
    folders = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as temporary:
        store = str(Path(temporary) / "store")
        of = ("--store", store, "--quiet")
        load, _ = timed("load", *folders, *of)
        help_, _ = timed("--help")
        steps = {
            "validate": timed("validate", *of),
            "reason --materialise": timed("reason", "--materialise", *of),
            "the same again": timed("reason", "--materialise", *of),
        }
        hermit = {
            "reason": timed("reason", "--quiet"),
            "reason --report (the largest)": timed("reason", "--report", largest(store), *of),
        }
    print("as ratios to load")
    for name, (seconds, told) in steps.items():
        print(f"  {name:32}{seconds / load:8.2f}  {told}")
    print("as ratios to themegraph --help")
    for name, (seconds, told) in hermit.items():
        print(f"  {name:32}{seconds / help_:8.1f}  {told}")


if __name__ == "__main__":
    main()
