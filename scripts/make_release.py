"""Keep what the ontology and the vocabularies say as the release of their version.

Run once, when a version is released and before anything of the next is changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rdflib import OWL, URIRef

from themegraph.ids import DEFAULT_BASE
from themegraph.ontology.changes import as_table, said_in
from themegraph.ontology.schemes import vocabulary_graph
from themegraph.ontology.shipped import ontology_graph

FOLDER = Path(__file__).parent.parent / "themegraph" / "ontology" / "releases"


def main() -> None:
    ontology = ontology_graph(DEFAULT_BASE)
    version = ontology.value(URIRef(f"{DEFAULT_BASE}ontology"), OWL.versionInfo)
    file = FOLDER / f"{version}.csv"
    if file.exists():
        sys.exit(f"{file}: that version is released; give the next one a new number first.")
    said = said_in(ontology + vocabulary_graph(DEFAULT_BASE), DEFAULT_BASE)
    file.write_text(as_table(said), encoding="utf-8")
    print(file, file=sys.stderr)


if __name__ == "__main__":
    main()
