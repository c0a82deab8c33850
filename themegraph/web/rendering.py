"""Templates filled: pages of HTML, in which whatever a report says stays text."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from themegraph import ids
from themegraph.ids import last_part
from themegraph.marks import MEANINGS, SHAPES
from themegraph.networks.marks import key_path
from themegraph.ontology import vocab
from themegraph.ontology.namespaces import PREFIXES
from themegraph.queries.matrix import read_cell
from themegraph.web.addresses import page_of
from themegraph.web.description import LICENCE
from themegraph.web.pages.graph_words import counted

#: What stands where a date would.
NO_DATE = "no date"
#: A cell of a table shows so many characters of a value.
CELL = 300


def render(template: str, /, **context: Any) -> str:
    """The page of a template (its name without ``.html``)."""
    filled = {
        "put": (),
        "alternates": (),
        "here": "",
        "tail": "",
        "frozen": False,
        "bare": False,
    } | context
    return _environment().get_template(f"{template}.html").render(**filled)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("themegraph.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.globals.update(
        page_of=page_of,
        shapes=SHAPES,
        meanings=MEANINGS,
        short_name=vocab.short_name,
        licence=LICENCE,
        key_path=key_path,
    )
    environment.filters.update(
        curie=_curie,
        last_part=last_part,
        cell=read_cell,
        outcome=lambda iri: vocab.label_of("follow-up-outcome", last_part(iri)).lower(),
        counted=counted,
        day=lambda day: day or NO_DATE,
        month=lambda day: f"{day:%b %Y}" if day else NO_DATE,
        shorten=_shorten,
        short_id=_short_id,
        words=lambda iri: last_part(iri).replace("-", " "),
        year=lambda day: str(day)[:4] if day else NO_DATE,
    )
    return environment


def _curie(value: object) -> object:
    """An IRI under a prefix that need not be declared as it is written with that; anything else as
    it is.
    """
    for prefix, begins in PREFIXES.items():
        if isinstance(value, str) and value.startswith(begins):
            return f"{prefix}:{value.removeprefix(begins)}"
    return value


def _short_id(value: object) -> object:
    """The id of a thing or concept with an IRI of ours; anything else as ``_curie`` has it."""
    if isinstance(value, str) and value.startswith((ids.ID, ids.VOCAB)):
        begins = ids.ID if value.startswith(ids.ID) else ids.VOCAB
        return value.removeprefix(begins).partition("/")[2]
    return _curie(value)


def _shorten(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= CELL else f"{text[:CELL]}…"
