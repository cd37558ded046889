"""Writes the model's folder: the layout that sentence-transformers and ``align.embed.static`` read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

MAX_BYTES = 40_000_000
_MODULE = {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}
_CONFIG: dict[str, Any] = {
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def export(folder: Path, name: str, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> str:
    """Write the folder and give back the model's revision, 12 hex digits over tokenizer and weights.

    ``vectors`` is (tokens, dimension), saved as float16 at a common scale; padding and unknown, the first two,
    become zeros.
    Raises ValueError where the files would be larger than 40 MB.
    """
    from safetensors.numpy import save

    # Length 1 for the median: far from the bounds of float16, also in sums over long texts.
    rows = (vectors / np.median(np.linalg.norm(vectors, axis=1))).astype(np.float16)
    rows[:2] = 0
    weights = save({"embedding.weight": np.ascontiguousarray(rows)})
    text = json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":")).encode()
    if len(weights) + len(text) > MAX_BYTES:
        raise ValueError(f"the model would take {(len(weights) + len(text)) / 1e6:.1f} MB, more than 40 MB")
    revision = hashlib.sha256(text + weights).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.safetensors").write_bytes(weights)
    (folder / "tokenizer.json").write_bytes(text)
    _write_json(folder / "modules.json", [_MODULE])
    _write_json(folder / "config_sentence_transformers.json", _CONFIG)
    _write_json(folder / "concord.json", {"name": name, "revision": revision})
    return revision


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
