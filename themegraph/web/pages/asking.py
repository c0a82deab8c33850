"""What the address of a page asks: choices that there are, periods, and pages of results."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from themegraph.web.faults import RequestError


def chosen(asked: Mapping[str, str], known: Mapping[str, Container[str]]) -> dict[str, str]:
    """The parameters of ``asked`` that are given, of those ``known`` by what may be chosen.

    Raises RequestError for a choice that there is not.
    """
    given = {name: asked[name] for name in known if asked.get(name)}
    for name, value in given.items():
        if value not in known[name]:
            raise RequestError(400, "parameter", f"There is no {name} {value[:80]!r} here.")
    return given


def years(asked: Mapping[str, str]) -> dict[str, str]:
    """``since`` and ``until`` of ``asked``, where they are given: a period in whole years.

    Raises RequestError for what is no year, and for a period that ends before it begins.
    """
    given = {name: asked[name] for name in ("since", "until") if asked.get(name)}
    for year in given.values():
        if not re.fullmatch("[12][0-9]{3}", year):
            raise RequestError(400, "parameter", f"{year[:80]!r} must be a year, such as 2018.")
    if given.get("since", "") > given.get("until", "9999"):
        told = f"{given['since']} is after {given['until']}: no year is left."
        raise RequestError(400, "parameter", told)
    return given


def page_number(asked: Mapping[str, str], total: int, size: int) -> int:
    """Which page of ``total`` results, ``size`` on each, ``page`` in ``asked`` means: the first
    where it means none, and the last where it is beyond it.
    """
    told = asked.get("page", "")
    wanted = int(told) if told.isascii() and told.isdecimal() and len(told) < len("1000000") else 1
    return max(1, min(wanted, -(-total // size)))
