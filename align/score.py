"""How well two spans of segments fit: the features of a bead and their weighted sum.

A *span* of size ``a`` ending at node ``i`` is the segments ``i-a … i-1``. The score of a bead is linear in a
few features, and its weights are learnt (``align.training.weights``): the score is the log-potential of a
conditional random field over monotone alignments (Lafferty et al. 2001; segmental form: Sarawagi & Cohen
2004). Similarities are centred on each document and divided by the document's own typical match, so that no
weight depends on the encoder. The neighbour term follows Liu & Zhu (2022), the hub term CSLS (Conneau et al.
2018), the length term Gale & Church (1993).

Everything here is pure numpy. Shapes: ``n``/``m`` segments of source/target, ``d`` dimensions; ``t`` tiles of
``r`` rows and ``c`` columns of the lattice are looked at together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from align.cover import FEATURES, TextWords, TileCover, covers
from align.edges import OUTER, Edge, outer_weights, shape_name
from align.signs import ODD
from align.spans import LARGEST, Floats, Spans

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

Ints = NDArray[np.int64]
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Side:
    """One document as the aligner sees it.

    ``spans`` and ``lexical``: the vectors of its spans, the encoder's and those of ``align.lexical``.
    ``lengths`` float64 (n,) in characters. ``breaks`` int8 (n + 1,): what stands before segment i: 0 nothing, 1 a
    paragraph, 2 a speaker turn (the ends count as 2). ``weights`` float32 (n,) in [0, 1]: how far a segment may
    decide (headings and bare numbers hardly). ``signs`` int8 (n,): how segments begin and end (``align.signs``).
    ``words``: its words with a vector each, where the encoder has such.
    """

    count: int
    spans: Spans
    lexical: Spans
    lengths: NDArray[np.float64]
    breaks: NDArray[np.int8]
    weights: Floats
    signs: NDArray[np.int8]
    words: TextWords | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The pair's own yardstick, taken from its mutual nearest neighbours (see ``align.band``).

    ``match`` is the typical centred cosine of a match, ``alike`` the unit of lexical cosines: 1, and more where the
    two share far more words than two languages do; ``ratio`` target characters per source character,
    ``spread`` the Gale–Church variance per character. ``source_hub`` float32 (n,) and ``target_hub`` (m,)
    are the mean similarity of a segment to its nearest others, in units of ``match``; ``source_best`` and
    ``target_best`` the highest such similarity. ``chain``: the neighbours that the rest was taken from, ids of
    source and target, rising.
    """

    match: float
    alike: float
    ratio: float
    spread: float
    source_hub: Floats
    target_hub: Floats
    source_best: Floats
    target_best: Floats
    chain: tuple[Ints, Ints]


def part(side: Side, first: int, stop: int) -> Side:
    """Segments first … stop - 1 of a side, as a side of their own."""
    breaks = side.breaks[first : stop + 1].copy()
    breaks[0] = breaks[-1] = 2
    return Side(
        count=stop - first,
        spans=side.spans.part(first, stop),
        lexical=side.lexical.part(first, stop),
        lengths=side.lengths[first:stop],
        breaks=breaks,
        weights=side.weights[first:stop],
        signs=side.signs[first:stop],
        words=side.words.part(first, stop) if side.words else None,
    )


def part_of_scale(scale: Scale, source: tuple[int, int], target: tuple[int, int]) -> Scale:
    """The yardsticks of a pair for a part of either side."""
    return replace(
        scale,
        source_hub=scale.source_hub[slice(*source)],
        source_best=scale.source_best[slice(*source)],
        target_hub=scale.target_hub[slice(*target)],
        target_best=scale.target_best[slice(*target)],
        chain=(np.zeros(0, np.int64), np.zeros(0, np.int64)),
    )


@dataclass(frozen=True, slots=True)
class Tile:
    """A rectangle of the lattice: nodes ``rows`` (source) by ``columns`` (target), stop exclusive."""

    rows: tuple[int, int]
    columns: tuple[int, int]


class PairFeatures:
    """The features of all beads of a pair of texts; ``at`` some tiles they are computed."""

    def __init__(self, source: Side, target: Side, scale: Scale) -> None:
        self.source, self.target, self.scale = source, target, scale
        self.rows = _edge(source, scale.source_hub, scale.ratio, source=True)
        self.columns = _edge(target, scale.target_hub, 1.0, source=False)
        self.cover = (
            covers(source.words, target.words, scale.chain) if source.words and target.words else None
        )

    def at(self, tiles: Sequence[Tile]) -> TileFeatures:
        """The features on some tiles, computed together."""
        return TileFeatures(self, tiles)


def _edge(side: Side, hub: Floats, ratio: float, *, source: bool) -> Edge:
    return Edge(side.weights, side.lengths, side.breaks, side.signs, hub, ratio, source=source)


