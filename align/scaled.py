"""Posteriors by sums of products instead of sums of logarithms: the fast way of ``align.search``.

All is counted relative to the alignment of nothing but nulls, so that a null costs nothing and only gaps cost to be
opened; a row's sums along it are then plain running totals. The figures are scaled every few rows (Rabiner 1989, as
for hidden Markov models). A path that a text needs may still lie too far below another one for a floating point
number; then the total counted forwards is not that counted backwards, and nothing is returned. Pure numpy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.band import Corridor
from align.score import NEVER, SHAPES, Ints
from align.spans import LARGEST, Floats

Doubles = NDArray[np.float64]

_A = np.array([a for a, _ in SHAPES])
_B = np.array([b for _, b in SHAPES])
_K = np.arange(len(SHAPES))
_ROWS = 128  # of a block
_EVERY = 8  # rows: how often figures are scaled
_FARTHEST = 300.0  # nats that the two sums may be out of step in a row
_KEPT = 8_000_000  # figures of beads that are kept between the sums forwards and backwards
_EXACT = 1e-6  # nats that the two totals may differ by


@dataclass(frozen=True, slots=True)
class Paths:
    """A lattice relative to its nulls. See ``align.search.Lattice`` for ``corridor`` and ``scores``.

    ``source`` float64 (n + 1,), ``target`` (m + 1,): running totals of the scores of nulls. ``gap`` is the factor of
    a gap that is opened.
    """

    corridor: Corridor
    scores: Callable[[int], Floats]
    source: Doubles
    target: Doubles
    gap: float


@dataclass(frozen=True, slots=True)
class Posteriors:
    """Of the likelier beads (arrays of the same length), and of each segment's standing alone.

    ``shape`` is an index into ``SHAPES``; a bead ends at node (``row``, ``column``). ``log_total`` is the logarithm
    of the sum over all alignments relative to the one of nulls.
    """

    row: Ints
    column: Ints
    shape: Ints
    probability: Doubles
    source_null: Doubles
    target_null: Doubles
    log_total: float


class _Block:
    """Some consecutive node rows, each as an array of ``width`` columns from its lowest on."""

    def __init__(self, paths: Paths, first: int, stop: int) -> None:
        low, high = paths.corridor.low, paths.corridor.high
        around = np.clip(np.arange(first - LARGEST, stop + LARGEST), 0, len(low) - 1)
        self.first, self.stop = first, stop
        self.low, self.widths = low[first:stop], (high - low)[first:stop].tolist()
        self.width = int((high - low)[around].max())
        self.pad = self.width + LARGEST + 2  # beside every row, so that no step leads into another row
        self.stride = self.width + 2 * self.pad
        self.rows = stop - first
        self._paths, self._around = paths, low[around]
        self.total = np.zeros((self.rows, self.width))  # all paths into a node, forwards
        self.alone, self.gap = np.zeros_like(self.total), np.zeros_like(self.total)  # … last by a null
        self.scale = [0.0] * self.rows  # logarithm of what these three are to be multiplied by
        self._weights: Doubles | None = None

    def steps(self) -> list[int]:
        """By how many columns each row and the one before it are apart; the one behind the last row, too."""
        apart = np.diff(self._around[LARGEST - 1 : LARGEST + self.rows + 1])
        found: list[int] = np.minimum(apart, self.pad).tolist()
        return found

    def weights(self, keep: bool) -> Doubles:
        """exp(score) of all beads that end in the block, relative to nulls: (rows, shapes, width)."""
        weights = self._exponentials() if self._weights is None else self._weights
        self._weights = weights if keep else None
        return weights

    def _exponentials(self) -> Doubles:
        rows = np.arange(self.first, self.stop)
        out = np.full((self.rows, len(SHAPES), self.width), NEVER)
        for r, width in enumerate(self.widths):
            out[r, :, :width] = self._paths.scores(self.first + r)
        source, target = self._paths.source, self._paths.target
        columns = np.minimum(self.low[:, None] + np.arange(self.width), len(target) - 1)
        lone = np.stack(
            [target[columns] - target[np.maximum(columns - b, 0)] for b in range(LARGEST + 1)], axis=1
        )
        out -= lone[:, _B]
        out -= (source[rows, None] - source[np.maximum(rows[:, None] - _A, 0)])[..., None]
        np.exp(out, out=out)
        return out

    def before(self) -> Ints:
        """Where the nodes that beads come from lie in rows of ``stride``, the first being first - LARGEST."""
        rows = np.arange(self.rows)[:, None]
        apart = np.minimum(self.low[:, None] - self._around[rows + LARGEST - _A], self.pad - 2)
        at: Ints = (rows + LARGEST - _A) * self.stride + self.pad + apart - _B
        return at[:, :, None] + np.arange(self.width)

    def behind(self) -> Ints:
        """Where the nodes that beads lead to lie in tables (shapes, stride) of the rows from the first on."""
        rows = np.arange(self.rows)[:, None]
        apart = np.maximum(self.low[:, None] - self._around[rows + LARGEST + _A], 2 - self.pad)
        at: Ints = ((rows + _A) * len(SHAPES) + _K) * self.stride + self.pad + apart + _B
        return at[:, :, None] + np.arange(self.width)


def posteriors(paths: Paths, least: float) -> Posteriors | None:
    """The posteriors of a lattice, of beads above ``least``; None where the numbers do not reach that far."""
    area = float((paths.corridor.high - paths.corridor.low).sum())
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        blocks = list(_forward(paths, keep=area * len(SHAPES) <= _KEPT))
        last = blocks[-1]
        total = float(last.total[-1, len(paths.target) - 1 - int(last.low[-1])])
        if not 0 < total < math.inf:
            return None
        return _backward(paths, blocks, math.log(total) + last.scale[-1], least)


def log_total(paths: Paths) -> float | None:
    """The logarithm of the sum over all alignments, relative to the one of nulls; None as for ``posteriors``."""
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        *_, last = _forward(paths, keep=False)
    total = float(last.total[-1, len(paths.target) - 1 - int(last.low[-1])])
    return math.log(total) + float(last.scale[-1]) if 0 < total < math.inf else None


def _forward(paths: Paths, keep: bool) -> Iterator[_Block]:
    """Blocks with their sums over all paths from the start."""
    count, scale = len(paths.source), 0.0
    carried: list[Doubles] = []  # the rows before the block
    onward = np.zeros(0)
    for first in range(0, count, _ROWS):
        block = _Block(paths, first, min(first + _ROWS, count))
        pad, width = block.pad, block.width
        inside = slice(pad, pad + width)
        table = np.zeros((LARGEST + block.rows, block.stride))
        for slot, row in enumerate(carried):
            table[slot, pad : pad + len(row[:width])] = row[:width]
        lone = np.zeros((block.rows + 1, block.stride))  # what a source null leads on from, before each row
        lone[0, pad : pad + len(onward[:width])] = onward[:width]
        weights, places, steps = block.weights(keep), block.before(), block.steps()
        leads = np.empty((len(SHAPES), width))
        rows = zip(weights, places, block.total, block.alone, block.gap, block.widths, strict=True)
        for r, (weight, place, total, alone, gap, wide) in enumerate(rows):
            table.take(place, out=leads, mode="clip")
            leads *= weight
            bead = np.add.reduce(leads, axis=0)
            if first + r == 0:
                bead[0] = 1.0
            start = pad + steps[r]
            alone[:] = lone[r, start : start + width]
            np.add(bead, alone, out=total)
            np.multiply(total[: wide - 1].cumsum(), paths.gap, out=gap[1:wide])
            total += gap
            bead *= paths.gap
            np.add(bead, alone, out=lone[r + 1, inside])
            table[LARGEST + r, inside] = total
            block.scale[r] = scale
            if (first + r) % _EVERY == 0:
                top = float(total.max())
                if not 0 < top < math.inf:
                    top = 1.0  # nothing leads here: the totals will show it
                table[r + 1 : r + 1 + LARGEST] /= top
                lone[r + 1] /= top
                scale += math.log(top)
        carried, onward = list(table[-LARGEST:, inside]), lone[-1, inside]
        yield block


def _backward(paths: Paths, blocks: list[_Block], log_total: float, least: float) -> Posteriors | None:
    """Sums over all paths to the end, a row at a time, and what they make of the sums from the start."""
    source_null, target_null = np.zeros(len(paths.source)), np.zeros(len(paths.target))
    found: list[tuple[Ints, Ints, Ints, Doubles]] = []
    scale, gap, backwards = 0.0, paths.gap, -math.inf
    carried: list[Doubles] = []  # of the rows behind the block: beads that end there, and source nulls
    onward = np.zeros(0)
    last = len(paths.source) - 1
    for block in reversed(blocks):
        pad, width = block.pad, block.width
        inside = slice(pad, pad + width)
        table = np.zeros((block.rows + LARGEST, len(SHAPES), block.stride))
        for slot, rows in enumerate(carried, block.rows):
            table[slot, :, pad : pad + len(rows[0, :width])] = rows[:, :width]
        lone = np.zeros((block.rows + 1, block.stride))  # what follows a source null, into each row
        lone[-1, pad : pad + len(onward[:width])] = onward[:width]
        weights, places, steps = block.weights(False), block.behind(), block.steps()
        leads = np.empty((block.rows, len(SHAPES), width))  # beads that start in a row, and all behind them
        gapped = np.zeros((block.rows, width))  # … a target null before that
        shifts, tops = np.empty(block.rows), np.ones(block.rows)
        for r in range(block.rows - 1, -1, -1):
            wide, shifts[r] = block.widths[r], block.scale[r] + scale - log_total
            table.take(places[r], out=leads[r], mode="clip")
            rest = np.add.reduce(leads[r], axis=0)[:wide]
            if block.first + r == last:
                rest[-1] = 1.0
            gaps = gapped[r, :wide]
            rest[::-1].cumsum(out=gaps[::-1])
            rest[:-1] += gap * gaps[1:]
            start = pad - steps[r + 1]
            down = lone[r + 1, start : start + wide]
            np.add(rest, down, out=lone[r, pad : pad + wide])
            rest += gap * down
            np.multiply(weights[r, :, :wide], rest, out=table[r, :, pad : pad + wide])
            if block.first + r == 0:
                backwards = math.log(rest[0]) + scale if rest[0] > 0 else -math.inf
            if (block.first + r) % _EVERY == 0:
                top = float(rest.max())
                if not 0 < top < math.inf:
                    top = 1.0
                table[r : r + LARGEST] /= top
                lone[r] /= top
                scale, tops[r] = scale + math.log(top), top
        if shifts.max() > _FARTHEST:
            return None
        factors = np.exp(shifts)[:, None]
        gapped *= block.gap
        gapped *= factors
        columns = np.minimum(block.low[:, None] + np.arange(width), len(target_null) - 1)
        low, high = columns[0, 0], columns[-1, -1] + 1
        target_null[low:high] += np.bincount((columns - low).ravel(), gapped.ravel())
        tops *= np.einsum("rx,rx->r", block.alone, lone[:-1, inside])
        source_null[block.first : block.stop] = tops * factors[:, 0]
        block.total *= factors
        leads *= block.total[:, None]
        carried, onward = list(table[:LARGEST, :, inside]), lone[0, inside]
        found.append(_likely(block, leads, least))
    if not abs(backwards - log_total) <= _EXACT:
        return None
    row, column, shape, probability = (np.concatenate(some) for some in zip(*found, strict=True))
    return Posteriors(row, column, shape, probability, source_null[1:], target_null[1:], log_total)


def _likely(block: _Block, chances: Doubles, least: float) -> tuple[Ints, Ints, Ints, Doubles]:
    """The beads above ``least`` that start in a block, by the nodes at which they end."""
    r, k, x = np.nonzero(chances > least)
    return block.first + r + _A[k], block.low[r] + x + _B[k], k, chances[r, k, x]
