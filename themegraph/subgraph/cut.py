"""Cutting a piece out of the graph: from what is meant to a piece that stands on its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from themegraph import ids
from themegraph.errors import ExportError, SelectionError
from themegraph.graph.terms import iri, lines_of
from themegraph.subgraph.piece import CONSTRUCTED, Piece
from themegraph.subgraph.scope import inspections, passages, resolved
from themegraph.subgraph.selection import Selection
from themegraph.subgraph.settling import Settling, graphs_of_report, key_of
from themegraph.subgraph.steps import reached
from themegraph.subgraph.told import parse

if TYPE_CHECKING:
    from themegraph.graph.store import Store

_WORDS = (ids.GRAPH_ONTOLOGY, ids.GRAPH_VOCABULARY, ids.GRAPH_AUTHORITIES)


def cut(store: Store, selection: Selection, *, vocabulary: bool | None = None) -> Piece:
    """The piece of ``store`` that ``selection`` means, closed: every passage, report, concept and
    name that it needs is in it.

    With ``vocabulary`` the whole ontology, vocabularies and register of bodies go with it; False
    leaves out even the concepts and bodies that are named. None: whole with the whole graph, and
    with a part what it names. What was inferred is left out: it follows from the rest.

    Raises QueryError for a name that the store does not know or a query that is wrong, and
    ExportError where nothing is meant.
    """
    if selection.is_everything:
        piece = _everything(store, selection)
    elif selection.narrows:
        piece = _narrowed(store, selection)
    else:
        piece = _named(store, selection)
    return _with_words(piece, vocabulary)


def _everything(store: Store, selection: Selection) -> Piece:
    graphs = [g for g in store.graphs() if not g.startswith(ids.GRAPH_INFERRED)]
    return Piece(store, selection, graphs, frozenset(graphs))


def _narrowed(store: Store, selection: Selection) -> Piece:
    """Inspections, or of these the passages that are meant; and what follows from them alone."""
    meant = resolved(store, selection)
    scope = inspections(store, meant)
    if not scope:
        raise ExportError(f"No inspection in the store matches: {selection.words()}.")
    graphs = {one.graph for one in scope}
    themes = {iri(theme) for theme in meant.themes}
    if meant.chooses_passages:
        seeds = {iri(name) for graph, name in passages(store, meant) if graph in graphs}
        if not seeds:
            raise ExportError(f"No passage in the store matches: {selection.words()}.")
        settling = Settling(store)
        settling.add(seeds)
    else:
        # A graph of others may hold several reports, of which some are not meant.
        own = {graph for graph in graphs if graph.startswith(ids.GRAPH_REPORT)}
        others = {iri(one.inspection) for one in scope if one.graph not in own}
        settling = Settling(store, own)
        settling.add(reached(store, others, 1))
        settling.there.complete |= {iri(one.report) for one in scope if one.graph not in own}
        seeds = set()
    # What says something of a theme as a whole may be that a report said nothing of it.
    of_theme = meant.themes and not (meant.services or meant.stances)
    may_come = {iri(name) for one in scope for name in (one.inspection, one.report)}
    bodies = {ids.last_part(body) for one in scope for body in one.authorities}
    settling.add_conclusions(
        bodies,
        themes,
        may_come if of_theme else (),
        of_silence=bool(of_theme) or not meant.chooses_passages,
    )
    if meant.depth:
        if not seeds:
            seeds = {
                parse(line)[0]
                for graph in sorted(own)
                for name in graphs_of_report(graph)
                for line in store.lines(name)
                # From a body or a person ways lead to all else that is said of them.
                if key_of(parse(line)[0])
            } | others
        settling.add(reached(store, seeds, meant.depth))
    return replace(_piece(store, selection, settling), meant=meant)


def _named(store: Store, selection: Selection) -> Piece:
    """Things by their names, or what a CONSTRUCT query makes and names."""
    made = _made(store, selection.construct) if selection.construct else ""
    if made:
        terms = (term for line in lines_of(made) for term in parse(line)[::2])
        seeds = {term for term in terms if term.startswith("<")}
    else:
        seeds = {_as_iri(name) for name in selection.iris}
    settling = Settling(store)
    settling.add(reached(store, seeds, selection.depth))
    missing = sorted(seed for seed in seeds if seed not in settling.there)
    if not made and missing:
        raise ExportError(f"The store says nothing of {missing[0]}.")
    return _piece(store, selection, settling, made)


def _as_iri(name: str) -> str:
    try:
        return str(ox.NamedNode(name.strip().strip("<>")))
    except ValueError as error:
        raise SelectionError(f"{name!r} is not an IRI ({error}).") from error


def _made(store: Store, query: str) -> str:
    """What a CONSTRUCT makes, as sorted N-Quads of a graph of its own."""
    found = store.query(query)
    if isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
        raise SelectionError(
            "A piece is made by CONSTRUCT or DESCRIBE; SELECT and ASK give no graph."
        )
    lines = sorted({f"{triple} <{CONSTRUCTED}> .\n" for triple in found})
    if not lines:
        raise ExportError("The query makes nothing from what is in the store.")
    if any(line.startswith("_:") or " _:" in line.rsplit('"', 1)[-1] for line in lines):
        raise ExportError(
            "The query makes nodes without names, which nobody could find again: give each an IRI, "
            "such as one made by IRI(CONCAT(STR(?finding), '#note'))."
        )
    return "".join(lines)


def _piece(store: Store, selection: Selection, settling: Settling, made: str = "") -> Piece:
    return Piece(store, selection, settling.graphs(), settling.whole, settling.there, made)


def _with_words(piece: Piece, vocabulary: bool | None) -> Piece:
    """``piece`` with all of the vocabularies, or none, where that was asked for."""
    if vocabulary is None:
        return piece
    others = [graph for graph in piece.graphs if not _is_of_words(graph)]
    words = {graph for graph in piece.store.graphs() if vocabulary and _is_of_words(graph)}
    whole = (piece.whole & set(others)) | words
    return replace(piece, graphs=sorted({*others, *words}), whole=whole)


def _is_of_words(graph: str) -> bool:
    """Whether ``graph`` is of the ontology, of vocabularies or of bodies."""
    return graph in _WORDS or graph.startswith(ids.GRAPH_BODY)
