"""Teaches the theme network that ships what the teacher says of the corpus, and writes its tables.

The network is that of themegraph.tagging.network, which says how it reads a passage. It learns how
likely the teacher finds each theme in each passage of the corpus, and what the labelled ones have.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from data import Labelled
from learning import (
    Course,
    Reader,
    learned,
    numbers,
    numpy_of,
    padded,
    places_of,
    whole_numbers,
    window_rows,
    write_tables,
)
from themes import THEMES
from torch import nn

from themegraph.tagging.network import SHARPNESS, Weights

WORD_NUMBERS, HIDDEN = 48, 128
#: Words in fewer passages of the corpus are unknown.
LEAST_OFTEN = 8
COURSE = Course(warm_up=500, decay=0.02)
#: A passage that was labelled by hand counts as so many that the teacher labelled.
LABELLED_WEIGHT = 3.0


class Student(nn.Module):
    """The network, as it learns."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.reader = Reader(words, WORD_NUMBERS, HIDDEN, less=0.25)
        self.best = nn.Linear(HIDDEN, len(THEMES))
        self.mean = nn.Linear(HIDDEN, len(THEMES), bias=False)
        nn.init.constant_(self.best.bias, -4.0)
        nn.init.zeros_(self.mean.weight)

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        above, there = self.reader(words)
        said = self.best(above).masked_fill(there == 0, -1e4)
        best = torch.logsumexp(SHARPNESS * said, 1) / SHARPNESS
        return best + self.mean(above.sum(1) / there.sum(1))


def taught(
    names: Sequence[str],
    corpus: Sequence[Sequence[str]],
    soft: np.ndarray,  # a row for each passage of the corpus: how likely each theme is
    labelled: Sequence[Sequence[str]],
    items: Sequence[Labelled],
) -> Weights:
    """A network that has learned from the corpus, as ``soft`` says of it, and from ``items``."""
    torch.manual_seed(0)
    torch.set_num_threads(1)  # networks are taught side by side
    place = places_of(names)
    ones = np.ones(len(THEMES), np.float32)
    lessons = [(numbers(t, place), row, ones) for t, row in zip(corpus, soft, strict=True)]
    lessons += [(numbers(t, place), *_lesson(i)) for t, i in zip(labelled, items, strict=True)]
    student = Student(len(names))
    return _weights(learned(student, lessons, lambda lesson: len(lesson[0]), _loss, COURSE), names)


def _loss(student: Student, batch: Sequence[tuple]) -> torch.Tensor:
    right = torch.tensor(np.array([row for _, row, _ in batch]))
    counts = torch.tensor(np.array([row for _, _, row in batch]))
    odds = student(padded([words for words, _, _ in batch]))
    losses = nn.functional.binary_cross_entropy_with_logits(odds, right, reduction="none")
    return (losses * counts).sum()


def _lesson(item: Labelled) -> tuple[np.ndarray, np.ndarray]:
    """What is right for each theme, and how much it counts: nothing where readers may differ."""
    right = np.array([float(t in item.themes) for t in THEMES], np.float32)
    open_ = np.array([t in item.optional and t not in item.themes for t in THEMES])
    return right, np.where(open_, 0.0, LABELLED_WEIGHT * item.trust).astype(np.float32)


def _weights(student: Student, names: Sequence[str]) -> Weights:
    heads = {
        "best": numpy_of(student.best.weight.T),
        "mean": numpy_of(student.mean.weight.T),
        "constant": numpy_of(student.best.bias),
    }
    whole, units = whole_numbers(student.reader.tables() | heads)
    return Weights(
        names=tuple(names),
        themes=tuple(THEMES),
        words=whole["words"],
        windows=whole["windows"],
        bias=student.reader.bias(units),
        best=whole["best"],
        mean=whole["mean"],
        constant=whole["constant"] * units["constant"],
        units=units,
    )


def write(weights: Weights, folder: Path) -> None:
    """Write the tables that themegraph.tagging.network reads."""
    constant = np.round(weights.constant / weights.units["constant"])
    tables = {
        "words": zip(weights.names, weights.words, strict=True),
        "windows": window_rows(weights.windows, weights.bias, weights.words.shape[1]),
        "themes": [
            (theme, [constant[n], *weights.best[:, n], *weights.mean[:, n]])
            for n, theme in enumerate(weights.themes)
        ],
    }
    write_tables(folder, tables, weights.units)
