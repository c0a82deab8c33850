"""Teaches the stance network (themegraph.tagging.stance_network) and writes its tables.

Two teachers learn what readers said of passages and of the themes in them, and, less surely, what
headings and grades tell: one is such a network itself, the other reads vectors of sentences. The
network that ships learns what readers said, and what the two, in equal parts, say of a large set
of reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from learning import (
    Course,
    Reader,
    learned,
    numpy_of,
    padded,
    whole_numbers,
    window_rows,
    write_tables,
)
from stance_lessons import Both, Lesson, Read, Told
from torch import nn

from themegraph.tagging.stance_network import (
    AROUND,
    GIVEN,
    HARDLY,
    HEADS,
    STANCES,
    STEPS,
    StanceWeights,
    place_among,
)

WORD_NUMBERS, HIDDEN = 48, 128
LEAST_OFTEN = 8
COURSE = Course()
#: Vectors of sentences: how many numbers they have, what makes these about 1, and how many sums.
VECTOR, SCALE, SENTENCE_HIDDEN = 384, 8.0, 192
SENTENCE_COURSE = Course(epochs=14, rate=1e-3)
#: How much the stance of a theme counts beside that of its passage, and what the teachers say
#: beside what a reader said.
THEME_WEIGHT, TAUGHT_WEIGHT = 0.6, 0.5


class SentenceReader(nn.Module):
    """What the vector of each sentence says, as Reader does for windows of words."""

    def __init__(self) -> None:
        super().__init__()
        self.above = nn.Linear(VECTOR, SENTENCE_HIDDEN)
        self.less = nn.Dropout(0.3)

    def forward(self, vectors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """The sums of each sentence, and which sentences are none but padding."""
        there = (vectors != 0).any(2)[..., None].float()
        return self.less(torch.relu(self.above(vectors.float() * SCALE))) * there, there


class Student(nn.Module):
    """A network that judges, as it learns: ``around`` are the ways of being near to a theme, and
    its best windows are those near to it in the way ``heard``.
    """

    def __init__(self, reader: nn.Module, hidden: int, around: Sequence[str], heard: str) -> None:
        super().__init__()
        self.reader, self.around, self.heard = reader, around, around.index(heard)
        names = ("best", "all", "theme best", *(f"theme {name}" for name in around))
        count = len(STANCES)
        self.heads = nn.ModuleDict(
            {head: nn.Linear(hidden, count, bias=head.endswith("best")) for head in names}
        )
        self.given = nn.Linear(len(GIVEN), count, bias=False)

    def forward(
        self, parts: torch.Tensor, owners: torch.Tensor, near: torch.Tensor, places: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Log odds of the passages, and of the themes: they are in the passages ``owners``, each
        at one of the ``places`` among the themes there.
        """
        above, there = self.reader(parts)
        said = self.heads["best"](above).masked_fill(there == 0, -1e4)
        whole = torch.logsumexp(said, 1) + self.heads["all"](above.sum(1) / there.sum(1))
        if not len(owners):
            return whole, whole[:0]
        own = above[owners]
        heard = torch.log(near[:, self.heard].clamp(min=HARDLY))
        told = torch.logsumexp(self.heads["theme best"](own) + heard[..., None], 1)
        means = (near @ own) / near.sum(2).clamp(min=HARDLY)[..., None]
        for n, name in enumerate(self.around):
            told = told + self.heads[f"theme {name}"](means[:, n])
        return whole, told + self.given(torch.cat([whole[owners], places], 1))


def taught(names: Sequence[str], labelled: Sequence[Both], corpus: Sequence[Both]) -> StanceWeights:
    """A network that knows the words ``names``, and has learned from ``labelled`` passages and
    those of the ``corpus``.
    """
    torch.manual_seed(0)
    torch.set_num_threads(1)  # networks are taught side by side
    told = [one for one in [*labelled, *corpus] if one.told]
    by_words = _learn(_reads_words(names), [Lesson(one.words, one.told) for one in told], COURSE)
    by_sentences = _learn(
        Student(SentenceReader(), SENTENCE_HIDDEN, ("sentences",), "sentences"),
        [Lesson(one.sentences, one.told) for one in told],
        SENTENCE_COURSE,
    )
    lessons = [Lesson(one.words, one.told) for one in labelled if one.told]
    first = judged(by_words, [one.words for one in corpus])
    second = judged(by_sentences, [one.sentences for one in corpus])
    for one, *said in zip(corpus, first, second, strict=True):
        whole, themes = (sum(both) / 2 for both in zip(*said, strict=True))
        told_too = Told(_likely(whole), list(_likely(themes)), TAUGHT_WEIGHT)
        lessons.append(Lesson(one.words, told_too))
    return _weights(_learn(_reads_words(names), lessons, COURSE), names)


