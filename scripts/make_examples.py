"""Makes the example reports of the package from their sources, byte for byte the same each time.

    python scripts/make_examples.py [FOLDER]

Reads ``themegraph/examples/source/*.md`` and writes ``reports/`` and ``expected.json`` into FOLDER
(default: ``themegraph/examples``). Needs reportlab. Exit code 0, or 1 with a message when a source
cannot be read.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from examples_layouts import make_pdf
from examples_source import Document, expected, read_document
from examples_web import make_html, make_text

EXAMPLES = Path(__file__).resolve().parent.parent / "themegraph" / "examples"


def make_report(document: Document) -> tuple[str, bytes]:
    """The report's file name and its bytes."""
    if document.layout == "letter-text":
        return f"{document.name}.md", make_text(document).encode("utf-8")
    if document.layout == "ilacs-html":
        return f"{document.name}.html", make_html(document).encode("utf-8")
    return f"{document.name}.pdf", make_pdf(document)


def make_examples(folder: Path) -> list[Path]:
    """Writes every report and ``expected.json`` under ``folder``; gives the files written."""
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    facts: dict[str, object] = {}
    written: list[Path] = []
    for path in sorted((EXAMPLES / "source").glob("*.md")):
        document = read_document(path)
        name, data = make_report(document)
        facts[name] = expected(document)
        written.append(reports / name)
        written[-1].write_bytes(data)
    written.append(folder / "expected.json")
    text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
    written[-1].write_text(text, encoding="utf-8")
    return written


def main(arguments: list[str]) -> int:
    """The command; ``arguments`` are those after the program's name."""
    try:
        written = make_examples(Path(arguments[0]) if arguments else EXAMPLES)
    except (OSError, ValueError, KeyError) as error:
        print(f"make_examples: {error}", file=sys.stderr)
        return 1
    for path in written:
        print(f"{path.stat().st_size:>8}  {path.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
