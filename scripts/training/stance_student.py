"""Teaches the stance network (themegraph.tagging.stance_network) and writes its tables.

It learns what readers said of passages and of the themes in them, and, less surely, from headings
and grades that tell the stance of what stands under them.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import stances
import torch
from data import Labelled
from learning import (
    Reader,
    batches,
    follow,
    numbers,
    numpy_of,
    padded,
    places_of,
    whole_numbers,
    window_rows,
    write_tables,
)
from torch import nn

from themegraph.tagging.passages import Passage
from themegraph.tagging.stance_network import AROUND, HEADS, STANCES, STEPS, StanceWeights, nearness
from themegraph.tagging.stance_tokens import StanceToken, stance_tokens
from themegraph.tagging.themes import Piece

WORD_NUMBERS, HIDDEN = 48, 128
LEAST_OFTEN = 8
EPOCHS, BATCH, RATE = 10, 32, 3e-3
#: How much the stance of a theme counts beside that of the passage, and a passage that only a
#: heading tells of beside one that was labelled.
THEME_WEIGHT, HINTED_WEIGHT = 0.6, 0.3
#: What a heading or a grade tells: how likely each of the STANCES is.
HINTED = {
    (0, 1.0): (0.1, 0.85, 0.05),
    (1, 1.0): (0.15, 0.05, 0.8),
    (0, 0.6): (0.2, 0.7, 0.1),
    (1, 0.6): (0.4, 0.1, 0.5),
}
#: A theme is hardly heard in clauses that do not speak of it.
HARDLY = 1e-4


@dataclass(frozen=True)
class Lesson:
    """A passage in numbers, how likely each stance is, how much that counts, and for each theme how
    near each token is to it and which stance is right.
    """

    words: np.ndarray
    right: Sequence[float]
    weight: float
    themes: Sequence[tuple[np.ndarray, int]]


class Student(nn.Module):
    """The network, as it learns."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.reader = Reader(words, WORD_NUMBERS, HIDDEN, less=0.3)
        count = len(STANCES)
        self.heads = nn.ModuleDict(
            {head: nn.Linear(HIDDEN, count, bias=head.endswith("best")) for head in HEADS}
        )

    def forward(
        self, words: torch.Tensor, owners: torch.Tensor, near: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Log odds of the passages, and of the themes, which are in the passages ``owners``."""
        above, there = self.reader(words)
        said = self.heads["best"](above).masked_fill(there == 0, -1e4)
        whole = torch.logsumexp(said, 1) + self.heads["all"](above.sum(1) / there.sum(1))
        if not len(owners):
            return whole, whole[:0]
        own = above[owners]
        heard = torch.log(near[:, AROUND.index("clauses")].clamp(min=HARDLY))
        told = torch.logsumexp(self.heads["theme best"](own) + heard[..., None], 1)
        means = (near @ own) / near.sum(2).clamp(min=HARDLY)[..., None]
        for n, name in enumerate(AROUND):
            told = told + self.heads[f"theme {name}"](means[:, n])
        return whole, whole[owners] + told


class Lessons:
    """What there is to learn: labelled findings, and those of the corpus under telling headings."""

    def __init__(
        self,
        names: Sequence[str],
        items: Mapping[int, Labelled],
        tokens: Mapping[int, Sequence[StanceToken]],
        pieces: Mapping[int, Mapping[str, Sequence[Piece]]],
        corpus: Sequence[tuple[str, str, Sequence[str]]],  # report, section, tokens
    ) -> None:
        place = places_of(names)
        self.labelled = {
            i: _lesson(item, tokens[i], pieces[i], place)
            for i, item in items.items()
            if item.stance in STANCES
        }
        self.hinted = []
        for report, section, read in corpus:
            hint = stances.hint_of(section)
            if hint:
                weight = HINTED_WEIGHT * hint[1]
                lesson = Lesson(numbers(read, place), HINTED[hint], weight, ())
                self.hinted.append((report, lesson))

    def without(self, items: set[int], reports: set[str]) -> list[Lesson]:
        """The lessons, but for those from ``items`` and from ``reports``."""
        own = [lesson for i, lesson in self.labelled.items() if i not in items]
        return own + [lesson for report, lesson in self.hinted if report not in reports]


def _lesson(item, tokens, pieces, place) -> Lesson:
    near = [table / STEPS for table in nearness(tokens, list(pieces.values()))]
    themes = [
        (table.astype(np.float32), STANCES.index(item.themes[theme]))
        for theme, table in zip(pieces, near, strict=True)
        if item.themes[theme] in STANCES
    ]
    right = [float(stance == item.stance) for stance in STANCES]
    # A reader who is near to the standard counts more, but not so much that others are unheard.
    return Lesson(numbers([t.name for t in tokens], place), right, min(2.0, item.trust), themes)


def names_of(passage: Passage) -> list[str]:
    """The names of a passage's tokens."""
    return [token.name for token in stance_tokens(passage)]


def taught(names: Sequence[str], lessons: Sequence[Lesson]) -> StanceWeights:
    """A network that has learned from ``lessons``."""
    torch.manual_seed(0)
    torch.set_num_threads(1)  # networks are taught side by side
    rng = random.Random(0)
    student = Student(len(names))
    average = copy.deepcopy(student)
    optimizer = torch.optim.AdamW(student.parameters(), lr=RATE, weight_decay=0.05)
    steps = EPOCHS * -(-len(lessons) // BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / 200) * max(0.0, 1 - step / steps)
    )
    student.train()
    done = 0
    for _ in range(EPOCHS):
        for batch in batches(lessons, BATCH, lambda lesson: len(lesson.words), rng):
            optimizer.zero_grad()
            (_loss(student, batch) / len(batch)).backward()
            nn.utils.clip_grad_norm_(student.parameters(), 5.0)
            optimizer.step()
            pace.step()
            done += 1
            follow(average, student, done)
    return _weights(average, names)


def _loss(student: Student, batch: Sequence[Lesson]) -> torch.Tensor:
    words = padded([lesson.words for lesson in batch])
    themes = [(n, *theme) for n, lesson in enumerate(batch) for theme in lesson.themes]
    near = np.zeros((len(themes), len(AROUND), words.shape[1]), np.float32)
    for n, (_, table, _) in enumerate(themes):
        near[n, :, : table.shape[1]] = table
    owners = torch.tensor([n for n, _, _ in themes], dtype=torch.long)
    whole, told = student(words, owners, torch.tensor(near))
    weights = torch.tensor([lesson.weight for lesson in batch])
    right = torch.tensor([lesson.right for lesson in batch])
    loss = -(torch.log_softmax(whole, 1) * right).sum(1) @ weights
    if themes:
        stances_ = torch.tensor([stance for _, _, stance in themes])
        wrong = nn.functional.cross_entropy(told, stances_, reduction="none")
        loss = loss + THEME_WEIGHT * wrong @ weights[owners]
    return loss


def _weights(student: Student, names: Sequence[str]) -> StanceWeights:
    heads = {head: numpy_of(student.heads[head].weight.T) for head in HEADS}
    biases = {
        head: numpy_of(layer.bias) if layer.bias is not None else np.zeros(len(STANCES))
        for head, layer in student.heads.items()
    }
    tables = student.reader.tables() | heads
    whole, units = whole_numbers(tables | {"constants": np.concatenate(list(biases.values()))})
    constants = {
        head: np.round(bias / units["constants"]) * units["constants"]
        for head, bias in biases.items()
    }
    return StanceWeights(
        names=tuple(names),
        words=whole["words"],
        windows=whole["windows"],
        bias=student.reader.bias(units),
        heads={head: whole[head] for head in HEADS},
        constants=constants,
        units=units,
    )


def write(weights: StanceWeights, folder: Path) -> None:
    """Write the tables that themegraph.tagging.stance_network reads."""
    constants = {
        head: np.round(row / weights.units["constants"]) for head, row in weights.constants.items()
    }
    tables = {
        "words": zip(weights.names, weights.words, strict=True),
        "windows": window_rows(weights.windows, weights.bias, weights.words.shape[1]),
        "heads": [
            (f"{head} {stance}", [constants[head][n], *weights.heads[head][:, n]])
            for head in HEADS
            for n, stance in enumerate(STANCES)
        ],
    }
    write_tables(folder, tables, weights.units)
