"""``themegraph site OUT``: the pages as files, for any web host."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from themegraph.commands.console import counted, say, tracked
from themegraph.commands.options import jobs_option, quiet_option, store_option

#: What marks a folder as one that this command made, and may make anew.
MARKER = ".themegraph-site"
MOST_WRONG = 20


@click.command(short_help="Freeze the pages into a folder that any web host can serve.")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@store_option
@jobs_option
@quiet_option
def site(out: Path, store: str | None, jobs: int, quiet: bool) -> None:
    """Write the pages about the store to the folder OUT.

    All pages but those that need a server: search, comparison of any two authorities, and queries.
    Links are relative, so the folder can be served from anywhere and opened from a disk. An OUT
    that this command made before is made anew, once all pages are written; any other must be empty.
    Exit code 1 when a page leads to one that is not there.
    """
    from themegraph.errors import StoreError
    from themegraph.graph.store import Store
    from themegraph.web.freeze import Freezer

    out = out.resolve()
    if out.exists() and any(out.iterdir()) and not (out / MARKER).exists():
        raise click.ClickException(f"{out}: is not empty, and was not made by this command.")
    with Store(store) as opened:
        if opened.folder is None:
            raise StoreError(f"{opened.place}: is a service; site takes a folder.")
        place, reports = opened.folder, len(opened.reports())
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as room:
            fresh = Path(room) / "new"
            fresh.mkdir()
            (fresh / MARKER).touch()
            freezer = Freezer(place, fresh)
            steps = freezer.run(jobs)
            done = list(tracked(steps, lambda: freezer.known, "Writing pages", quiet=quiet))
            if out.exists():
                out.rename(Path(room) / "old")
            shutil.move(fresh, out)
    except OSError as error:
        raise click.ClickException(f"{out}: cannot be written ({error.strerror}).") from error
    wrong = [page for page in done if page.wrong]
    for page in wrong[:MOST_WRONG]:
        say(f"No page at {page.address}: {page.wrong}")
    pages = counted(len(done) - len(wrong), "file")
    say(
        f"{pages} on {counted(reports, 'report')} in {out}. Open {out / 'index.html'}.", quiet=quiet
    )
    if wrong:
        raise click.exceptions.Exit(1)
