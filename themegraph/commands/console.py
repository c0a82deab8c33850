"""What people see on standard error: progress for what takes time, and what went wrong."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from themegraph.counting import counted

__all__ = ["counted", "patience", "program", "say", "tracked"]

T = TypeVar("T")

PATIENCE_SECONDS = 2.0
#: Where there is no bar, a line says this often how far it is.
EVERY_SECONDS = 10.0


def program() -> str:
    """How the reader runs this program: by its name, or by its path where the name is not found."""
    found = shutil.which("themegraph")
    script = Path(sys.argv[0])
    if found or script.name != "themegraph":
        return "themegraph"
    return os.path.relpath(script) if script.is_relative_to(Path.cwd()) else str(script)


def say(words: str, *, quiet: bool = False) -> None:
    """A line for the reader, on standard error."""
    if not quiet:
        click.echo(words, err=True)


def tracked(
    items: Iterable[T], total: int | Callable[[], int], doing: str, *, quiet: bool
) -> Iterator[T]:
    """``items`` as they come, with a progress bar once they take over two seconds.

    ``total`` is how many there are or, where that becomes known as they come, a function that tells
    how many are known of. Where standard error is no terminal, a line says so, then and every ten
    seconds.
    """
    known = total if callable(total) else lambda: total
    if quiet:
        yield from items
        return
    due = time.monotonic() + PATIENCE_SECONDS
    source = iter(items)
    for done, item in enumerate(source, 1):
        yield item
        if (now := time.monotonic()) > due:
            if sys.stderr.isatty():
                yield from _with_bar(source, done, known, doing)
                return
            say(f"{doing}: {done:,} of {known():,} so far …")
            due = now + EVERY_SECONDS


@contextmanager
def patience(doing: str, *, quiet: bool) -> Iterator[None]:
    """Say what is being done, once it takes over two seconds and cannot be counted; and, where
    standard error is no terminal, every ten seconds that it still is.
    """
    over = threading.Event()
    teller = threading.Thread(target=_tell_of, args=(doing, over), daemon=True)
    if not quiet:
        teller.start()
    try:
        yield
    finally:
        over.set()


def _tell_of(doing: str, over: threading.Event) -> None:
    """Say what is being done until it is ``over``."""
    began = time.monotonic()
    if over.wait(PATIENCE_SECONDS):
        return
    say(f"{doing} …")
    while not sys.stderr.isatty() and not over.wait(EVERY_SECONDS):
        say(f"{doing}, {time.monotonic() - began:.0f} seconds so far …")


def _with_bar(items: Iterator[T], done: int, total: Callable[[], int], doing: str) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(doing, total=total(), completed=done)
        for item in items:
            yield item
            progress.update(task, advance=1, total=total())
