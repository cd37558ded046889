"""The tokens of texts with a vector each, for aligners that look inside sentences.

A text is cut at its spaces, and how each part is cut into tokens is kept from text to text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from align.cover import TextWords
from align.spans import Floats, unit

KEPT = 65_536
"""Parts that are kept at most; then they are collected anew."""


class Pieces:
    """``cut`` gives the token numbers of each of some parts of texts, ``vectors`` those of some token numbers."""

    def __init__(
        self,
        cut: Callable[[Sequence[str]], list[list[int]]],
        vectors: Callable[[NDArray[np.int64]], Floats],
    ) -> None:
        self._cut, self._vectors = cut, vectors
        self._clear()
        self._lock = Lock()

    def of_texts(self, texts: Sequence[str]) -> TextWords:
        """The tokens of each text."""
        parts = [text.split(" ") for text in texts]
        flat = list(chain.from_iterable(parts))
        with self._lock:
            self._learn(flat)
            places = np.fromiter(map(self._places.__getitem__, flat), np.int64, len(flat))
            ids, bounds = self._ids, self._bounds
        counts = bounds[places + 1] - bounds[places]
        ends = np.concatenate([[0], np.cumsum(counts)])
        tokens = ids[np.repeat(bounds[places] - ends[:-1], counts) + np.arange(ends[-1])]
        starts = ends[np.concatenate([[0], np.cumsum([len(own) for own in parts], dtype=np.int64)])]
        seen = np.zeros(int(tokens.max(initial=-1)) + 1, dtype=bool)
        seen[tokens] = True
        vectors = self._vectors(np.flatnonzero(seen))
        weights = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
        return TextWords(starts, (np.cumsum(seen) - 1)[tokens], unit(vectors), weights)

    def _clear(self) -> None:
        self._places: dict[str, int] = {}
        self._ids = np.zeros(0, dtype=np.int64)
        self._bounds = np.zeros(
            1, dtype=np.int64
        )  # part k is cut into the tokens bounds[k] … bounds[k + 1] - 1

    def _learn(self, parts: Sequence[str]) -> None:
        new = [part for part in dict.fromkeys(parts) if part not in self._places]
        if len(self._places) + len(new) > KEPT:
            self._clear()
            new = list(dict.fromkeys(parts))
        if not new:
            return
        found = self._cut(new)
        counts = np.fromiter(map(len, found), np.int64, len(found))
        added = np.fromiter(chain.from_iterable(found), np.int64, int(counts.sum()))
        self._places.update(zip(new, range(len(self._places), len(self._places) + len(new)), strict=True))
        self._ids = np.concatenate([self._ids, added])
        self._bounds = np.concatenate([self._bounds, self._bounds[-1] + np.cumsum(counts)])
