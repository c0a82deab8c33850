"""Times of quick queries at the endpoint and of pages, alone and beside a query that is stopped.

Ratios of one run on one machine: what a slow query costs those who ask beside it.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

QUICK = "SELECT ?body { ?body a tg:Authority } ORDER BY ?body LIMIT 20"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }"
TIME_LIMIT = 4.0
TIMES = 10
STOPPED = 503


def asked(base: str, query: str) -> tuple[int, float]:
    """The status and the seconds of one query."""
    address = f"{base}/sparql?{urllib.parse.urlencode({'query': query, 'format': 'csv'})}"
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(address) as answer:
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    return status, time.perf_counter() - start


def paged(base: str, path: str) -> float:
    """The seconds of one page."""
    start = time.perf_counter()
    with urllib.request.urlopen(base + path) as answer:
        answer.read()
    return time.perf_counter() - start


def measure(base: str) -> None:
    """Print the ratios for the server at ``base``."""
    asked(base, QUICK), paged(base, "/")  # the first of each starts what the others find ready
    alone = statistics.median(asked(base, QUICK)[1] for _ in range(TIMES))
    pages = statistics.median(paged(base, "/themes") for _ in range(TIMES))
    told: list[tuple[int, float]] = []
    slow = threading.Thread(target=lambda: told.append(asked(base, SLOW)))
    slow.start()
    time.sleep(0.2)
    beside = [asked(base, QUICK) for _ in range(TIMES)]
    beside_pages = [paged(base, "/themes") for _ in range(TIMES)]
    was_running = slow.is_alive()
    slow.join()
    ((status, seconds),) = told
    print(f"quick query alone                        {alone * 1000:8.1f} ms")
    quick = statistics.median(s for _, s in beside)
    print(f"quick query beside a slow one / alone    {quick / alone:8.2f}")
    of_pages = statistics.median(beside_pages)
    print(f"page beside a slow query / alone         {of_pages / pages:8.2f}")
    print(f"slow query stopped / its time limit      {seconds / TIME_LIMIT:8.2f}")
    if status != STOPPED or not was_running or {s for s, _ in beside} != {200}:
        sys.exit(f"Not as meant: the slow query gave {status}, the quick ones {beside}.")


def main() -> None:
    """Serve a store and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store")
    options = parser.parse_args()
    command = [sys.executable, "-m", "themegraph", "serve", "--store", options.store]
    limits = ["--port", "0", "--query-timeout", str(TIME_LIMIT)]
    with subprocess.Popen([*command, *limits], stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        found = re.search(r"http://\S+?(?=,)", server.stderr.readline())
        assert found
        try:
            measure(found.group())
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
