"""The ontology as a drawing that fits one screen: its main classes, and what leads between them."""

from __future__ import annotations

from dataclasses import dataclass

from themegraph.ontology.rows import read_rows
from themegraph.ontology.terms import Ontology, Term

#: A box, and the step from one to the next, in pixels.
WIDTH, HEIGHT, STEP_X, STEP_Y = 150, 40, 250, 112
MARGIN = 12


@dataclass(frozen=True, slots=True)
class Box:
    """A class in its place: the left upper corner."""

    term: Term
    x: int
    y: int

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + WIDTH / 2, self.y + HEIGHT / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """The properties that lead from one class to another: ends at the edges of the boxes, and where
    their names stand.
    """

    terms: tuple[Term, ...]
    x1: float
    y1: float
    x2: float
    y2: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes and arrows, and how large the whole is."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int


def diagram(ontology: Ontology) -> Diagram:
    """The classes of diagram.csv, with the properties whose domain and range they are.

    Of a property and its inverse the one that the graph states is drawn.
    """
    terms = {term.name: term for module in ontology.modules for term in module.terms}
    boxes: dict[str, Box] = {}
    for row in read_rows("diagram.csv", ("class", "column", "row")):
        term = terms[row["class"]]
        x, y = MARGIN + STEP_X * int(row["column"]), MARGIN + STEP_Y * int(row["row"])
        boxes[term.iri] = Box(term, x, y)
    between: dict[tuple[str, str], list[Term]] = {}
    for term in terms.values():
        drawn = term.kind == "object property" and "follows from it" not in term.scope_note
        if drawn and term.domain in boxes and term.range in boxes and term.domain != term.range:
            between.setdefault((term.domain, term.range), []).append(term)
    arrows = [
        _arrow(boxes[a], boxes[b], sorted(found, key=lambda term: term.name))
        for (a, b), found in sorted(between.items())
    ]
    return Diagram(
        tuple(boxes.values()),
        tuple(arrows),
        max(box.x for box in boxes.values()) + WIDTH + MARGIN,
        max(box.y for box in boxes.values()) + HEIGHT + MARGIN,
    )


def _arrow(start: Box, end: Box, terms: list[Term]) -> Arrow:
    (x1, y1), (x2, y2) = start.middle, end.middle
    dx, dy = x2 - x1, y2 - y1
    # How much of the way lies within a box: until its edge is met, sideways or up and down.
    within = min(
        WIDTH / 2 / abs(dx) if dx else float("inf"), HEIGHT / 2 / abs(dy) if dy else float("inf")
    )
    first, last = within, 1 - within - 0.02
    ways = ((dx, x1, first), (dy, y1, first), (dx, x1, last), (dy, y1, last))
    middle = ((dx, x1, 0.45), (dy, y1, 0.45))
    return Arrow(tuple(terms), *(round(at + by * part, 1) for by, at, part in (*ways, *middle)))
