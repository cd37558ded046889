"""The transformer that both the teacher and the student are: BERT's encoder (Devlin et al. 2019), mean pooling.

Six layers of 384 in the model at hand; the shape is read off the weights. Names of the weights are those that
BERT models are saved under, so that a body goes from teacher to student without translation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray

Tensors = dict[str, torch.Tensor]
TOKENS = "embeddings.word_embeddings.weight"
POSITIONS = "embeddings.position_embeddings.weight"
TYPES = "embeddings.token_type_embeddings.weight"
EPSILON = 1e-12
HEAD = 32
"""Width of an attention head in MiniLM; narrower bodies have one head."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Layers, width of a vector, attention heads, positions (the longest text, special tokens included)."""

    layers: int
    width: int
    heads: int
    positions: int


def shape_of(weights: Mapping[str, torch.Tensor]) -> Shape:
    """The shape of a body, read off its weights."""
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
    positions, width = weights[POSITIONS].shape
    return Shape(layers, width, max(1, width // HEAD), positions)


def read_weights(folder: Path) -> Tensors:
    """The float32 weights of a saved BERT model; buffers and the pooler, which mean pooling does not use, left out.

    Raises OSError or ValueError where there is no such file or it lacks what a body needs.
    """
    from safetensors.torch import load_file

    loaded = load_file(folder / "model.safetensors")
    weights = {
        name: value.float()
        for name, value in loaded.items()
        if not name.startswith("pooler.") and not name.endswith("position_ids")
    }
    missing = [name for name in (TOKENS, POSITIONS, TYPES) if name not in weights]
    if missing:
        raise ValueError(f"{folder} holds no BERT model: {missing[0]} is missing")
    return weights


@dataclass(frozen=True, slots=True)
class Batch:
    """Token numbers, int64 (texts, longest), padded by 0, and the lengths of the texts, int64 (texts,)."""

    ids: torch.Tensor
    lengths: torch.Tensor

    @classmethod
    def of(cls, rows: Sequence[Sequence[int] | NDArray[np.int32]], device: str = "cpu") -> Batch:
        """A batch of these rows."""
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        ids = np.zeros((len(rows), int(lengths.max(initial=1))), dtype=np.int64)
        for place, row in zip(ids, rows, strict=True):
            place[: len(row)] = row
        return cls(torch.from_numpy(ids).to(device), torch.from_numpy(lengths).to(device))

    @property
    def mask(self) -> torch.Tensor:
        """bool (texts, longest): where there is a token."""
        return torch.arange(self.ids.shape[1], device=self.ids.device) < self.lengths[:, None]


def pooled(
    weights: Mapping[str, torch.Tensor], batch: Batch, rows: torch.Tensor | None = None
) -> torch.Tensor:
    """Mean of the last layer over a text's tokens, float32 (texts, width), not normalised.

    ``rows``: the input vectors of the tokens, (texts, longest, width), where they do not come out of ``weights``.
    """
    shape = shape_of(weights)
    if rows is None:
        rows = functional.embedding(batch.ids, weights[TOKENS])
    places = weights[POSITIONS][: batch.ids.shape[1]] + weights[TYPES][0]
    x = _norm(rows + places, weights, "embeddings.LayerNorm")
    mask = batch.mask
    seen = mask[:, None, None, :] if not bool(mask.all()) else None
    for layer in range(shape.layers):
        x = _layer(x, seen, weights, f"encoder.layer.{layer}", shape.heads)
    kept = x.float() * mask[:, :, None]
    return kept.sum(1) / batch.lengths[:, None]


def _layer(
    x: torch.Tensor, seen: torch.Tensor | None, weights: Mapping[str, torch.Tensor], name: str, heads: int
) -> torch.Tensor:
    texts, longest, width = x.shape

    def heads_of(part: str) -> torch.Tensor:
        y = _linear(x, weights, f"{name}.attention.self.{part}")
        # in float32, whatever x is: torch's attention in bfloat16 takes six times as long to go back on a processor
        return y.view(texts, longest, heads, width // heads).transpose(1, 2).float()

    mixed = functional.scaled_dot_product_attention(
        heads_of("query"), heads_of("key"), heads_of("value"), attn_mask=seen
    )
    mixed = mixed.transpose(1, 2).reshape(texts, longest, width).to(x.dtype)
    x = _norm(
        x + _linear(mixed, weights, f"{name}.attention.output.dense"),
        weights,
        f"{name}.attention.output.LayerNorm",
    )
    inner = functional.gelu(_linear(x, weights, f"{name}.intermediate.dense"))
    return _norm(x + _linear(inner, weights, f"{name}.output.dense"), weights, f"{name}.output.LayerNorm")


def _linear(x: torch.Tensor, weights: Mapping[str, torch.Tensor], name: str) -> torch.Tensor:
    return functional.linear(x, weights[f"{name}.weight"], weights[f"{name}.bias"])


def _norm(x: torch.Tensor, weights: Mapping[str, torch.Tensor], name: str) -> torch.Tensor:
    scale = weights[f"{name}.weight"]
    return functional.layer_norm(x, scale.shape, scale, weights[f"{name}.bias"], EPSILON)
