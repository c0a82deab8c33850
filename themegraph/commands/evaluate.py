"""``themegraph evaluate GOLD PATH...``: how well passages are tagged, against readers' answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from themegraph.commands.answers import FORMATS, write_answer
from themegraph.commands.console import counted, say, tracked
from themegraph.commands.options import format_option, jobs_option, output_option, quiet_option

if TYPE_CHECKING:
    from themegraph.loaders.inputs import InputFile
    from themegraph.queries import Answer
    from themegraph.tagging.evaluate import Quality, Rate, Told
    from themegraph.tagging.reference import Reference

_DIGEST = re.compile(r"[0-9a-f]{64}")
COLUMNS = ("measured", "of", "wanted", "told", "right", "precision", "recall", "f1")


@click.command(short_help="How well passages are tagged, against a reader's answers.")
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD")
@click.argument("paths", nargs=-1, required=True, metavar="PATH|FOLDER|ZIP|URL...")
@format_option(FORMATS, "table")
@output_option
@jobs_option
@quiet_option
def evaluate(
    gold: Path, paths: tuple[str, ...], form: str, output: str, jobs: int, quiet: bool
) -> None:
    """How well the passages of reports are tagged.

    GOLD is a file with a JSON object in each line: what a reader said of a passage. Its keys are
    sha256 (of the report's file; or seed, the file's name), unit (finding or recommendation), start
    (the passage's first words), themes (each with id and polarity) and, where the reader said so,
    optional_themes, polarity, services, optional_services. PATH... are the reports (those that
    GOLD does not name are not read). Printed are precision, recall and F1
    of each theme, of each stance of a finding and of a theme rightly told, and of services.
    Passages that are not found count as missed, and are named; so are reports that PATH... do not
    hold. Where they hold none of them it is an error. Corrections that people made
    (corrections.csv) are left out: measured is what the tagger says.
    docs/how-to/measure-the-tagging.md has an example.
    """
    from themegraph.errors import UnreadableSourceError
    from themegraph.loaders.inputs import expand
    from themegraph.tagging.evaluate import evaluate as measure
    from themegraph.tagging.reference import read_reference

    references = read_reference(gold)
    files = _choose(expand(paths), {reference.report for reference in references}, gold)
    told, failed = _read(files, jobs, quiet=quiet)
    if not told:
        raise UnreadableSourceError(
            f"No report that {gold} names was found and read in {', '.join(paths)}. "
            "A report is named by its file's name (seed) or SHA-256 (sha256)."
        )
    quality = measure(references, told)
    answer = _answer(quality)
    write_answer(answer, form, output, lambda: _view(answer))
    _say_missing(references, quality, told, quiet=quiet)
    if failed or quality.not_found:
        raise click.exceptions.Exit(1)


def _choose(files: Iterable[InputFile], wanted: set[str], gold: Path) -> list[InputFile]:
    """The files that the reference names, by their bytes or by their names.

    Raises UnreadableSourceError where a name is that of several files that are not the same.
    """
    from themegraph.errors import UnreadableSourceError

    chosen = []
    named: dict[str, dict[str, str]] = {}
    for file in files:
        digest = _digest(file)
        if digest is None or file.name in wanted or digest in wanted:
            chosen.append(file)
        if digest is not None and file.name in wanted:
            named.setdefault(file.name, {}).setdefault(digest, file.origin)
    for name, origins in named.items():
        if len(origins) > 1:
            raise UnreadableSourceError(
                f"{gold}: names {name}, and that may be {' or '.join(origins.values())}. "
                "Name the report by sha256, or read one of these alone."
            )
    return chosen


def _digest(file: InputFile) -> str | None:
    """The SHA-256 of a file; None where it cannot be read, of which the reader will tell."""
    import hashlib

    from themegraph.errors import ThemegraphError

    try:
        return hashlib.sha256(file.read()).hexdigest()
    except (ThemegraphError, OSError):
        return None


def _read(
    files: Sequence[InputFile], jobs: int, *, quiet: bool
) -> tuple[dict[str, tuple[Told, ...]], bool]:
    from themegraph.loaders.pipeline import read_many
    from themegraph.reading import read_tagged
    from themegraph.tagging.evaluate import told_of

    told = {}
    failed = False
    outcomes = read_many(files, jobs=jobs, read=read_tagged, then=told_of)
    for outcome in tracked(outcomes, len(files), "Reading reports", quiet=quiet):
        if outcome.report is None:
            say(f"Failed: {outcome.reason}")
            failed = True
        else:
            sha256, name, passages = outcome.report
            told[sha256] = told[Path(name).name] = passages
    return told, failed


def _answer(quality: Quality) -> Answer:
    from themegraph.queries import Answer
    from themegraph.tagging.evaluate import by_stance

    rows = [_row("themes", "all", quality.all_themes)]
    rows += [_row("theme", theme, rate) for theme, rate in sorted(quality.themes.items())]
    rows += [_row("stance of a finding", s, rate) for s, rate in by_stance(quality.stances)]
    rows += [_row("stance of a theme", s, rate) for s, rate in by_stance(quality.theme_stances)]
    rows.append(_summary("stance of a finding", quality.stances))
    rows.append(_summary("stance of a theme", quality.theme_stances))
    rows.append(_row("services", "all", quality.services))
    return Answer(COLUMNS, tuple(rows))


def _row(measured: str, of: str, rate: Rate) -> tuple[object, ...]:
    figures = (rate.precision, rate.recall, rate.f1)
    return (
        measured,
        of,
        rate.right + rate.missed,
        rate.right + rate.spurious,
        rate.right,
        *(None if figure is None else round(figure, 3) for figure in figures),
    )


def _summary(measured: str, counts: Counter[tuple[str, str]]) -> tuple[object, ...]:
    """All stances together: accuracy in the place of precision and recall, and the macro F1."""
    from themegraph.tagging.evaluate import accuracy, agreeing, macro_f1

    share, total = accuracy(counts), counts.total()
    figures = (share, share, macro_f1(counts))
    told = [None if figure is None else round(figure, 3) for figure in figures]
    return (measured, "all (F1: macro)", total, total, agreeing(counts), *told)


def _view(answer: Answer) -> str:
    """Themes first, those that are told worst at the top; then stances and services."""
    from themegraph.commands.tables import render

    rows = list(answer)
    themes = [row for row in rows if row["measured"] == "theme"]
    themes.sort(key=lambda row: (row["f1"] if row["f1"] is not None else 2, row["of"]))
    others = [row for row in rows if row["measured"] != "theme"]
    heads = ["theme", *COLUMNS[2:]]
    text = render(heads, [_cells(row["of"], row) for row in themes])
    label = [f"{row['measured']}: {row['of']}" for row in others]
    more = render(["all", *COLUMNS[2:]], [_cells(n, r) for n, r in zip(label, others, strict=True)])
    return f"{text}\n{more}"


def _cells(name: str, row: dict[str, object]) -> list[str]:
    counts = [str(row[column]) for column in COLUMNS[2:5]]
    figures = [row[column] for column in COLUMNS[5:]]
    return [name, *counts, *("" if f is None else f"{f:.3f}" for f in figures)]


def _say_missing(
    references: Sequence[Reference], quality: Quality, read: Container[str], *, quiet: bool
) -> None:
    unread = Counter(reference.report for reference in references if reference.report not in read)
    for report, number in unread.items():
        lost = f"{counted(number, 'passage')} of it {'counts' if number == 1 else 'count'}"
        say(f"Report not read: {_named(report)}; {lost} as missed.", quiet=quiet)
    for reference in quality.not_found:
        if reference.report in read:
            start = " ".join(reference.start.split()[:8])
            where = _named(reference.report)
            say(f"Not found: the {reference.unit} “{start} …” in {where}", quiet=quiet)
    found = len(references) - len(quality.not_found)
    say(f"{found} of {counted(len(references), 'passage')} found.", quiet=quiet)


def _named(report: str) -> str:
    """A report as it is named to a reader: a digest by its first figures, a name whole."""
    return f"{report[:12]}…" if _DIGEST.fullmatch(report) else report
