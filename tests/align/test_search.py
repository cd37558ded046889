"""The dynamic programme agrees with counting every alignment one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from align.band import Corridor
from align.score import NEVER, SHAPES
from align.search import LEAST, Lattice, best_alignment, logarithmic_marginals, marginals

Path = tuple[tuple[int, int], ...]


def paths(n: int, m: int, after_target_null: bool = False) -> Iterator[Path]:
    """All alignments of n and m segments as shapes; in a run of nulls those of the source come first."""
    if n == 0 and m == 0:
        yield ()
    for a, b in SHAPES:
        if a <= n and b <= m:
            for rest in paths(n - a, m - b):
                yield ((a, b), *rest)
    if n and not after_target_null:
        for rest in paths(n - 1, m):
            yield ((1, 0), *rest)
    if m:
        for rest in paths(n, m - 1, after_target_null=True):
            yield ((0, 1), *rest)


def path_score(path: Path, lattice: Lattice) -> float:
    total, i, j, last = 0.0, 0, 0, (1, 1)
    for shape in path:
        i, j = i + shape[0], j + shape[1]
        if 0 in shape:
            total += lattice.gap_extend if shape == last else lattice.gap_open
            total += float(lattice.source_null[i - 1] if shape[0] else lattice.target_null[j - 1])
        else:
            total += float(lattice.scores(i)[SHAPES.index(shape), j])
        last = shape
    return total


@st.composite
def lattices(draw: st.DrawFn) -> Lattice:
    n, m = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    table = rng.normal(0, 3, (len(SHAPES), n + 1, m + 1)).astype(np.float32)
    for k, (a, b) in enumerate(SHAPES):
        table[k, :a, :] = NEVER
        table[k, :, :b] = NEVER
    whole = Corridor(np.zeros(n + 1, np.int64), np.full(n + 1, m + 1, np.int64))
    return Lattice(
        corridor=whole,
        scores=lambda i: table[:, i],
        source_null=rng.normal(0, 2, n),
        target_null=rng.normal(0, 2, m),
        gap_open=-1.5,
        gap_extend=-0.25,
    )


@settings(deadline=None, max_examples=60)
@given(lattices())
def test_posteriors_are_those_of_counting_all_alignments(lattice: Lattice) -> None:
    n, m = len(lattice.source_null), len(lattice.target_null)
    everything = [(path, path_score(path, lattice)) for path in paths(n, m)]
    top = max(score for _, score in everything)
    z = sum(math.exp(score - top) for _, score in everything)
    arcs: dict[tuple[int, int, int, int], float] = {}
    alone = np.zeros(n)
    for path, score in everything:
        i = j = 0
        for a, b in path:
            i, j = i + a, j + b
            share = math.exp(score - top) / z
            if (a, b) == (1, 0):
                alone[i - 1] += share
            elif a:
                arcs[i, j, a, b] = arcs.get((i, j, a, b), 0.0) + share
    found = marginals(lattice)
    assert math.isclose(found.log_partition, top + math.log(z), rel_tol=1e-6, abs_tol=1e-5)
    np.testing.assert_allclose(found.source_null, alone, atol=1e-4)
    for arc in found.arcs:
        assert math.isclose(arc.probability, arcs[arc.i, arc.j, arc.a, arc.b], abs_tol=1e-4)


@settings(deadline=None, max_examples=60)
@given(lattices())
def test_the_probabilities_of_all_that_a_segment_can_be_in_add_up_to_one(lattice: Lattice) -> None:
    found = marginals(lattice)
    total = found.source_null.copy()
    for arc in found.arcs:
        total[arc.i - arc.a : arc.i] += arc.probability
    # Beads under the threshold are left out: there are at most a few dozen of them.
    np.testing.assert_allclose(total, 1.0, atol=0.2)


@settings(deadline=None, max_examples=60)
@given(lattices())
def test_the_best_alignment_has_the_highest_expected_number_of_right_beads(lattice: Lattice) -> None:
    n, m = len(lattice.source_null), len(lattice.target_null)
    found = marginals(lattice)
    known = {(x.i, x.j, x.a, x.b): x.probability for x in found.arcs}

    def worth(beads: list[tuple[int, int, int, int]]) -> float:
        source, target = found.source_null.copy(), found.target_null.copy()
        for i, j, a, b in beads:
            source[i - a : i] = target[j - b : j] = 0.0
        right = sum(known.get(bead, 0.0) for bead in beads)
        return right + float(source.sum() + target.sum()) / 2

    best = 0.0
    for path in paths(n, m):
        i = j = 0
        beads = []
        for a, b in path:
            i, j = i + a, j + b
            if a and b:
                beads.append((i, j, a, b))
        best = max(best, worth(beads))
    ours = worth([(x.i, x.j, x.a, x.b) for x in best_alignment(found)])
    assert math.isclose(ours, best, abs_tol=1e-6)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32), st.integers(5, 14), st.integers(5, 14))
def test_in_a_narrow_corridor_every_bead_starts_and_ends_inside(seed: int, n: int, m: int) -> None:
    rng = np.random.default_rng(seed)
    table = rng.normal(0, 3, (len(SHAPES), n + 1, m + 1)).astype(np.float32)
    steps = [0, *sorted(rng.integers(0, m + 1, n - 1).tolist()), m]
    low = np.array(steps, np.int64)
    high = np.array([*[s + 1 for s in steps[1:]], m + 1], np.int64)
    for k, (a, b) in enumerate(SHAPES):
        table[k, :a, :] = NEVER
        table[k, :, :b] = NEVER
    rows = [table[:, i, low[i] : high[i]] for i in range(n + 1)]
    narrow = Lattice(Corridor(low, high), rows.__getitem__, np.zeros(n), np.zeros(m), -1, 0)
    found = marginals(narrow)
    assert math.isfinite(found.log_partition)
    for arc in found.arcs:
        assert low[arc.i] <= arc.j < high[arc.i]
        assert low[arc.i - arc.a] <= arc.j - arc.b < high[arc.i - arc.a]


def in_a_corridor(seed: int, n: int, m: int, width: int, spread: float) -> Lattice:
    """A lattice of random scores in a corridor that rises at random and is wider here and there."""
    rng = np.random.default_rng(seed)
    middle = np.linspace(0, m, n + 1) + rng.normal(0, width / 4, n + 1)
    wide = np.where(rng.random(n + 1) < 0.05, 5 * width, width) + m // n
    low = np.minimum.accumulate(np.clip(middle - wide, 0, m)[::-1])[::-1].astype(np.int64)
    high = np.maximum.accumulate(np.clip(middle + wide, 0, m)).astype(np.int64) + 1
    low[0], high[-1] = 0, m + 1
    table = rng.normal(0, spread, (len(SHAPES), n + 1, m + 1)).astype(np.float32)
    for k, (a, b) in enumerate(SHAPES):
        table[k, :a, :] = NEVER
        table[k, :, :b] = NEVER
    return Lattice(
        corridor=Corridor(low, high),
        scores=lambda i: table[:, i, low[i] : high[i]],
        source_null=rng.normal(-2, 1, n),
        target_null=rng.normal(-2, 1, m),
        gap_open=-1.5,
        gap_extend=-0.25,
    )


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32), st.integers(1, 300), st.integers(1, 300), st.integers(2, 40), st.floats(0, 8))
def test_sums_of_products_are_those_of_logarithms(
    seed: int, n: int, m: int, width: int, spread: float
) -> None:
    lattice = in_a_corridor(seed, n, m, width, spread)
    fast, exact = marginals(lattice), logarithmic_marginals(lattice)
    assert math.isclose(fast.log_partition, exact.log_partition, abs_tol=1e-5)
    np.testing.assert_allclose(fast.source_null, exact.source_null, atol=1e-6)
    np.testing.assert_allclose(fast.target_null, exact.target_null, atol=1e-6)
    ours = {(x.i, x.j, x.a, x.b): x.probability for x in fast.arcs}
    theirs = {(x.i, x.j, x.a, x.b): x.probability for x in exact.arcs}
    for bead in ours.keys() | theirs.keys():  # one of them may find a bead just below the threshold
        assert abs(ours.get(bead, LEAST) - theirs.get(bead, LEAST)) < 1e-6


def test_scores_too_far_apart_for_products_are_summed_as_logarithms() -> None:
    count = 60
    table = np.full((len(SHAPES), count + 1, count + 1), NEVER, np.float32)
    ids = np.arange(1, count + 1)
    table[SHAPES.index((1, 1)), ids, ids] = 40.0
    whole = Corridor(np.zeros(count + 1, np.int64), np.full(count + 1, count + 1, np.int64))
    dear = np.full(count, -3_000.0)
    found = marginals(Lattice(whole, lambda i: table[:, i], dear, dear, 0.0, 0.0))
    assert math.isclose(found.log_partition, 40.0 * count)
    assert sorted((arc.i, arc.j, arc.probability) for arc in found.arcs) == [
        (i, i, 1.0) for i in range(1, count + 1)
    ]
