"""The store holds whole reports: it replaces, removes and refuses as a user would expect."""

from __future__ import annotations

import dataclasses
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from themegraph import ids
from themegraph.errors import QueryError, StoreError, UnknownReportError
from themegraph.graph.build import build_report
from themegraph.graph.embedded import FORMAT, MARKER
from themegraph.graph.places import default_place
from themegraph.graph.store import Store
from themegraph.model import Report


def contents(store: Store) -> list[str]:
    return [line for graph in store.graphs() for line in store.lines(graph)]


def filled(place: Path, *reports: Report) -> Store:
    store = Store(place, write=True)
    for report in reports:
        store.replace_report(report)
    return store


def test_a_report_comes_out_as_it_went_in(tmp_path: Path, reports: tuple[Report, ...]) -> None:
    with filled(tmp_path / "s", reports[0]) as store:
        assert "".join(sorted(contents(store))) == build_report(reports[0]).quads


def test_replacing_is_idempotent(tmp_path: Path, reports: tuple[Report, ...]) -> None:
    with filled(tmp_path / "s", *reports) as store:
        before = contents(store)
        assert store.replace_report(reports[0]) is False
        assert contents(store) == before


def test_a_changed_report_replaces_exactly_its_own(
    tmp_path: Path, reports: tuple[Report, ...]
) -> None:
    changed = dataclasses.replace(reports[0], title="Another title", findings=())
    with filled(tmp_path / "s", *reports) as store:
        assert store.replace_report(changed) is True
        mended = contents(store)
    with filled(tmp_path / "t", reports[1], reports[2], changed) as fresh:
        assert contents(fresh) == mended


def test_the_order_of_loading_makes_no_difference(
    tmp_path: Path, reports: tuple[Report, ...]
) -> None:
    with filled(tmp_path / "s", *reports) as one, filled(tmp_path / "t", *reports[::-1]) as other:
        assert contents(one) == contents(other)


@pytest.mark.parametrize(
    "odd", ["\u2028", "\u2029", "\x85", "\x0c", "\x1e", "\r", "\n", "\x00", '\\"']
)
def test_odd_characters_go_in_and_out_whole(
    tmp_path: Path, reports: tuple[Report, ...], odd: str
) -> None:
    built = build_report(dataclasses.replace(reports[0], title=f"one{odd}two"))
    changed = build_report(dataclasses.replace(reports[0], title=f"one{odd}three"))
    with Store(tmp_path / "s", write=True) as store:
        for report in (built, changed, built):
            assert store.replace_report(report) is True
            assert "".join(sorted(contents(store))) == report.quads
            assert store.replace_report(report) is False


def test_removing_leaves_nothing_behind(tmp_path: Path, reports: tuple[Report, ...]) -> None:
    with filled(tmp_path / "s", *reports) as store, filled(tmp_path / "t", *reports[1:]) as other:
        store.remove("northmere-2016-03-07-sif")
        assert store.graphs() == other.graphs()
        assert contents(store) == contents(other)


def test_removing_what_is_not_there_removes_nothing(
    tmp_path: Path, reports: tuple[Report, ...]
) -> None:
    with filled(tmp_path / "s", reports[0]) as store:
        with pytest.raises(UnknownReportError, match="No report nowhere-2000"):
            store.remove("northmere-2016-03-07-sif", "nowhere-2000")
        assert len(store.reports()) == 1


def test_vocabularies_are_written_once(tmp_path: Path) -> None:
    with Store(tmp_path / "s", write=True) as store:
        assert store.write_vocabulary() is True
        assert store.write_vocabulary() is False
        assert store.graphs() == [
            ids.GRAPH_AUTHORITIES,
            ids.GRAPH_ONTOLOGY,
            ids.GRAPH_VOCABULARY,
        ]


def test_an_outdated_vocabulary_is_replaced(tmp_path: Path) -> None:
    with Store(tmp_path / "s", write=True) as store:
        store.write_vocabulary()
        right = contents(store)
        stale = f'<x:s> <x:p> "old" <{ids.GRAPH_VOCABULARY}> .\n'
        store._backend.replace([ids.GRAPH_VOCABULARY], stale)
        assert store.write_vocabulary() is True
        assert contents(store) == right


def test_a_write_that_fails_changes_nothing(tmp_path: Path, reports: tuple[Report, ...]) -> None:
    built = build_report(dataclasses.replace(reports[0], title="New"))
    broken = dataclasses.replace(built, quads=f"{built.quads}<not an iri> <x:p> <x:o> <x:g> .\n")
    new = build_report(reports[1])
    broken_new = dataclasses.replace(new, quads=f"{new.quads}<not an iri> <x:p> <x:o> <x:g> .\n")
    with filled(tmp_path / "s", reports[0]) as store:
        before = contents(store)
        for report in (broken, broken_new):
            with pytest.raises(StoreError, match="the store is as it was"):
                store.replace_report(report)
            assert contents(store) == before


