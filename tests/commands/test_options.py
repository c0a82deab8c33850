"""Options that mean the same in every command: ``--top``, and ``--format`` by a file's ending."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from themegraph.cli import COMMANDS, cli
from themegraph.commands.options import format_option, output_option

Run = Callable[..., Result]
# A command that has --top, and the column of csv that says which rows are one row of a table.
WITH_TOP = {
    "themes": (("themes",), "theme"),
    "themes of a body": (("themes", "--authority", "westmarch"), "theme"),
    "compare": (("compare", "westmarch", "eastmere"), "theme"),
    "emerging": (("emerging", "--least", "2"), "phrase"),
    "search": (("search", "children"), "passage"),
    "network": (("network", "themes", "--all"), "passages"),
}


def commands() -> dict[str, click.Command]:
    context = click.Context(cli)
    found = {name: cli.get_command(context, name) for name in COMMANDS}
    return {name: command for name, command in found.items() if command is not None}


@pytest.fixture
def ask(run: Run, examples_place: str) -> Run:
    return lambda *arguments: run(*arguments, "--store", examples_place)


def test_every_command_with_top_is_tried() -> None:
    have = {name for name, of in commands().items() if any(p.name == "top" for p in of.params)}
    assert have == {arguments[0] for arguments, _ in WITH_TOP.values()}


@pytest.mark.parametrize("name", WITH_TOP)
class TestTop:
    """It limits tables, and other formats where it is given."""

    def test_other_formats_have_every_row(self, name: str, ask: Run) -> None:
        arguments, column = WITH_TOP[name]

        def rows(*more: str) -> list[dict[str, str]]:
            text = ask(*arguments, "--format", "csv", *more).stdout
            return list(csv.DictReader(io.StringIO(text)))

        top = next(p.default for p in commands()[arguments[0]].params if p.name == "top")
        every = rows()
        assert rows("--top", "0") == every
        assert len({row[column] for row in every}) > top  # type: ignore[operator]
        few = rows("--top", "3")
        assert len({row[column] for row in few}) == 3
        assert all(row in every for row in few)

    def test_json_has_the_rows_of_csv(self, name: str, ask: Run) -> None:
        arguments, column = WITH_TOP[name]
        told = json.loads(ask(*arguments, "--format", "json", "--top", "3").stdout)
        ties = told["edges"] if "network" in name else told
        assert len({str(row[column]) for row in ties}) == 3


def test_the_first_themes_are_those_of_the_table(ask: Run) -> None:
    for arguments in (("themes", "--authority", "westmarch"), ("compare", "westmarch", "eastmere")):
        rows = json.loads(ask(*arguments, "--top", "3", "--format", "json").stdout)
        table = " ".join(ask(*arguments, "--top", "3").stdout.split())
        assert len({row["label"] for row in rows}) == 3
        assert all(row["label"].split()[0] in table for row in rows)


@pytest.mark.parametrize(
    ("formats", "file", "form"),
    [
        (("table", "csv", "json"), "x.csv", "csv"),
        (("table", "csv", "json"), "folder.csv/x.JSON", "json"),
        (("table", "csv", "json"), "x.txt", "table"),
        (("table", "csv"), "x.txt", "table"),
        (("table", "csv", "json"), "csv", "table"),
        (("jsonl", "json", "csv"), "x.ndjson", "jsonl"),
        (("ttl", "nt", "jsonld", "rdfxml"), "x.rdf", "rdfxml"),
        (("ttl", "nt", "jsonld", "rdfxml"), "x.xml", "rdfxml"),
        (("ttl", "nt", "jsonld", "rdfxml"), "x.json", "jsonld"),
        (("table", "xml", "rdfxml"), "x.xml", "xml"),
    ],
)
def test_the_ending_of_the_file_is_a_format(formats: tuple[str, ...], file: str, form: str) -> None:
    @click.command()
    @format_option(formats, formats[0])
    @output_option
    def write(form: str, output: str) -> None:
        click.echo(form)

    def written(*arguments: str) -> str:
        return CliRunner().invoke(write, arguments, catch_exceptions=False).stdout.strip()

    assert written("-o", file) == form
    assert written() == formats[0]
    for asked in formats:
        assert written("--format", asked, "-o", file) == asked
        assert written("-o", file, "--format", asked) == asked


def test_every_command_with_both_options_heeds_the_ending() -> None:
    for name, command in commands().items():
        params = {param.name: param for param in command.params}
        if {"form", "output"} <= params.keys():
            assert params["form"].callback is not None, name
            assert params["output"].is_eager, name


@pytest.mark.parametrize(
    ("arguments", "file", "begins"),
    [
        (("themes",), "x.csv", "theme,label,"),
        (("network", "themes"), "n.graphml", "<graphml "),
        (("query", "coverage"), "x.csv", "body,date,"),
        (("export", "--authority", "eastmere"), "x.nt", "<"),
        (("status",), "x.csv", "inspection_type,"),
    ],
)
def test_a_file_holds_what_its_ending_says(
    ask: Run, tmp_path: Path, arguments: tuple[str, ...], file: str, begins: str
) -> None:
    assert ask(*arguments, "-o", str(tmp_path / file)).exit_code == 0
    assert (tmp_path / file).read_text(encoding="utf-8").startswith(begins)


def test_a_csv_file_has_every_row(ask: Run, tmp_path: Path) -> None:
    ask("themes", "-o", str(tmp_path / "x.csv"))
    assert (tmp_path / "x.csv").read_text(encoding="utf-8") == ask(
        "themes", "--format", "csv"
    ).stdout


@pytest.mark.parametrize("file", ["x.json", "x.xlsx", "x.csv.gz"])
def test_an_ending_that_promises_another_format_is_refused(file: str) -> None:
    """A table of text in a file that ends in .xlsx opens in nothing."""

    @click.command()
    @format_option(("table", "csv"), "table")
    @output_option
    def write(form: str, output: str) -> None:
        click.echo(form)

    done = CliRunner().invoke(write, ["-o", file])
    assert done.exit_code == 2
    assert f"there is none for a file that ends in .{file.rpartition('.')[2]}" in done.stderr
    # Who names a format knows what it is.
    assert CliRunner().invoke(write, ["-o", file, "--format", "csv"]).stdout == "csv\n"
