"""The reasoner's view: a graph handed to owlready2, whether it contradicts itself, what it classes.

owlready2 0.51 reads no Turtle, so that rdflib hands it N-Triples; every call has a World of its
own, because owlready2 keeps what it has read for the life of a World. HermiT needs Java.
"""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass
from typing import Any

import owlready2
from rdflib import OWL, Graph

from themegraph.errors import ThemegraphError

#: owlready2 files what it reads under an address; nothing is fetched from it.
_ADDRESS = "http://localhost/themegraph.nt#"


class ReasonerError(ThemegraphError):
    """The reasoner cannot be run."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a graph is consistent, the IRIs of classes that nothing can belong to, sorted, and
    under which classes each class stands that its own statements do not put it under directly.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    inferred: tuple[tuple[str, str], ...] = ()


def load_world(*graphs: Graph) -> Any:
    """A fresh owlready2 ``World`` that holds the statements of ``graphs``."""
    world = owlready2.World()
    ontology = world.get_ontology(_ADDRESS)
    data = b"".join(
        # What is imported is handed over too, where it is wanted: nothing is fetched.
        (graph - imports_of(graph)).serialize(format="nt", encoding="utf-8")
        for graph in graphs
    )
    ontology.load(fileobj=io.BytesIO(data))
    return world


def imports_of(graph: Graph) -> Graph:
    """The statements of ``graph`` that import other ontologies."""
    found = Graph()
    for statement in graph.triples((None, OWL.imports, None)):
        found.add(statement)
    return found


def check_consistency(*graphs: Graph) -> Verdict:
    """What HermiT says of ``graphs`` taken together.

    Dates are passed over, as their datatypes are outside OWL 2 DL. Raises :class:`ReasonerError`
    when Java is missing or the reasoner fails.
    """
    if shutil.which(owlready2.JAVA_EXE) is None:
        raise ReasonerError(
            "the reasoner HermiT needs Java, and no java is on the search path: install a Java "
            "runtime (version 8 or later) and try again"
        )
    world = load_world(*graphs)
    stated = {cls: set(cls.is_a) for cls in world.classes()}
    try:
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Verdict(consistent=False)
    except owlready2.OwlReadyJavaError as error:
        # Its own words stand in the first line that tells of an exception; the rest is its stack.
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        told = next((line for line in lines if "Exception" in line), lines[0] if lines else "")
        raise ReasonerError(f"the reasoner HermiT failed: {told}") from error
    # owl:Nothing itself is reported along with what is equivalent to it.
    names = {cls.iri for cls in world.inconsistent_classes()} - {owlready2.Nothing.iri}
    inferred = {
        (cls.iri, above.iri)
        for cls in world.classes()
        for above in cls.is_a
        if isinstance(above, owlready2.ThingClass) and above not in stated.get(cls, ())
    }
    return Verdict(True, tuple(sorted(names)), tuple(sorted(inferred)))
