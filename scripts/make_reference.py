"""Write the pages that are made from the code: the reference pages of commands, named questions and
terms, and the ontology with its vocabularies as HTML, as ``themegraph serve`` shows it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from themegraph.cli import COMMANDS, cli
from themegraph.graph.store import Store
from themegraph.ids import DEFAULT_BASE, last_part
from themegraph.ontology.terms import Ontology, Term
from themegraph.queries import Question, by_reader
from themegraph.web.freeze import Freezer

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
HTML = FOLDER.parent.parent / "build" / "docs"
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
        parts += command_section(command, name, context)
    return "\n".join(parts)


def command_section(command: click.Command, name: str, parent: click.Context) -> list[str]:
    """A command, and the commands of a group after it."""
    inner = click.Context(command, info_name=name, parent=parent, terminal_width=98)
    parts = [
        f"## {inner.command_path.partition(' ')[2]}\n",
        "```",
        command.get_help(inner),
        "```\n",
    ]
    if isinstance(command, click.Group):
        for below in command.list_commands(inner):
            found = command.get_command(inner, below)
            assert found is not None
            parts += command_section(found, below, inner)
    return parts


def questions_page() -> str:
    parts = [
        "# Named questions\n",
        MADE,
        "`themegraph query NAME -p parameter=value` asks one. `--show` prints its SPARQL, which "
        "can be pasted\ninto any client.\n",
    ]
    for readers, named in by_reader().items():
        parts.append(f"# {readers}\n")
        for question in named:
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


def terms_page() -> str:
    ontology = Ontology(DEFAULT_BASE)
    parts = [
        "# Terms of the ontology\n",
        MADE,
        f"Version {ontology.version}. What they are for, and how they hang together: "
        "[the ontology](ontology.md).\n",
    ]
    for module in ontology.modules:
        parts += [f"## {module.title}\n", f"{module.description}\n"]
        parts += ["| class | is a kind of | what it is | for example |", "|---|---|---|---|"]
        parts += [
            f"| `{t.name}` | {_listed(ontology, t.above)} | {_whole(t)} | {t.example} |"
            for t in module.terms
            if t.is_class
        ]
        parts += [
            "",
            "| property | from | to | what it says | for example |",
            "|---|---|---|---|---|",
        ]
        parts += [
            f"| `{t.name}` | {_listed(ontology, [t.domain])} | {_listed(ontology, [t.range])} | "
            f"{_whole(t)} | {t.example} |"
            for t in module.terms
            if not t.is_class
        ]
        parts.append("")
    return "\n".join(parts)


def _listed(ontology: Ontology, iris: Iterable[str]) -> str:
    return ", ".join(f"`{ontology.short(iri).removeprefix('tg:')}`" for iri in iris if iri)


def _whole(term: Term) -> str:
    inverse = f" The other way round: `{last_part(term.inverse)}`." if term.inverse else ""
    note = f" {term.scope_note}" if term.scope_note else ""
    return f"{term.definition}{note}{inverse.replace('ontology#', '')}"


PAGES = {"commands.md": commands_page, "questions.md": questions_page, "terms.md": terms_page}


def write_html(out: Path) -> None:
    """The ontology and the vocabularies as pages for any web host; index.html leads on."""
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "store"
        with Store(place, write=True) as store:
            store.write_vocabulary()
        wrong = [page for page in Freezer(place, out, terms=True).run(jobs=1) if page.wrong]
    assert not wrong, wrong
    shutil.copy(out / "ontology.html", out / "index.html")


def main() -> None:
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
        print(FOLDER / name, file=sys.stderr)
    write_html(HTML)
    print(HTML / "index.html", file=sys.stderr)


if __name__ == "__main__":
    main()
