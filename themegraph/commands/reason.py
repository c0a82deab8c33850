"""``themegraph reason``: does the ontology hold together, and what follows from it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from themegraph.commands.console import counted, patience, say, tracked
from themegraph.commands.options import quiet_option, store_option

if TYPE_CHECKING:
    from rdflib import Graph

    from themegraph.graph.store import Store
    from themegraph.ontology.clashes import Clash

#: So many contradictions are explained; the first is mostly the cause of the others.
EXPLAINED = 3


@click.command(short_help="Check the ontology with a reasoner; write down what follows from it.")
@click.argument("files", nargs=-1, metavar="[FILE...]")
@click.option("--report", "keys", multiple=True, metavar="KEY", help="With this report's graph.")
@click.option(
    "--materialise",
    is_flag=True,
    help="Write what follows from every graph in the store into an inferred graph beside it.",
)
@click.option("--forget", is_flag=True, help="Take what was materialised out of the store again.")
@store_option
@quiet_option
def reason(
    files: tuple[str, ...],
    keys: tuple[str, ...],
    materialise: bool,
    forget: bool,
    store: str | None,
    quiet: bool,
) -> None:
    """Check the ontology with the reasoner HermiT, together with FILEs (RDF) and reports.

    Told is whether it is OWL 2 DL, whether it is consistent, which classes can have no members,
    and why. HermiT needs Java. Exit code 1 when something is amiss.

    --materialise and --forget work on the store, need no Java, and check nothing. No question needs
    what is materialised; tools that do not reason then see the kinds of PROV, ORG and others. Only
    what is new or changed is made again, and loading keeps it up to date.
    """
    from themegraph.graph.store import Store

    if materialise and forget:
        raise click.UsageError("Either --materialise or --forget.")
    if materialise or forget:
        if files or keys:
            raise click.UsageError("--materialise and --forget work on the whole store.")
        Store(store).close()  # where there is none, none is made
        with Store(store, write=True) as opened:
            (_materialise if materialise else _forget)(opened, quiet=quiet)
        return
    parts = [_parsed(file) for file in files]
    if keys:
        with Store(store) as source:
            parts += [_of_report(source, key) for key in keys]
    if not _check(parts, quiet=quiet):
        raise click.exceptions.Exit(1)


def _materialise(store: Store, *, quiet: bool) -> None:
    from themegraph import ids
    from themegraph.graph.inference import Inference

    store.write_vocabulary()
    work = Inference(store)
    for _ in tracked(work.run(), len(work), "Reasoning", quiet=quiet):
        pass
    held = [graph for graph in store.graphs() if graph.startswith(ids.GRAPH_INFERRED)]
    inferred = sum(len(store.lines(graph)) - 1 for graph in held)  # one says what it is made from
    click.echo(
        f"{counted(inferred, 'statement')} that follow, in {counted(len(held), 'graph')}; "
        f"{counted(len(work), 'graph')} made or taken away now."
    )


def _forget(store: Store, *, quiet: bool) -> None:
    from themegraph.graph.inference import forget_inferred

    with patience("Taking out what was inferred", quiet=quiet):
        gone = forget_inferred(store)
    click.echo(f"{counted(gone, 'inferred graph')} taken out.")


def _parsed(file: str) -> Graph:
    from pathlib import Path

    from themegraph.graph.rdf_files import read_rdf
    from themegraph.loaders.inputs import read_path

    return read_rdf(file, read_path(Path(file)))


def _of_report(store: Store, key: str) -> Graph:
    from rdflib import Graph

    from themegraph.graph.export import graphs_of, ntriples

    text = ntriples(store, graphs_of(store, [key], vocabulary=False))
    return Graph().parse(data=text, format="nt")


def _check(parts: Sequence[Graph], *, quiet: bool) -> bool:
    """Tell how the ontology stands, together with ``parts``; whether nothing is amiss."""
    from rdflib import OWL

    from themegraph.ontology import owl
    from themegraph.ontology.bodies import authorities_graph
    from themegraph.ontology.clashes import clashes, why_unsatisfiable
    from themegraph.ontology.profile import profile
    from themegraph.ontology.schemes import vocabulary_graph
    from themegraph.ontology.shipped import ontology_graph

    whole: Graph = ontology_graph()
    for part in (vocabulary_graph(), authorities_graph(), *parts):
        whole += part
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    classes, *properties = (len(_own(whole, kind)) for kind in kinds)
    beside = f" and {counted(len(parts), 'graph')} more" if parts else ""
    click.echo(
        f"The ontology ({classes} classes, {sum(properties)} properties), its vocabularies and "
        f"bodies{beside}:"
    )
    form = profile(whole)
    for fault in form.faults:
        click.echo(f"  Not OWL 2 DL: {fault}.")
    if form.is_dl:
        click.echo("  OWL 2 DL by its form.")
    if form.passed_over:
        names = ", ".join(
            f"{name.rpartition('#')[2]} ({count})" for name, count in form.passed_over
        )
        click.echo(f"  Values of types that OWL 2 DL does not know are passed over: {names}.")
    with patience("Reasoning", quiet=quiet):
        verdict = owl.check_consistency(whole)
    if not verdict.consistent:
        click.echo("  Inconsistent: it contradicts itself.")
        _explain(whole, clashes(whole))
        return False
    click.echo("  Consistent, says HermiT.")
    for cls in verdict.unsatisfiable:
        click.echo(f"  Nothing can belong to the class {cls}.")
        found = why_unsatisfiable(whole, cls)
        _explain(whole, [found] if found else [])
    if not verdict.unsatisfiable:
        click.echo("  Every class can have members.")
    return form.is_dl and not verdict.unsatisfiable


def _own(graph: Graph, kind: object) -> set[str]:
    """The terms of ``kind`` that an ontology in ``graph`` defines itself."""
    from rdflib import RDF, RDFS

    return {
        str(term)
        for term in graph.subjects(RDF.type, kind)  # type: ignore[arg-type]
        if (term, RDFS.isDefinedBy, None) in graph
    }


def _explain(graph: Graph, found: Sequence[Clash]) -> None:
    from themegraph.ontology.clashes import in_words

    if not found:
        say(
            "Why, is not found: it follows from axioms other than kinds, ends and what is disjoint."
        )
    for clash in found[:EXPLAINED]:
        click.echo(f"  Why: {clash.words}.")
        for statement in clash.statements:
            click.echo(f"    - {in_words(graph, statement)}")
    if len(found) > EXPLAINED:
        click.echo(f"  And {len(found) - EXPLAINED} more.")