def test_several_may_read_and_only_one_write(tmp_path: Path, reports: tuple[Report, ...]) -> None:
    filled(tmp_path / "s", reports[0]).close()
    with Store(tmp_path / "s") as one, Store(tmp_path / "s") as two:
        assert one.graphs() == two.graphs()
        with pytest.raises(StoreError, match="in use by another themegraph"):
            Store(tmp_path / "s", write=True)
    with Store(tmp_path / "s", write=True), pytest.raises(StoreError, match="in use"):
        Store(tmp_path / "s")


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        (json.dumps({"format": FORMAT + 1}), "newer themegraph"),
        ("{", "damaged"),
        ("[]", "damaged"),
    ],
)
def test_a_store_of_another_kind_is_refused(tmp_path: Path, marker: str, message: str) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / MARKER).write_text(marker)
    for write in (True, False):
        with pytest.raises(StoreError, match=message):
            Store(tmp_path / "s", write=write)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(StoreError, match="is not a themegraph store"):
        Store(tmp_path, write=True)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_reading_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here yet"):
        Store(tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_a_new_store_in_which_nothing_is_written_is_gone(
    tmp_path: Path, reports: tuple[Report, ...]
) -> None:
    with Store(tmp_path / "a" / "s", write=True) as store:
        assert store.is_empty()
        assert (tmp_path / "a" / "s" / MARKER).is_file()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "there").mkdir()
    with Store(tmp_path / "there", write=True) as store:
        (tmp_path / "there" / "note.txt").write_text("not ours")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["note.txt"]
    filled(tmp_path / "s", reports[0]).close()
    with Store(tmp_path / "s", write=True) as store:
        store.remove(*store.reports())
        assert store.is_empty()
    assert (tmp_path / "s" / MARKER).is_file()  # it was there before


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file size are of POSIX")
def test_a_full_disk_leaves_whole_reports(tmp_path: Path) -> None:
    program = tmp_path / "fill.py"
    program.write_text(_FILL)
    done = subprocess.run(
        [sys.executable, program, tmp_path / "s", "limited"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Could not write to the store" in done.stdout
    check_that_reports_are_whole(tmp_path / "s")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_a_killed_process_leaves_whole_reports(tmp_path: Path) -> None:
    program = tmp_path / "fill.py"
    program.write_text(_FILL)
    command = [sys.executable, program, tmp_path / "s", "unlimited"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(5):  # some are in; it dies in the middle of one of those that follow
            assert process.stdout.readline().startswith("stored")
        process.send_signal(signal.SIGKILL)
    check_that_reports_are_whole(tmp_path / "s")


def check_that_reports_are_whole(place: Path) -> None:
    with Store(place, write=True) as store:
        graphs = store.graphs()
        assert graphs
        for graph in graphs:
            lines = store.lines(graph)
            assert len(lines) == 3000
            versions = {line.split('"')[1].split()[0] for line in lines}
            assert len(versions) == 1


# Stores reports of two graphs with 3,000 triples each, every one again in eight versions, until it
# cannot or is killed.
_FILL = """
import sys
from themegraph.errors import StoreError
from themegraph.graph.store import Store

def quads(graph, version):
    return "".join(
        f'<{graph}/{n}> <x:p> "{version} {n} {"word " * 10}" <{graph}> .\\n' for n in range(3000)
    )

store = Store(sys.argv[1], write=True)
if sys.argv[2] == "limited":
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6_000_000, resource.RLIM_INFINITY))
try:
    for n in range(1000):
        for version in range(8):
            graphs = f"x:report/{n}", f"x:provenance/{n}"
            store._backend.replace(graphs, "".join(quads(graph, version) for graph in graphs))
            print("stored", n, version, flush=True)
except StoreError as error:
    print(error)
"""


def test_queries_see_all_graphs_and_the_projects_prefixes(store: Store) -> None:
    rows = store.rows("SELECT ?r { ?r a tg:Report }")
    assert len({row["r"].value for row in rows}) == 3


def test_a_query_may_name_the_graphs_it_asks() -> None:
    with Store(":memory:", write=True) as store:
        store.replace_graph("x:a", "<x:s> <x:p> <x:1> <x:a> .\n")
        store.replace_graph("x:b", "<x:s> <x:p> <x:2> <x:b> .\n")
        for dataset, found in (("", "12"), ("FROM <x:a>", "1"), ("from <x:a> FROM <x:b>", "12")):
            rows = store.rows(f"SELECT ?o {dataset} {{ ?s ?p ?o }} ORDER BY ?o")
            assert "".join(row["o"].value[-1] for row in rows) == found
        named = store.rows("SELECT ?o FROM NAMED <x:b> { GRAPH ?g { ?s ?p ?o } }")
        assert [row["o"].value for row in named] == ["x:2"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { serVice silent ?x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <FILE:secret> { ?s ?p ?o }",
    ],
)
def test_what_leaves_the_store_is_refused(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match="is refused"):
        store.query(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p 'SERVICE' }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://example.org/>",
        "PREFIX service: <x:> SELECT * { ?s service:service ?o }",
        'SELECT * { ?s ?p """FROM <file:x> SERVICE""" }',
    ],
)
def test_the_words_alone_are_not_refused(store: Store, query: str) -> None:
    assert list(store.rows(query)) is not None


def test_rdflib_sees_the_same_and_fetches_nothing(
    store: Store, tmp_path: Path, reports: tuple[Report, ...]
) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<x:s> <x:p> <x:o> .")
    dataset = store.as_rdflib()
    question = f"SELECT ?r {{ ?r a <{ids.ONTOLOGY}Report> }}"
    assert len(list(dataset.query(question))) == len(reports)
    rows = list(dataset.query(f"SELECT * FROM <{secret.as_uri()}> {{ ?s ?p <x:o> }}"))
    assert rows == []


def test_the_default_place_is_a_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("THEMEGRAPH_STORE", str(tmp_path / "named"))
    with Store(write=True) as store:
        assert store.folder == tmp_path / "named"
    monkeypatch.delenv("THEMEGRAPH_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(StoreError, match="no store here yet"):
        Store()
    assert Path(default_place()).name == "store"
