"""Times of loading a folder of reports, as ratios to bare text extraction of the same files."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_BARE = """
import sys, pypdfium2
for name in sys.stdin.read().splitlines():
    document = pypdfium2.PdfDocument(name)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()
"""

# Loading as before there were tags: nothing is tagged, and nothing is compared afterwards.
_UNTAGGED = """
import sys, themegraph
from themegraph.loaders.report import read_report
with themegraph.Store(sys.argv[2], write=True) as store:
    files, jobs = list(themegraph.expand([sys.argv[1]])), int(sys.argv[3])
    options = {"reader": read_report, "then_derive": False}
    for _ in themegraph.load_reports(store, files, jobs=jobs, **options):
        pass
"""


def timed(command: list[str], given: str = "") -> tuple[float, float]:
    """(wall seconds, CPU seconds) of a command and its children; its output is thrown away."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, input=given, text=True, capture_output=True, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu


def median(runs: int, measure: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    """The medians of wall and CPU seconds over ``runs`` measurements."""
    figures = [measure() for _ in range(runs)]
    return statistics.median(f[0] for f in figures), statistics.median(f[1] for f in figures)


def load(folder: Path, jobs: int) -> tuple[float, float]:
    """One load of ``folder`` into an empty store."""
    with tempfile.TemporaryDirectory() as store:
        command = [sys.executable, "-m", "themegraph", "load", str(folder), "--store", f"{store}/s"]
        return timed([*command, "--jobs", str(jobs), "--quiet"])


def load_untagged(folder: Path, jobs: int) -> tuple[float, float]:
    """One load of ``folder`` into an empty store, without tagging and derivation."""
    with tempfile.TemporaryDirectory() as store:
        return timed([sys.executable, "-c", _UNTAGGED, str(folder), f"{store}/s", str(jobs)])


def main() -> None:
    """Measure the folder named on the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of PDF reports")
    parser.add_argument("--runs", type=int, default=3, help="measurements of each figure")
    options = parser.parse_args()
    files = sorted(str(path) for path in options.folder.rglob("*.pdf"))
    names = "\n".join(files)

    bare = median(options.runs, lambda: timed([sys.executable, "-c", _BARE], names))
    one = median(options.runs, lambda: load(options.folder, 1))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    two = median(options.runs, lambda: load(options.folder, 2))
    plain = median(options.runs, lambda: load_untagged(options.folder, 2))
    nothing = median(options.runs * 3, lambda: timed([sys.executable, "-c", "pass"]))
    usage = median(options.runs * 3, lambda: timed([sys.executable, "-m", "themegraph", "--help"]))

    print(f"{len(files)} reports, {os.cpu_count()} cores, median of {options.runs} runs")
    print(f"bare text        {bare[0]:7.2f} s wall  {bare[1]:7.2f} s CPU")
    for jobs, figure in ((1, one), (2, two)):
        print(
            f"load, --jobs {jobs}  {figure[0]:7.2f} s wall  {figure[1]:7.2f} s CPU"
            f"  {figure[1] / bare[1]:5.1f} x bare CPU  {len(files) / figure[0]:6.1f} reports/s"
        )
    print(f"2 jobs against 1 {one[0] / two[0]:7.2f} x faster")
    print(
        f"without tags     {plain[0]:7.2f} s wall  {plain[1]:7.2f} s CPU; with tags and derivation"
        f" {two[0] / plain[0]:.2f} x wall, {two[1] / plain[1]:.2f} x CPU (2 jobs)"
    )
    print(f"peak memory      {peak:7.0f} MiB")
    print(
        f"--help           {usage[0] / nothing[0]:7.1f} x python -c pass ({usage[0] * 1000:.0f} ms)"
    )


if __name__ == "__main__":
    main()
