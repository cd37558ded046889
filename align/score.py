"""How well two spans of segments fit: the features of a bead and their weighted sum.

A *span* of size ``a`` ending at node ``i`` is the segments ``i-a … i-1``. The score of a bead is linear in a
few features, and its weights are learnt (``align.training.weights``): the score is the log-potential of a
conditional random field over monotone alignments (Lafferty et al. 2001; segmental form: Sarawagi & Cohen
2004). Similarities are centred on each document and divided by the document's own typical match, so that no
weight depends on the encoder. The neighbour term follows Liu & Zhu (2022), the hub term CSLS (Conneau et al.
2018), the length term Gale & Church (1993).

Everything here is pure numpy. Shapes: ``n``/``m`` segments of source/target, ``d`` dimensions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

LARGEST = 6
"""The largest number of segments on one side of a bead."""

SHAPES: tuple[tuple[int, int], ...] = tuple(
    (a, b)
    for a in range(1, LARGEST + 1)
    for b in range(1, LARGEST + 1)
    if a == 1 or b == 1 or (a <= 3 and b <= 3)
)
"""Bead shapes without nulls: 1-1 … 1-6, 6-1, and all up to 3-3."""

NEVER = -1e30
"""The score of what cannot be: far below any other, but finite, so that sums and differences stay numbers."""

SPAN_SIZES = tuple(range(1, LARGEST + 1))


@dataclass(frozen=True, slots=True)
class Side:
    """One document as the aligner sees it.

    ``spans(a, start, stop)`` gives float32 unit vectors (stop - start, d) of the spans of size ``a`` that end at
    nodes start … stop - 1 (zeros where no such span exists); ``lexical`` gives those of ``align.lexical``.
    ``lengths`` float64 (n,) in characters. ``breaks`` int8 (n + 1,): what stands before segment i: 0 nothing, 1 a
    paragraph, 2 a speaker turn (the ends count as 2). ``weights`` float32 (n,) in [0, 1]: how far a segment may
    decide (headings and bare numbers hardly).
    """

    count: int
    spans: Callable[[int, int, int], Floats]
    lexical: Callable[[int, int, int], Floats]
    lengths: NDArray[np.float64]
    breaks: NDArray[np.int8]
    weights: Floats


@dataclass(frozen=True, slots=True)
class Scale:
    """The pair's own yardstick, taken from its mutual nearest neighbours (see ``align.band``).

    ``match`` is the typical centred cosine of a match, ``ratio`` target characters per source character,
    ``spread`` the Gale–Church variance per character. ``source_hub`` float32 (n,) and ``target_hub`` (m,)
    are the mean similarity of a segment to its nearest others, in units of ``match``; ``source_best`` and
    ``target_best`` the highest such similarity.
    """

    match: float
    ratio: float
    spread: float
    source_hub: Floats
    target_hub: Floats
    source_best: Floats
    target_best: Floats


def part(side: Side, first: int, stop: int) -> Side:
    """Segments first … stop - 1 of a side, as a side of their own."""

    def shifted(whole: Callable[[int, int, int], Floats]) -> Callable[[int, int, int], Floats]:
        def spans(size: int, start: int, end: int) -> Floats:
            out = whole(size, first + start, first + end)
            if start < size:
                out = out.copy()
                out[: min(size, end) - start] = 0
            return out

        return spans

    breaks = side.breaks[first : stop + 1].copy()
    breaks[0] = breaks[-1] = 2
    return Side(
        count=stop - first,
        spans=shifted(side.spans),
        lexical=shifted(side.lexical),
        lengths=side.lengths[first:stop],
        breaks=breaks,
        weights=side.weights[first:stop],
    )


def part_of_scale(scale: Scale, source: tuple[int, int], target: tuple[int, int]) -> Scale:
    """The yardsticks of a pair for a part of either side."""
    return replace(
        scale,
        source_hub=scale.source_hub[slice(*source)],
        source_best=scale.source_best[slice(*source)],
        target_hub=scale.target_hub[slice(*target)],
        target_best=scale.target_best[slice(*target)],
    )


Weights = Mapping[str, float]


def additive_spans(vectors: Floats, lengths: NDArray[np.float64]) -> Callable[[int, int, int], Floats]:
    """Spans of an encoder whose vectors are sums over tokens: differences of prefix sums.

    ``vectors`` float32 (n, d), not normalised. The document's mean direction, in proportion to length, is
    taken out first (a constant added to all vectors thus changes nothing).
    """
    return sum_spans(vectors - np.outer(lengths, _mean_direction(vectors, lengths)).astype(np.float32))


def sum_spans(vectors: Floats) -> Callable[[int, int, int], Floats]:
    """Unit vectors of the sums over spans of float32 (n, d) vectors, by differences of prefix sums."""
    prefix = np.zeros((len(vectors) + 1, vectors.shape[1]), dtype=np.float64)
    np.cumsum(vectors, axis=0, dtype=np.float64, out=prefix[1:])

    def spans(size: int, start: int, stop: int) -> Floats:
        out = np.zeros((stop - start, vectors.shape[1]), dtype=np.float32)
        first = max(start, size)
        if first < stop:
            out[first - start :] = prefix[first:stop] - prefix[first - size : stop - size]
        return unit(out)

    return spans


def averaged_spans(vectors: Floats, lengths: NDArray[np.float64]) -> Callable[[int, int, int], Floats]:
    """Spans of an encoder whose vectors are not sums: means of its unit vectors, weighted by length."""
    return additive_spans(unit(vectors) * lengths[:, None].astype(np.float32), lengths)


def overlaid_spans(
    vectors: Floats, lengths: NDArray[np.float64], overlaps: Mapping[int, tuple[NDArray[np.int64], Floats]]
) -> Callable[[int, int, int], Floats]:
    """As ``averaged_spans``, but with the spans that were encoded themselves in their place.

    ``overlaps[a]``: end nodes int64 (k,) and vectors float32 (k, d) of spans of size ``a``.
    """
    base = averaged_spans(vectors, lengths)
    mean = _mean_direction(unit(vectors) * lengths[:, None].astype(np.float32), lengths).astype(np.float32)

    def spans(size: int, start: int, stop: int) -> Floats:
        out = base(size, start, stop)
        if size in overlaps:
            ends, encoded = overlaps[size]
            inside = (ends >= start) & (ends < stop)
            out[ends[inside] - start] = unit(unit(encoded[inside]) - mean)
        return out

    return spans


def _mean_direction(vectors: Floats, lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    total = max(float(lengths.sum()), 1.0)
    mean: NDArray[np.float64] = vectors.sum(axis=0, dtype=np.float64) / total * _shrink(len(vectors))
    return mean


def _shrink(count: int) -> float:
    """How much of a mean over ``count`` segments to trust: a handful says little about the document."""
    return count / (count + 10.0)


def unit(vectors: Floats) -> Floats:
    """Rows scaled to length one; zero rows stay zero. float32 (n, d)."""
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    scale = np.where(norms > 1e-9, norms, np.inf).astype(np.float32)
    return np.asarray(vectors / scale[:, None], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Tile:
    """A rectangle of the lattice: nodes ``rows`` (source) by ``columns`` (target), stop exclusive."""

    rows: tuple[int, int]
    columns: tuple[int, int]


class TileFeatures:
    """The features of all beads that end in one tile, computed together, a shape at a time."""

    def __init__(self, source: Side, target: Side, scale: Scale, tile: Tile) -> None:
        self.source, self.target, self.scale, self.tile = source, target, scale, tile
        # Neighbours reach one node beyond the tile and up to LARGEST before it.
        self._row0, self._row1 = max(0, tile.rows[0] - LARGEST), min(source.count + 1, tile.rows[1] + 1)
        self._col0, self._col1 = max(0, tile.columns[0] - LARGEST), min(target.count + 1, tile.columns[1] + 1)
        self._rows_of = {a: source.spans(a, self._row0, self._row1) for a in SPAN_SIZES}
        self._columns_of = {b: target.spans(b, self._col0, self._col1) for b in SPAN_SIZES}
        self._words_of_rows = {a: source.lexical(a, self._row0, self._row1) for a in SPAN_SIZES}
        self._words_of_columns = {b: target.lexical(b, self._col0, self._col1) for b in SPAN_SIZES}
        self._similarity: dict[tuple[int, int], Floats] = {}
        self._likeness: dict[tuple[int, int], Floats] = {}
        self._rows = np.arange(*tile.rows)
        self._columns = np.arange(*tile.columns)
        self._lengths = (
            np.concatenate([[0.0], np.cumsum(source.lengths)]),
            np.concatenate([[0.0], np.cumsum(target.lengths)]),
        )

    def similarity(self, a: int, b: int) -> Floats:
        """Cosines of spans a × b on the tile and its margin, in units of the typical match."""
        if (a, b) not in self._similarity:
            product = self._rows_of[a] @ self._columns_of[b].T
            self._similarity[a, b] = product / np.float32(self.scale.match)
        return self._similarity[a, b]

    def likeness(self, a: int, b: int) -> Floats:
        """Cosines of the lexical vectors of spans a × b on the tile and its margin."""
        if (a, b) not in self._likeness:
            self._likeness[a, b] = self._words_of_rows[a] @ self._words_of_columns[b].T
        return self._likeness[a, b]

    def _shifted(self, values: Floats, rows: int, columns: int) -> Floats:
        """``values`` seen from the tile, ``rows``/``columns`` further on; 0 (the background) outside."""
        r = self._rows + (rows - self._row0)
        c = self._columns + (columns - self._col0)
        inside_r = (r >= 0) & (r < values.shape[0])
        inside_c = (c >= 0) & (c < values.shape[1])
        if inside_r.all() and inside_c.all():
            view: Floats = values[r[0] : r[-1] + 1, c[0] : c[-1] + 1]
            return view
        out = np.zeros((len(r), len(c)), dtype=np.float32)
        out[np.ix_(inside_r, inside_c)] = values[np.ix_(r[inside_r], c[inside_c])]
        return out

    def bead(self, a: int, b: int) -> Iterator[tuple[str, Floats | float]]:
        """(name, values) of each feature of the shape a-b; values broadcast to the tile."""
        size = np.float32((a + b) / 2)
        similar = self._shifted(self.similarity(a, b), 0, 0)
        neighbours = self._neighbours(self.similarity, a, b)
        weight = self._weight(a, b)
        yield f"shape {min(a, b)}-{max(a, b)}", 1.0
        yield "similarity", weight * similar
        yield "similarity × size", weight * similar * size
        yield "similarity ² × size", weight * np.maximum(similar, 0) ** 2 * size
        yield "neighbours", weight * neighbours
        yield "neighbours × size", weight * neighbours * size
        yield "hub × size", weight * self._hub(a, b) * size
        alike = self._shifted(self.likeness(a, b), 0, 0)
        yield "lexical", alike
        yield "lexical × size", alike * size
        yield "lexical neighbours × size", self._neighbours(self.likeness, a, b) * size
        deviation = self._deviation(a, b)
        yield "length", np.minimum(np.abs(deviation), 6)
        yield "length ²", np.minimum(deviation**2, 16)
        if a + b > 2:
            yield "paragraphs inside", self._inside(a, b, 1)
            yield "turns inside", self._inside(a, b, 2)
        starts = self._starts(a, b)
        yield "breaks agree", starts[0]
        yield "breaks disagree", starts[1]
        yield "turns disagree", starts[2]

    def _neighbours(self, table: Callable[[int, int], Floats], a: int, b: int) -> Floats:
        """Mean of ``table`` between each span and the segments right before and after the other."""
        across, down = table(a, 1), table(1, b)
        beside = self._shifted(across, 0, -b) + self._shifted(across, 0, 1)
        above = self._shifted(down, -a, 0) + self._shifted(down, 1, 0)
        return np.asarray((beside + above) * np.float32(0.25), dtype=np.float32)

    def _span_sums(
        self, values: NDArray[np.float64], size: int, nodes: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Sum of ``values`` over the span of ``size`` ending at each node (clipped at the start)."""
        prefix = np.concatenate([[0.0], np.cumsum(values)])
        out: NDArray[np.float64] = prefix[nodes] - prefix[np.maximum(nodes - size, 0)]
        return out

    def _weight(self, a: int, b: int) -> Floats:
        rows = self._span_sums(self.source.weights.astype(np.float64), a, self._rows) / a
        columns = self._span_sums(self.target.weights.astype(np.float64), b, self._columns) / b
        return np.sqrt(np.outer(rows, columns)).astype(np.float32)

    def _hub(self, a: int, b: int) -> Floats:
        rows = self._span_sums(self.scale.source_hub.astype(np.float64), a, self._rows) / a
        columns = self._span_sums(self.scale.target_hub.astype(np.float64), b, self._columns) / b
        return np.asarray((rows[:, None] + columns[None, :]) / 2, dtype=np.float32)

    def _deviation(self, a: int, b: int) -> Floats:
        """Gale–Church δ: how far the target's length is from what the source's lets expect, in deviations."""
        source, target = self._lengths
        ls = (source[self._rows] - source[np.maximum(self._rows - a, 0)]) * self.scale.ratio
        lt = target[self._columns] - target[np.maximum(self._columns - b, 0)]
        mean = (ls[:, None] + lt[None, :]) / 2
        deviation = np.sqrt(self.scale.spread * np.maximum(mean, 1.0))
        return np.asarray((lt[None, :] - ls[:, None]) / deviation, dtype=np.float32)

    def _inside(self, a: int, b: int, strength: int) -> Floats:
        """How many breaks of this strength lie within the two spans."""

        def count(side: Side, size: int, nodes: NDArray[np.int64]) -> NDArray[np.float64]:
            marks = np.concatenate([[0.0], np.cumsum(side.breaks == strength)])
            first = np.maximum(nodes - size + 1, 0)
            out: NDArray[np.float64] = np.maximum(marks[nodes] - marks[np.minimum(first, nodes)], 0)
            return out

        rows, columns = count(self.source, a, self._rows), count(self.target, b, self._columns)
        return (rows[:, None] + columns[None, :]).astype(np.float32)

    def _starts(self, a: int, b: int) -> tuple[Floats, Floats, Floats]:
        """Whether the bead opens at a break on both sides, on one only, and whether a turn meets none."""
        rows = self.source.breaks[np.maximum(self._rows - a, 0)][:, None]
        columns = self.target.breaks[np.maximum(self._columns - b, 0)][None, :]
        both = (rows > 0) & (columns > 0)
        one = (rows > 0) ^ (columns > 0)
        turn = (np.maximum(rows, columns) == 2) & ~((rows == 2) & (columns == 2))
        return both.astype(np.float32), one.astype(np.float32), turn.astype(np.float32)


