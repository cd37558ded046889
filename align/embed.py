"""What turns texts into vectors: the protocol, and the ways to get one. (First cut.)"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from align.errors import ModelError

DEFAULT_FOLDER = Path(__file__).parent / "models" / "concord-static"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Vectors, float32 (texts, dimension), and the indices of the texts that the model's limit cut short."""

    vectors: NDArray[np.float32]
    truncated: tuple[int, ...] = ()


class Embedder(Protocol):
    """Turns texts into vectors.

    ``additive``: vectors are sums over tokens, so that a span's vector is the sum of its segments' vectors.
    Otherwise any vectors; who uses them normalises.
    """

    @property
    def name(self) -> str: ...
    @property
    def revision(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    @property
    def additive(self) -> bool: ...
    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """Vectors of the texts, in their order; ``progress(done, total)`` is called now and then."""
        ...


def load_embedder(model: str | None = None, *, cache: Path | None = None) -> Embedder:
    """The embedded default, or (model given) any sentence-transformers model by name or folder."""
    if model is None:
        from align.static import load_static

        return load_static(Path(os.environ.get("CONCORD_MODEL_DIR") or DEFAULT_FOLDER))
    raise ModelError("models by name are not there yet", where=model)
