"""Times of every named question on a store, the slowest first, as ratios to the quickest.

Each is asked by command, as a user would, once with what it must be given and once for one body and
for one theme where it can be. One that is not answered in time ends the run with an error, at its
end: a question that grows with the square of the reports shows here.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import chain

from themegraph import Store
from themegraph.queries import find, questions

TIME_LIMIT = 60.0
#: Something of each kind that a question may have to be given.
_EXAMPLES = {
    "authority": "?i tg:inspects ?x",
    "theme": "?f tg:identifiesWeaknessIn ?x",
    "service": "?f tg:aboutServiceArea ?x",
    "report": "?i tg:produced ?x",
    "finding": "?x a tg:Finding",
}
_WORD = "supervision"
#: What is also asked for where it need not be given.
_NARROWED_BY = ("authority", "theme")


def things(store: Store) -> dict[str, str]:
    """Something of each kind in the store, as a question is given it."""
    asked = {kind: f"SELECT ?x {{ {pattern} }} LIMIT 1" for kind, pattern in _EXAMPLES.items()}
    return {kind: row["x"].value for kind, text in asked.items() for row in store.rows(text)}


def askings(name: str, held: dict[str, str]) -> Iterator[dict[str, str]]:
    """The parameters of each way in which the question is asked."""
    parameters = find(name).parameters
    needed = {p.name: held.get(p.type, _WORD) for p in parameters if p.required}
    yield needed
    for parameter in parameters:
        if parameter.name in _NARROWED_BY and not parameter.required:
            yield {**needed, parameter.name: held[parameter.type]}


def timed(store: str, name: str, given: dict[str, str]) -> tuple[float, bool]:
    """The seconds that an answer took, and whether it came in time."""
    told = chain.from_iterable(("--param", f"{key}={value}") for key, value in given.items())
    command = [sys.executable, "-m", "themegraph", "query", name, *told, "--store", store]
    limits = ["--format", "csv", "--query-timeout", str(TIME_LIMIT)]
    start = time.perf_counter()
    run = subprocess.run([*command, *limits], check=False, capture_output=True)
    return time.perf_counter() - start, run.returncode == 0


def main() -> None:
    """Ask every question, and print how long each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store")
    options = parser.parse_args()
    with Store(options.store) as store:
        held = things(store)
    told = []
    for name in questions():
        for given in askings(name, held):
            of = " ".join(f"{key}={re.sub('.*/id/|.*/vocab/', '', v)}" for key, v in given.items())
            told.append((*timed(options.store, name, given), f"{name} {of}"))
    quickest = min(seconds for seconds, answered, _ in told if answered)
    for seconds, answered, asked in sorted(told, reverse=True):
        print(f"{seconds / quickest:8.1f} {asked}{'' if answered else ' NOT ANSWERED'}")
    if not all(answered for _, answered, _ in told):
        sys.exit(f"Not as meant: some were not answered within {TIME_LIMIT:g} s.")


if __name__ == "__main__":
    main()
