"""The conditional random field over alignments: likelihood of gold beads, its gradient, the fit.

The features of every possible bead of a case are kept in memory (small cases: see ``cases.windows``); the
weights maximise the log-likelihood of the gold alignments less a quadratic penalty (L-BFGS; Nocedal 1980).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.band import Corridor, find_corridor
from align.score import NEVER, SHAPES, PairFeatures, Scale, Side, Tile, null_features
from align.search import Lattice, forward, posteriors
from align.training.cases import Case

_INDEX = {shape: k for k, shape in enumerate(SHAPES)}
GAP = "gap open"
Values = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Example:
    """One case with all its features: per shape, per null of either side, and summed over the gold."""

    case: Case
    source: Side
    target: Side
    scale: Scale
    shapes: tuple[dict[str, Values], ...]
    source_null: dict[str, NDArray[np.float64]]
    target_null: dict[str, NDArray[np.float64]]
    gold: dict[str, float]


def example(case: Case, source: Side, target: Side) -> Example:
    """The features of a case."""
    _, scale, _ = find_corridor(source, target)
    size = (source.count + 1, target.count + 1)
    features = PairFeatures(source, target, scale).at([Tile((0, size[0]), (0, size[1]))])
    shapes = tuple(
        {name: values[0].astype(np.float16) for name, values in features.bead(a, b)} for a, b in SHAPES
    )
    left = dict(null_features(source, scale.source_best))
    right = dict(null_features(target, scale.target_best))
    return Example(case, source, target, scale, shapes, left, right, _gold_sums(case, shapes, left, right))


def _gold_sums(
    case: Case,
    shapes: Sequence[dict[str, Values]],
    source_null: dict[str, NDArray[np.float64]],
    target_null: dict[str, NDArray[np.float64]],
) -> dict[str, float]:
    sums: dict[str, float] = {}
    open_sides: set[int] = set()
    for bead in case.gold:
        if bead[0] and bead[1]:
            open_sides = set()
            at = bead[0][-1] + 1, bead[1][-1] + 1
            for name, values in shapes[_INDEX[len(bead[0]), len(bead[1])]].items():
                sums[name] = sums.get(name, 0.0) + float(values[at])
            continue
        side = 0 if bead[0] else 1
        if side not in open_sides:  # runs of nulls are sorted by side, so each side opens one gap at most
            open_sides.add(side)
            sums[GAP] = sums.get(GAP, 0.0) + 1
        for name, prices in (source_null, target_null)[side].items():
            sums[name] = sums.get(name, 0.0) + float(prices[list(bead[side])].sum())
    return sums


def feature_names(examples: Sequence[Example]) -> list[str]:
    """Every feature that some example has, sorted."""
    names = {GAP}
    for one in examples:
        names |= set(one.source_null) | set(one.gold)
        for features in one.shapes:
            names |= set(features)
    return sorted(names)


def lattice(one: Example, weights: dict[str, float]) -> Lattice:
    """The whole lattice of an example under some weights."""
    rows, columns = one.source.count + 1, one.target.count + 1
    table = np.zeros((len(SHAPES), rows, columns), np.float32)
    for k, (a, b) in enumerate(SHAPES):
        for name, values in one.shapes[k].items():
            table[k] += np.float32(weights.get(name, 0.0)) * values
        table[k, :a, :] = NEVER
        table[k, :, :b] = NEVER
    return Lattice(
        Corridor(np.zeros(rows, np.int64), np.full(rows, columns, np.int64)),
        lambda i: table[:, i],
        sum((weights.get(n, 0.0) * v for n, v in one.source_null.items()), np.zeros(rows - 1)),
        sum((weights.get(n, 0.0) * v for n, v in one.target_null.items()), np.zeros(columns - 1)),
        weights.get(GAP, 0.0),
        0.0,
    )


def log_likelihood(
    one: Example, weights: dict[str, float], names: Sequence[str]
) -> tuple[float, NDArray[np.float64]]:
    """Log-likelihood of the gold beads, and its gradient in the order of ``names``."""
    table = lattice(one, weights)
    ahead = forward(table)
    rows, columns = one.source.count + 1, one.target.count + 1
    beads = np.zeros((len(SHAPES), rows, columns), np.float32)
    alone, gaps = np.zeros(rows), np.zeros(columns)
    for i, starting, source_gap, target_gap in posteriors(table, ahead):
        probability = np.exp(np.minimum(starting, 0))
        for k, (a, b) in enumerate(SHAPES):
            if i + a < rows and b < columns:
                beads[k, i + a, b:] = probability[k, : columns - b]
        alone[i] = np.exp(np.minimum(source_gap, 0)).sum()
        gaps += np.exp(np.minimum(target_gap, 0))
    expected: dict[str, float] = {}
    for k in range(len(SHAPES)):
        for name, values in one.shapes[k].items():
            expected[name] = expected.get(name, 0.0) + float(
                np.einsum("ij,ij->", beads[k], values.astype(np.float32))
            )
    for name in one.source_null:
        nulls = float(one.source_null[name] @ alone[1:]) + float(one.target_null[name] @ gaps[1:])
        expected[name] = expected.get(name, 0.0) + nulls
    expected[GAP] = _gap_slope(table, ahead.log_partition)
    score = sum(weights.get(name, 0.0) * value for name, value in one.gold.items())
    slope = [one.gold.get(name, 0.0) - expected.get(name, 0.0) for name in names]
    return score - ahead.log_partition, np.array(slope)


def _gap_slope(table: Lattice, log_partition: float, step: float = 1e-3) -> float:
    """The expected number of gaps: how the partition function grows with the price of opening one."""
    more = Lattice(
        table.corridor, table.scores, table.source_null, table.target_null, table.gap_open + step, 0.0
    )
    return (forward(more).log_partition - log_partition) / step


def fit(
    examples: Sequence[tuple[Example, float]],
    start: dict[str, float],
    *,
    penalty: float = 0.5,
    steps: int = 60,
    report: Callable[[str], None] = lambda _: None,
) -> dict[str, float]:
    """The weights under which the gold is likeliest; each example counts as often as its second member says."""
    from scipy.optimize import minimize

    names = feature_names([one for one, _ in examples])
    beads = sum(len(one.case.gold) * times for one, times in examples)

    def loss(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = dict(zip(names, x.tolist(), strict=True))
        total, slope = -penalty * float(x @ x), -2 * penalty * x
        for one, times in examples:
            value, gradient = log_likelihood(one, weights, names)
            total += times * value
            slope += times * gradient
        report(f"log-likelihood a bead {total / beads:.5f}")
        return -total / beads, -slope / beads

    found = minimize(
        loss, [start.get(n, 0.0) for n in names], jac=True, method="L-BFGS-B", options={"maxiter": steps}
    )
    return dict(zip(names, found.x.tolist(), strict=True))
