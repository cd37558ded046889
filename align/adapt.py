"""The pair's own habits: how often its segments stand alone, how often one is translated by two.

Weights are learnt on texts where a certain share of the segments has no counterpart, and a certain share of the beads
has each shape. A pair where it is otherwise tells so by its posteriors; prices are then moved by the logarithms of
the ratios, one step of the expectation–maximisation algorithm (Dempster et al. 1977).

What is in doubt says little of habits: of the pair each null and bead counts by the square of its probability, so
that where vectors tell little, nulls do not breed nulls.

Where there are more nulls, every null is cheaper. Where there are fewer, opening a gap is dearer, but not its length:
a block that is missing as a whole says little of habits, and must not be pressed into beads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from align.score import SHAPES
from align.search import Lattice, Marginals
from align.spans import Floats

AROUND, CROWDED = 5, 2.5
"""Nulls count by themselves where, of so many segments around, fewer than so many are expected to be nulls."""
SMALL = 0.2
"""A change of price by less than this, in nats, is not worth a second search."""
KINDS = ("1-1", "1-2", "2-1", "1-many", "many-1", "many-many")
KNOWN = 100.0
"""What is usual counts as much as so many beads of the pair's own."""


def _kind(a: int, b: int) -> str:
    few = f"{a}-{b}"
    if few in KINDS:
        return few
    return f"{'1' if a == 1 else 'many'}-{'1' if b == 1 else 'many'}"


_KIND_OF = {shape: KINDS.index(_kind(*shape)) for shape in SHAPES}
_KIND = np.array([_KIND_OF[shape] for shape in SHAPES])


@dataclass(frozen=True, slots=True)
class Habits:
    """What is usual: the share of segments that stand alone, in (0, 1), and of beads of each of ``KINDS``, sum 1."""

    null_rate: float
    shapes: tuple[float, ...]


def null_rate(found: Marginals, power: int = 1) -> float:
    """The expected share of segments that stand alone by themselves, in (0, 1); half a segment more for caution.

    ``power``: probabilities count raised to it, so that what is in doubt counts less.
    """
    alone = _scattered(found.source_null**power) + _scattered(found.target_null**power)
    return (alone + 0.5) / (len(found.source_null) + len(found.target_null) + 1)


def _scattered(nulls: NDArray[np.float64]) -> float:
    sums = np.concatenate([[0.0], np.cumsum(nulls)])
    places = np.arange(len(nulls))
    first, stop = np.maximum(places - AROUND // 2, 0), np.minimum(places + AROUND // 2 + 1, len(nulls))
    return float(nulls[sums[stop] - sums[first] < CROWDED].sum())


def shape_counts(found: Marginals, power: int = 1) -> NDArray[np.float64]:
    """The expected number of beads of each of ``KINDS``, float64 (len(KINDS),); ``power`` as in ``null_rate``."""
    counts = np.zeros(len(KINDS))
    for arc in found.arcs:
        counts[_KIND_OF[arc.a, arc.b]] += arc.probability**power
    return counts


def usual_shapes(counts: NDArray[np.float64]) -> tuple[float, ...]:
    """The share of each of ``KINDS``, either way round alike, of counts over many texts."""
    other_way = counts[[0, 2, 1, 4, 3, 5]]
    shares = (counts + other_way) / (2 * counts.sum())
    return tuple(round(float(share), 4) for share in shares)


def adapted(lattice: Lattice, found: Marginals, usual: Habits) -> Lattice | None:
    """The lattice with nulls and shapes priced by the pair's own habits; None where they are about the ``usual``."""
    nulls = float(np.log(null_rate(found, power=2) / usual.null_rate))
    shapes = _changes_of_shapes(shape_counts(found, power=2), usual.shapes)
    if abs(nulls) < SMALL and np.abs(shapes).max() < SMALL:
        return None
    own = replace(lattice, scores=_with_changes(lattice.scores, shapes))
    if nulls < 0:
        return replace(own, gap_open=lattice.gap_open + nulls)
    return replace(own, source_null=lattice.source_null + nulls, target_null=lattice.target_null + nulls)


def _changes_of_shapes(counts: NDArray[np.float64], usual: Sequence[float]) -> NDArray[np.float64]:
    """For each of ``KINDS`` the logarithm of its own share to the usual one."""
    known = np.array(usual)
    changes: NDArray[np.float64] = np.log((counts + KNOWN * known) / ((counts.sum() + KNOWN) * known))
    return changes


def _with_changes(scores: Callable[[int], Floats], changes: NDArray[np.float64]) -> Callable[[int], Floats]:
    of_shape = changes[_KIND].astype(np.float32)[:, None]
    return lambda row: scores(row) + of_shape
