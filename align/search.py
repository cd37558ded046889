"""The dynamic programme: marginal probabilities of all beads in a corridor, and the best alignment under
them.

A monotone alignment is a path through the lattice of nodes (i, j), "i source and j target segments done". Its
score is the sum over its beads and nulls; runs of nulls pay an opening and an extending price (Gotoh 1982),
and source nulls come before target nulls, so that each alignment is one path only. Forward and backward sums
(Rabiner 1989) give each bead's posterior probability; the alignment returned is the one in which the expected
number of right beads is highest, a null counting for half of one (minimum Bayes risk; Goodman 1996).

Pure and deterministic; memory grows with the corridor's area.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align import scaled
from align.band import Corridor
from align.score import NEVER, SHAPES
from align.spans import LARGEST, Floats

Doubles = NDArray[np.float64]

_A = np.array([a for a, _ in SHAPES])
_B = np.array([b for _, b in SHAPES])
LEAST = 0.005
"""Posteriors below this are not looked at when the alignment is chosen."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """Everything the search needs.

    ``scores(i)`` float32 (len(SHAPES), high[i] - low[i]): beads that end in node row i. ``source_null``
    float64 (n,), ``target_null`` float64 (m,): leaving a segment alone. ``gap_open``, ``gap_extend``: added
    to the first and to every further null of a run.
    """

    corridor: Corridor
    scores: Callable[[int], Floats]
    source_null: Doubles
    target_null: Doubles
    gap_open: float
    gap_extend: float


@dataclass(frozen=True, slots=True)
class Forward:
    """Log-sums of all paths into each node, a row each: in total, and those whose last step was a null."""

    total: list[Doubles]
    after_source_null: list[Doubles]
    after_target_null: list[Doubles]
    log_partition: float


@dataclass(frozen=True, slots=True)
class Arc:
    """A bead with its posterior: it takes source segments i-a … i-1 and target segments j-b … j-1."""

    i: int
    j: int
    a: int
    b: int
    probability: float


@dataclass(frozen=True, slots=True)
class Marginals:
    """Posteriors: of the likelier beads, and of each segment's standing alone (float64 (n,), (m,))."""

    arcs: tuple[Arc, ...]
    source_null: Doubles
    target_null: Doubles
    log_partition: float


class _Ring:
    """The last few node rows of a table, addressed by absolute column, NEVER outside what was written."""

    def __init__(self, columns: int, depth: int = 1) -> None:
        self._slots = LARGEST + 1
        self._width = columns + 2 * LARGEST + 2
        self._table = np.full((self._slots, depth, self._width), NEVER)
        self._written = [(0, 0)] * self._slots

    def write(self, row: int, low: int, values: Doubles | Floats) -> None:
        slot = row % self._slots
        start, stop = self._written[slot]
        self._table[slot, :, start:stop] = NEVER
        start, stop = low + LARGEST, low + LARGEST + values.shape[-1]
        self._table[slot, :, start:stop] = values
        self._written[slot] = (start, stop)

    def gather(self, rows: NDArray[np.int64], layers: NDArray[np.int64], offsets: NDArray[np.int64], low: int,
               width: int) -> Doubles:  # fmt: skip
        """values[k, x] = table[rows[k], layers[k], low + x + offsets[k]]."""
        depth = self._table.shape[1]
        base = ((rows % self._slots) * depth + layers) * self._width + (offsets + low + LARGEST)
        return self._table.ravel().take(base[:, None] + np.arange(width))


def _log_sum(values: Doubles) -> Doubles:
    """log Σ exp over the first axis."""
    top = values.max(axis=0)
    out: Doubles = top + np.log(np.exp(values - top).sum(axis=0))
    return out


