"""A piece stands on its own: nothing it needs is missing, and it answers as the whole does."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

from themegraph import ids
from themegraph.errors import ExportError, QueryError
from themegraph.exports.formats import write_piece
from themegraph.graph.added import add_graphs
from themegraph.graph.rdf_files import read_rdf
from themegraph.graph.store import Store
from themegraph.graph.terms import TG, TRUE
from themegraph.graph.validate import problems_of
from themegraph.model import Report
from themegraph.ontology import vocab
from themegraph.queries import ask
from themegraph.subgraph.cut import cut
from themegraph.subgraph.links import read_links
from themegraph.subgraph.piece import CONSTRUCTED, Piece
from themegraph.subgraph.selection import Selection
from themegraph.subgraph.told import OURS, parse

BODY = "https://w3id.org/themegraph/id/authority/westmarch"
REPORT = "westmarch-2017-02-27-sif-reinspection"
THEME = "private-fostering"
#: One of each kind of choice, and the ways in which they can be joined.
SELECTIONS: dict[str, dict[str, Any]] = {
    "authority": {"authorities": ("westmarch",)},
    "region": {"regions": ("Example region",)},
    "report": {"reports": (REPORT,)},
    "framework": {"frameworks": ("ilacs-2018",)},
    "kind": {"kinds": ("focused-visit",)},
    "period": {"since": dt.date(2018, 1, 1), "until": dt.date(2020, 12, 31)},
    "theme": {"themes": (THEME,)},
    "group of themes": {"themes": ("needs-and-risks",)},
    "service": {"services": ("adoption-service",)},
    "stance": {"stances": ("weakness",)},
    "recommendations": {"stances": ("recommended",)},
    "theme and stance": {"themes": (THEME,), "stances": ("strength",)},
    "theme, body, period": {
        "themes": (THEME,),
        "authorities": ("westmarch",),
        "since": dt.date(2017, 1, 1),
    },
    "theme with what is near": {"themes": (THEME,), "depth": 1},
    "report with what is near": {"reports": (REPORT,), "depth": 1},
    "thing": {"iris": (f"{ids.ID}finding/{REPORT}/12",)},
    "thing with what is near": {"iris": (BODY,), "depth": 1},
    "concept": {"iris": (ids.concept("theme", THEME),), "depth": 1},
    "construct": {"construct": "CONSTRUCT WHERE { ?f tg:isMixedOn ?theme }"},
}


@pytest.fixture(scope="module")
def pieces(examples: Store) -> Callable[[str], Piece]:
    """The piece of each of SELECTIONS, cut once."""
    return cache(lambda name: cut(examples, Selection(**SELECTIONS[name])))


def lines_of(piece: Piece) -> list[str]:
    return [line for name in piece.names() for line in piece.lines(name)]


def loaded(piece: Piece) -> Store:
    """An empty store with what ``piece`` is when written and read again."""
    stream = io.BytesIO()
    write_piece(piece, "nq", stream)
    store = Store(":memory:", write=True)
    store.replace_graph(ids.GRAPH_DATASET, stream.getvalue().decode())
    return store


@pytest.mark.parametrize("name", SELECTIONS)
def test_a_piece_is_valid_alone_and_leads_nowhere_else(
    pieces: Callable[[str], Piece], name: str
) -> None:
    piece = pieces(name)
    lines = lines_of(piece)
    there = {parse(line)[0] for line in lines}
    loose = {
        (parse(line)[1], value)
        for line in lines
        if (value := parse(line)[2]).startswith(OURS)
        and value not in there
        and parse(line)[1] not in read_links().kept
    }
    assert not loose
    stream = io.BytesIO()
    write_piece(piece, "nt", stream)
    # Without the vocabularies that ship: all that it needs must be in it.
    data = Graph().parse(data=stream.getvalue(), format="nt")
    assert problems_of(name, data, alone=True) == []


@pytest.mark.parametrize("name", SELECTIONS)
def test_what_a_piece_tells_the_whole_tells_too(
    examples: Store, pieces: Callable[[str], Piece], name: str
) -> None:
    piece = pieces(name)
    for graph in piece.names():
        told = list(piece.lines(graph))
        assert told == sorted(set(told))
        if graph != CONSTRUCTED:
            assert set(told) <= set(examples.lines(graph))


@pytest.mark.parametrize("name", SELECTIONS)
def test_a_piece_is_the_same_each_time(
    examples: Store, pieces: Callable[[str], Piece], name: str
) -> None:
    chosen = SELECTIONS[name]
    turned = {k: v[::-1] if isinstance(v, tuple) else v for k, v in chosen.items()}
    one, other = pieces(name), cut(examples, Selection(**turned))
    assert (lines_of(one), one.header) == (lines_of(other), other.header)


def answers(store: Store, questions: Iterable[tuple[str, dict[str, str]]]) -> list[Any]:
    return [(name, sorted(map(str, ask(store, name, **given)))) for name, given in questions]


ABOUT_BODY = [
    (name, {"authority": "westmarch"} | ({"word": "children"} if name.endswith("search") else {}))
    for name in (
        "judgement-history",
        "reports-list",
        "themes-now",
        "theme-assessments",
        "follow-up",
        "recommendations-search",
        "findings-search",
    )
]
ABOUT_THEME = [
    (name, {"theme": THEME} | more)
    for name in ("theme-assessments", "theme-story")
    for more in ({}, {"authority": "westmarch"})
]


@pytest.mark.parametrize(("name", "questions"), [("authority", ABOUT_BODY), ("theme", ABOUT_THEME)])
def test_a_piece_answers_as_the_whole_does(
    examples: Store, name: str, questions: list[tuple[str, dict[str, str]]]
) -> None:
    told = answers(examples, questions)
    assert all(rows for _, rows in told)
    assert answers(loaded(cut(examples, Selection(**SELECTIONS[name]))), questions) == told


def kinds(piece: Piece, cls: str) -> set[str]:
    return {s for s, p, o in map(parse, lines_of(piece)) if p.endswith("#type>") and o == TG[cls]}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        # A whole report is no part of one.
        ({"reports": (REPORT,)}, set()),
        ({"reports": (REPORT,), "themes": (THEME,)}, {f"<{ids.ID}report/{REPORT}>"}),
    ],
)
def test_a_report_of_which_some_is_left_out_says_so(
    examples: Store, chosen: dict[str, Any], expected: set[str]
) -> None:
    header = cut(examples, Selection(**chosen)).header
    assert {s for s, p, o in header if (p, o) == (TG["heldInPart"], TRUE)} == expected


def test_the_header_says_what_was_asked(examples: Store) -> None:
    query = "CONSTRUCT WHERE { ?f tg:isMixedOn ?theme }"
    header = cut(examples, Selection(construct=query)).header
    told = {p: o for _, p, o in header}
    assert told[TG["selection"]] == '"what a CONSTRUCT query makes"'
    assert told[TG["query"]] == f'"{query}"'


def test_a_conclusion_comes_only_with_all_it_rests_on(small_store: Any, small_report: Any) -> None:
    """Weak in 2018 and 2020, by two passages each time; of one stance only some are there."""
    store = small_store(
        small_report("a", "2018-01-01", "ilacs", ("W", "S")),
        small_report("a", "2020-01-01", "ilacs", ("W", "W")),
    )
    found = {
        name: kinds(cut(store, Selection(**chosen)), "ThemeAssessment")
        for name, chosen in {
            "all": {"authorities": ("a",)},
            "weak": {"stances": ("weakness",)},
            "late": {"since": dt.date(2019, 1, 1)},
        }.items()
    }
    assert len(found["all"]) == 2
    # In 2018 a strength was weighed too, which this piece does not have.
    assert len(found["weak"]) == 1
    late = cut(store, Selection(since=dt.date(2019, 1, 1)))
    told = {p for s, p, _ in map(parse, lines_of(late)) if s in found["late"]}
    assert TG["status"] in told
    # How it goes on from 2018 cannot be seen without 2018.
    assert TG["trajectory"] not in told


@pytest.mark.parametrize(
    ("chosen", "error", "message"),
    [
        ({"authorities": ("nowhere",)}, QueryError, "No authority 'nowhere'"),
        ({"frameworks": ("sof",)}, QueryError, "No framework 'sof'"),
        ({"themes": ("privat fostering",)}, QueryError, "Did you mean"),
        ({"since": dt.date(2090, 1, 1)}, ExportError, "No inspection in the store matches"),
        (
            {"services": ("adoption-service",), "kinds": ("jtai",)},
            ExportError,
            "No passage in the store matches",
        ),
        ({"iris": (f"{ids.ID}finding/none/1",)}, ExportError, "says nothing of <"),
        ({"iris": ("a b",)}, ExportError, "'a b' is not an IRI"),
        ({"construct": "SELECT * { ?s ?p ?o }"}, ExportError, "SELECT and ASK give no graph"),
        ({"construct": "CONSTRUCT WHERE {"}, QueryError, "syntax error"),
        (
            {"construct": "CONSTRUCT { [] a tg:Note } WHERE { ?x a tg:Report }"},
            ExportError,
            "nodes without names",
        ),
        (
            {"construct": "CONSTRUCT WHERE { ?x a tg:Nothing }"},
            ExportError,
            "makes nothing",
        ),
    ],
)
def test_what_is_not_there_is_told(
    examples: Store, chosen: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        cut(examples, Selection(**chosen))


def test_a_letter_that_looks_like_a_nameless_node_is_none(examples: Store) -> None:
    query = 'CONSTRUCT { ?r tg:note "see _:b1" } WHERE { ?r a tg:Report }'
    piece = cut(examples, Selection(construct=query))
    assert [line for line in piece.lines(CONSTRUCTED) if "see _:b1" in line]


def test_depth_reaches_what_is_tied_and_not_what_is_beside(examples: Store) -> None:
    """A finding's step leads to the recommendation that it prompted, not to all its report says."""
    recommendation = next(
        iter(examples.rows("SELECT ?r ?f { ?r tg:promptedBy ?f } ORDER BY ?r LIMIT 1"))
    )
    finding = recommendation["f"].value
    near = cut(examples, Selection(iris=(finding,), depth=1))
    alone = cut(examples, Selection(iris=(finding,)))
    asked = str(recommendation["r"])
    assert asked not in kinds(alone, "Recommendation")
    assert asked in kinds(near, "Recommendation")
    beside = kinds(near, "Finding")
    all_of_report = ask(examples, "reports-list", authority="westmarch")
    assert len(beside) < max(row["findings"] for row in all_of_report)


