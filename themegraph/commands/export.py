"""``themegraph export``: the graph, or a part of it, for other tools."""

from __future__ import annotations

import click

from themegraph.commands.options import format_option, output_option, store_option
from themegraph.ids import last_part


@click.command(short_help="Write the graph, or a report's or authority's part of it, to a file.")
@click.option("--report", "keys", multiple=True, metavar="KEY", help="Only this report.")
@click.option("--authority", metavar="ID", help="Only the reports about this body (id or name).")
@click.option(
    "--vocabulary/--no-vocabulary",
    default=None,
    help="With or without the ontology, "
    "vocabularies and register of bodies. Default: with the whole graph, not with a part.",
)
@format_option(("ttl", "nt", "nq", "trig", "jsonld", "rdfxml"), "ttl")
@output_option
@store_option
def export(
    keys: tuple[str, ...],
    authority: str | None,
    vocabulary: bool | None,
    form: str,
    output: str,
    store: str | None,
) -> None:
    """Write the graph for other tools.

    With both --report and --authority: the reports that are in both. With --authority alone also
    its theme assessments and follow-ups, which follow from all of its reports. nq and trig keep
    the named graphs, the other formats merge them. The same store gives the same bytes.
    """
    from themegraph.commands.output import opened
    from themegraph.errors import ExportError
    from themegraph.graph.export import graphs_of, write_graphs
    from themegraph.graph.store import Store
    from themegraph.queries import ask, resolve

    with Store(store) as source:
        wanted = set(keys)
        bodies: set[str] = set()
        if authority:
            listed = ask(source, "reports-list", authority=authority)
            found = {last_part(row["report"]) for row in listed} & source.reports().keys()
            if listed and not found:
                raise ExportError(
                    f"What is said of {authority} was added: it is in your own files."
                )
            bodies = {last_part(resolve(source, "authority", authority).value)}
            if not found:
                raise ExportError(f"No report about {authority} in the store.")
            wanted = wanted & found if keys else found
        part = bool(keys or authority)
        with_words = not part if vocabulary is None else vocabulary
        # What follows from all reports of a body is told with all of them, and not with some.
        whole = () if keys else bodies
        graphs = graphs_of(
            source, wanted if part else None, vocabulary=with_words, authorities=whole
        )
        with opened(output) as stream:
            write_graphs(source, graphs, form, stream)