def forward(lattice: Lattice) -> Forward:
    """Sums over all paths from the start into every node of the corridor."""
    low, high = lattice.corridor.low, lattice.corridor.high
    columns = len(lattice.target_null)
    ring = _Ring(columns)
    gap = np.concatenate([[0.0], np.cumsum(lattice.target_null + lattice.gap_extend)])
    more_to_open = lattice.gap_open - lattice.gap_extend
    total: list[Doubles] = []
    source_gaps: list[Doubles] = []
    target_gaps: list[Doubles] = []
    bead = np.zeros(0)
    layers = np.zeros(len(SHAPES), dtype=np.int64)
    for i in range(len(low)):
        lo, hi = int(low[i]), int(high[i])
        if i == 0:
            new_bead = np.full(hi - lo, NEVER)
            new_bead[0] = 0.0
            alone = np.full(hi - lo, NEVER)
        else:
            into = ring.gather(i - _A, layers, -_B, lo, hi - lo) + lattice.scores(i)
            new_bead = np.maximum(_log_sum(into), NEVER)
            price = lattice.source_null[i - 1]
            alone = np.full(hi - lo, NEVER)
            start, stop = int(low[i - 1]) - lo, int(high[i - 1]) - lo
            shared = slice(max(start, 0), min(stop, hi - lo))
            here = slice(shared.start - start, shared.stop - start)
            alone[shared] = price + np.logaddexp(
                bead[here] + lattice.gap_open, source_gaps[-1][here] + lattice.gap_extend
            )
        bead = new_bead
        reach = gap[lo:hi]
        opened = np.logaddexp(bead, alone) + more_to_open - reach
        target_gap = np.full(hi - lo, NEVER)
        target_gap[1:] = np.logaddexp.accumulate(opened)[:-1] + reach[1:]
        everything = np.logaddexp(np.logaddexp(bead, alone), target_gap)
        ring.write(i, lo, everything)
        total.append(everything)
        source_gaps.append(alone)
        target_gaps.append(target_gap)
    return Forward(total, source_gaps, target_gaps, float(total[-1][columns - int(low[-1])]))


def posteriors(lattice: Lattice, ahead: Forward) -> Iterator[tuple[int, Doubles, Doubles, Doubles]]:
    """Backward sweep: for each node row i, last first, four tables over its columns.

    Yields (i, log-posteriors of the beads that *start* there (len(SHAPES), width), log-posteriors of the
    paths whose last step into each node was a source null (width,), and a target null (width,)).
    """
    low, high = lattice.corridor.low, lattice.corridor.high
    rows, columns = len(low) - 1, len(lattice.target_null)
    shapes = len(SHAPES)
    scores, onward = _Ring(columns, shapes), _Ring(columns)
    gap = np.concatenate([[0.0], np.cumsum(lattice.target_null + lattice.gap_extend)])
    more_to_open = lattice.gap_open - lattice.gap_extend
    after_alone = np.zeros(0)
    layers, flat = np.arange(shapes), np.zeros(shapes, dtype=np.int64)
    for i in range(rows, -1, -1):
        lo, hi = int(low[i]), int(high[i])
        leaving = scores.gather(i + _A, layers, _B, lo, hi - lo) + onward.gather(
            i + _A, flat, _B, lo, hi - lo
        )
        leaving[i + _A > rows] = NEVER
        rest = np.maximum(_log_sum(leaving), NEVER)
        if i == rows:
            rest[columns - lo] = 0.0
        # After a target null: a bead, or one more target null.
        reach = gap[lo:hi]
        in_gap = np.logaddexp.accumulate((rest + reach)[::-1])[::-1] - reach
        opened = np.full(hi - lo, NEVER)
        opened[:-1] = in_gap[1:] + (reach[1:] - reach[:-1]) + more_to_open
        after_source = np.logaddexp(rest, opened)
        after_bead = after_source
        if i < rows:
            price = lattice.source_null[i]
            start, stop = int(low[i + 1]) - lo, int(high[i + 1]) - lo
            shared = slice(max(start, 0), min(stop, hi - lo))
            down = np.full(hi - lo, NEVER)
            down[shared] = after_alone[shared.start - start : shared.stop - start] + price
            after_bead = np.logaddexp(after_source, down + lattice.gap_open)
            after_source = np.logaddexp(after_source, down + lattice.gap_extend)
        after_alone = after_source
        onward.write(i, lo, after_bead)
        if i > 0:
            scores.write(i, lo, lattice.scores(i))
        z = ahead.log_partition
        yield (
            i,
            leaving + (ahead.total[i] - z),
            ahead.after_source_null[i] + after_source - z,
            ahead.after_target_null[i] + in_gap - z,
        )


