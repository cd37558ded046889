"""Where to look: anchors between the two texts, and the corridor of the lattice around them.

Anchors are mutual nearest neighbours; the heaviest chain of them that rises in both texts is the coarse
path, so no offset, however long, can hide it. Long texts are first matched by blocks of segments, which
keeps the cost linear. From the same neighbours come the yardsticks of the pair (``score.Scale``). Pure numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from align.score import Ints, Scale, Side, Tile
from align.spans import Floats, unit

WHOLE = 1_500_000
"""Up to so many cells every segment is compared with every other."""
BLOCKS = 2_500
"""Longer texts are first matched by this many blocks at most."""
TILE_ROWS = 16
"""Rows of a tile: few, as it is wider than the corridor by as much as that rises in them."""
_TOGETHER = 4096  # segments summed together
NEIGHBOURS = 4
"""How many nearest others make a hub score (the k of CSLS)."""
STEPS = 3
"""The corridor reaches to the third anchor either way: two wrong ones in a row do no harm."""
RADIUS = 16
"""… and so many nodes beyond."""
SMALL = 2_500
"""Texts of up to so many cells are searched whole."""
WIDEST = 1_200
"""Where no anchor helps, the corridor is at most so wide."""
ALIKE = 0.15
"""Mean lexical cosine of sentences and their translations: .11 to .22 in development texts of two languages."""


@dataclass(frozen=True, slots=True)
class Corridor:
    """Node columns [low, high) to search in each node row: int64 (n + 1,), both rising."""

    low: Ints
    high: Ints

    def tiles(self, area: int = 200_000, most: int = TILE_ROWS) -> list[Tile]:
        """Tiles of up to ``most`` consecutive rows that cover the corridor, about ``area`` cells each at most."""
        tiles, first, count = [], 0, len(self.low)
        for row in range(count):
            too_large = (row + 1 - first) * (self.high[row] - self.low[first]) > area
            if row > first and (too_large or row - first >= most):
                tiles.append(self._tile(first, row))
                first = row
        tiles.append(self._tile(first, count))
        return tiles

    def _tile(self, first: int, stop: int) -> Tile:
        return Tile((first, stop), (int(self.low[first]), int(self.high[stop - 1])))


@dataclass(frozen=True, slots=True)
class Anchors:
    """Mutual nearest neighbours: their ids, cosine, and margin over the second best of each."""

    source: Ints
    target: Ints
    similarity: Floats
    margin: Floats

    def take(self, chosen: Ints) -> Anchors:
        """The anchors at these positions."""
        return Anchors(self.source[chosen], self.target[chosen], self.similarity[chosen], self.margin[chosen])


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each segment of a side: nearest other, best and second-best cosine, mean of the nearest few."""

    nearest: Ints
    best: Floats
    second: Floats
    hub: Floats


def find_corridor(source: Side, target: Side) -> tuple[Corridor, Scale, Anchors]:
    """The corridor to search, the pair's yardsticks, and all anchors (those off the chain included)."""
    if source.count * target.count <= WHOLE:
        tiles = [Tile((0, source.count), (0, target.count))]
    else:
        tiles = _coarse_tiles(source, target)
    forward, backward = _neighbours(source, target, tiles)
    anchors = _mutual(forward, backward)
    chain = anchors.take(heaviest_chain(anchors.source, anchors.target, anchors.margin))
    corridor = corridor_around(chain, source.count, target.count)
    return corridor, _scale(chain, source, target, forward, backward), anchors


def heaviest_chain(rows: Ints, columns: Ints, weights: Floats) -> Ints:
    """Positions of the heaviest subset that rises strictly in both coordinates. O(k log k).

    ``rows`` sorted ascending, each at most once; ``columns`` non-negative; weights of 0 or less are left out.
    """
    size = int(columns.max()) + 2 if len(columns) else 1
    best = [0.0] * (size + 1)  # a Fenwick tree of prefix maxima over the columns
    last = [-1] * (size + 1)
    before = [-1] * len(rows)
    top, top_at = 0.0, -1
    for k, (column, weight) in enumerate(zip(columns.tolist(), weights.tolist(), strict=True)):
        if weight <= 0:
            continue
        value, at = 0.0, column
        while at > 0:
            if best[at] > value:
                value, before[k] = best[at], last[at]
            at -= at & -at
        value += weight
        if value > top:
            top, top_at = value, k
        at = column + 1
        while at <= size:
            if value > best[at]:
                best[at], last[at] = value, k
            at += at & -at
    chosen = []
    while top_at >= 0:
        chosen.append(top_at)
        top_at = before[top_at]
    return np.array(chosen[::-1], dtype=np.int64)


