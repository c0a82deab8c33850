"""``themegraph load``: reports into the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import click

from themegraph.commands.console import counted, program, say, tracked
from themegraph.commands.options import jobs_option, quiet_option, store_option

if TYPE_CHECKING:
    from themegraph.graph.store import Store
    from themegraph.load import Loaded

#: What shells expect of a program that Ctrl-C stopped.
INTERRUPTED = 130


@click.command(short_help="Read reports, check them and put them in the store.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH|FOLDER|ZIP|URL...")
@store_option
@jobs_option
@quiet_option
def load(paths: tuple[str, ...], store: str | None, jobs: int, quiet: bool) -> None:
    """Read reports and put them in the store.

    Takes files, folders, globs, zips, addresses, or - for standard input. Each report replaces
    what the store holds of the same inspection, whole or not at all. A file that cannot be read
    does not stop the others; the exit code is then 1. One that was read before and has not changed
    is not read again. A corrections.csv beside the reports, at the
    top of the folder or zip that is loaded, or in between, is replayed: its rows change the themes
    and stances of passages. A row that cannot be understood is named and left out; the exit code is
    then 1 too. An authorities.csv there registers bodies of your own, with their regions and
    neighbours. Afterwards the assessments of themes and the follow-ups of recommendations are made
    anew for the authorities that changed.
    """
    from themegraph.commands.hints import passed_over
    from themegraph.graph.store import Store
    from themegraph.load import load_reports
    from themegraph.loaders.inputs import expand
    from themegraph.reading import reader_for

    files = list(expand(paths))
    reader = reader_for(files)
    done: list[Loaded] = []
    with Store(store, write=True) as opened:
        steps = load_reports(opened, files, jobs=jobs, reader=reader, then_derive=False)
        try:
            with closing(steps):
                all_read = _read(steps, done, len(files), quiet=quiet)
            bring_up_to_date(opened, quiet=quiet)
        except KeyboardInterrupt:
            say("Stopped: assessments and the search index are not up to date. Load again.")
            raise click.exceptions.Exit(INTERRUPTED) from None
        if not all_read:
            say("Load again to go on.")
            raise click.exceptions.Exit(INTERRUPTED)
        left_out = [*map(str, reader.corrections.bad)]
        for words in (*left_out, *reader.without_report(opened.reports().values())):
            say(words)
    if note := passed_over(paths):
        say(note, quiet=quiet)
    print_summary(done, opened.place, quiet=quiet)
    if left_out or any(file.became == "failed" for file in done):
        raise click.exceptions.Exit(1)


def _read(steps: Iterable[Loaded], done: list[Loaded], of: int, *, quiet: bool) -> bool:
    """Add ``steps`` to ``done`` as they come; whether all came before the reader stopped them."""
    try:
        done.extend(tracked(steps, of, "Reading reports", quiet=quiet))
    except KeyboardInterrupt:
        say(
            f"Stopped: {len(done):,} of {counted(of, 'file')} done, and kept. Now what follows "
            "from them is brought up to date; Ctrl-C again leaves that undone."
        )
        return False
    return True


def bring_up_to_date(store: Store, *, quiet: bool) -> None:
    """Bring assessments, follow-ups, inferred graphs where there are some, and the search index up
    to date with what the store holds.
    """
    from themegraph.derivation.derive import Derivation
    from themegraph.graph.inference import Inference, holds_inferred
    from themegraph.search import update_index

    work = Derivation(store)
    for _ in tracked(work.run(), len(work), "Comparing inspections", quiet=quiet):
        pass
    if holds_inferred(store):
        follows = Inference(store)
        for _ in tracked(follows.run(), len(follows), "Reasoning", quiet=quiet):
            pass
    reports = len(store.reports())
    for _ in tracked(update_index(store), reports, "Indexing words", quiet=quiet):
        pass


def print_summary(files: Sequence[Loaded], place: str, *, quiet: bool) -> None:
    """What was done with each file, failures first, and what to do next."""
    from themegraph.graph.places import store_option

    for file in files:
        if file.became == "failed":
            say(f"Failed: {file.reason}")
    for file in files:
        if file.became == "skipped":
            say(f"Skipped: {file.origin} ({file.reason})", quiet=quiet)
    count: Counter[str] = Counter(file.became for file in files)
    kinds = ("added", "replaced", "unchanged", "skipped", "failed")
    parts = ", ".join(f"{count[kind]:,} {kind}" for kind in kinds)
    say(f"{counted(len(files) - count['failed'], 'report')} read: {parts}.", quiet=quiet)
    if count["failed"] == len(files):
        return
    store = store_option(place)
    warnings = sum(file.warnings for file in files)
    if warnings:
        words = counted(warnings, "warning")
        say(f"{words} from reading; see: {program()} query warnings{store}", quiet=quiet)
    say(f"The store is {place}. Next: {program()} status{store}", quiet=quiet)
