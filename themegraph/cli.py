"""The command line: a group whose commands are loaded when they are named, and errors in words.

Exit codes: 0 all done, 1 some input failed or a check found something, 2 wrong usage.
"""

from __future__ import annotations

import sys
from importlib import import_module
from io import TextIOWrapper

import click

from themegraph import __version__
from themegraph.errors import ThemegraphError

# In the order a person meets them.
COMMANDS = (
    "demo",
    "load",
    "extract",
    "text",
    "status",
    "search",
    "themes",
    "trace",
    "compare",
    "follow-up",
    "turned-around",
    "network",
    "view",
    "emerging",
    "query",
    "export",
    "serve",
    "site",
    "validate",
    "verify",
    "reason",
    "vocab",
    "evaluate",
    "remove",
    "add",
)


class _Commands(click.Group):
    """The commands of :mod:`themegraph.commands`, one module each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = name.replace("-", "_")
        command = getattr(import_module(f"themegraph.commands.{module}"), module)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ThemegraphError as error:
            click.echo(f"Error: {error}", err=True)
            raise click.exceptions.Exit(error.exit_code) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="themegraph")
def cli() -> None:
    """Inspection reports as a graph that can be trusted and asked.

    Start with: themegraph demo
    """


def main() -> None:
    """Run the command line. Output is UTF-8 whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    cli(prog_name="themegraph")
