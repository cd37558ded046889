"""A pair's own habits: how often its segments stand alone, how often one is translated by two."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.adapt import KINDS, Habits, adapted, null_rate, shape_counts, usual_shapes
from align.band import Corridor
from align.score import SHAPES
from align.search import Arc, Lattice, Marginals

SHARES = (0.75, 0.1, 0.1, 0.02, 0.02, 0.01)


def seen(source: list[float], target: list[float]) -> Marginals:
    return Marginals((), np.array(source), np.array(target), 0.0)


def lattice() -> Lattice:
    whole = Corridor(np.zeros(3, np.int64), np.full(3, 3, np.int64))
    return Lattice(whole, lambda i: np.zeros((15, 3), np.float32), np.zeros(2), np.zeros(2), -1.0, 0.0)


@given(*[st.lists(st.floats(0, 1), max_size=30)] * 2)
def test_a_rate_is_a_share(source: list[float], target: list[float]) -> None:
    assert 0 < null_rate(seen(source, target)) < 1


def test_a_missing_block_says_nothing_of_habits() -> None:
    scattered = seen([1.0, *[0.0] * 9] * 4, [0.0] * 40)
    block = seen([1.0] * 10 + [0.0] * 30, [0.0] * 40)
    assert null_rate(block) < null_rate(scattered) / 2


def test_nulls_are_cheaper_where_there_are_many() -> None:
    many = adapted(lattice(), seen([1.0, 0.0, 0.0] * 8, [0.0] * 20), Habits(0.05, SHARES))
    assert many is not None
    assert (many.source_null > 0).all()
    assert (many.target_null > 0).all()


def test_nulls_in_doubt_make_no_nulls_cheaper() -> None:
    doubtful = adapted(lattice(), seen([0.3] * 40, [0.3] * 40), Habits(0.1, SHARES))
    assert doubtful is None or not (doubtful.source_null > 0).any()


def test_a_usual_pair_is_not_searched_again() -> None:
    found = seen([1.0, *[0.0] * 39], [0.0] * 39 + [1.0])
    assert adapted(lattice(), found, Habits(null_rate(found) * 1.1, SHARES)) is None


@given(st.integers(20, 300))
def test_where_there_are_few_a_missing_block_costs_the_same_however_long(missing: int) -> None:
    few = adapted(
        lattice(), seen([0.0] * 50 + [1.0] * missing + [0.0] * 50, [0.0] * 100), Habits(0.1, SHARES)
    )
    assert few is not None
    assert few.gap_open < lattice().gap_open
    assert not few.source_null.any()
    assert not few.target_null.any()


def beads(*counts: int) -> Marginals:
    """So many beads of each of some shapes, all sure."""
    shapes = [(1, 1), (1, 2), (2, 1), (1, 4), (3, 1), (2, 2)]
    arcs = [Arc(9, 9, *shape, 1.0) for shape, count in zip(shapes, counts, strict=True) for _ in range(count)]
    return Marginals(tuple(arcs), np.zeros(9), np.zeros(9), 0.0)


def prices(found: Marginals) -> dict[tuple[int, int], float]:
    own = adapted(lattice(), found, Habits(null_rate(found), SHARES))
    assert own is not None
    return dict(zip(SHAPES, own.scores(0)[:, 0].tolist(), strict=True))


def test_every_kind_of_bead_is_counted() -> None:
    counts = range(1, len(KINDS) + 1)
    assert shape_counts(beads(*counts)).tolist() == [*map(float, counts)]


def test_a_shape_is_cheaper_where_there_are_many_of_it_and_its_opposite_dearer() -> None:
    found = prices(beads(100, 60, 0, 2, 2, 1))
    assert found[1, 2] > 0 > found[2, 1]


def test_a_shape_that_never_occurs_in_a_short_text_is_hardly_dearer() -> None:
    assert prices(beads(5, 5, 0, 0, 0, 0))[2, 1] > -0.15
    assert prices(beads(500, 500, 0, 0, 0, 0))[2, 1] < -2


def test_what_is_usual_is_so_either_way_round() -> None:
    assert usual_shapes(np.array([6.0, 3, 1, 0, 2, 0])) == pytest.approx(
        (0.5, 1 / 6, 1 / 6, 1 / 12, 1 / 12, 0), abs=1e-4
    )
