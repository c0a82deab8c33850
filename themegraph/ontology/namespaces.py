"""All prefixes and namespaces in one place, as plain strings (nothing here needs an RDF library).

The base IRI is a setting: :data:`themegraph.ids.BASE`. The ontology and the shapes are written
with the default base; :func:`rebase` moves their text to another one.
"""

from __future__ import annotations

from dataclasses import dataclass

from themegraph.ids import BASE, DEFAULT_BASE

OUTSIDE = {
    "dcterms": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Namespaces:
    """The project's own namespaces under ``base``."""

    base: str = BASE

    @property
    def tg(self) -> str:
        """Classes and properties."""
        return f"{self.base}ontology#"

    @property
    def ontology(self) -> str:
        """The ontology itself."""
        return f"{self.base}ontology"

    @property
    def id(self) -> str:
        """Inspections, reports, findings, authorities and every other thing described."""
        return f"{self.base}id/"

    @property
    def vocab(self) -> str:
        """Concept schemes and their concepts."""
        return f"{self.base}vocab/"

    def concept(self, scheme: str, *parts: str) -> str:
        """A vocabulary term: ``concept("grade", "sif", "good")``; without parts, the scheme."""
        return self.vocab + "/".join((scheme, *parts))

    def prefixes(self) -> dict[str, str]:
        """Every prefix with its namespace, the project's own first."""
        return {"tg": self.tg, "tgid": self.id, "tgv": self.vocab, **OUTSIDE}

    def prologue(self) -> str:
        """The prefixes as the opening lines of a SPARQL query."""
        return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in self.prefixes().items())


PREFIXES = Namespaces().prefixes()


def prefixes(base: str = BASE) -> dict[str, str]:
    """Every prefix with its namespace under ``base``."""
    return Namespaces(base).prefixes()


def rebase(text: str, base: str = BASE) -> str:
    """``text`` (Turtle or SPARQL of the package) with ``base`` in place of the default base."""
    return text if base == DEFAULT_BASE else text.replace(DEFAULT_BASE, base)
