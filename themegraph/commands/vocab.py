"""``themegraph vocab``: whether the vocabularies are sound, and what changed in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from themegraph.commands.console import counted, patience, say
from themegraph.commands.options import format_option, output_option, quiet_option

if TYPE_CHECKING:
    from rdflib import Graph

    from themegraph.ontology.changes import Change, Said

#: What a change is shown with in a terminal; --format csv gives it whole.
SHOWN = 60


@click.group(short_help="Check the ontology and vocabularies, and see what changed in them.")
def vocab() -> None:
    """Check the ontology and the vocabularies, and see what changed in them."""


@vocab.command(short_help="Whether they are fit for others to adopt.")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@quiet_option
def check(files: tuple[str, ...], quiet: bool) -> None:
    """Whether the ontology and the vocabularies that ship are fit for others to adopt.

    With FILEs (RDF): those, such as the profile of another inspectorate, on what ships. Every term
    must be labelled, defined and in its place; vocabularies must pass the checks of SKOS. Exit code
    1 when something is amiss.
    """
    from themegraph.ontology.check import check as faults_of
    from themegraph.ontology.check import faults_beside
    from themegraph.ontology.schemes import vocabulary_graph
    from themegraph.ontology.shipped import ontology_graph

    ours, words = ontology_graph(), vocabulary_graph()
    with patience("Checking", quiet=quiet):
        if files:
            theirs = _union(files)
            known = {str(subject) for subject in (*ours.subjects(), *words.subjects())}
            found = [fault for fault in faults_of(ours + theirs) if fault.node not in known]
            found += faults_beside(theirs, known)
        else:
            found = faults_of(ours + words)
    for fault in found:
        # The message names the term itself, or speaks of the header or vocabulary it is about.
        named = fault.node in fault.message
        click.echo(fault.message if named else f"{fault.node}: {fault.message}")
    said = counted(len(found), "fault") if found else "no fault"
    say(f"{' '.join(files) or 'The ontology and its vocabularies'}: {said}.", quiet=quiet)
    if found:
        raise click.exceptions.Exit(1)


@vocab.command(short_help="What changed from one version to another.")
@click.argument("old", required=False)
@click.argument("new", required=False)
@format_option(("table", "csv", "json"), "table")
@output_option
@quiet_option
def diff(old: str | None, new: str | None, form: str, output: str, quiet: bool) -> None:
    """What changed in the ontology and the vocabularies from OLD to NEW.

    Each is a released version (0.1.0) or an RDF file. By default OLD is the last release and NEW
    what this program ships.
    """
    from themegraph.commands.output import opened
    from themegraph.commands.tables import write_rows
    from themegraph.ontology.changes import Change, changes, releases

    was = old or releases()[-1]
    found = changes(_said(was), _said(new))
    if form == "json":
        with opened(output) as stream:
            told = json.dumps([change._asdict() for change in found], ensure_ascii=False, indent=1)
            stream.write(f"{told}\n".encode())
    else:
        rows = [_shown(change) if form == "table" else list(change) for change in found]
        write_rows(Change._fields, rows, form, output)
    say(f"{counted(len(found), 'change')} from {was} to {new or 'this version'}.", quiet=quiet)


def _said(named: str | None) -> Said:
    from themegraph.ontology.changes import read_release, said_in
    from themegraph.ontology.schemes import vocabulary_graph
    from themegraph.ontology.shipped import ontology_graph

    if named is None:
        return said_in(ontology_graph() + vocabulary_graph())
    return said_in(_union([named])) if Path(named).exists() else read_release(named)


def _union(files: tuple[str, ...] | list[str]) -> Graph:
    from rdflib import Graph

    from themegraph.graph.rdf_files import read_rdf
    from themegraph.loaders.inputs import read_path

    whole = Graph()
    for file in files:
        whole += read_rdf(file, read_path(Path(file)))
    return whole


def _shown(change: Change) -> list[str]:
    """A change for a terminal: of long words the part about where they begin to differ."""
    *first, before, after = change
    pairs = enumerate(zip(before, after, strict=False))
    alike = next((n for n, (was, now) in pairs if was != now), 0)
    return [*first, _cut(before, alike), _cut(after, alike)]


def _cut(words: str, differ: int) -> str:
    begin = max(0, differ - SHOWN // 3) if len(words) > SHOWN else 0
    part = words[begin : begin + SHOWN]
    return f"{'…' if begin else ''}{part}{'…' if begin + SHOWN < len(words) else ''}"
