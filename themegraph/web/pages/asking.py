"""What the address of a page asks: choices that there are, periods, and pages of results."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol, TypeVar

from themegraph.errors import QueryError
from themegraph.suggest import Named, did_you_mean, nearest
from themegraph.web.faults import RequestError


class Concept(Protocol):
    """A theme or a service, by its id and what it is called."""

    @property
    def id(self) -> str:
        """Its id, as in the address of its page."""

    @property
    def label(self) -> str:
        """Its name."""

    @property
    def alt_labels(self) -> tuple[str, ...]:
        """What else it is called."""


T = TypeVar("T", bound=Concept)


def concept_called(name: str, words: str, concepts: Iterable[T]) -> T:
    """The one of ``concepts`` (themes or services, as ``words`` says) whose id is ``name``.

    Raises QueryError where there is none, which guesses what was meant.
    """
    known = {concept.id: concept for concept in concepts}
    if name in known:
        return known[name]
    near = nearest(name, [Named(c.id, c.label, c.alt_labels) for c in known.values()])
    raise QueryError(f"There is no {words} {name[:80]!r}.{did_you_mean(near)}")


def chosen(asked: Mapping[str, str], known: Mapping[str, Collection[str]]) -> dict[str, str]:
    """The parameters of ``asked`` that are given, of those ``known`` by what may be chosen.

    Raises RequestError for a choice that there is not.
    """
    given = {name: asked[name] for name in known if asked.get(name)}
    for name, value in given.items():
        if value not in known[name]:
            near = did_you_mean(nearest(value, [Named(each, each) for each in sorted(known[name])]))
            raise RequestError(400, "parameter", f"There is no {name} {value[:80]!r} here.{near}")
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
