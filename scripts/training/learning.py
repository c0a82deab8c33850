"""What networks have in common as they learn: a course of lessons, weights as whole numbers."""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from themegraph.tagging.windows import UNKNOWN, WIDTH

#: Weights are written as whole numbers up to this.
LARGEST = 127
PADDING = 0
#: Batches of like length are made of so many lessons at a time.
SHELF = 30


class Reader(nn.Module):
    """The windows of themegraph.tagging.windows, as they learn; now and then a word, or what a
    window says, is overlooked, so that no word is leant upon.
    """

    OVERLOOKED = 0.08

    def __init__(self, words: int, numbers: int, hidden: int, less: float) -> None:
        super().__init__()
        self.words = nn.Embedding(words + 1, numbers, padding_idx=PADDING)
        nn.init.normal_(self.words.weight, std=0.3)
        with torch.no_grad():
            self.words.weight[PADDING] = 0
        self.windows = nn.Conv1d(numbers, hidden, WIDTH, padding=WIDTH // 2)
        self.fewer, self.less = nn.Dropout(0.15), nn.Dropout(less)

    def forward(self, words: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """What the window around each word says, and which words are none but padding."""
        there = (words != PADDING).float()[..., None]
        seen = self.words(words)
        if self.training:
            seen = seen * (torch.rand(words.shape) > self.OVERLOOKED)[..., None]
        sums = self.windows(self.fewer(seen).transpose(1, 2)).transpose(1, 2)
        return self.less(torch.relu(sums)) * there, there

    def tables(self) -> dict[str, np.ndarray]:
        """Its weights, as Windows takes them."""
        with torch.no_grad():
            hidden = self.windows.weight.shape[0]
            windows = self.windows.weight.permute(2, 1, 0).reshape(-1, hidden)
            return {"words": numpy_of(self.words.weight[1:]), "windows": numpy_of(windows)}

    def bias(self, units: Mapping[str, float]) -> np.ndarray:
        """What is added to the sums, in the unit of the sums."""
        unit = units["words"] * units["windows"]
        return np.round(numpy_of(self.windows.bias) / unit)


def numpy_of(table: torch.Tensor) -> np.ndarray:
    """A tensor as an exact table."""
    return table.detach().numpy().astype(np.float64)


def known_words(corpus: Iterable[Sequence[str]], least: int) -> list[str]:
    """The tokens that a network is to know, those in ``least`` passages; UNKNOWN comes first."""
    passages = Counter(token for tokens in corpus for token in set(tokens))
    return [UNKNOWN, *sorted(token for token, n in passages.items() if n >= least)]


def places_of(names: Sequence[str]) -> dict[str, int]:
    """The number of each known token; 0 is padding."""
    return {name: n + 1 for n, name in enumerate(names)}


def numbers(tokens: Iterable[str], place: Mapping[str, int]) -> np.ndarray:
    """``tokens`` as numbers."""
    return np.array([place.get(token, place[UNKNOWN]) for token in tokens])


def padded(passages: Sequence[np.ndarray]) -> torch.Tensor:
    """Passages of unlike length as one table."""
    longest = max(map(len, passages))
    table = np.full((len(passages), longest, *passages[0].shape[1:]), PADDING, passages[0].dtype)
    for row, parts in enumerate(passages):
        table[row, : len(parts)] = parts
    return torch.tensor(table)


@dataclass(frozen=True)
class Course:
    """How a network is taught: how often it sees every lesson, how many at a time, how fast it
    learns (after so many steps at full pace, then ever slower), and how fast it forgets.
    """

    epochs: int = 10
    batch: int = 32
    rate: float = 3e-3
    warm_up: int = 200
    decay: float = 0.05


def learned(
    student: nn.Module,
    lessons: Sequence,
    length: Callable[[Sequence], int],
    loss: Callable[[nn.Module, list], torch.Tensor],
    course: Course,
) -> nn.Module:
    """``student`` once it has learned from ``lessons``: its average over the last steps, which
    tells more than the last step. ``loss`` is what it gets wrong in a batch.
    """
    rng = random.Random(0)
    average = copy.deepcopy(student)
    optimizer = torch.optim.AdamW(student.parameters(), lr=course.rate, weight_decay=course.decay)
    steps = course.epochs * -(-len(lessons) // course.batch)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / course.warm_up) * max(0.0, 1 - step / steps)
    )
    student.train()
    done = 0
    for _ in range(course.epochs):
        for batch in _batches(lessons, course.batch, length, rng):
            optimizer.zero_grad()
            (loss(student, batch) / len(batch)).backward()
            nn.utils.clip_grad_norm_(student.parameters(), 5.0)
            optimizer.step()
            pace.step()
            done += 1
            _follow(average, student, done)
    return average


def _batches(lessons: Sequence, size: int, length: Callable, rng: random.Random) -> Iterator[list]:
    """The lessons in batches of like length, in an order by chance."""
    shuffled = list(lessons)
    rng.shuffle(shuffled)
    made = []
    for at in range(0, len(shuffled), size * SHELF):
        part = sorted(shuffled[at : at + size * SHELF], key=length)
        made += [part[k : k + size] for k in range(0, len(part), size)]
    rng.shuffle(made)
    yield from made


def _follow(average: nn.Module, student: nn.Module, step: int) -> None:
    keep = min(0.999, (1 + step) / (10 + step))
    with torch.no_grad():
        for mine, theirs in zip(average.parameters(), student.parameters(), strict=True):
            mine.mul_(keep).add_(theirs, alpha=1 - keep)


def whole_numbers(
    tables: Mapping[str, np.ndarray],
) -> tuple[dict[str, np.ndarray], dict[str, float]]:
    """Tables as whole numbers, each with its unit, such that all but its outermost weights fit."""
    units = {
        name: float(f"{np.quantile(np.abs(table), 0.9995) / LARGEST:.6g}")
        for name, table in tables.items()
    }
    whole = {
        name: np.clip(np.round(table / units[name]), -LARGEST, LARGEST)
        for name, table in tables.items()
    }
    return whole, units


def window_rows(windows: np.ndarray, bias: np.ndarray, width: int) -> list[tuple[str, np.ndarray]]:
    """The rows of the table of windows: the bias, then by place and number of a word."""
    return [
        ("bias", bias),
        *((f"{n // width}-{n % width}", row) for n, row in enumerate(windows)),
    ]


def write_tables(
    folder: Path,
    tables: Mapping[str, Iterable[tuple[str, Iterable[float]]]],
    units: Mapping[str, float],
) -> None:
    """Write the tables that ship: rows of a name and whole numbers, and what one of each is."""
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        lines = [",".join([head, *(f"{number + 0.0:.0f}" for number in row)]) for head, row in rows]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = "".join(f"{name},{value!r}\n" for name, value in sorted(units.items()))
    (folder / "units.csv").write_text(lines, encoding="utf-8")
