"""Teaches the theme network that ships what the teacher says of the corpus, and writes its tables.

The network is that of themegraph.tagging.network, which says how it reads a passage. It learns how
likely the teacher finds each theme in each passage of the corpus, and what the labelled ones have.
"""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from data import Labelled
from themes import THEMES
from torch import nn

from themegraph.tagging.network import SHARPNESS, UNKNOWN, WIDTH, Weights

WORD_NUMBERS, HIDDEN = 48, 128
#: Words in fewer passages of the corpus are unknown.
LEAST_OFTEN = 8
EPOCHS, BATCH, RATE = 10, 32, 3e-3
#: A passage that was labelled by hand counts as so many that the teacher labelled.
LABELLED_WEIGHT = 3.0
#: Weights are written as whole numbers up to this.
LARGEST = 127
PADDING = 0


class Student(nn.Module):
    """The network, as it learns."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.words = nn.Embedding(words + 1, WORD_NUMBERS, padding_idx=PADDING)
        nn.init.normal_(self.words.weight, std=0.3)
        with torch.no_grad():
            self.words.weight[PADDING] = 0
        self.windows = nn.Conv1d(WORD_NUMBERS, HIDDEN, WIDTH, padding=WIDTH // 2)
        self.best = nn.Linear(HIDDEN, len(THEMES))
        self.mean = nn.Linear(HIDDEN, len(THEMES), bias=False)
        nn.init.constant_(self.best.bias, -4.0)
        nn.init.zeros_(self.mean.weight)
        self.fewer, self.less = nn.Dropout(0.15), nn.Dropout(0.25)

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        there = (words != PADDING).float()[..., None]
        seen = self.words(words)
        if self.training:  # now and then a word is overlooked
            seen = seen * (torch.rand(words.shape) > 0.08)[..., None]
        sums = self.windows(self.fewer(seen).transpose(1, 2)).transpose(1, 2)
        above = self.less(torch.relu(sums)) * there
        said = self.best(above).masked_fill(there == 0, -1e4)
        best = torch.logsumexp(SHARPNESS * said, 1) / SHARPNESS
        return best + self.mean(above.sum(1) / there.sum(1))


def known_words(corpus: Sequence[Sequence[str]]) -> list[str]:
    """The tokens that the network is to know, UNKNOWN first."""
    passages = Counter(token for tokens in corpus for token in set(tokens))
    return [UNKNOWN, *sorted(token for token, n in passages.items() if n >= LEAST_OFTEN)]


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
    rng = random.Random(0)
    place = {name: n + 1 for n, name in enumerate(names)}
    ones = np.ones(len(THEMES), np.float32)
    lessons = [(_numbers(t, place), row, ones) for t, row in zip(corpus, soft, strict=True)]
    lessons += [(_numbers(t, place), *_lesson(i)) for t, i in zip(labelled, items, strict=True)]
    student = Student(len(names))
    average = copy.deepcopy(student)
    optimizer = torch.optim.AdamW(student.parameters(), lr=RATE, weight_decay=0.02)
    steps = EPOCHS * -(-len(lessons) // BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / 500) * max(0.0, 1 - step / steps)
    )
    student.train()
    done = 0
    for _ in range(EPOCHS):
        for batch in _batches(lessons, rng):
            right = torch.tensor(np.array([row for _, row, _ in batch]))
            counts = torch.tensor(np.array([row for _, _, row in batch]))
            odds = student(_padded([words for words, _, _ in batch]))
            losses = nn.functional.binary_cross_entropy_with_logits(odds, right, reduction="none")
            optimizer.zero_grad()
            ((losses * counts).sum() / len(batch)).backward()
            nn.utils.clip_grad_norm_(student.parameters(), 5.0)
            optimizer.step()
            pace.step()
            done += 1
            _follow(average, student, min(0.999, (1 + done) / (10 + done)))
    return _weights(average, names)


def _lesson(item: Labelled) -> tuple[np.ndarray, np.ndarray]:
    """What is right for each theme, and how much it counts: nothing where readers may differ."""
    right = np.array([float(t in item.themes) for t in THEMES], np.float32)
    open_ = np.array([t in item.optional and t not in item.themes for t in THEMES])
    return right, np.where(open_, 0.0, LABELLED_WEIGHT * item.trust).astype(np.float32)


def _numbers(tokens: Sequence[str], place: dict[str, int]) -> np.ndarray:
    return np.array([place.get(token, place[UNKNOWN]) for token in tokens])


def _padded(passages: Sequence[np.ndarray]) -> torch.Tensor:
    table = np.full((len(passages), max(map(len, passages))), PADDING)
    for row, words in enumerate(passages):
        table[row, : len(words)] = words
    return torch.tensor(table)


def _batches(lessons: list, rng: random.Random) -> Iterator[list]:
    """The lessons in batches of like length, in an order by chance."""
    shuffled = list(lessons)
    rng.shuffle(shuffled)
    made = []
    for at in range(0, len(shuffled), BATCH * 30):
        part = sorted(shuffled[at : at + BATCH * 30], key=lambda lesson: len(lesson[0]))
        made += [part[k : k + BATCH] for k in range(0, len(part), BATCH)]
    rng.shuffle(made)
    yield from made


def _follow(average: Student, student: Student, keep: float) -> None:
    """The average over the last steps tells more than the last step."""
    with torch.no_grad():
        for mine, theirs in zip(average.parameters(), student.parameters(), strict=True):
            mine.mul_(keep).add_(theirs, alpha=1 - keep)


def _weights(student: Student, names: Sequence[str]) -> Weights:
    with torch.no_grad():
        windows = student.windows.weight.permute(2, 1, 0).reshape(-1, HIDDEN)
        found = {
            "words": student.words.weight[1:],
            "windows": windows,
            "best": student.best.weight.T,
            "mean": student.mean.weight.T,
            "constant": student.best.bias,
        }
        tables = {name: table.numpy().astype(np.float64) for name, table in found.items()}
        bias = student.windows.bias.numpy().astype(np.float64)
    # A unit is such that all but the outermost weights fit.
    units = {
        name: float(f"{np.quantile(np.abs(table), 0.9995) / LARGEST:.6g}")
        for name, table in tables.items()
    }
    whole = {
        name: np.clip(np.round(table / units[name]), -LARGEST, LARGEST)
        for name, table in tables.items()
    }
    return Weights(
        names=tuple(names),
        themes=tuple(THEMES),
        words=whole["words"],
        windows=whole["windows"],
        bias=np.round(bias / (units["words"] * units["windows"])),
        best=whole["best"],
        mean=whole["mean"],
        constant=whole["constant"] * units["constant"],
        units=units,
    )


def write(weights: Weights, folder: Path) -> None:
    """Write the tables that themegraph.tagging.network reads."""
    constant = np.round(weights.constant / weights.units["constant"])
    width = weights.words.shape[1]
    tables = {
        "words": zip(weights.names, weights.words, strict=True),
        "windows": [
            ("bias", weights.bias),
            *((f"{n // width}-{n % width}", row) for n, row in enumerate(weights.windows)),
        ],
        "themes": [
            (theme, [constant[n], *weights.best[:, n], *weights.mean[:, n]])
            for n, theme in enumerate(weights.themes)
        ],
    }
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        lines = [",".join([head, *(f"{number + 0.0:.0f}" for number in row)]) for head, row in rows]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    units = "".join(f"{name},{value!r}\n" for name, value in sorted(weights.units.items()))
    (folder / "units.csv").write_text(units, encoding="utf-8")