def null_features(side: Side, best: Floats) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """(name, values (n,)) of each feature of leaving a segment of this side alone."""
    yield "null", np.ones(side.count)
    yield "null best", np.asarray(best * side.weights, dtype=np.float64)
    yield "null best ²", np.asarray((best * side.weights) ** 2, dtype=np.float64)
    yield "null length", np.log1p(side.lengths)


def tile_scores(source: Side, target: Side, scale: Scale, tile: Tile, weights: Weights) -> Floats:
    """Scores of all beads ending in the tile: float32 (len(SHAPES), rows, columns); NEVER where none can."""
    features = TileFeatures(source, target, scale, tile)
    rows, columns = np.arange(*tile.rows), np.arange(*tile.columns)
    out = np.empty((len(SHAPES), len(rows), len(columns)), dtype=np.float32)
    for k, (a, b) in enumerate(SHAPES):
        total = out[k]
        total[:] = 0
        for name, values in features.bead(a, b):
            weight = weights.get(name, 0.0)
            if weight:
                total += np.float32(weight) * values
        total[rows < a, :] = NEVER
        total[:, columns < b] = NEVER
    return out


def null_scores(side: Side, best: Floats, weights: Weights) -> NDArray[np.float64]:
    """Scores of leaving each segment of a side alone: float64 (n,), without the price of opening a gap."""
    total = np.zeros(side.count)
    for name, values in null_features(side, best):
        total += weights.get(name, 0.0) * values
    return total