def test_what_others_added_can_be_chosen(
    examples: Store, reports: tuple[Report, ...], small_store: Callable[..., Store]
) -> None:
    """A report in a graph of another name, and its body, come as those of ours do."""
    store = small_store(reports[0])
    (graph,) = [g for g in store.graphs() if g.startswith(ids.GRAPH_REPORT)]
    own = graph.removeprefix(ids.GRAPH_REPORT)
    moved = [
        line.replace(f"<{name}> .", f"<{ids.GRAPH_ADDED}other> .")
        for name in (graph, ids.provenance_graph(own))
        for line in store.lines(name)
    ]
    store.remove(own)
    store.replace_graph(f"{ids.GRAPH_ADDED}other", "".join(sorted(moved)))
    piece = cut(store, Selection(authorities=("northmere",)))
    assert f"{ids.GRAPH_ADDED}other" in piece.names()
    assert piece.reports_in_part() == []
    assert kinds(piece, "Finding")


HARBOURS = Path(__file__).parents[2] / "docs" / "examples" / "harbours"


@pytest.mark.skipif(not HARBOURS.is_dir(), reason="needs the checkout with its documentation")
@pytest.mark.parametrize(
    ("chosen", "reports"),
    [
        # A graph of others holds several reports: those on one body are meant.
        ({"authorities": ("https://example.org/harbours/harbour/skerry-haven",)}, 2),
        ({"themes": ("https://example.org/harbours/theme/crew-fatigue",)}, 2),
    ],
)
def test_another_inspectorate_is_cut_as_ours_is(chosen: dict[str, Any], reports: int) -> None:
    store = Store(":memory:", write=True)
    store.write_vocabulary()
    texts = sorted(map(str, HARBOURS.glob("*.txt")))
    script = [sys.executable, str(HARBOURS / "harbours.py"), *texts]
    turtle = subprocess.run(script, check=True, capture_output=True).stdout
    profile = (HARBOURS / "profile.ttl").read_bytes()
    files = {"profile.ttl": profile, "reports.ttl": turtle}
    add_graphs(store, {name: read_rdf(name, data) for name, data in files.items()})
    piece = cut(store, Selection(**chosen))
    lines = lines_of(piece)
    assert len(kinds(piece, "Report")) == reports
    there = {parse(line)[0] for line in lines}
    told = {s for g in store.graphs() for s, _, _ in map(parse, store.lines(g))}
    classes = {o for _, p, o in map(parse, lines) if p.endswith("#type>")}
    named = {o for _, _, o in map(parse, lines) if o.startswith("<https://example.org/")}
    assert (named & told) - there - classes == set()
    # Names and not ids, whosever they are; and codes for themes that are not ours.
    stream = io.BytesIO()
    write_piece(piece, "csv", stream)
    assert "Skerry Haven" in stream.getvalue().decode()
    write_piece(piece, "qdpx", io.BytesIO())


