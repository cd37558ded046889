"""Vectors of words and names from any embedder, kept for as long as they are likely to be asked for again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.spans import unit

if TYPE_CHECKING:
    from align.embed import Embedder

_MOST = 60_000  # words kept; at 256 dimensions of 2 bytes about 30 MB


class Vectors:
    """Unit vectors of single words, float32 (dimension,), from an embedder; a text's is the sum of its words'.

    With an additive embedder this is the model's own sum of token vectors.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float16]] = {}

    def prepare(self, words: Iterable[str]) -> None:
        """Encode all these words at once; call it with the words of a document before asking for them."""
        new = sorted({word for word in words if word not in self._known})
        if len(self._known) + len(new) > _MOST:
            self._known.clear()
            new = sorted(set(words))
        if new:
            for word, row in zip(new, self._embedder.encode(new).vectors, strict=True):
                self._known[word] = row.astype(np.float16)

    def rows(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Vectors as the model gives them, float32 (len(words), dimension)."""
        missing = [word for word in words if word not in self._known]
        if missing:
            for word, row in zip(missing, self._embedder.encode(missing).vectors, strict=True):
                self._known[word] = row.astype(np.float16)
        return np.stack([self._known[word] for word in words]).astype(np.float32)

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """The unit vector of a name: the sum of its words'; zeros where the model knows none."""
        of_length_one: NDArray[np.float32] = unit(self.rows(words).sum(axis=0, keepdims=True))[0]
        return of_length_one