class TileFeatures:
    """The features of all beads that end in some tiles, float32 (t, r, c), a shape at a time.

    All tiles are taken to be as large as the largest; what is beyond the last node has no meaning.
    """

    def __init__(self, pair: PairFeatures, tiles: Sequence[Tile]) -> None:
        rows, columns = _nodes([tile.rows for tile in tiles]), _nodes([tile.columns for tile in tiles])
        self._similarity = _Cosines(pair.source.spans, pair.target.spans, rows, columns, pair.scale.match)
        self._likeness = _Cosines(pair.source.lexical, pair.target.lexical, rows, columns, pair.scale.alike)
        self._covered: dict[str, dict[tuple[int, int], Floats]] = {}
        self._cover = TileCover(pair.cover, rows, columns) if pair.cover else None
        self._spread = np.float32(pair.scale.spread / 2)
        self._rows = np.minimum(rows[:, LARGEST:-1], pair.source.count)
        self._columns = np.minimum(columns[:, LARGEST:-1], pair.target.count)
        self._outer = pair.rows.outer[:, self._rows], pair.columns.outer[:, self._columns]
        across, down = pair.rows, pair.columns
        self._length = across.length[:, self._rows][..., None], down.length[:, self._columns][:, :, None]
        self._weight = across.weight[:, self._rows][..., None], down.weight[:, self._columns][:, :, None]

    def bead(self, a: int, b: int) -> Iterator[tuple[str, Floats]]:
        """(name, values) of each feature of the shape a-b."""
        weight = self._weight[0][a] * self._weight[1][b]
        for factors, values, weighted in self._dense(a, b):
            for name, factor in factors.items():
                yield name, values * np.float32(factor) * (weight if weighted else np.float32(1))
        if self._cover:
            for name in FEATURES:
                if name not in self._covered:
                    self._covered[name] = self._cover.terms({name: 1.0}, SHAPES)
                yield name, self._covered[name][a, b]
        at = 0
        for name, count in OUTER:
            here, at = slice(at, at + count), at + count
            name = shape_name(a, b) if name == "shape" else name
            left = self._outer[0][a][..., here] * outer_weights(a, b, {name: 1.0})[here]
            yield name, left @ self._outer[1][b][..., here].swapaxes(1, 2)

    def scores(self, weights: Weights) -> Floats:
        """Scores of all beads: float32 (len(SHAPES), t, r, c); NEVER where none can be."""
        shape = (len(SHAPES), *self._rows.shape, self._columns.shape[1])
        scores = np.empty(shape, dtype=np.float32)
        covered = self._cover.terms(weights, SHAPES) if self._cover else {}
        for total, (a, b) in zip(scores, SHAPES, strict=True):
            left = self._outer[0][a] * outer_weights(a, b, weights)
            np.matmul(left, self._outer[1][b].swapaxes(1, 2), out=total)
            similar = np.zeros_like(total)
            for factors, values, weighted in self._dense(a, b):
                weight = sum(weights.get(name, 0.0) * factor for name, factor in factors.items())
                if weight and weighted:
                    similar += values * np.float32(weight)
                elif weight:
                    total += values * np.float32(weight)
            similar *= self._weight[0][a]
            similar *= self._weight[1][b]
            total += similar
            if covered:
                total += covered[a, b]
            if self._rows[0, 0] < a:
                total[self._rows < a] = NEVER
            if self._columns[:, 0].min() < b:
                total.swapaxes(1, 2)[self._columns < b] = NEVER
        return scores

    def _dense(self, a: int, b: int) -> Iterator[tuple[dict[str, float], Floats, bool]]:
        """Factors of each feature that is a multiple of the values; whether segments' weights count in them."""
        size = (a + b) / 2
        similar = self._similarity.of(a, b)
        yield {"similarity": 1, "similarity × size": size}, similar, True
        positive = np.maximum(similar, 0)
        positive *= positive
        yield {"similarity ² × size": size}, positive, True
        if a > 1 or b > 1:
            yield {"weakest": 1}, self._similarity.weakest(a, b), True
        yield {"neighbours": 0.25, "neighbours × size": size / 4}, self._similarity.around(a, b), True
        yield {"lexical": 1, "lexical × size": size}, self._likeness.of(a, b), False
        yield {"lexical neighbours × size": size / 4}, self._likeness.around(a, b), False
        deviation = self._deviation(a, b)
        yield {"length": 1}, np.minimum(deviation, 6), False
        np.minimum(deviation, 4, out=deviation)
        deviation *= deviation
        yield {"length ²": 1}, deviation, False

    def _deviation(self, a: int, b: int) -> Floats:
        """Gale–Church |δ|: how far the target's length is from what the source's lets expect, in deviations."""
        source, target = self._length[0][a], self._length[1][b]
        both: Floats = source + target
        np.maximum(both, 2, out=both)
        both *= self._spread
        np.sqrt(both, out=both)
        out: Floats = target - source
        out /= both
        return np.abs(out, out=out)


