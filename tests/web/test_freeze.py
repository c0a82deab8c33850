"""The pages as files: no link leads nowhere, and the same bytes however they are made."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from click.testing import Result
from lxml import html

from themegraph.web.freeze import Freezer, file_of

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def site(examples_place: str, once: Callable[..., Path]) -> Path:
    """All pages on the example reports, as files."""

    def freeze(out: Path) -> None:
        made = list(Freezer(Path(examples_place), out).run(jobs=2))
        assert [page for page in made if page.wrong] == []

    return once("site", freeze)


def pages(site: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    for path in sorted(site.rglob("*.html")):
        yield path, html.fromstring(path.read_text(encoding="utf-8"))


def test_every_link_leads_to_a_file_and_every_fragment_to_its_place(site: Path) -> None:
    known: dict[Path, set[str]] = {
        path: {*tree.xpath("//@id")} for path, tree in pages(site)
    }  # fmt: skip
    assert len(known) > 1000
    for path, tree in pages(site):
        for link in tree.xpath("//@href | //@src"):
            parts = urlsplit(link)
            if parts.scheme:
                assert link.startswith("https://www.nationalarchives.gov.uk/"), (path, link)
                continue
            assert not link.startswith("/"), (path, link)
            target, fragment = urldefrag(link)
            file = (path.parent / unquote(target)).resolve() if target else path
            assert file.is_file(), (path, link)
            if fragment:
                assert fragment in known[file], (path, link)


def test_nothing_in_it_needs_a_server(site: Path) -> None:
    for path, tree in pages(site):
        assert not tree.xpath("//form | //script"), path
        assert not tree.xpath("//a[contains(@href, 'sparql') or contains(@href, 'query?')]"), path


def test_it_holds_every_kind_of_page_with_its_data(site: Path) -> None:
    assert {path.name for path in site.iterdir() if path.is_dir()} == {
        "authority", "evidence", "finding", "graph", "inspection", "judgement", "question",
        "recommendation", "report", "service", "static", "theme", "vocabulary",
    }  # fmt: skip
    for kind in ("authority", "finding", "theme"):
        some = next((site / kind).rglob("*.html"))
        assert "@prefix" in some.with_name(f"{some.stem.partition('~')[0]}.ttl").read_text(
            "utf-8"
        ) or ("<https://w3id.org/" in some.with_suffix(".ttl").read_text("utf-8"))


def test_it_is_the_same_however_many_processes_make_it(
    run: Run, tmp_path: Path, small_place: str
) -> None:
    made = {}
    for jobs in (1, 2):
        out = tmp_path / f"site-{jobs}"
        told = run("site", str(out), "--store", small_place, "--jobs", str(jobs))
        assert told.exit_code == 0, told.stderr
        assert "Open" in told.stderr
        made[jobs] = {
            str(path.relative_to(out)): path.read_bytes()
            for path in out.rglob("*")
            if path.is_file()
        }
    assert len(made[1]) > 50
    assert made[1] == made[2]


def test_a_folder_of_others_is_left_alone_and_one_of_ours_made_anew(
    run: Run, tmp_path: Path, small_place: str
) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    told = run("site", str(out), "--store", small_place)
    assert told.exit_code == 1
    assert "is not empty" in told.stderr
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    (out / "notes.txt").unlink()
    beside = tmp_path / "site.new"
    beside.mkdir()
    assert run("site", str(out), "--store", small_place).exit_code == 0
    (out / "authority" / "gone.html").write_text("old", encoding="utf-8")
    assert run("site", str(out), "--store", small_place).exit_code == 0
    assert not (out / "authority" / "gone.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "site.new"]


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/static/style.css", "static/style.css"),
        ("/finding/k/1", "finding/k/1.html"),
        ("/graph?theme=neglect&depth=2", "graph~depth=2~theme=neglect.html"),
        ("/graph?region=East+of+England", "graph~region=East_of_England_0c0934e5.html"),
        ("/graph?region=../../etc", "graph~region=.._.._etc_"),
    ],
)
def test_an_address_has_a_file_that_no_value_can_lead_out_of(address: str, file: str) -> None:
    found = file_of(address)
    assert found.startswith(file.removesuffix(".html"))
    assert ".." not in Path(found).parts


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_plain_server_serves_it_whole(served: str, site: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    import shutil

    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        wrong: list[str] = []
        page.on("response", lambda r: wrong.append(r.url) if r.status >= 400 else None)
        page.goto(f"{served}/index.html")
        page.click("main a[href*='authority/westmarch']")
        assert page.is_visible("table.matrix")
        page.click("table.matrix td a >> nth=0")
        assert page.is_visible("article.passage")
        page.goto(f"{served}/graph~theme=supervision.html")
        assert page.locator("svg.graph .node").count() > 1
        browser.close()
    assert [url for url in wrong if not url.endswith("favicon.ico")] == []
