"""``themegraph add``: RDF of others into the store, such as another inspectorate's reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themegraph.commands.console import counted, patience, say
from themegraph.commands.options import quiet_option, store_option

if TYPE_CHECKING:
    from rdflib import Graph

#: So many faults are told; the first of them mostly explain the rest.
SHOWN = 20


@click.command(short_help="Add RDF of your own, such as another inspectorate's reports.")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--remove", "gone", multiple=True, metavar="NAME", help="Take out what was added.")
@store_option
@quiet_option
def add(files: tuple[str, ...], gone: tuple[str, ...], store: str | None, quiet: bool) -> None:
    """Add RDF files to the store, each as a graph named after its file.

    They are checked together, and with what was added before, by the shapes of the core: what
    reports of any inspectorate must have. Where what would then be there has a fault, nothing is
    done. Of things that the store tells of itself they may say nothing. What was added answers
    SPARQL and the named questions that ask for nothing but the core; no themes are tagged in it and
    nothing is compared.
    """
    from themegraph.graph.added import add_graphs, added_graphs
    from themegraph.graph.inference import holds_inferred, infer
    from themegraph.graph.store import Store

    if not files and not gone:
        raise click.UsageError("Name the files to add, or --remove NAME.")
    graphs = {file: _parsed(file) for file in files}
    with Store(store, write=True) as opened:
        opened.write_vocabulary()
        with patience("Checking", quiet=quiet):
            problems = add_graphs(opened, graphs, gone)
        if holds_inferred(opened):
            infer(opened)
        there = len(added_graphs(opened))
    for problem in problems[:SHOWN]:
        say(f"{problem.severity}: {problem.message} ({problem.report}: {problem.node})")
    if len(problems) > SHOWN:
        say(f"And {len(problems) - SHOWN:,} more.")
    if any(problem.severity == "Violation" for problem in problems):
        say("Nothing was added or taken out.")
        raise click.exceptions.Exit(1)
    added = sum(map(len, graphs.values()))
    done = [counted(added, "statement") + " added"] if graphs else []
    done += [f"{counted(len(gone), 'graph')} taken out"] if gone else []
    say(f"{', '.join(done)}; {counted(there, 'graph')} of others in the store.", quiet=quiet)


def _parsed(file: str) -> Graph:
    from pathlib import Path

    from themegraph.graph.rdf_files import read_rdf
    from themegraph.loaders.inputs import read_path

    return read_rdf(file, read_path(Path(file)))
