"""Writes the student's folder: ``model.onnx``, ``tokenizer.json``, ``concord.json``, for ``align.embed.onnx``."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from align.training.transformer.body import POSITIONS, Tensors, shape_of
from align.training.transformer.graph import write_graph

MAX_BYTES = 60_000_000
LIMIT = 256
"""Tokens read of a text, at most: longer ones were never taught."""


def export(
    folder: Path,
    name: str,
    tokenizer: Tokenizer,
    weights: Tensors,
    static: NDArray[np.float32],
    share: float,
    *,
    words: str = "",
) -> str:
    """Write the folder and give back the model's revision, 12 hex digits over tokenizer and graph.

    ``static``: the static model's vectors, (tokens, dimension), without the two ends; they make up ``share`` of a
    cosine. ``words``: name@revision of that model, if single words are to have its vectors. Raises ValueError where
    the files would be larger than 60 MB.
    """
    arrays = {key: value.detach().cpu().numpy() for key, value in weights.items()}
    arrays[POSITIONS] = arrays[POSITIONS][:LIMIT]
    rows = np.vstack([static, np.zeros((2, static.shape[1]), dtype=np.float32)])
    text = json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":")).encode()
    folder.mkdir(parents=True, exist_ok=True)
    graph = folder / "model.onnx"
    write_graph(graph, arrays, shape_of(weights), rows, share)
    content = graph.read_bytes()
    if len(content) + len(text) > MAX_BYTES:
        graph.unlink()
        raise ValueError(f"the model would take {(len(content) + len(text)) / 1e6:.1f} MB, more than 60 MB")
    revision = hashlib.sha256(text + content).hexdigest()[:12]
    (folder / "tokenizer.json").write_bytes(text)
    card = {"name": name, "revision": revision, "limit": min(LIMIT, len(arrays[POSITIONS]))}
    card |= {"words": words} if words else {}
    (folder / "concord.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return revision
