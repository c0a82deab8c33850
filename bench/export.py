"""What cutting a piece costs, in time and memory, and how that grows with the graph around it.

The same authority is exported from a store with its reports alone and from one with all reports of
a folder; and other pieces, and the whole, from the second. Each is run by command, as a user would.
Times are ratios to the first, memory is the largest that the process held.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from themegraph import Store, ask
from themegraph.exports.formats import FORMATS
from themegraph.ids import last_part

#: Runs a command and prints how many KiB it held at most.
_MEASURED = """import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)"""


def measured(*arguments: str) -> tuple[float, float]:
    """The seconds that a command took, and the MiB it held. Ends the run if it fails."""
    command = [sys.executable, "-c", _MEASURED, sys.executable, "-m", "themegraph", *arguments]
    start = time.perf_counter()
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if run.returncode:
        sys.exit(f"{' '.join(arguments)}: exit code {run.returncode}\n{run.stderr}")
    unit = 1024 if sys.platform != "darwin" else 1024**2
    return seconds, int(run.stdout.split()[-1]) / unit


def alone(place: str, authority: str, into: str) -> int:
    """Make a store of the graphs that ``authority`` needs; the number of statements in it."""
    export = ["export", "--store", place, "--authority", authority, "--vocabulary"]
    file = f"{into}.nq"
    measured(*export, "-o", file, "--quiet")
    text = Path(file).read_text(encoding="utf-8")
    with Store(into, write=True) as store:
        store.replace_graphs((), text)
    return text.count("\n")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", help="a store with many reports")
    parser.add_argument("--authority", default="coventry")
    parser.add_argument("--theme", default="supervision")
    told = parser.parse_args()
    with Store(told.store) as store:
        reports = ask(store, "reports-list")
        own = sum(last_part(row["body"]) == told.authority for row in reports)
        size = sum(len(store.lines(graph)) for graph in store.graphs())
    with tempfile.TemporaryDirectory() as folder:
        small = str(Path(folder, "alone"))
        of_small = alone(told.store, told.authority, small)
        out = ("-o", str(Path(folder, "out")), "--quiet", "--format")
        of = ("--authority", told.authority)
        first, held = measured("export", "--store", small, *of, *out, "nq")
        print(f"{told.authority}: {own} of {len(reports)} reports")
        print(f"  alone, {of_small:,} statements          1.00  {held:6.0f} MiB")
        pieces = {
            f"from {size:,} statements": (*of, *out, "nq"),
            f"theme {told.theme}": ("--theme", told.theme, *out, "nq"),
            "the whole": (*out, "nq"),
        }
        pieces |= {f"as {form}": (*of, *out, form) for form in FORMATS}
        for name, arguments in pieces.items():
            seconds, held = measured("export", "--store", told.store, *arguments)
            print(f"  {name:32}{seconds / first:8.2f}  {held:6.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