def corridor_around(chain: Anchors, rows: int, columns: int) -> Corridor:
    """The corridor around a rising chain for texts of ``rows`` × ``columns`` segments; holds both corners."""
    if rows * columns <= SMALL:
        return Corridor(np.zeros(rows + 1, np.int64), np.full(rows + 1, columns + 1, np.int64))
    r = np.concatenate([np.full(STEPS, -1), chain.source, np.full(STEPS, rows)])
    c = np.concatenate([np.full(STEPS, -1), chain.target, np.full(STEPS, columns)])
    nodes = np.arange(rows + 1)
    after = np.searchsorted(r, nodes)  # first anchor at or after the node's segment
    low = c[np.maximum(after - STEPS, 0)] - RADIUS
    high = c[np.minimum(after + STEPS - 1, len(c) - 1)] + RADIUS + 2
    low, high = _narrowed(low, high, nodes, r, c)
    low = np.minimum.accumulate(np.clip(low, 0, columns)[::-1])[::-1]
    high = np.maximum.accumulate(np.clip(high, 1, columns + 1))
    low[0], high[-1] = 0, columns + 1
    return Corridor(low, high)


def _narrowed(low: Ints, high: Ints, nodes: Ints, r: Ints, c: Ints) -> tuple[Ints, Ints]:
    """Keeps rows without anchors near the straight line between the anchors around them."""
    wide = high - low > WIDEST
    if wide.sum() <= 4 * STEPS:  # a few rows beside a long insertion may be as wide as it is
        return low, high
    middle = np.interp(nodes, r, c)
    # A long insertion makes a jump between two neighbouring rows: those keep their width.
    jump = np.abs(np.diff(middle, prepend=middle[0])) > WIDEST / 4
    near_jump = np.convolve(jump, np.ones(4 * STEPS + 1), "same") > 0
    cut = wide & ~near_jump
    low = np.where(cut, np.maximum(low, (middle - WIDEST / 2).astype(np.int64)), low)
    high = np.where(cut, np.minimum(high, (middle + WIDEST / 2).astype(np.int64)), high)
    return low, high


