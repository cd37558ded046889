"""The document's own habits: how often its segments stand alone.

Weights are learnt on texts where a certain share of the segments has no counterpart. A pair where more, or fewer, do
so tells it by its posteriors; the price is then moved by the logarithm of the ratio, one step of the
expectation–maximisation algorithm (Dempster et al. 1977). Where there are more, every null is cheaper. Where there
are fewer, opening a gap is dearer, but not its length: a block that is missing as a whole says little of habits, and
must not be pressed into beads.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from align.search import Lattice, Marginals

AROUND, CROWDED = 5, 2.5
"""Nulls count by themselves where, of so many segments around, fewer than so many are expected to be nulls."""
SMALL = 0.2
"""A change of price by less than this, in nats, is not worth a second search."""


def null_rate(found: Marginals) -> float:
    """The expected share of segments that stand alone by themselves, in (0, 1); half a segment more for caution."""
    alone = _scattered(found.source_null) + _scattered(found.target_null)
    return (alone + 0.5) / (len(found.source_null) + len(found.target_null) + 1)


def _scattered(nulls: NDArray[np.float64]) -> float:
    sums = np.concatenate([[0.0], np.cumsum(nulls)])
    places = np.arange(len(nulls))
    first, stop = np.maximum(places - AROUND // 2, 0), np.minimum(places + AROUND // 2 + 1, len(nulls))
    return float(nulls[sums[stop] - sums[first] < CROWDED].sum())


def adapted(lattice: Lattice, found: Marginals, usual: float) -> Lattice | None:
    """The lattice with nulls priced by the pair's own rate; None where it is about the ``usual`` one."""
    change = float(np.log(null_rate(found) / usual))
    if abs(change) < SMALL:
        return None
    if change < 0:
        return replace(lattice, gap_open=lattice.gap_open + change)
    return replace(
        lattice, source_null=lattice.source_null + change, target_null=lattice.target_null + change
    )