def test_one_inspectorate_is_no_step_from_one_report_to_all(examples: Store) -> None:
    """Nor is an inspector: both bodies were visited by the same people."""
    piece = cut(examples, Selection(reports=(REPORT,), depth=1))
    bodies = {ids.last_part(name[1:-1]) for name in kinds(piece, "Authority")}
    assert bodies == {"westmarch"}


def test_silence_is_told_of_a_theme_alone(examples: Store) -> None:
    """What is weak says nothing of themes on which nothing was said."""
    piece = cut(examples, Selection(stances=("recommended",)))
    heads = kinds(piece, "ThemeAssessment")
    told = [(s, o) for s, p, o in map(parse, lines_of(piece)) if p == TG["status"] and s in heads]
    status = {ids.last_part(name[1:-1]) for _, name in told}
    assert status
    assert status.isdisjoint({"nothing-said", "not-looked-at"})


def test_a_run_is_counted_only_with_where_it_began(examples: Store) -> None:
    piece = cut(examples, Selection(authorities=("westmarch",), since=dt.date(2023, 1, 1)))
    told: dict[str, set[str]] = {}
    for subject, link, _ in map(parse, lines_of(piece)):
        told.setdefault(subject, set()).add(link)
    runs = [links for links in told.values() if TG["timesInARow"] in links]
    assert runs
    assert all(TG["since"] in links for links in runs)


