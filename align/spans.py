"""Unit vectors of spans: up to ``LARGEST`` neighbouring segments of a document taken as one.

A *span* of size ``a`` ending at node ``i`` is the segments ``i-a … i-1``. Vectors are centred on their document
first. Pure numpy; ``n`` segments, ``d`` dimensions.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

LARGEST = 6
"""The largest number of segments on one side of a bead."""

_TOGETHER = 4096  # vectors
_CANCELLED = 1e-7
"""A sum whose square is this share of its parts' has nothing left but rounding."""


class Spans:
    """The spans of a document whose vectors are sums: float32 (n, d) ``vectors``, one a segment.

    ``encoded[a]``: end nodes int64 (k,), ascending, and unit vectors float32 (k, d) of spans of size ``a`` that an
    encoder has seen as one text; they stand in the place of the sums.
    """

    def __init__(
        self, vectors: Floats, encoded: Mapping[int, tuple[NDArray[np.int64], Floats]] | None = None
    ) -> None:
        self.vectors = vectors
        self.encoded = encoded or {}

    def __call__(self, size: int, start: int, stop: int) -> Floats:
        """Unit vectors of the spans that end at nodes start … stop - 1, float32 (stop - start, d); 0 for none."""
        return self.at(size, np.arange(start, stop))

    def at(self, size: int, ends: NDArray[np.int64]) -> Floats:
        """Unit vectors of the spans of a size that end at these nodes (…), float32 (…, d); 0 where there is none."""
        there = (ends >= size) & (ends <= len(self.vectors))
        inside = ends[there]
        total = self.vectors[inside - 1]
        for back in range(2, size + 1):
            total += self.vectors[inside - back]
        if size in self.encoded and len(self.encoded[size][0]):
            known, vectors = self.encoded[size]
            place = np.minimum(np.searchsorted(known, inside), len(known) - 1)
            found = known[place] == inside
            total[found] = vectors[place[found]]
        if there.all():
            return unit(total).reshape((*ends.shape, -1))
        out = np.zeros((*ends.shape, self.vectors.shape[1]), dtype=np.float32)
        out[there] = unit(total)
        return out

    def singles(self, nodes: NDArray[np.int64]) -> Floats:
        """The vectors of the segments that end at these nodes (…), float32 (…, d); 0 where there is none."""
        count = len(self.vectors)
        out: Floats = self.vectors.take(nodes - 1, axis=0, mode="clip")
        if nodes.size and (nodes.min() < 1 or nodes.max() > count):
            out[(nodes < 1) | (nodes > count)] = 0
        return out

    def inverses(self, nodes: NDArray[np.int64]) -> Floats:
        """``inverse`` of the spans that end at these nodes (…), float32 (LARGEST + 1, …); 0 where there is none."""
        out: Floats = self.inverse.take(nodes, axis=1, mode="clip")
        if nodes.size and nodes.max() > len(self.vectors):
            out[:, nodes > len(self.vectors)] = 0
        return out

    @cached_property
    def inverse(self) -> Floats:
        """float32 (LARGEST + 1, n + 1): one over the length of the sum of each span; 0 where there is none.

        Row ``a`` is of size ``a``; row 0 is empty. By the lengths of the parts and their products.
        """
        vectors, count = self.vectors, len(self.vectors)
        squares = np.zeros((LARGEST + 1, count + 1))
        parts = np.zeros((LARGEST + 1, count + 1))
        product = np.zeros(count)  # of each segment with itself and, twice, with those before it
        own = _products(vectors, 0)
        for size in range(1, min(LARGEST, count) + 1):
            back = size - 1
            product[back:] += _products(vectors, back) * (2 if back else 1)
            squares[size, size:] = squares[size - 1, size - 1 : -1] + product[back:]
            parts[size, size:] = parts[size - 1, size - 1 : -1] + own[back:]
        some = squares > np.maximum(_CANCELLED * parts, 1e-18)
        return np.where(some, 1 / np.sqrt(np.where(some, squares, 1.0)), 0.0).astype(np.float32)

    def part(self, first: int, stop: int) -> Spans:
        """The spans of segments first … stop - 1 alone."""
        encoded = {}
        for size, (ends, vectors) in self.encoded.items():
            inside = (ends >= first + size) & (ends <= stop)
            encoded[size] = (ends[inside] - first, vectors[inside])
        return Spans(self.vectors[first:stop], encoded)


def additive_spans(vectors: Floats, lengths: NDArray[np.float64]) -> Spans:
    """Spans of an encoder whose vectors are sums over tokens.

    ``vectors`` float32 (n, d), not normalised. The document's mean direction, in proportion to length, is
    taken out first (a constant added to all vectors thus changes nothing).
    """
    mean = _mean_direction(vectors, lengths)
    centred = np.empty_like(vectors)
    for first in range(0, len(vectors), _TOGETHER):
        some = slice(first, first + _TOGETHER)
        np.subtract(vectors[some], np.outer(lengths[some], mean).astype(np.float32), out=centred[some])
    return Spans(centred)


def averaged_spans(vectors: Floats, lengths: NDArray[np.float64]) -> Spans:
    """Spans of an encoder whose vectors are not sums: means of its unit vectors, weighted by length."""
    return additive_spans(unit(vectors) * lengths[:, None].astype(np.float32), lengths)


def overlaid_spans(
    vectors: Floats, lengths: NDArray[np.float64], overlaps: Mapping[int, tuple[NDArray[np.int64], Floats]]
) -> Spans:
    """As ``averaged_spans``, but with the spans that were encoded themselves in their place.

    ``overlaps[a]``: end nodes int64 (k,), ascending, and vectors float32 (k, d) of spans of size ``a``.
    """
    mean = _mean_direction(unit(vectors) * lengths[:, None].astype(np.float32), lengths).astype(np.float32)
    encoded = {size: (ends, unit(unit(found) - mean)) for size, (ends, found) in overlaps.items()}
    return Spans(averaged_spans(vectors, lengths).vectors, encoded)


def unit(vectors: Floats) -> Floats:
    """Rows scaled to length one; zero rows stay zero. float32 (n, d)."""
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    scale = np.where(norms > 1e-9, norms, np.inf).astype(np.float32)
    return np.asarray(vectors / scale[:, None], dtype=np.float32)


def _products(vectors: Floats, back: int) -> NDArray[np.float64]:
    """Products of each segment's vector with that of the segment so far before it, float64 (n - back,)."""
    products: Floats = np.einsum("ij,ij->i", vectors[back:], vectors[: len(vectors) - back])
    return products.astype(np.float64)


def _mean_direction(vectors: Floats, lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    total = max(float(lengths.sum()), 1.0)
    mean: NDArray[np.float64] = vectors.sum(axis=0, dtype=np.float64) / total * _shrink(len(vectors))
    return mean


def _shrink(count: int) -> float:
    """How much of a mean over ``count`` segments to trust: a handful says little about the document."""
    return count / (count + 10.0)
