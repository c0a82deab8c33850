"""The ontology as a drawing that fits one screen: its main classes, and what leads between them."""

from __future__ import annotations

from dataclasses import dataclass

from themegraph.ontology.rows import read_rows
from themegraph.ontology.terms import Ontology, Term

#: A box, and the step from one to the next, in pixels.
WIDTH, HEIGHT, STEP_X, STEP_Y = 160, 38, 290, 100
MARGIN = 12
#: How wide a letter of a name is, about, and how far below its middle it stands on its line.
LETTER, BASELINE = 8, 4
#: An arrow ends so far from the box that it leads to.
GAP = 3


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
    """A property that leads from one class to another, by the name that is drawn: its ends, at the
    edges of the boxes, and where the name stands.
    """

    name: str
    start: Term
    end: Term
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
    """The classes of diagram.csv, with the properties of diagram-arrows.csv."""
    terms = {term.name: term for module in ontology.modules for term in module.terms}
    boxes: dict[str, Box] = {}
    for row in read_rows("diagram.csv", ("class", "column", "row")):
        x, y = MARGIN + STEP_X * int(row["column"]), MARGIN + STEP_Y * int(row["row"])
        boxes[row["class"]] = Box(terms[row["class"]], x, y)
    arrows = [
        _arrow(row["property"], boxes[row["from"]], boxes[row["to"]], list(boxes.values()))
        for row in read_rows("diagram-arrows.csv", ("from", "property", "to"))
    ]
    return Diagram(
        tuple(boxes.values()),
        tuple(arrows),
        max(box.x for box in boxes.values()) + WIDTH + MARGIN,
        max(box.y for box in boxes.values()) + HEIGHT + MARGIN,
    )


def _arrow(name: str, start: Box, end: Box, boxes: list[Box]) -> Arrow:
    (x1, y1), (x2, y2) = start.middle, end.middle
    dx, dy = x2 - x1, y2 - y1
    # How much of the way lies within a box: until its edge is met, sideways or up and down.
    within = min(
        WIDTH / 2 / abs(dx) if dx else float("inf"), HEIGHT / 2 / abs(dy) if dy else float("inf")
    )
    last = 1 - within - GAP / (dx**2 + dy**2) ** 0.5
    ends = ((dx, x1, within), (dy, y1, within), (dx, x1, last), (dy, y1, last))
    places = [(x1 + dx * part, y1 + dy * part) for part in (0.5, 0.4, 0.6, 0.3, 0.7)]
    x, y = next((at for at in places if not _hidden(name, at, boxes)), places[0])
    drawn = [*(at + by * part for by, at, part in ends), x, y + BASELINE]
    return Arrow(name, start.term, end.term, *(round(at, 1) for at in drawn))


def _hidden(name: str, at: tuple[float, float], boxes: list[Box]) -> bool:
    """Whether a name about this place would lie under a box."""
    half = len(name) * LETTER / 2
    return any(
        box.x < at[0] + half
        and at[0] - half < box.x + WIDTH
        and box.y < at[1] + LETTER
        and at[1] - LETTER < box.y + HEIGHT
        for box in boxes
    )