@pytest.mark.parametrize(
    "literal",
    [
        '"a\\u0085b\\u2028c\\u000Cd"',
        '"abc"^^xsd:integer',
        '"2018-99-99"^^xsd:date',
        '"INF"^^xsd:double',
    ],
)
@pytest.mark.parametrize("form", ["nq", "jsonld", "json", "gexf", "graphml", "cypher", "csv"])
def test_odd_values_of_a_query_are_told_as_they_are(
    examples: Store, literal: str, form: str
) -> None:
    query = f"CONSTRUCT {{ ?r tg:odd {literal} }} WHERE {{ ?r a tg:Report }}"
    stream = io.BytesIO()
    write_piece(cut(examples, Selection(construct=query)), form, stream)
    assert b"NaN" not in stream.getvalue()
    if form in ("jsonld", "json"):
        json.loads(stream.getvalue(), parse_constant=pytest.fail)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ('<http://example.org/1> "x"', "no way to write the property"),
        ('tg:odd "\\u0001"', "cannot hold a control character"),
    ],
)
def test_what_xml_cannot_hold_is_refused(examples: Store, made: str, message: str) -> None:
    query = f"CONSTRUCT {{ ?r {made} }} WHERE {{ ?r a tg:Report }}"
    with pytest.raises(ExportError, match=message):
        write_piece(cut(examples, Selection(construct=query)), "rdfxml", io.BytesIO())


@pytest.mark.parametrize("vocabulary", [True, False])
def test_words_can_come_all_or_not_at_all(examples: Store, vocabulary: bool) -> None:
    piece = cut(examples, Selection(reports=(REPORT,)), vocabulary=vocabulary)
    graphs = {ids.GRAPH_ONTOLOGY, ids.GRAPH_VOCABULARY, ids.GRAPH_AUTHORITIES}
    assert graphs.intersection(piece.names()) == (graphs if vocabulary else set())
    if vocabulary:
        assert len(list(piece.lines(ids.GRAPH_VOCABULARY))) == len(
            examples.lines(ids.GRAPH_VOCABULARY)
        )
        assert len(kinds(piece, "Theme")) == len(vocab.themes())