class _Cosines:
    """Cosines of the spans that end in some tiles, in units of ``match``.

    ``rows`` (t, r + LARGEST + 1) and ``columns`` are the nodes of the tiles, LARGEST before them and one behind.
    ``across[a]`` float32 (t, r, c + LARGEST + 1): a source segments and one target segment; ``down[b]``: one and b.
    """

    def __init__(self, left: Spans, right: Spans, rows: Ints, columns: Ints, match: float = 1.0) -> None:
        inside = slice(LARGEST, rows.shape[1] - 1), slice(LARGEST, columns.shape[1] - 1)
        self._height, self._width = inside[0].stop - LARGEST, inside[1].stop - LARGEST
        if left.encoded or right.encoded:
            self._look_up(left, right, rows, columns, inside, np.float32(match))
        else:
            self._add_up(left, right, rows, columns, inside, np.float32(match))

    def _look_up(
        self,
        left: Spans,
        right: Spans,
        rows: Ints,
        columns: Ints,
        inside: tuple[slice, slice],
        match: np.float32,
    ) -> None:
        """From the vectors of the spans."""

        def table(a: int, b: int, rows: Ints, columns: Ints) -> Floats:
            out: Floats = left.at(a, rows) @ right.at(b, columns).swapaxes(1, 2)
            return np.divide(out, match, out=out)

        here = rows[:, inside[0]], columns[:, inside[1]]
        self.across = {a: table(a, 1, here[0], columns) for a in SPAN_SIZES}
        self.down = {b: table(1, b, rows, here[1]) for b in SPAN_SIZES}
        self._inner = {(a, b): table(a, b, *here) for a, b in SHAPES if a > 1 < b}

    def _add_up(
        self,
        left: Spans,
        right: Spans,
        rows: Ints,
        columns: Ints,
        inside: tuple[slice, slice],
        match: np.float32,
    ) -> None:
        """From the products of single segments: spans are sums."""
        products = left.singles(rows) @ right.singles(columns).swapaxes(1, 2)
        over_rows, over_columns = left.inverses(rows)[..., None] / match, right.inverses(columns)[:, :, None]
        here, there = over_rows[:, :, inside[0]], over_columns[..., inside[1]]
        sums = {1: products[:, inside[0]]}
        self.across = {1: sums[1] * here[1] * over_columns[1]}
        down = products[:, :, inside[1]]
        self.down = {1: down * over_rows[1] * there[1]}
        for size in SPAN_SIZES[1:]:
            first = LARGEST + 1 - size
            sums[size] = sums[size - 1] + products[:, first : first + self._height]
            self.across[size] = sums[size] * here[size] * over_columns[1]
            down = down + products[:, :, first : first + self._width]
            self.down[size] = down * over_rows[1] * there[size]
        self._inner = {}
        for a, b in SHAPES:
            if a > 1 < b:
                total = sum(sums[a][:, :, LARGEST - back :][:, :, : self._width] for back in range(b))
                self._inner[a, b] = total * here[a] * there[b]

    def of(self, a: int, b: int) -> Floats:
        """Cosines of a × b segments, float32 (t, r, c)."""
        if b == 1:
            return self.across[a][:, :, LARGEST:-1]
        return self.down[b][:, LARGEST:-1] if a == 1 else self._inner[a, b]

    def weakest(self, a: int, b: int) -> Floats:
        """Of each side of several segments the lowest cosine of one of them with the other side, float32 (t, r, c).

        The sum of the two where both have several.
        """
        members = [self.across[a][:, :, LARGEST - k :][:, :, : self._width] for k in range(b) if b > 1]
        others = [self.down[b][:, LARGEST - k :][:, : self._height] for k in range(a) if a > 1]
        lowest: list[Floats] = [reduce(np.minimum, some) for some in (members, others) if some]
        return reduce(np.add, lowest)

    def around(self, a: int, b: int) -> Floats:
        """Sum of the cosines of each span and the segments right before and after the other, float32 (t, r, c)."""
        across, down = self.across[a], self.down[b]
        before, above = LARGEST - b, LARGEST - a
        out: Floats = across[:, :, before : before + self._width] + across[:, :, LARGEST + 1 :]
        out += down[:, above : above + self._height]
        out += down[:, LARGEST + 1 :]
        return out


def _nodes(stretches: Sequence[tuple[int, int]]) -> Ints:
    """The nodes of equally long stretches, LARGEST before them and one behind: int64 (t, longest + LARGEST + 1)."""
    longest = max(stop - first for first, stop in stretches)
    starts = np.array([first for first, _ in stretches], dtype=np.int64)
    return starts[:, None] + np.arange(-LARGEST, longest + 1)


def null_features(side: Side, best: Floats) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """(name, values (n,)) of each feature of leaving a segment of this side alone."""
    yield "null", np.ones(side.count)
    yield "null best", np.asarray(best * side.weights, dtype=np.float64)
    yield "null best ²", np.asarray((best * side.weights) ** 2, dtype=np.float64)
    yield "null length", np.log1p(side.lengths)
    yield "null odd", ((side.signs & ODD) > 0).astype(np.float64)


def null_scores(side: Side, best: Floats, weights: Weights) -> NDArray[np.float64]:
    """Scores of leaving each segment of a side alone: float64 (n,), without the price of opening a gap."""
    total = np.zeros(side.count)
    for name, values in null_features(side, best):
        total += weights.get(name, 0.0) * values
    return total
