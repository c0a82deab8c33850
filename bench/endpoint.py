"""Times of every kind of page, and of quick queries and pages beside queries that are stopped.

Ratios of one run on one machine: what slow queries cost those who ask beside them.
"""

from __future__ import annotations

import argparse
import csv
import re
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

QUICK = "SELECT ?body { ?body a tg:Authority } ORDER BY ?body LIMIT 20"
#: Each of so many is another query: none is known from before.
SLOW = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }} # {}"
TIME_LIMIT = 4.0
TIMES = 10
#: So many slow queries come at once: more than there are workers, and than threads.
CROWD = 120
ANSWERED, STOPPED = 200, 503
#: What pages ask beside slow queries: one that is kept, one that is made anew, and data.
BESIDE = ("/themes", "/authority/{authority}", "/authority/{authority}.ttl")
#: Every kind of page by an address, with something of the store in it.
KINDS = (
    "/", "/authorities", "/themes", "/services", "/about", "/warnings", "/questions",
    "/question/themes-now", "/authority/{authority}", "/theme/{theme}", "/service/{service}",
    "/inspection/{report}", "/report/{report}", "/finding/{finding}",
    "/recommendation/{recommendation}", "/evidence/{evidence}", "/judgement/{judgement}",
    "/compare?authority={authority}", "/brief?authority={authority}", "/brief?theme={theme}",
    "/graph", "/graph?theme={theme}", "/graph?show=authorities", "/graph/interactive?theme={theme}",
    "/graph.csv", "/search?q=supervision", "/search.csv?q=supervision", "/query",
    "/authority/{authority}.ttl", "/authority/{authority}.csv", "/.well-known/void",
)  # fmt: skip
_CLASSES = {
    "authority": "?x a tg:Authority . ?i tg:inspects ?x",
    "theme": "?f tg:identifiesWeaknessIn ?x",
    "service": "?f tg:aboutServiceArea ?x",
    "report": "?i tg:produced ?x",
    "finding": "?x a tg:Finding",
    "recommendation": "?x a tg:Recommendation",
    "evidence": "?x a tg:Evidence",
    "judgement": "?x a tg:Judgement",
}


def asked(base: str, query: str) -> tuple[int, float]:
    """The status and the seconds of one query."""
    return got(base, f"/sparql?{urllib.parse.urlencode({'query': query, 'format': 'csv'})}")


def got(base: str, path: str) -> tuple[int, float]:
    """The status and the seconds of one address."""
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(base + path) as answer:
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    return status, time.perf_counter() - start


def things(base: str) -> dict[str, str]:
    """Something of each kind that the store holds, as addresses name it."""
    found = {}
    for name, pattern in _CLASSES.items():
        query = f"SELECT ?x {{ {pattern} }} LIMIT 1"
        parameters = urllib.parse.urlencode({"query": query, "format": "csv"})
        with urllib.request.urlopen(f"{base}/sparql?{parameters}") as answer:
            rows = list(csv.reader(answer.read().decode().splitlines()))[1:]
        if rows:
            found[name] = re.sub(rf".*?/{name}/", "", rows[0][0], count=1)
    return found


@contextmanager
def slow(base: str, number: int) -> Iterator[list[tuple[int, float]]]:
    """So many slow queries run meanwhile; their statuses and seconds are known at the end."""
    told: list[tuple[int, float]] = []
    with ThreadPoolExecutor(number) as crowd:
        running = [crowd.submit(asked, base, SLOW.format(n)) for n in range(number)]
        time.sleep(0.3)
        yield told
        told.extend(future.result() for future in running)


def median(times: list[tuple[int, float]], what: str) -> float:
    """The median of ``times``, all of which must have been answered."""
    if {status for status, _ in times} != {ANSWERED}:
        sys.exit(f"Not as meant: {what} gave {sorted({status for status, _ in times})}.")
    return statistics.median(seconds for _, seconds in times)


def pages(base: str, held: dict[str, str]) -> None:
    """Print the time of every kind of page: the first, and the median of those after it."""
    print(f"{'page':44}   first  median, in ms")
    for path in KINDS:
        wanted = re.findall(r"\{(\w+)\}", path)
        if any(name not in held for name in wanted):
            print(f"{path:44} (the store holds no such thing)")
            continue
        address = path.format(**held)
        first = median([got(base, address)], address)
        after = median([got(base, address) for _ in range(TIMES)], address)
        print(f"{path:44} {first * 1000:7.1f} {after * 1000:7.1f}")


def beside(base: str, held: dict[str, str]) -> None:
    """Print what slow queries cost those who ask beside them."""
    addresses = [path.format(**held) for path in BESIDE]
    alone = median([asked(base, QUICK) for _ in range(TIMES)], "a quick query")
    plain = {a: median([got(base, a) for _ in range(TIMES)], a) for a in addresses}
    print(f"{'quick query alone':60} {alone * 1000:8.1f} ms")
    with slow(base, 1) as told:
        quick = median(
            [asked(base, QUICK) for _ in range(TIMES)], "a quick query beside a slow one"
        )
    ((status, seconds),) = told
    if status != STOPPED:
        sys.exit(f"Not as meant: the slow query gave {status}.")
    print(f"{'ten quick queries beside a slow one / alone':60} {quick / alone:8.2f}")
    print(f"{'slow query stopped / its time limit':60} {seconds / TIME_LIMIT:8.2f}")
    for number in (2, CROWD):
        with slow(base, number) as told:
            while_slow = {a: median([got(base, a) for _ in range(TIMES)], a) for a in addresses}
        for address, path in zip(addresses, BESIDE, strict=True):
            line = f"{path} beside {number} slow queries / alone"
            print(f"{line:60} {while_slow[address] / plain[address]:8.2f}")
        if {status for status, _ in told} != {STOPPED}:
            sys.exit(f"Not as meant: of {number} slow queries some were answered.")
    longest = max(seconds for _, seconds in told)
    print(f"{f'last of {CROWD} slow queries told / time limit':60} {longest / TIME_LIMIT:8.2f}")


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
            held = things(found.group())
            pages(found.group(), held)
            beside(found.group(), held)
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
