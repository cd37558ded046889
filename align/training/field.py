"""The conditional random field over alignments: likelihood of gold beads, its gradient, the fit.

The features of every possible bead near the gold path are kept in memory (small cases: see ``cases.windows``); the
weights maximise the log-likelihood of the gold alignments less a quadratic penalty (L-BFGS; Nocedal 1980).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from align import scaled
from align.band import Corridor, find_corridor
from align.score import NEVER, SHAPES, Ints, PairFeatures, Side, Tile, null_features
from align.search import Lattice, forward, posteriors
from align.spans import Floats
from align.training.cases import Case

_INDEX = {shape: k for k, shape in enumerate(SHAPES)}
GAP = "gap open"
RADIUS = 10
"""So many nodes beside the gold path and so many rows before and after a jump of it are looked at."""
_LEAST = 1e-7

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One case with the features of its beads and nulls.

    ``cells`` int64 (3, k): shape, row and column of each bead that may be; ``values`` float32 (k, features) in the
    order of ``names``. ``nulls``: float64 (n, null features), (m, …) of either side, in the order of ``null_names``.
    ``gold`` and ``gold_nulls`` are their sums over the gold, ``gaps`` the number of its gaps.
    """

    case: Case
    corridor: Corridor
    names: tuple[str, ...]
    null_names: tuple[str, ...]
    cells: Ints
    values: Floats
    nulls: tuple[Doubles, Doubles]
    gold: Doubles
    gold_nulls: Doubles
    gaps: int


def example(case: Case, source: Side, target: Side) -> Example:
    """The features of a case."""
    _, scale, _ = find_corridor(source, target)
    corridor = _around(case, source.count, target.count)
    size = (source.count + 1, target.count + 1)
    features = PairFeatures(source, target, scale).at([Tile((0, size[0]), (0, size[1]))])
    columns = np.arange(size[1])
    inside = (columns >= corridor.low[:, None]) & (columns < corridor.high[:, None])
    names, cells, tables = _table(inside, features.bead)
    at = np.full((len(SHAPES), *size), -1)
    at[*cells] = np.arange(cells.shape[1])
    sides = [
        dict(null_features(side, best))
        for side, best in ((source, scale.source_best), (target, scale.target_best))
    ]
    null_names = tuple(sorted(sides[0]))
    nulls = [np.stack([found[name] for name in null_names], axis=1) for found in sides]
    beads = [at[_INDEX[len(s), len(t)], s[-1] + 1, t[-1] + 1] for s, t in case.gold if s and t]
    alone = [[i for bead in case.gold if not bead[1 - side] for i in bead[side]] for side in (0, 1)]
    return Example(
        case=case,
        corridor=corridor,
        names=names,
        null_names=null_names,
        cells=cells,
        values=tables,
        nulls=(nulls[0], nulls[1]),
        gold=tables[beads].sum(axis=0, dtype=np.float64),
        gold_nulls=nulls[0][alone[0]].sum(axis=0) + nulls[1][alone[1]].sum(axis=0),
        gaps=_gaps(case),
    )


def _table(
    inside: NDArray[np.bool_], bead: Callable[[int, int], Iterator[tuple[str, Floats]]]
) -> tuple[tuple[str, ...], Ints, Floats]:
    """Names of the features, cells of the possible beads, and the values there."""
    names: dict[str, int] = {}
    parts: list[tuple[Ints, dict[str, Floats]]] = []
    for k, (a, b) in enumerate(SHAPES):
        possible = inside.copy()
        possible[:a], possible[:, :b] = False, False
        i, j = np.nonzero(possible)
        found = {name: values[0][i, j] for name, values in bead(a, b)}
        for name in found:
            names.setdefault(name, len(names))
        parts.append((np.stack([np.full(len(i), k), i, j]), found))
    cells = np.concatenate([cells for cells, _ in parts], axis=1)
    values = np.zeros((cells.shape[1], len(names)), dtype=np.float32)
    start = 0
    for some, found in parts:
        for name, column in found.items():
            values[start : start + some.shape[1], names[name]] = column
        start += some.shape[1]
    return tuple(names), cells, values


def _around(case: Case, rows: int, columns: int) -> Corridor:
    """The corridor around the gold path."""
    low, high = np.full(rows + 1, columns), np.zeros(rows + 1, np.int64)
    at = [0, 0]
    low[0] = 0
    for bead in case.gold:
        before = at[0]
        at = [max(at[side], bead[side][-1] + 1) if bead[side] else at[side] for side in (0, 1)]
        low[before + 1 : at[0] + 1] = np.minimum(low[before + 1 : at[0] + 1], at[1])
        high[before : at[0] + 1] = at[1]
    low, high = np.maximum(low - RADIUS, 0), np.minimum(high + RADIUS + 1, columns + 1)
    spread = RADIUS // 2
    padded = np.pad(low, (spread, 0), mode="edge"), np.pad(high, (0, spread), mode="edge")
    low, high = padded[0][: rows + 1], padded[1][spread:]
    low[0], high[-1] = 0, columns + 1
    return Corridor(np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high))


def _gaps(case: Case) -> int:
    """Runs of nulls are sorted by side, so each side opens one gap at most between two beads."""
    count, open_sides = 0, set[int]()
    for bead in case.gold:
        side = 2 if bead[0] and bead[1] else 0 if bead[0] else 1
        if side == 2:
            open_sides.clear()
        elif side not in open_sides:
            open_sides.add(side)
            count += 1
    return count


