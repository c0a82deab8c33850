"""Write the reference pages that are made from the code: the commands and the named questions."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from themegraph.cli import COMMANDS, cli
from themegraph.queries import Question, questions

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
MADE = "<!-- Made by `make docs`. Change the code and not this page. -->\n"


def commands_page() -> str:
    parts = [
        "# Commands\n",
        MADE,
        "Results go to standard output, everything else to standard error. Exit codes: 0 all done, "
        "1 some input failed\nor a check found something, 2 wrong usage.\n",
    ]
    context = click.Context(cli, info_name="themegraph", terminal_width=98, **cli.context_settings)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, terminal_width=98)
        parts += [f"## {name}\n", "```", command.get_help(inner), "```\n"]
    return "\n".join(parts)


def questions_page() -> str:
    parts = [
        "# Named questions\n",
        MADE,
        "`themegraph query NAME -p parameter=value` asks one. `--show` prints its SPARQL, which "
        "can be pasted\ninto any client.\n",
    ]
    for question in questions().values():
        parts += question_section(question)
    return "\n".join(parts)


def question_section(question: Question) -> list[str]:
    rows = [f"## {question.name}\n", f"{question.title} {question.description}\n"]
    if question.parameters:
        rows += ["| parameter | | for example | meaning |", "|---|---|---|---|"]
        for p in question.parameters:
            need = "required" if p.required else f"default {p.default}" if p.default else "optional"
            rows.append(f"| `{p.name}` ({p.type}) | {need} | `{p.example}` | {p.meaning} |")
        rows.append("")
    rows += ["| column | meaning |", "|---|---|"]
    rows += [f"| `{column.name}` | {column.meaning} |" for column in question.columns]
    return [*rows, ""]


PAGES = {"commands.md": commands_page, "questions.md": questions_page}


def main() -> None:
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
        print(FOLDER / name, file=sys.stderr)


if __name__ == "__main__":
    main()