def marginals(lattice: Lattice) -> Marginals:
    """Posterior probabilities under the lattice: beads above ``LEAST``, and every null."""
    source = np.concatenate([[0.0], np.cumsum(lattice.source_null + lattice.gap_extend)])
    target = np.concatenate([[0.0], np.cumsum(lattice.target_null + lattice.gap_extend)])
    gap = float(np.exp(lattice.gap_open - lattice.gap_extend))
    found = scaled.posteriors(scaled.Paths(lattice.corridor, lattice.scores, source, target, gap), LEAST)
    if found is None:
        return logarithmic_marginals(lattice)
    arcs = [
        Arc(i, j, SHAPES[k][0], SHAPES[k][1], min(p, 1.0))
        for i, j, k, p in zip(
            found.row.tolist(),
            found.column.tolist(),
            found.shape.tolist(),
            found.probability.tolist(),
            strict=True,
        )
    ]
    return Marginals(
        tuple(arcs),
        np.clip(found.source_null, 0, 1),
        np.clip(found.target_null, 0, 1),
        found.log_total + float(source[-1] + target[-1]),
    )


def logarithmic_marginals(lattice: Lattice) -> Marginals:
    """``marginals`` by sums of logarithms: slower, and right for any scores."""
    low = lattice.corridor.low
    ahead = forward(lattice)
    arcs: list[Arc] = []
    source_null = np.zeros(len(lattice.source_null))
    target_null = np.zeros(len(lattice.target_null) + 1)
    least = np.log(LEAST)
    for i, beads, alone, in_gap in posteriors(lattice, ahead):
        lo = int(low[i])
        for k, x in zip(*np.nonzero(beads > least), strict=True):
            a, b = SHAPES[k]
            arcs.append(Arc(i + a, lo + int(x) + b, a, b, float(min(np.exp(beads[k, x]), 1.0))))
        if i > 0:
            source_null[i - 1] = np.exp(alone).sum()
        target_null[lo : lo + len(in_gap)] += np.exp(in_gap)
    return Marginals(
        tuple(arcs), np.clip(source_null, 0, 1), np.clip(target_null[1:], 0, 1), ahead.log_partition
    )


def best_alignment(found: Marginals) -> list[Arc]:
    """The beads (without nulls) of the alignment with the highest expected number of right beads.

    A bead counts twice its posterior, whatever its size, a segment left out the posterior of its standing alone.
    (With a bead counted by its segments, large ones win where it is doubtful what belongs to them.)
    """
    source = np.concatenate([[0.0], np.cumsum(found.source_null)])
    target = np.concatenate([[0.0], np.cumsum(found.target_null)])
    columns = len(found.target_null)
    best, last = [0.0] * (columns + 2), [-1] * (columns + 2)  # Fenwick tree of prefix maxima over end columns
    arcs = sorted(found.arcs, key=lambda x: (x.i - x.a, x.j - x.b, x.i, x.j))
    by_end = sorted(range(len(arcs)), key=lambda k: (arcs[k].i, arcs[k].j))
    value, before = [0.0] * len(arcs), [-1] * len(arcs)
    finished = 0
    for k, arc in enumerate(arcs):
        start_row, start_column = arc.i - arc.a, arc.j - arc.b
        # Beads that end by the row in which this one starts may come before it.
        while finished < len(by_end) and arcs[by_end[finished]].i <= start_row:
            done = by_end[finished]
            at = arcs[done].j + 1
            while at <= columns + 1:
                if value[done] > best[at]:
                    best[at], last[at] = value[done], done
                at += at & -at
            finished += 1
        top, at = 0.0, start_column + 1
        while at > 0:
            if best[at] > top:
                top, before[k] = best[at], last[at]
            at -= at & -at
        alone = source[arc.i] - source[start_row] + target[arc.j] - target[start_column]
        value[k] = top + 2 * arc.probability - alone
    at = int(np.argmax(value)) if value and max(value) > 0 else -1
    chosen = []
    while at >= 0:
        chosen.append(arcs[at])
        at = before[at]
    return chosen[::-1]