def _coarse_tiles(source: Side, target: Side) -> list[Tile]:
    """Tiles for the search of neighbours in long texts, from a first match of blocks of segments."""
    size = max(8, -(-max(source.count, target.count) // BLOCKS))
    rows, columns = _block_vectors(source, size, size), _block_vectors(target, size, size // 2)
    forward, backward = _top(rows @ columns.T)
    anchors = _mutual(forward, backward)
    chain = anchors.take(heaviest_chain(anchors.source, anchors.target, anchors.margin))
    middle = Anchors(
        chain.source * size + size // 2,
        chain.target * (size // 2) + size // 2,
        chain.similarity,
        chain.margin,
    )
    coarse = corridor_around(middle, source.count, target.count)
    low, high = np.maximum(coarse.low - 2 * size, 0), np.minimum(coarse.high + 2 * size, target.count + 1)
    tiles = Corridor(low, high).tiles(area=1_000_000, most=128)
    return [
        Tile((t.rows[0], min(t.rows[1], source.count)), (t.columns[0], min(t.columns[1], target.count)))
        for t in tiles
        if t.rows[0] < source.count
    ]


def _block_vectors(side: Side, size: int, step: int) -> Floats:
    """Unit vectors of blocks of ``size`` segments, a new one every ``step``."""
    starts = np.arange(0, side.count, step)
    ends = np.minimum(starts + size, side.count)
    nodes = np.union1d(starts, ends)
    totals = np.zeros((len(nodes), side.spans.vectors.shape[1]))  # of all segments before these nodes
    running = np.zeros(totals.shape[1])
    weights = np.sqrt(side.lengths * side.weights).astype(np.float32)
    for first in range(0, side.count, _TOGETHER):
        stop = min(first + _TOGETHER, side.count)
        some = side.spans(1, first + 1, stop + 1) * weights[first:stop, None]
        sums = np.cumsum(some, axis=0, dtype=np.float64) + running
        inside = (nodes > first) & (nodes <= stop)
        totals[inside] = sums[nodes[inside] - first - 1]
        running = sums[-1]
    sums = totals[np.searchsorted(nodes, ends)] - totals[np.searchsorted(nodes, starts)]
    return unit(sums.astype(np.float32))


def _neighbours(source: Side, target: Side, tiles: Sequence[Tile]) -> tuple[Neighbours, Neighbours]:
    """Nearest neighbours of every segment of either side among those that share a tile with it."""
    forward, backward = _blank(source.count), _blank(target.count)
    for tile in tiles:
        (r0, r1), (c0, c1) = tile.rows, tile.columns
        product = source.spans(1, r0 + 1, r1 + 1) @ target.spans(1, c0 + 1, c1 + 1).T
        # What may hardly decide may hardly anchor.
        product *= np.sqrt(np.outer(source.weights[r0:r1], target.weights[c0:c1]))
        here, there = _top(product)
        _better(forward, slice(r0, r1), here, c0)
        _better(backward, slice(c0, c1), there, r0)
    return forward, backward


def _blank(count: int) -> Neighbours:
    low = np.full(count, -1.0, np.float32)
    return Neighbours(np.full(count, -1, np.int64), low, low.copy(), np.zeros(count, np.float32))


def _better(known: Neighbours, where: slice, found: Neighbours, offset: int) -> None:
    """Writes into ``known`` what a further tile found nearer (fills arrays made by this module alone)."""
    nearer = found.best > known.best[where]
    known.second[where] = np.maximum(
        np.where(nearer, known.best[where], np.where(found.best < known.best[where], found.best, -1.0)),
        np.where(nearer, found.second, known.second[where]),
    )
    known.nearest[where] = np.where(nearer, found.nearest + offset, known.nearest[where])
    known.best[where] = np.maximum(known.best[where], found.best)
    known.hub[where] = np.maximum(known.hub[where], found.hub)


def _top(product: Floats) -> tuple[Neighbours, Neighbours]:
    """Neighbours along either axis of a matrix of cosines."""
    return _top_rows(product), _top_rows(product.T)


def _top_rows(product: Floats) -> Neighbours:
    count, others = product.shape
    if others == 0 or count == 0:
        return _blank(count)
    k = min(NEIGHBOURS, others)
    nearest = product.argmax(axis=1)
    top = -np.partition(-product, k - 1, axis=1)[:, :k] if k < others else product
    top = -np.sort(-top, axis=1)
    second = top[:, 1] if k > 1 else np.zeros(count, np.float32)
    return Neighbours(nearest, top[:, 0], second.astype(np.float32), top.mean(axis=1))


def _mutual(forward: Neighbours, backward: Neighbours) -> Anchors:
    """The pairs that are each other's nearest."""
    rows = np.arange(len(forward.nearest))
    if len(forward.nearest) == 0 or len(backward.nearest) == 0:
        empty = np.zeros(0, np.int64)
        return Anchors(empty, empty, np.zeros(0, np.float32), np.zeros(0, np.float32))
    mutual = (forward.nearest >= 0) & (backward.nearest[forward.nearest] == rows) & (forward.best > 0)
    rows = rows[mutual]
    columns = forward.nearest[rows]
    second = (np.maximum(forward.second[rows], 0) + np.maximum(backward.second[columns], 0)) / 2
    margin = np.maximum(forward.best[rows] - second, 1e-4)
    return Anchors(rows, columns, forward.best[rows], margin.astype(np.float32))


def mutual_anchors(source: Side, target: Side, rows: Ints, columns: Ints) -> Anchors:
    """Mutual nearest neighbours among some segments of either side (sorted ids)."""
    left = source.spans(1, 1, source.count + 1)[rows] * np.sqrt(source.weights[rows])[:, None]
    right = target.spans(1, 1, target.count + 1)[columns] * np.sqrt(target.weights[columns])[:, None]
    found = _mutual(*_top(left @ right.T))
    return Anchors(rows[found.source], columns[found.target], found.similarity, found.margin)


def _scale(chain: Anchors, source: Side, target: Side, forward: Neighbours, backward: Neighbours) -> Scale:
    """Yardsticks from the chain; the priors (ten anchors' worth) carry texts of a few segments."""
    ls, lt = source.lengths[chain.source], target.lengths[chain.target]
    total = max(float(target.lengths.sum()), 1.0) / max(float(source.lengths.sum()), 1.0)
    found = np.concatenate([np.log(np.maximum(lt, 1) / np.maximum(ls, 1)), np.full(3, np.log(total))])
    ratio = float(np.exp(np.median(found)))
    mean = np.maximum((ls * ratio + lt) / 2, 1.0)
    squares = (lt - ls * ratio) ** 2 / mean
    # The median of χ² with one degree of freedom is 0.455; 6.8 is Gale and Church's variance.
    spread = float(np.median(squares)) / 0.455 if len(squares) else 0.0
    count = len(squares)
    spread = max((spread * count + 6.8 * 10) / (count + 10), 0.5)
    similarities = chain.similarity if len(chain.similarity) else forward.best
    match = max(float(np.median(similarities)) if len(similarities) else 0.5, 0.05)
    return Scale(
        match=match,
        alike=_alike(chain, source, target),
        ratio=ratio,
        spread=spread,
        source_hub=forward.hub / np.float32(match),
        target_hub=backward.hub / np.float32(match),
        source_best=_positive(forward.best, match),
        target_best=_positive(backward.best, match),
        chain=(chain.source, chain.target),
    )


def _alike(chain: Anchors, source: Side, target: Side) -> float:
    """The unit of lexical cosines: how many times as alike the anchors are as those of two languages, at least 1."""
    if not len(chain.source):
        return 1.0
    left, right = source.lexical.at(1, chain.source + 1), target.lexical.at(1, chain.target + 1)
    total = float(np.einsum("ij,ij->", left, right))
    return max((total + 10 * ALIKE) / (len(chain.source) + 10) / ALIKE, 1.0)


def _positive(values: Floats, unit_length: float) -> Floats:
    return np.asarray(np.maximum(values, 0) / unit_length, dtype=np.float32)