def _reads_words(names: Sequence[str]) -> Student:
    reader = Reader(len(names), WORD_NUMBERS, HIDDEN, less=0.3)
    return Student(reader, HIDDEN, AROUND, "clauses")


def _learn(student: Student, lessons: Sequence[Lesson], course: Course) -> Student:
    return learned(student, lessons, lambda lesson: len(lesson.read.parts), _loss, course)


def judged(student: Student, passages: Sequence[Read]) -> list[tuple[np.ndarray, np.ndarray]]:
    """What ``student`` says of each passage and of its themes (a row for each), as logarithms of
    how likely each stance is.
    """
    student.eval()
    said = {}
    order = sorted(range(len(passages)), key=lambda i: len(passages[i].parts))
    for at in range(0, len(order), COURSE.batch):
        batch = order[at : at + COURSE.batch]
        with torch.no_grad():
            whole, told = (
                torch.log_softmax(odds, 1).numpy()
                for odds in student(*_together([passages[i] for i in batch]))
            )
        ends = np.cumsum([len(passages[i].near) for i in batch])
        said |= dict(zip(batch, zip(whole, np.split(told, ends[:-1]), strict=True), strict=True))
    return [said[i] for i in range(len(passages))]


def _likely(said: np.ndarray) -> np.ndarray:
    odds = np.exp(said)
    return odds / odds.sum(-1, keepdims=True)


def _together(passages: Sequence[Read]) -> tuple[torch.Tensor, ...]:
    """Passages as one table, with the passage, the nearness and the place of each theme."""
    parts = padded([one.parts for one in passages])
    near = [table for one in passages for table in one.near]
    owners = [n for n, one in enumerate(passages) for _ in one.near]
    places = [place_among(r, len(one.near)) for one in passages for r in range(len(one.near))]
    rows = near[0].shape[0] if near else 0
    tables = np.zeros((len(near), rows, parts.shape[1]), np.float32)
    for n, table in enumerate(near):
        tables[n, :, : table.shape[1]] = table / np.float32(STEPS)
    numbered = torch.tensor(owners, dtype=torch.long)
    return parts, numbered, torch.tensor(tables), torch.tensor(places)


def _loss(student: Student, batch: Sequence[Lesson]) -> torch.Tensor:
    whole, told = student(*_together([lesson.read for lesson in batch]))
    weights = torch.tensor([lesson.told.weight for lesson in batch])
    right = torch.tensor(np.array([lesson.told.whole for lesson in batch], np.float32))
    loss = -(torch.log_softmax(whole, 1) * right).sum(1) @ weights
    themes = [(n, one) for n, lesson in enumerate(batch) for one in lesson.told.themes]
    known = [row for row, (_, one) in enumerate(themes) if one is not None]
    if known:
        right = torch.tensor(np.array([themes[row][1] for row in known], np.float32))
        counts = weights[[themes[row][0] for row in known]]
        wrong = -(torch.log_softmax(told[known], 1) * right).sum(1)
        loss = loss + THEME_WEIGHT * wrong @ counts
    return loss


def _weights(student: Student, names: Sequence[str]) -> StanceWeights:
    heads = {head: numpy_of(student.heads[head].weight.T) for head in HEADS}
    biases = {
        head: numpy_of(layer.bias) if layer.bias is not None else np.zeros(len(STANCES))
        for head, layer in student.heads.items()
    }
    tables = student.reader.tables() | heads | {"given": numpy_of(student.given.weight.T)}
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
        given=whole["given"],
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
        "given": zip(GIVEN, weights.given, strict=True),
    }
    write_tables(folder, tables, weights.units)
