"""Which inspections are meant: by kind, framework and period."""

from __future__ import annotations

import datetime as dt

import pytest

from themegraph.queries.narrowing import Narrowing


def report(kind: str, framework: str, start: str = "", published: str = "") -> dict[str, object]:
    return {
        "kind": f"k/{kind}",
        "framework": f"f/{framework}",
        "start": dt.date.fromisoformat(start) if start else None,
        "published": dt.date.fromisoformat(published) if published else None,
    }


SIF = report("sif-reinspection", "sif", "2018-06-11")
VISIT = report("focused-visit", "focused-visit", "2018-06-12")
JOINT = report("jtai", "jtai-2022", published="2023-02-01")
UNDATED = report("other", "other")


@pytest.mark.parametrize(
    ("meant", "has", "why"),
    [
        (Narrowing(), [SIF, VISIT, JOINT, UNDATED], "all of them"),
        (Narrowing(kind="sif"), [SIF], "a re-inspection is one"),
        (Narrowing(kind="sif-reinspection"), [SIF], "itself"),
        (Narrowing(kind="ilacs"), [], "a visit is none"),
        (Narrowing(family="ilacs"), [VISIT], "but is held under its rules"),
        (Narrowing(family="jtai"), [JOINT], "whichever version it is"),
        (Narrowing(since="2018-06-12"), [VISIT, JOINT], "from a day on; none without a day"),
        (Narrowing(until="2018-06-11"), [SIF], "up to a day; none without a day"),
        (Narrowing(since="2023-01-01", until="2023-12-31"), [JOINT], "by when it was published"),
        (Narrowing(family="sif", since="2019-01-01"), [], "both at once"),
    ],
)
def test_inspections_are_told_apart(
    meant: Narrowing, has: list[dict[str, object]], why: str
) -> None:
    assert [row for row in (SIF, VISIT, JOINT, UNDATED) if meant.has(row)] == has, why
