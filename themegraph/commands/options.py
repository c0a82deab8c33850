"""Options that mean the same in every command."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from themegraph.days import read_day
from themegraph.ontology import vocab

Command = TypeVar("Command", bound=Callable[..., Any])

MOST_JOBS = 8
#: What else the ending of a file may mean, where a command has no format of that very name.
_ENDINGS = {"json": "jsonld", "ndjson": "jsonl", "owl": "rdfxml", "rdf": "rdfxml", "xml": "rdfxml"}
#: Endings that promise a format: to write another under them would mislead.
_OF_DATA = frozenset(
    {
        "csv",
        "docx",
        "gexf",
        "graphml",
        "gz",
        "html",
        "json",
        "jsonl",
        "jsonld",
        "nq",
        "nt",
        "parquet",
        "pdf",
        "png",
        "qdc",
        "qdpx",
        "rdf",
        "svg",
        "trig",
        "tsv",
        "ttl",
        "xls",
        "xlsx",
        "xml",
        "zip",
    }
)


def store_option(command: Command) -> Command:
    """``--store PATH|URL``."""
    return click.option(
        "--store",
        envvar="THEMEGRAPH_STORE",
        metavar="PATH|URL",
        help="A folder or the address of a SPARQL 1.1 service. "
        "Default: THEMEGRAPH_STORE, or the user's data folder.",
    )(command)


def format_option(formats: Sequence[str], default: str) -> Callable[[Command], Command]:
    """``--format``, one of ``formats``; where it is not given, the one that FILE's ending names."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=default,
        show_default=True,
        callback=_by_ending,
        help="How to print the result; where it is not given, the ending of FILE tells.",
    )


def _by_ending(context: click.Context, option: click.Parameter, form: str) -> str:
    """The format that was asked for or else the one, of those there are, that FILE ends in."""
    if context.get_parameter_source("form") is not ParameterSource.DEFAULT:
        return form
    ending = Path(context.params.get("output") or "-").suffix.lower().removeprefix(".")
    assert isinstance(option.type, click.Choice)
    meant = (name for name in (ending, _ENDINGS.get(ending)) if name in option.type.choices)
    told = next(meant, None)
    if told is None and ending in _OF_DATA:
        raise click.BadParameter(
            f"there is none for a file that ends in .{ending}. There are: "
            f"{', '.join(option.type.choices)}."
        )
    return told or form


def output_option(command: Command) -> Command:
    """``-o FILE``; eager, so that ``--format`` knows of it."""
    return click.option(
        "-o",
        "--output",
        default="-",
        metavar="FILE",
        is_eager=True,
        help="Write to FILE and not to standard output.",
    )(command)


def quiet_option(command: Command) -> Command:
    """``--quiet``."""
    return click.option(
        "--quiet", is_flag=True, help="Say nothing on standard error but what went wrong."
    )(command)


def _filled(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """An option that is given must name something: a variable that was not set names nothing."""
    if value is not None and not value.strip():
        raise click.BadParameter("is empty.")
    return value


def authority_option(command: Command) -> Command:
    """``--authority NAME``."""
    return click.option(
        "--authority",
        metavar="NAME",
        callback=_filled,
        help="Only this body: its id, its name or its IRI.",
    )(command)


def region_option(command: Command) -> Command:
    """``--region NAME``."""
    return click.option(
        "--region",
        metavar="NAME",
        callback=_filled,
        help='Only bodies of this region, such as "West Midlands".',
    )(command)


def theme_option(command: Command) -> Command:
    """``--theme NAME``."""
    return click.option(
        "--theme",
        metavar="NAME",
        callback=_filled,
        help="Only this theme: its id, its name or its IRI.",
    )(command)


def top_option(rows: int) -> Callable[[Command], Command]:
    """``--top N``: how many rows a table shows; :func:`limit` says how many to write."""
    return click.option(
        "--top",
        type=click.IntRange(0),
        default=rows,
        show_default=True,
        help="Rows of a table, 0 for all; other formats have all unless this is given.",
    )


def limit(top: int, form: str) -> int | None:
    """How many rows to write as ``form``: what ``--top`` says, where it was given or for a table;
    None for all.
    """
    source = click.get_current_context().get_parameter_source("top")
    return top or None if form == "table" or source is not ParameterSource.DEFAULT else None


def _day(context: click.Context, option: click.Parameter, value: str | None) -> dt.date | None:
    """The day that ``--since`` or ``--until`` names."""
    if value is None:
        return None
    try:
        day = read_day(value, last=option.name == "until")
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    _check_order({**context.params, str(option.name): day})
    return day


def _check_order(days: Mapping[str, Any]) -> None:
    """Refuse a period that ends before it begins, once both of its days are read."""
    since, until = days.get("since"), days.get("until")
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}.")


def days_options(command: Command) -> Command:
    """``--since`` and ``--until``: inspections of which period."""
    for name, words in (
        ("--until", "Only inspections up to this day, month or year: 2023-12-31, 2023-12, 2023."),
        ("--since", "Only inspections from this day, month or year on: 2018-01-01, 2018-01, 2018."),
    ):
        command = click.option(name, callback=_day, metavar="DAY", help=words)(command)
    return command


def period_options(command: Command) -> Command:
    """``--type``, ``--since`` and ``--until``: which inspections."""
    return click.option(
        "--type",
        "kind",
        metavar="KIND",
        help="Only reports of this kind or of one under it (sif takes in re-inspections): "
        f"{', '.join(term.id for term in vocab.terms('report-type'))}.",
    )(days_options(command))


def iso(day: dt.date | None) -> str | None:
    """The day that an option was given, as in ISO 8601."""
    return day.isoformat() if day else None


def jobs_option(command: Command) -> Command:
    """``--jobs N``."""
    return click.option(
        "--jobs",
        type=click.IntRange(1),
        default=default_jobs,
        metavar="N",
        help="How many processes to use. Default: one for each processor, at most 8.",
    )(command)


def default_jobs() -> int:
    """One for each processor this process may use, at most eight."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MOST_JOBS)
    return min(os.cpu_count() or 1, MOST_JOBS)
