"""What readers said of passages: a file of reference answers that the tagger is measured against.

It has a JSON object in each line: ``sha256`` (or ``seed``, a file name), ``unit`` (finding or
recommendation), ``start`` (the passage's first words), ``themes`` (each with ``id`` and
``polarity``), ``optional_themes``, ``polarity``, ``services``, ``optional_services``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from themegraph.errors import UnreadableSourceError
from themegraph.model import Polarity
from themegraph.ontology import vocab


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reader said of a passage; ``report`` is the SHA-256 of its file, or its name."""

    report: str
    unit: str
    start: str
    themes: Mapping[str, str]
    optional: frozenset[str]
    stance: str | None
    services: frozenset[str] | None
    optional_services: frozenset[str]


def read_reference(path: Path) -> list[Reference]:
    """The rows of a reference file.

    Raises UnreadableSourceError, which names the file, the line and what is wrong there.
    """
    try:
        # Not splitlines: words that a reader quotes may hold other signs for the end of a line.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise UnreadableSourceError(f"{path}: cannot be opened ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(f"{path}: is not a text in UTF-8.") from error
    rows = [_read(line, f"{path}, line {n}") for n, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise UnreadableSourceError(f"{path}: holds no reference passages.")
    return rows


def _read(line: str, place: str) -> Reference:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableSourceError(f"{place}: is not JSON ({error.msg}).") from error
    _check_shape(row, place)
    services = row.get("services")
    reference = Reference(
        row.get("sha256") or row["seed"],
        row["unit"],
        row["start"],
        {theme["id"]: theme["polarity"] for theme in row["themes"]},
        frozenset(row.get("optional_themes") or ()),
        row.get("polarity"),
        None if services is None else frozenset(services),
        frozenset(row.get("optional_services") or ()),
    )
    _check_names(reference, place)
    return reference


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _are_themes(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and _is_text(one.get("id")) and _is_text(one.get("polarity"))
        for one in value
    )


_SHAPES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "sha256": (_is_text, "a text"),
    "seed": (_is_text, "a text"),
    "unit": (_is_text, "a text"),
    "start": (_is_text, "a text"),
    "themes": (_are_themes, "a list of themes, each with an id and a polarity"),
    "optional_themes": (_are_texts, "a list of ids"),
    "polarity": (_is_text, "a text"),
    "services": (_are_texts, "a list of ids"),
    "optional_services": (_are_texts, "a list of ids"),
}
_NEEDED = ("unit", "start", "themes")


def _check_shape(row: Any, place: str) -> None:
    """Whether a row has what it must, and everything in the form that is asked for."""
    if not isinstance(row, dict):
        raise UnreadableSourceError(f"{place}: is not a reference passage (an object in braces).")
    key = "sha256" if row.get("sha256") else "seed"
    for name in (key, *_NEEDED):
        if row.get(name) is None:
            raise UnreadableSourceError(
                f"{place}: has no {name!r}; see: themegraph evaluate --help"
            )
    for name, (fits, form) in _SHAPES.items():
        if row.get(name) is not None and not fits(row[name]):
            raise UnreadableSourceError(
                f"{place}: {name!r} is not {form}; see: themegraph evaluate --help"
            )


def _check_names(reference: Reference, place: str) -> None:
    """Whether what a row names is known."""
    stances = {*reference.themes.values()} | ({reference.stance} - {None})
    for words, known, found in (
        ("unit", {"finding", "recommendation"}, {reference.unit}),
        ("theme", {theme.id for theme in vocab.themes()}, {*reference.themes, *reference.optional}),
        ("polarity", {*get_args(Polarity)}, stances),
        (
            "service",
            {service.id for service in vocab.services()},
            {*(reference.services or ()), *reference.optional_services},
        ),
    ):
        if unknown := sorted(map(str, found - known)):
            raise UnreadableSourceError(f"{place}: there is no {words} {', '.join(unknown)}.")