def feature_names(examples: Sequence[Example]) -> list[str]:
    """Every feature that some example has, sorted."""
    return sorted({GAP}.union(*((*one.names, *one.null_names) for one in examples)))


def lattice(one: Example, weights: Mapping[str, float]) -> Lattice:
    """The lattice of an example under some weights."""
    low, high = one.corridor.low, one.corridor.high
    table = np.full((len(SHAPES), len(low), int(high[-1])), NEVER, np.float32)
    table[*one.cells] = one.values @ _vector(weights, one.names).astype(np.float32)
    nulls = _vector(weights, one.null_names)
    return Lattice(
        one.corridor,
        lambda i: table[:, i, low[i] : high[i]],
        one.nulls[0] @ nulls,
        one.nulls[1] @ nulls,
        weights.get(GAP, 0.0),
        0.0,
    )


def _vector(weights: Mapping[str, float], names: Sequence[str]) -> Doubles:
    return np.array([weights.get(name, 0.0) for name in names])


@dataclass(frozen=True, slots=True)
class _Expected:
    """What an example has under some weights: chances of beads (cells as there) and of nulls, the number of gaps."""

    cells: Ints
    chances: Doubles
    nulls: tuple[Doubles, Doubles]
    gaps: float
    log_partition: float


def log_likelihood(
    one: Example, weights: Mapping[str, float], names: Sequence[str]
) -> tuple[float, NDArray[np.float64]]:
    """Log-likelihood of the gold beads, and its gradient in the order of ``names``."""
    table = lattice(one, weights)
    found = _expected(table) or _expected_by_logarithms(table)
    at = np.full((len(SHAPES), len(one.corridor.low), int(one.corridor.high[-1])), -1)
    at[*one.cells] = np.arange(one.cells.shape[1])
    beads = one.gold - found.chances @ one.values[at[*found.cells]]
    nulls = one.gold_nulls - found.nulls[0] @ one.nulls[0] - found.nulls[1] @ one.nulls[1]
    slope = {GAP: one.gaps - found.gaps}
    slope |= dict(zip(one.names, beads.tolist(), strict=True))
    slope |= dict(zip(one.null_names, nulls.tolist(), strict=True))
    score = one.gold @ _vector(weights, one.names) + one.gold_nulls @ _vector(weights, one.null_names)
    score += one.gaps * weights.get(GAP, 0.0)
    return float(score) - found.log_partition, np.array([slope.get(name, 0.0) for name in names])


def _expected(table: Lattice) -> _Expected | None:
    """By sums of products; None where numbers do not reach."""
    source, target = (
        np.concatenate([[0.0], np.cumsum(nulls)]) for nulls in (table.source_null, table.target_null)
    )

    def paths(gap: float) -> scaled.Paths:
        return scaled.Paths(table.corridor, table.scores, source, target, float(np.exp(gap)))

    found = scaled.posteriors(paths(table.gap_open), _LEAST)
    step = 1e-3  # the expected number of gaps is how the partition function grows with their price
    more = scaled.log_total(paths(table.gap_open + step))
    if found is None or more is None:
        return None
    return _Expected(
        np.stack([found.shape, found.row, found.column]),
        found.probability,
        (found.source_null, found.target_null),
        (more - found.log_total) / step,
        found.log_total + float(source[-1] + target[-1]),
    )


def _expected_by_logarithms(table: Lattice, step: float = 1e-3) -> _Expected:
    ahead = forward(table)
    cells: list[Ints] = []
    chances: list[Doubles] = []
    alone, gaps = np.zeros(len(table.source_null) + 1), np.zeros(len(table.target_null) + 1)
    for i, beads, source_gap, target_gap in posteriors(table, ahead):
        low = int(table.corridor.low[i])
        k, x = np.nonzero(beads > np.log(_LEAST))
        shapes = np.array(SHAPES, dtype=np.int64)[k]
        cells.append(np.stack([k, i + shapes[:, 0], low + x + shapes[:, 1]]))
        chances.append(np.exp(np.minimum(beads[k, x], 0)))
        alone[i] = np.exp(np.minimum(source_gap, 0)).sum()
        gaps[low : low + len(target_gap)] += np.exp(np.minimum(target_gap, 0))
    more = forward(replace(table, gap_open=table.gap_open + step)).log_partition
    return _Expected(
        np.concatenate(cells, axis=1),
        np.concatenate(chances),
        (alone[1:], gaps[1:]),
        (more - ahead.log_partition) / step,
        ahead.log_partition,
    )


def fit(
    examples: Sequence[Example],
    start: Mapping[str, float],
    *,
    without: Collection[str] = (),
    penalty: float = 0.5,
    steps: int = 60,
    report: Callable[[str], None] = lambda _: None,
) -> dict[str, float]:
    """The weights under which the gold is likeliest.

    ``without``: features that are to have no weight.
    """
    from scipy.optimize import minimize

    names = [name for name in feature_names(examples) if name not in without]
    beads = sum(len(one.case.gold) for one in examples)

    def loss(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = dict(zip(names, x.tolist(), strict=True))
        total, slope = -penalty * float(x @ x), -2 * penalty * x
        for one in examples:
            value, gradient = log_likelihood(one, weights, names)
            total += value
            slope += gradient
        report(f"log-likelihood a bead {total / beads:.5f}")
        return -total / beads, -slope / beads

    found = minimize(
        loss, [start.get(n, 0.0) for n in names], jac=True, method="L-BFGS-B", options={"maxiter": steps}
    )
    return dict(zip(names, found.x.tolist(), strict=True))
